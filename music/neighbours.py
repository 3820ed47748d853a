"""Songs that go on from a song."""

from __future__ import annotations

from music import lanes, matching
from music.browsing import OFF
from music.deadline import Deadline
from music.describing import described
from music.domain import Attempt, Track
from music.links import TrackId
from music.searching import searched
from music.sources.base import BaseSource, NotSupported, SourceError
from music.switches import audio_sources, enabled
from music.trace import SourcesFailed, SwitchedOff, Trace, Unknown, gives_up


def related(wanted: TrackId, limit: int, deadline: Deadline) -> tuple[tuple[Track, ...], tuple[Attempt, ...]]:
    """Songs that go on from a track; where its source knows none, from the same song elsewhere. Raises `Unresolved`."""
    trace = Trace(deadline)
    try:
        return _related(trace, wanted, limit), tuple(trace.attempts)
    except NotSupported:
        target = described(trace, wanted)
    except SourceError as error:
        raise gives_up(trace, error) from error
    return _related_elsewhere(trace, target, limit), tuple(trace.attempts)


def _related_elsewhere(trace: Trace, target: Track, limit: int) -> tuple[Track, ...]:
    failed = False
    for source in audio_sources():
        try:
            chosen = _matched(trace, source, target)
            if chosen is not None:
                return _related(trace, TrackId(source.name, chosen.native), limit)
        except SourceError as error:
            failed = failed or error.outcome != "no_match"
    raise SourcesFailed(trace.attempts) if failed else Unknown(trace.attempts)


def _matched(trace: Trace, source: BaseSource, target: Track) -> Track | None:
    for query in matching.queries_for(target):
        found = searched(trace, source, query, "track", 1, lanes.CANDIDATES, ())
        chosen, _ = matching.best_for_track(target, [item for item in found.items if isinstance(item, Track)])
        if chosen is not None:
            return chosen
    return None


def _related(trace: Trace, wanted: TrackId, limit: int) -> tuple[Track, ...]:
    source = enabled().get(wanted.source)
    if source is None:
        trace.skip(wanted.source, OFF)
        raise SwitchedOff(trace.attempts)
    return trace.ask(
        source.name,
        "related",
        lambda: source.related(wanted.native, limit, trace.deadline),
        lambda found: f"{len(found)} songs",
    )
