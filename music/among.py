"""What the other tracks of a list tell of one that answers typed words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from music.domain import Track
from music.people import name_of
from music.typed import NEAR, Answer


def among(found: Answer, listed: Sequence[tuple[Track, Answer]]) -> Answer:
    """The answer, lowered if it is a version that nobody asked for, or if others sing who were typed."""
    if found.score <= NEAR:
        return found
    uncalled_for = found.uncalled_for and not any(_lacks_its_artist(plain, found) for _, plain in listed)
    if uncalled_for or _is_by_others(found, (track for track, _ in listed)):
        return replace(found, score=NEAR, rank=min(found.rank, NEAR))
    return found


def _lacks_its_artist(plain: Answer, version: Answer) -> bool:
    """Whether the plain song is listed too, by others than the artist who was typed with it."""
    name = version.met - version.sung
    return not plain.unasked and bool(name) and name <= plain.met and not version.sung <= plain.met


def _is_by_others(found: Answer, tracks: Iterable[Track]) -> bool:
    """Whether the words that it lacks name an artist of other tracks whole, where none names one of its own."""
    if found.sung or len(found.lost) < 2:
        return False
    names = (name_of(artist.name) for track in tracks for artist in track.artists)
    return any(len(name) > 1 and found.lost.issuperset(name) for name in names)
