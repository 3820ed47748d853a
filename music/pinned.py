"""The way to a song that staff have pinned: itself, else the same song from another source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from music.describing import described
from music.domain import Match, Track
from music.lanes import Chosen
from music.links import track_id
from music.pins import Pin
from music.sources.base import BaseSource
from music.switches import audio_sources
from music.trace import NoMatch, SourcesFailed, Trace, Unplayed, Unresolved

PINNED = "pinned by staff"
Play = Callable[[Trace, Track, Sequence[BaseSource], str], Chosen]  # by which of the sources, and never this id


def by_pin(trace: Trace, pin: Pin, play: Play) -> Chosen:
    """The track that is pinned; where it cannot be played now, the same song from another source. Raises `Unresolved`.

    What was given in error before is not given again; a wish that is pinned to the very track it names has no other.
    """
    target, failed = _described(trace, pin)
    own = [source for source in audio_sources() if source.name == target.source]
    others = [source for source in audio_sources() if source not in own]
    if own and failed is None:
        try:
            found = play(_first_of(trace), target, own, pin.instead_of)
        except (SourcesFailed, Unplayed, NoMatch) as error:
            failed = error
        else:
            return replace(found, match=Match(1.0, None, (), PINNED))
    if failed is not None and (pin.is_of_itself or not others):
        raise _told(trace, failed)
    try:
        found = play(trace, target, others, pin.instead_of)
    except (SourcesFailed, Unplayed, NoMatch) as error:
        raise _told(trace, error if failed is None or isinstance(error, SourcesFailed) else failed) from error
    return replace(found, match=replace(found.match, reason=f"{PINNED}; {found.match.reason}"))


def is_stand_in(pin: Pin | None, found: Chosen) -> bool:
    """Whether another source's song plays, for want of the pinned one: that should be tried again soon."""
    return pin is not None and found.match.reason != PINNED and pin.right.partition(":")[0] in _audio_names()


def _audio_names() -> list[str]:
    return [source.name for source in audio_sources()]


def _described(trace: Trace, pin: Pin) -> tuple[Track, Unresolved | None]:
    """What is pinned, as its source describes it, or, where that fails, as staff saw it; and how it failed."""
    try:
        right = track_id(pin.right)
    except ValueError:  # of a source that this version does not know: as one that is switched off
        return pin.described(), None
    try:
        return described(_first_of(trace), right), None
    except Unresolved as error:
        return pin.described(), error


def _first_of(trace: Trace) -> Trace:
    """The same trace, with half of the time left for those who are asked next."""
    return Trace(trace.deadline.half(), trace.attempts)


def _told(trace: Trace, error: Unresolved) -> Unresolved:
    """The error with all that was tried. One that failed is never told as "there is no such song"."""
    error.attempts = tuple(trace.attempts)
    return error
