"""One track as its title is read, with the names that may stand in a title, and what its album says of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from music.domain import ArtistRef, Track
from music.matching.reading.asides import Words
from music.matching.reading.people import parts_of, spellings_of
from music.matching.reading.titles import Title, read

_VERSION_OF_ALBUM = (
    (re.compile(r"(?i)\blive (?:at|in|from|on)\b|[(\[]live[)\]]|\bin concert\b|\bunplugged\b.*\blive\b"), "live"),
    (re.compile(r"(?i)\bmtv unplugged\b|[(\[]unplugged[)\]]"), "unplugged"),
    (re.compile(r"(?i)\bkaraoke\b"), "karaoke"),
    (re.compile(r"(?i)\binstrumentals?\b"), "instrumental"),
    (re.compile(r"(?i)\blo-?fi\b"), "lofi"),
    (re.compile(r"(?i)\bslowed\b"), "slowed"),
)


@dataclass(frozen=True)
class Version:
    """What makes a recording another than the plain song: the kinds (live, remix, part 2), and whose."""

    kinds: frozenset[str]
    whose: frozenset[str]


@dataclass(frozen=True)
class Side:
    """One track as its title is read; `context` are the names that may stand in a title besides the song's own."""

    track: Track
    title: Title
    people: tuple[Words, ...]
    albums: tuple[Words, ...]
    context: frozenset[str]  # every word of its people, its album and its film


def side_of(track: Track) -> Side:
    """The track with its title read."""
    title = read(track.title, track.is_video)
    people, albums = _known_names(track.artists, track.album.title if track.album else "")
    return Side(track, title, people, albums, _context(people, albums, title.film))


@lru_cache(maxsize=8192)
def _known_names(artists: tuple[ArtistRef, ...], album: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    names = (name for artist in artists for name in (*spellings_of(artist.name), *parts_of(artist.name)))
    people = tuple(dict.fromkeys(filter(None, names)))
    return people, tuple(read(album).parts) if album else ()


@lru_cache(maxsize=8192)
def _context(people: tuple[Words, ...], albums: tuple[Words, ...], film: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in (*people, *albums) for word in name) | film


def version_of_album(title: str) -> frozenset[str]:
    """The version that every song of an album is, by the album's title: live, karaoke, ..."""
    return _of_album(title) if title else frozenset()


@lru_cache(maxsize=4096)
def _of_album(title: str) -> frozenset[str]:
    return frozenset(version for pattern, version in _VERSION_OF_ALBUM if pattern.search(title))
