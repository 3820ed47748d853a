"""Opens the audio of a track: the service's link for a redirect, or the bytes, to be carried by us."""

from __future__ import annotations

from music import cache
from music.browsing import OFF
from music.deadline import Deadline
from music.describing import described
from music.domain import MediaLink, Track
from music.links import TrackId
from music.relay import Place, Relay
from music.sources.base import BadAnswer, BaseSource, NotFound, NotPlayable, SourceError, SourceTimeout
from music.switches import enabled
from music.trace import SwitchedOff, Trace, gives_up


def link(wanted: TrackId, quality: int, deadline: Deadline) -> MediaLink:
    """A link of the service for a track: the one that is held, else a new one. Raises `Unresolved`."""
    trace = Trace(deadline)
    source = _switched_on(trace, wanted.source)
    held = cache.held_link(str(wanted), quality)
    if held is not None:
        return held
    try:
        return new_link(trace, source, described(trace, wanted), quality)
    except SourceError as error:
        raise gives_up(trace, error) from error


def _switched_on(trace: Trace, name: str) -> BaseSource:
    source = enabled().get(name)
    if source is None:
        trace.skip(name, OFF)
        raise SwitchedOff(trace.attempts)
    return source


def new_link(trace: Trace, source: BaseSource, track: Track, quality: int) -> MediaLink:
    """A new link, remembered. Raises `SourceError`; what was known of audio that is not there is forgotten."""
    until = trace.deadline
    try:
        made = trace.ask(
            source.name,
            "link",
            lambda: source.link(track, quality, until),
            lambda found: f"{found.bitrate} kbit/s",
            part="audio",
        )
    except (NotPlayable, NotFound):
        cache.drop_link(track.id, quality)
        raise
    cache.hold_link(track.id, quality, made)
    return made


def opened(wanted: TrackId, quality: int, byte_range: str, deadline: Deadline) -> Relay:
    """The audio of a track, to be carried by us. Raises `TooManyStreams` or `Unresolved`.

    The place is taken first: a stream that cannot be carried asks nothing of the service. A held link that the
    service no longer opens is dropped, and a new one asked for, once.
    """
    place, trace = Place(), Trace(deadline)
    try:
        return _renewed(trace, place, wanted, quality, byte_range)
    except SourceError as error:
        place.give_back()
        raise gives_up(trace, error) from error
    except BaseException:
        place.give_back()
        raise


def _renewed(trace: Trace, place: Place, wanted: TrackId, quality: int, byte_range: str) -> Relay:
    try:
        return _relayed(trace, place, wanted, quality, byte_range)
    except (BadAnswer, NotPlayable):  # what the media host says of the link, and not of the moment
        cache.drop_link(str(wanted), quality)
    return _relayed(trace, place, wanted, quality, byte_range)


def _relayed(trace: Trace, place: Place, wanted: TrackId, quality: int, byte_range: str) -> Relay:
    held, until = link(wanted, quality, trace.deadline), trace.deadline
    source = _switched_on(trace, wanted.source)
    opening = trace.begin(
        source.name, "open", lambda: Relay(place, source, held, byte_range, until), lambda _: "opened", part="media"
    )
    try:
        return opening.result()
    except SourceTimeout:
        opening.abandon(Relay.close)
        raise
