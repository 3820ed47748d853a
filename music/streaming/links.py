"""The service's link for a track: the one that is held, else a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from music import cache, known
from music.deadline import Deadline
from music.domain import MediaLink, Track
from music.links import TrackId
from music.sources import sources
from music.sources.base import BaseSource, SourceError
from music.trace import SwitchedOff, Trace, gives_up

OFF = "this source is switched off"


def link(wanted: TrackId, quality: int, deadline: Deadline) -> MediaLink:
    """A link of the service for a track that has 60 s or more left. Raises `Unresolved`."""
    trace = Trace(deadline)
    with unresolved(trace):
        return linked(trace, wanted, quality)


def linked(trace: Trace, wanted: TrackId, quality: int) -> MediaLink:
    """The link that is held, else a new one, which is held from then on. Raises `SourceError`, or `SwitchedOff`."""
    source = source_of(trace, wanted)
    return cache.held_link(str(wanted), quality) or _made(trace, source, wanted, quality)


def renewed(trace: Trace, wanted: TrackId, quality: int, broken: MediaLink) -> MediaLink:
    """Another link than the broken one: many streams may break at once, and the first of them has it replaced."""
    held = cache.held_link(str(wanted), quality)
    if held is not None and held.url == broken.url:
        cache.drop_link(str(wanted), quality)
    return linked(trace, wanted, quality)


def source_of(trace: Trace, wanted: TrackId) -> BaseSource:
    """The track's source. Raises `SwitchedOff`."""
    source = sources().get(wanted.source)
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


def _made(trace: Trace, source: BaseSource, wanted: TrackId, quality: int) -> MediaLink:
    until = trace.deadline
    track = trace.ask(source.name, "track", lambda: source.track(wanted.native, until), _titled)
    known.hold_name(track)
    made = trace.ask(source.name, "link", lambda: source.link(track, quality, until), _rated)
    cache.hold_link(str(wanted), quality, made)
    return made


def _titled(track: Track) -> str:
    return track.title


def _rated(made: MediaLink) -> str:
    return f"{made.bitrate} kbit/s"
