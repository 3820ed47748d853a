"""What a video tells of a song besides its name: the film, who presents it, and the language of its channel. Pure."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from itertools import groupby

from music.matching.language import vocabulary as known
from music.matching.language.words import all_alike, script_of, words
from music.matching.reading.asides import PART, Words, numbered
from music.matching.reading.people import is_label, name_of
from music.matching.reading.sides import Side
from music.matching.reading.titles import read, split

SHORTEST_FILM, SHORTEST_INITIALS = 3, 4  # letters
_SINGER = re.compile(r"(?i)\b(?:cover|sing(?:er|ing|s)s?|sung|vocals?|voice)\b|(?<!lyrics )(?<!music )\bby\b")
_SHORTENED = re.compile(r"\b[A-Z][a-z]{2,} [A-Z]\b(?=\s*(?:[,&|]|$))")  # as in Orla F
_QUOTED = re.compile('\\s*["\u201c]')
_PARTS = frozenset({"part", "chapter"})
_FILM = frozenset({"film", "movie"})
_RELEASES = frozenset({"drop", "single", "song"})  # which are numbered in the order in which a film's songs come out
_ANEW = frozenset("karaoke recreated reimagined remade remixed remixes revisited tribute unplugged".split())
_SERIES = frozenset("exclusive indie original originals presents records sessions studio".split())
_BESIDE = known.BESIDE_FILM | known.VIDEO_WORDS


def names_film(video: Side, song: Side) -> bool:
    """Whether a piece of a video's title, besides the song's name, is the film that the song is from.

    An album that is named after its song, that collects songs, or that plays a film's anew, is no film.
    """
    name = {word for part in song.title.parts for word in part}
    whole = [word for part in song.albums for word in part]  # as in "Harbour - The Return"
    called = map(set, (*song.albums, whole, *_credited(song), *_numbered(song)))
    films = [film for film in called if not name.issuperset(film) and max(map(len, film)) >= SHORTEST_FILM]
    album = song.track.album.title if song.track.album else ""
    if not films or known.COMPILATIONS.search(album) or not _ANEW.isdisjoint(words(album)):
        return False
    shortened = {frozenset({short}) for short in map(initials_of, song.albums) if short}
    shortened |= {frozenset({"".join(album)}) for album in song.albums if set(album) in films}  # as in #HarbourLights
    said = [film_words(piece, song.track.language) for piece in _pieces(video, song)]
    return any(one in shortened or any(same_words(one, film) for film in films) for one in said)


def same_words(one: Set[str], other: Set[str]) -> bool:
    """Whether two names have the same words, but for their spelling."""
    return len(one) == len(other) > 0 and all_alike(one, other) and all_alike(other, one)


def initials_of(album: Words) -> str:
    """What an album of several words is called for short, as HLA for Harbour Lights Again; "" for one of few words."""
    return "".join(word[0] for word in album) if len(album) >= SHORTEST_INITIALS else ""


def _credited(song: Side) -> tuple[frozenset[str], frozenset[str]]:
    """The films that a song's title and its album's credit, as in `Boat (From "Harbour")`."""
    return song.title.film, read(song.track.album.title).film if song.track.album else frozenset()


def part_of_film(video: Side, song: Side) -> frozenset[str]:
    """The part that a video names behind the film's name, as the song's album does: `part 2` of "Harbour Part 2".

    None where the song has a part itself, or the video says the part once more: there the name may be meant.
    """
    if not video.title.video or not video.title.versions or song.title.versions & video.title.versions:
        return frozenset()
    if len(PART.findall(video.track.title)) != 1:
        return frozenset()
    said = words(video.track.title)
    for film in _numbered(song):
        runs = (said[start : start + len(film)] for start in range(len(said) - len(film) + 1))
        if found := next((run for run in runs if film == set(run) and run[0] not in _PARTS), None):
            return numbered(" ".join(found))
    return frozenset()


def _numbered(song: Side) -> tuple[frozenset[str], ...]:
    """The names, with their number, of a film in parts that the song is from."""
    films = (*_credited(song), _album_in_parts(song.track.album.title if song.track.album else ""))
    return tuple(film for film in films if not film.isdisjoint(_PARTS))


@lru_cache(maxsize=1024)
def _album_in_parts(album: str) -> frozenset[str]:
    return frozenset(words(split(album)[0])) if PART.search(album) else frozenset()


def _pieces(video: Side, song: Side) -> tuple[Words, ...]:
    title, name = video.title, tuple(word for part in song.title.parts for word in part)
    quoted = title.parts if _QUOTED.match(video.track.title) else ()
    run_on = (part[len(name) :] for part in quoted if part[: len(name)] == name)  # as in "Boat Harbour Lights"
    held = (aside.said for aside in title.asides if aside.kind == "other")
    marked = (piece for part in title.parts for piece in _between_marks(part))
    return (*title.parts, *title.behind, *held, *marked, *run_on, tuple(title.film))


@lru_cache(maxsize=1024)
def _between_marks(part: Words) -> tuple[Words, ...]:
    """The pieces that a mark of two words or more divides, as in "Boat Full Video Harbour"; () where none does."""
    runs = [(marks, tuple(run)) for marks, run in groupby(part, key=known.VIDEO_WORDS.__contains__)]
    found = [run for marks, run in runs if not marks]
    divided = all(len(run) > 1 for marks, run in runs if marks)
    return tuple(found[1:]) if divided else ()


@lru_cache(maxsize=1024)
def film_words(piece: Words, language: str = "") -> frozenset[str]:
    """The piece without what stands beside a film's name, as in "Harbour Movie Songs" and "Harbour Drop 5".

    Nor the film's own `language` in "Harbour Hindi Movie": of another one it is a dub.
    """
    years = ("19", "20")
    own = language if not _FILM.isdisjoint(piece) else ""
    return frozenset(
        word
        for before, word in zip(("", *piece), piece, strict=False)
        if word not in _BESIDE
        and not (len(word) == 4 and word[:2] in years)
        and not (word.isdigit() and before in _RELEASES)
        and not (own and known.LANGUAGES.get(word) == own)
    )


def presents(part: Words, video: Side, song: Side) -> bool:
    """Whether a video's first piece is the artist, whom a bracket repeats in the song's script, or its label's series.

    As in "별빛 (Orla Fenwright) - Boat", and "Kite Indie - Boat" of the channel Kite Music.
    """
    held = [name_of(" ".join(aside.said)) for aside in video.title.asides[:1] if aside.kind == "other"]
    script = script_of(" ".join(part))
    if any(name in song.people and script_of(" ".join(name)) != script for name in held):
        return True
    channel = video.track.artists[0].name if video.track.artists else ""
    return (
        len(part) > 1 and part[:1] == tuple(words(channel)[:1]) and _SERIES.issuperset(part[1:]) and is_label(channel)
    )


def names_nobody(video: Side, song: Side) -> bool:
    """Whether a label's video leaves open who sings: it credits no singer and no guest.

    Names that are shortened are as likely singers' as actors', and so is another who has a singer's first name.
    """
    channels = [artist.name for artist in video.track.artists]
    text = video.track.title
    if not all(map(is_label, channels)) or video.title.guests or _SINGER.search(text) or _SHORTENED.search(text):
        return False
    name = {word for part in song.title.parts for word in part}
    firsts = {person[0] for person in song.people if len(person) > 1} - name
    return firsts.isdisjoint(word for piece in video.title.behind for word in piece)


def language_of_channel(side: Side) -> str:
    """The language of a label's channel for it, as "marathi" of "Kite Music Marathi"; "" for any other."""
    if not side.track.is_video or not side.track.artists:
        return ""
    return _language_of(side.track.artists[0].name)


@lru_cache(maxsize=1024)
def _language_of(channel: str) -> str:
    named = [known.LANGUAGES[word] for word in words(channel) if word in known.LANGUAGES]
    return named[0] if len(named) == 1 and is_label(channel) else ""
