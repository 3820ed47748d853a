"""What the other tracks of a list tell of one that answers typed words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from music.domain import Track
from music.matching.reading.people import name_of
from music.matching.reading.titles import read
from music.matching.typed.answers import NEAR, Answer
from music.matching.typed.places import all_found

ENOUGH_FOR_A_FILM = 4  # tracks, among which a film that was typed has another song
SHORTEST_NAME, SHORTEST_FIRST = 4, 5  # letters of an artist's name, and of a first name or a film


def among(track: Track, found: Answer, listed: Sequence[tuple[Track, Answer]]) -> Answer:
    """The answer, lowered if it is a version that nobody asked for, or not by those or of the film that were typed."""
    if found.score <= NEAR:
        return found
    is_theirs = any(_lacks_its_artist(plain, found) and _are_related(one, track) for one, plain in listed)
    if found.unasked and is_theirs and not any(_is_plainly(plain, found) for _, plain in listed):
        found = replace(found, score=round(found.share, 3), rank=round(found.rank + found.share - found.score, 3))
    if (found.uncalled_for and not is_theirs) or _is_by_others(
        found, [one for one, _ in listed], loosely=not track.is_video
    ):
        return replace(found, score=NEAR, rank=min(found.rank, NEAR))
    return found


def _lacks_its_artist(plain: Answer, version: Answer) -> bool:
    """Whether the plain song is listed too, by others than the artist who was typed with it."""
    name = version.met - version.sung
    return not plain.unasked and bool(name) and name <= plain.met and not version.sung <= plain.met


def _is_plainly(plain: Answer, version: Answer) -> bool:
    """Whether the plain song is listed by the artist who was typed, too."""
    return not plain.unasked and version.met <= plain.met


def _are_related(one: Track, other: Track) -> bool:
    """Whether two tracks have an artist in common: a song's composer, say, or who sang it first."""
    return not {artist.name for artist in one.artists}.isdisjoint(artist.name for artist in other.artists)


def _is_by_others(found: Answer, tracks: Iterable[Track], *, loosely: bool) -> bool:
    """Whether the words that it lacks name an artist or a film of other tracks, where none names its own artist.

    Only a whole name of two words does so for a video (not `loosely`), of which often the label alone is known.
    """
    lost = tuple(found.lost)
    if found.sung or len(lost) < (1 if loosely else 2):
        return False
    return any(_names_artist(lost, track, loosely) or (loosely and _names_film(lost, track)) for track in tracks)


def _names_artist(lost: tuple[str, ...], track: Track, loosely: bool) -> bool:
    """Whether an artist is named whole; or, loosely, by a single name or a first name that is hardly another word."""
    for name in filter(None, (name_of(artist.name) for artist in track.artists)):
        if len(name) > 1 and all_found(name, lost):
            return True
        shortest = SHORTEST_FIRST if len(name) > 1 else SHORTEST_NAME
        if loosely and len(name[0]) >= shortest and all_found(name[:1], lost):
            return True
    return False


def _names_film(lost: tuple[str, ...], track: Track) -> bool:
    """Whether the album is named whole, which is not a single that has the song's own name."""
    album = _film(track.album.title) if track.album else ()
    return len("".join(album)) >= SHORTEST_FIRST and all_found(album, lost) and album != _film(track.title)


def singles(listed: Sequence[Track]) -> frozenset[str]:
    """The albums that have one song's own name and no other song in a list that would hold a film's."""
    albums = [(track.album.title, track.title) for track in listed if track.album]
    own = {album for album, title in albums if album == title} if len(listed) >= ENOUGH_FOR_A_FILM else set()
    return frozenset(own and own - {album for album, title in albums if album != title})


@lru_cache(maxsize=4096)
def _film(title: str) -> tuple[str, ...]:
    return tuple(word for part in read(title).parts for word in part)
