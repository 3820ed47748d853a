"""Which rows are one recording: singles and albums, and one song on two services. Pure."""

from __future__ import annotations

from music.domain import Track
from music.matching.reading.sides import side_of
from music.matching.target import likeness
from music.matching.target.likeness import Likeness

COPY_SECONDS, SHOWN_ONCE_SECONDS = 4, 3  # by which copies of one recording differ: on one service, and on two
COPY_NAMES, COPY_PEOPLE, COPY_DOUBT = 0.9, 0.99, 0.06


def is_same_recording(one: Track, other: Track) -> bool:
    """Whether two tracks, of one service or of two, are to be shown once. Symmetric."""
    return is_copy(one, other, SHOWN_ONCE_SECONDS)


def is_copy(first: Track, second: Track, seconds: int = COPY_SECONDS) -> bool:
    """Whether two rows are one recording: by the service's key for it, else by name, language, singers and length."""
    if first.recording and first.source == second.source and first.recording == second.recording:
        return True
    if abs(first.duration - second.duration) > seconds:
        return False
    one, other = side_of(first), side_of(second)
    return _is_alike(likeness.compare_sides(one, other)) and _is_alike(likeness.compare_sides(other, one))


def _is_alike(found: Likeness) -> bool:
    return not found.shut and found.names >= COPY_NAMES and found.people >= COPY_PEOPLE and found.doubt < COPY_DOUBT
