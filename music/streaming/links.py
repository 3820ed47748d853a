"""The service's link for a track: the one that is held, else a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from music import cache
from music.browsing import OFF
from music.deadline import Deadline
from music.describing import described
from music.domain import MediaLink, Track
from music.flights import FLIGHTS
from music.links import TrackId
from music.sources.base import BaseSource, NotFound, NotPlayable, SourceError, SourceTimeout
from music.switches import enabled
from music.trace import SwitchedOff, Trace, gives_up


def link(wanted: TrackId, quality: int, deadline: Deadline) -> MediaLink:
    """A link of the service for a track that has 60 s or more left. Raises `Unresolved`."""
    trace = Trace(deadline)
    with unresolved(trace):
        return linked(trace, wanted, quality)


def linked(trace: Trace, wanted: TrackId, quality: int) -> MediaLink:
    """The link that is held, else a new one, which is held from then on. Raises `SourceError`, or `Unresolved`."""
    source = source_of(trace, wanted)
    held = cache.held_link(str(wanted), quality)
    return held or new_link(trace, source, described(trace, wanted), quality)


def renewed(trace: Trace, wanted: TrackId, quality: int, broken: MediaLink) -> MediaLink:
    """Another link than the broken one: many streams may break at once, and the first of them has it replaced."""
    source = source_of(trace, wanted)

    def find() -> MediaLink | None:
        held = cache.held_link(str(wanted), quality)
        return None if held is None or held.url == broken.url else held

    return find() or _in_one_flight(trace, source, described(trace, wanted), quality, find)


def source_of(trace: Trace, wanted: TrackId) -> BaseSource:
    """The track's source. Raises `SwitchedOff`."""
    source = enabled().get(wanted.source)
    if source is None:
        trace.skip(wanted.source, OFF)
        raise SwitchedOff(trace.attempts)
    return source


@contextmanager
def unresolved(trace: Trace) -> Iterator[None]:
    """What a source could not do, as the `Unresolved` that tells the caller of it."""
    try:
        yield
    except SourceError as error:
        raise gives_up(trace, error) from error


def new_link(trace: Trace, source: BaseSource, track: Track, quality: int) -> MediaLink:
    """A new link, held from now on, or the one that another caller has made meanwhile. Raises `SourceError`, or
    `SourcesFailed` where the other caller's did not come."""
    return _in_one_flight(trace, source, track, quality, lambda: cache.held_link(track.id, quality))


def _in_one_flight(
    trace: Trace, source: BaseSource, track: Track, quality: int, find: Callable[[], MediaLink | None]
) -> MediaLink:
    key, asked = cache.key_of("making", track.id, quality), len(trace.attempts)

    def fly() -> MediaLink:
        return FLIGHTS.once(key, trace.deadline, find, lambda: _made(trace, source, track, quality))

    try:
        return fly()
    except SourceError as error:
        if len(trace.attempts) > asked:
            raise
        if isinstance(error, SourceTimeout) and trace.deadline.remaining() > 0:
            return fly()  # whoever asked may have had less time
        trace.overhear(source.name, "link", error)
        raise


def _made(trace: Trace, source: BaseSource, track: Track, quality: int) -> MediaLink:
    """A new link; a broken one, and what was known of audio that is not there any more, are forgotten."""
    until, known = trace.deadline, cache.known_audio(track.id, quality)
    cache.drop_link(track.id, quality)
    try:
        made = trace.ask(source.name, "link", lambda: source.link(track, quality, until), _rated, part="audio")
    except SourceError as error:
        if known is not None and not isinstance(error, (NotPlayable, NotFound)):
            cache.hold_audio(track.id, quality, known)  # the service fails; the song is as it was
        raise
    cache.hold_link(track.id, quality, made)
    return made


def _rated(made: MediaLink) -> str:
    return f"{made.bitrate} kbit/s"
