"""Which songs staff have pinned, held in this process: no call costs a query.

As the switches, pins are read by the threads that serve requests, at most once a second a process: a number that each
change counts up first, and the pins themselves only where that has moved. The threads that ask sources touch no
database.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from music import describing
from music.believed import Believed
from music.domain import Track
from music.links import Link, ShortLink, Text, TrackId
from music.models import MatchPin, Tally
from music.wishes import Wish, wish_of

READ_ANYWAY_SECONDS = 3600.0  # a process that dies between a change and its count must not hide the change for good
CHANGES = "pins"  # the name of the number that each change counts up


@dataclass(frozen=True)
class Pin:
    """What plays for a wish: the id of the track, as it was described then, and what was given in error before."""

    right: str
    title: str
    artist: str
    seconds: int
    instead_of: str
    is_of_itself: bool  # the wish names the very track: no other will do

    def described(self) -> Track:
        """The track as staff saw it, for want of what its source says now."""
        return describing.written_down(self.right, self.title, self.artist, self.seconds)


@dataclass(frozen=True)
class _Known:
    """The pins that hold, the number of changes before they were read, and until when that number is trusted."""

    pins: dict[tuple[Wish, str], Pin] = field(default_factory=dict)
    changes: int | None = None
    anyway: float = 0.0


def _look(known: _Known) -> _Known:
    # Read before the pins are: what changes meanwhile is met the next time.
    changes, now = Tally.objects.read(CHANGES), time.monotonic()
    if changes == known.changes and now < known.anyway:
        return known
    return _Known(_active(), changes, now + READ_ANYWAY_SECONDS)


_KNOWN = Believed("pinned songs", _Known(), _look)


def read() -> None:
    """Look for changes where that was more than a second ago: one query then. For threads of requests only."""
    _KNOWN.read()


def refresh() -> None:
    """Look for changes now. A database that is away leaves the pins as they were."""
    _KNOWN.refresh()


def forget() -> None:
    """Believe nothing that was read before."""
    _KNOWN.forget()


def pin_for(wanted: TrackId | Link | ShortLink | Text, languages: Sequence[str]) -> Pin | None:
    """The pin for what is wanted; asks nobody, so that of a link it has to be known which track it names."""
    if not _KNOWN.value.pins:
        return None
    wish = wish_of(wanted)
    if wish.kind != "link":
        return _pinned(wish, languages)
    named = describing.lately_named(wanted) if isinstance(wanted, (Link, ShortLink)) else None
    return None if named is None else pin_of_track(named, languages)


def pin_of_track(track: Track, languages: Sequence[str]) -> Pin | None:
    """The pin for a described track."""
    return _pinned(Wish("track", track.id), languages)


def _pinned(wish: Wish, languages: Sequence[str]) -> Pin | None:
    """That of the most wished language, else that of any."""
    held = _KNOWN.value.pins
    return held.get((wish, languages[0] if languages else "")) or held.get((wish, ""))


def _active() -> dict[tuple[Wish, str], Pin]:
    names = ("kind", "request", "language", "right", "right_title", "right_artist", "right_seconds", "instead_of")
    rows = MatchPin.objects.filter(active=True).order_by().values_list(*names)
    return {
        (Wish(kind, request), language): Pin(right, title, artist, seconds, wrong, right == request)
        for kind, request, language, right, title, artist, seconds, wrong in rows
    }
