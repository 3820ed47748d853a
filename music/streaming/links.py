"""The service's link for a track: the one that is held, else a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from music import cache
from music.browsing import OFF
from music.deadline import Deadline
from music.describing import described
from music.domain import MediaLink, Track
from music.links import TrackId
from music.sources.base import BaseSource, NotFound, NotPlayable, SourceError
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
    held = cache.held_link(str(wanted), quality)
    if held is not None and held.url == broken.url:
        cache.drop_link(str(wanted), quality)
    return linked(trace, wanted, quality)


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
    """A new link, held from now on. Raises `SourceError`; what was known of audio that is not there is forgotten."""
    until = trace.deadline
    try:
        made = trace.ask(source.name, "link", lambda: source.link(track, quality, until), _rated, part="audio")
    except (NotPlayable, NotFound):
        cache.drop_link(track.id, quality)
        raise
    cache.hold_link(track.id, quality, made)
    return made


def _rated(made: MediaLink) -> str:
    return f"{made.bitrate} kbit/s"
