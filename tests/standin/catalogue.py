"""The made-up catalogue: the named songs, and some four hundred more that are joined from invented words by rule."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tests.standin.named import (
    ACCENTED,
    CLEAN,
    COMPILATION,
    COVERS,
    DUB,
    DUB_IN_BRACKETS,
    DUB_ORIGINAL,
    ENTITIES,
    EXPLICIT,
    FEATURED,
    INSTRUMENTAL,
    KARAOKE,
    LIVE,
    LONG,
    LOVE,
    NAMED,
    NO_320,
    ORIGINAL_RELEASE,
    PLAIN,
    REMIX,
    RINGTONE,
    SHORT,
)
from tests.standin.names import DJS, KARAOKE_SINGER, LABELS, VOCABULARIES, Vocabulary
from tests.standin.song import Album, Kind, Song, pick

__all__ = [
    "ACCENTED",
    "CLEAN",
    "COMPILATION",
    "COVERS",
    "DUB",
    "DUB_IN_BRACKETS",
    "DUB_ORIGINAL",
    "ENTITIES",
    "EXPLICIT",
    "FEATURED",
    "INSTRUMENTAL",
    "KARAOKE",
    "LIVE",
    "LONG",
    "LOVE",
    "NAMED",
    "NO_320",
    "ORIGINAL_RELEASE",
    "PLAIN",
    "REMIX",
    "RINGTONE",
    "SHORT",
    "Album",
    "Kind",
    "Song",
    "songs",
]

_ALBUMS, _TRACKS = 16, 4
_DUB_LANGUAGES = {"tamil": ("telugu", "hindi"), "hindi": ("tamil",)}


def _album(language: str, words: Vocabulary, number: int) -> Album:
    year = 2004 + pick(0, 20, "year", language, number)
    label = LABELS[pick(0, len(LABELS) - 1, "label", language, number)]
    return Album(
        words.albums[number], words.artists[number], language, year, label, language != "english" and number % 2 == 0
    )


def _original(album: Album, words: Vocabulary, number: int, track: int) -> Song:
    title = words.title(number * _TRACKS + track)
    guest = words.artists[(number + 5 + track) % 16]
    return Song(
        title=title,
        album=album,
        artists=(album.artist, guest) if album.film else (album.artist,),
        duration=pick(150, 330, "duration", title),
        language=album.language,
        play_count=pick(10, 2800, "plays", title) ** 2,
        recording=f"{album.key}|{title}",
        featured=(guest,) if not album.film and track == 3 else (),
        composers=(album.artist,) if album.film else (),
        explicit=pick(1, 12, "explicit", title) == 1,
        best_bitrate=160 if pick(1, 40, "bitrate", title) == 1 else 320,
    )


def _version(
    of: Song, kind: Kind, title: str, artists: tuple[str, ...], seconds: int, album: Album | None = None
) -> Song:
    recording, plays = f"{of.recording}|{kind}|{title}", of.play_count // pick(4, 60, "fewer", title)
    featured = of.featured if kind in (Kind.REMIX, Kind.LIVE) else ()
    version = replace(of, kind=kind, title=title, artists=artists, duration=seconds, album=album or of.album)
    return replace(version, play_count=plays, recording=recording, featured=featured)


def _dubs(of: Song) -> Iterator[Song]:
    for language in _DUB_LANGUAGES.get(of.language, ()):
        name = language.title()
        album = replace(of.album, title=f"{of.album.title} ({name})", language=language)
        title = f"{of.title} - {name}" if language == "telugu" else f"{of.title} ({name})"
        artists = (
            of.artists[0],
            VOCABULARIES.get(language, VOCABULARIES["tamil"]).artists[pick(0, 15, "dubbed", title)],
        )
        yield replace(_version(of, Kind.DUB, title, artists, of.duration, album), language=language)


def _film_single(of: Song) -> Song:
    title = f'{of.title} (From "{of.album.title}")'
    return replace(of, title=title, album=replace(of.album, title=title, film=False), play_count=of.play_count // 3)


def _remix(of: Song) -> Song:
    disc_jockey = DJS[pick(0, len(DJS) - 1, "disc jockey", of.title)]
    suffix = ("(Remix)", "(Club Mix)", f"[{disc_jockey} Remix]")[pick(0, 2, "mix", of.title)]
    return _version(
        of, Kind.REMIX, f"{of.title} {suffix}", (*of.artists, disc_jockey), of.duration + pick(-40, 90, of.title)
    )


def _live(of: Song) -> Song:
    suffix = ("(Live)", "- Live at Pier Hall", "(Unplugged)")[pick(0, 2, "stage", of.title)]
    return _version(of, Kind.LIVE, f"{of.title} {suffix}", of.artists, of.duration + pick(20, 80, "applause", of.title))


def _karaoke(of: Song) -> Song:
    album = replace(of.album, title="Sing Along, Vol. 9", artist=KARAOKE_SINGER, film=False)
    return _version(of, Kind.KARAOKE, f"{of.title} (Karaoke Version)", (KARAOKE_SINGER,), of.duration, album)


def _lofi(of: Song) -> Song:
    suffix = ("(Lofi Flip)", "(Slowed and Reverb)")[pick(0, 1, "lofi", of.title)]
    return _version(of, Kind.LOFI, f"{of.title} {suffix}", (DJS[2], *of.artists), of.duration * 6 // 5)


def _ringtone(of: Song) -> Song:
    suffix = ("Ringtone", "(Caller Tune)")[pick(0, 1, "tone", of.title)]
    return _version(of, Kind.RINGTONE, f"{of.title} {suffix}", ("Tone Bakery",), pick(18, 45, "tone", of.title))


def _versions(number: int, album: tuple[Song, ...]) -> Iterator[Song]:
    if album[0].album.film:
        yield _film_single(album[0])
        yield from _dubs(album[1])
    if number % 3 == 0:
        yield _remix(album[2])
    if number % 6 == 1:
        yield _live(album[0])
    if number % 6 == 2:
        yield _karaoke(album[3])
    if number % 6 == 4:
        yield _version(
            album[2], Kind.INSTRUMENTAL, f"{album[2].title} (Instrumental)", album[2].artists, album[2].duration
        )
    if number % 6 == 5:
        yield _lofi(album[0])
    if number % 8 == 0:
        yield _ringtone(album[0])


def _compilation(language: str, originals: list[Song]) -> Iterator[Song]:
    album = Album(f"{language.title()} Favourites", "Various Artists", language, 2025, LABELS[-1])
    for song in originals[5::9]:
        yield replace(song, album=album, play_count=song.play_count // 5)


def _of_language(language: str, words: Vocabulary) -> Iterator[Song]:
    originals: list[Song] = []
    for number in range(_ALBUMS):
        album = _album(language, words, number)
        tracks = tuple(_original(album, words, number, track) for track in range(_TRACKS))
        originals += tracks
        yield from tracks
        yield from _versions(number, tracks)
    yield from _compilation(language, originals)


@cache
def songs() -> tuple[Song, ...]:
    """Every song, the named ones first; the same on every start."""
    made = (song for language, words in VOCABULARIES.items() for song in _of_language(language, words))
    return (*NAMED, *made)
