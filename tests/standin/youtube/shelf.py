"""What the service has: most songs of the catalogue, one that no other service has, and lists of them."""

from dataclasses import dataclass
from functools import cache

from tests.standin import catalogue
from tests.standin.search import found, words
from tests.standin.song import Album, Song, pick
from tests.standin.youtube import ids

_SHED = Album("Demos From the Shed", "Quillon Haddersby", "english", 2024, "Self-released")
ONLY_HERE = Song("Periscope Lullaby", _SHED, ("Quillon Haddersby",), 194, "english", 61_000, "periscope lullaby")
"""A song that no other service has."""

_EDITORS = "YouTube Music"


@dataclass(frozen=True)
class List:
    """A playlist: an entry that is None was taken away."""

    id: str
    title: str
    owner: str
    entries: tuple[Song | None, ...]


def is_here(song: Song) -> bool:
    """Whether the service has the song: all that have a name in the catalogue, and eleven of twelve others."""
    return song in catalogue.NAMED or pick(1, 12, "on youtube", song.key) != 1


@cache
def songs() -> tuple[Song, ...]:
    """All songs of the service."""
    return (ONLY_HERE, *filter(is_here, catalogue.songs()))


@cache
def song_of_id() -> dict[str, Song]:
    """Every song by its video."""
    return {ids.track_id(song): song for song in songs()}


@cache
def albums() -> dict[str, tuple[Song, ...]]:
    """The songs of every album by the album's page."""
    made: dict[str, list[Song]] = {}
    for song in songs():
        made.setdefault(ids.album_id(song.album), []).append(song)
    return {native: tuple(tracks) for native, tracks in made.items()}


@cache
def artists() -> dict[str, tuple[str, tuple[Song, ...]]]:
    """Name and songs, the best known first, of every artist by the channel."""
    made: dict[str, list[Song]] = {}
    for song in songs():
        for name in dict.fromkeys(song.artists):
            made.setdefault(name, []).append(song)
    best = {name: tuple(sorted(tracks, key=lambda song: -song.play_count)) for name, tracks in made.items()}
    return {ids.artist_id(name): (name, tracks) for name, tracks in best.items()}


def _hits(language: str) -> List:
    title = f"{language.title()} Evening"
    tracks = sorted((song for song in songs() if song.language == language), key=lambda song: -song.play_count)
    return List(ids.playlist_id(title), title, _EDITORS, tuple(tracks[:120]))


HITS = {language: f"{language.title()} Evening" for language in ("english", "hindi", "tamil", "punjabi")}
EMPTY = List(ids.playlist_id("An Empty Basket"), "An Empty Basket", "Odette's Uploads", ())
_GAPS = tuple(None if place % 4 == 1 else song for place, song in enumerate(catalogue.LOVE))
WITH_GAPS = List(ids.playlist_id("Moth-eaten"), "Moth-eaten", "Odette's Uploads", _GAPS)
"""A playlist of which every fourth entry was taken away."""


@cache
def endless() -> List:
    """A playlist of ten thousand entries."""
    entries = [songs()[place % len(songs())] for place in range(10_000)]
    title = "Everything, Ten Thousand Times"
    return List(ids.playlist_id(title), title, "Odette's Uploads", tuple(entries))


@cache
def playlists() -> dict[str, List]:
    """Every playlist by its id: the editors', the listeners', and the lists behind artists and albums."""
    made = [*(_hits(language) for language in HITS), EMPTY, WITH_GAPS, endless()]
    made += [List(ids.artist_list_id(name), f"{name} - Songs", name, tracks) for name, tracks in artists().values()]
    return {each.id: each for each in made}


@cache
def album_lists() -> dict[str, tuple[Song, ...]]:
    """The songs of every album by the album's list."""
    return {ids.album_list_id(tracks[0].album): tracks for tracks in albums().values()}


def matching(query: str) -> tuple[Song, ...]:
    """The songs that are found for a query, the best first."""
    wanted = set(words(query))
    own = bool(wanted) and wanted <= set(words(f"{ONLY_HERE.title} {ONLY_HERE.artists[0]} {_SHED.title}"))
    return (*((ONLY_HERE,) if own else ()), *filter(is_here, found(query)))


def like(song: Song) -> tuple[Song, ...]:
    """What the radio plays after a song: 49 others, of its artists first, then of its language."""
    others = (other for other in songs() if other.recording != song.recording)
    near = sorted(others, key=lambda other: (other.artists[0] not in song.artists, other.language != song.language))
    return tuple(near[:49])
