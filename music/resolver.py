"""From a wish to a song that plays: which source is asked for what, by when, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from music import cache, matching
from music.browsing import OFF, ask_one, behind, followed, searched
from music.deadline import Deadline
from music.domain import Attempt, Match, MediaLink, Track
from music.links import Link, ShortLink, Text, TrackId
from music.sources import sources
from music.sources.base import BaseSource, NotFound, NotPlayable, NotSupported, SourceError
from music.trace import NoMatch, SourcesFailed, SwitchedOff, Trace, Unknown, Unplayed, Unresolved, gives_up

CANDIDATES = 20  # rows asked for when one song is wanted
Choose = Callable[[BaseSource], tuple[Track | None, Match]]
Wanted = TrackId | Link | ShortLink | Text
NO_AUDIO = "the song was found, but has no audio"


@dataclass(frozen=True)
class Resolved:
    """A song with a link that plays, and why it is this one."""

    track: Track
    link: MediaLink
    match: Match
    attempts: tuple[Attempt, ...]


class NotATrack(Exception):
    """A link to an album, a playlist or an artist where one song was wanted."""


def stream(wanted: Wanted, quality: int, languages: Sequence[str], deadline: Deadline) -> Resolved:
    """The wanted song and a link that plays. Raises `Unresolved`, `NotATrack`, or `UnsupportedLink`.

    The first source that has an acceptable song with audio answers. An id or a link describes a song: its own source
    has it for sure, and every source that is asked before that one may have it too.
    """
    trace = Trace(deadline)
    if isinstance(wanted, Text):
        return _by_text(trace, wanted.query, quality, languages)
    return _by_description(trace, named(trace, wanted), quality, languages)


def exact(track: Track) -> Match:
    """The match of a track that was named itself."""
    return Match(1.0, track, (), "asked for by its id")


def audio_sources() -> list[BaseSource]:
    """The sources that give audio, in the order in which they are asked."""
    return [source for source in sources().values() if source.gives_audio]


def named(trace: Trace, wanted: TrackId | Link | ShortLink) -> Track:
    """The track that an id or a link names. Raises `Unresolved`, `NotATrack`, or `UnsupportedLink`."""
    if isinstance(wanted, TrackId):
        return described(trace, wanted)
    to = followed(trace, wanted)
    if to.kind != "track":
        raise NotATrack(to.kind)
    found = ask_one(trace, to.source, "track", lambda source, until: behind(source, to, until))
    if not isinstance(found, Track):
        raise NotATrack(to.kind)
    return found


def described(trace: Trace, wanted: TrackId) -> Track:
    """The track of an id, as its source describes it. Raises `Unresolved`."""
    return ask_one(trace, wanted.source, "track", lambda source, until: source.track(wanted.native, until))


def _link(trace: Trace, chosen: Track, quality: int) -> MediaLink:
    held = cache.held_link(chosen.id, quality)
    if held is not None:
        return held
    source, until = sources()[chosen.source], trace.deadline
    made = trace.ask(
        source.name,
        "link",
        lambda: source.link(chosen, quality, until),
        lambda found: f"{found.bitrate} kbit/s",
    )
    cache.hold_link(chosen.id, quality, made)
    return made


def _by_text(trace: Trace, query: str, quality: int, languages: Sequence[str]) -> Resolved:
    def choose(source: BaseSource) -> tuple[Track | None, Match]:
        found = searched(trace, source, query, "track", 1, CANDIDATES, languages)
        return matching.best_for_text(query, [item for item in found.items if isinstance(item, Track)])

    return _first_playing(trace, choose, matching.best_for_text(query, ())[1], quality)


def _by_description(trace: Trace, target: Track, quality: int, languages: Sequence[str]) -> Resolved:
    """The song that a description means, from the first source that has it.

    A song of JioSaavn is its own description, and so first played from there; a video's own audio is the last resort.
    """

    def choose(source: BaseSource) -> tuple[Track | None, Match]:
        own = source.name == target.source
        return (target, exact(target)) if own else _matched(trace, source, target, languages)

    return _first_playing(trace, choose, matching.best_for_track(target, ())[1], quality)


def _first_playing(trace: Trace, choose: Choose, nearest: Match, quality: int) -> Resolved:
    """The song that the first source chooses and plays. Raises `Unresolved`."""
    failed, unplayed, asked = False, None, audio_sources()
    for source in asked:
        chosen: Track | None = None
        try:
            with trace.turn(last=source is asked[-1]):
                chosen, match = choose(source)
                nearest = max(nearest, match, key=_nearness)
                if chosen is not None:
                    return Resolved(chosen, _link(trace, chosen, quality), match, tuple(trace.attempts))
        except (NotPlayable, NotFound) as error:
            nearest, unplayed = _silent(nearest, chosen), error
        except SourceError:
            failed = True
    raise _nothing(trace, failed, unplayed, nearest)


def _matched(trace: Trace, source: BaseSource, target: Track, languages: Sequence[str]) -> tuple[Track | None, Match]:
    """The target on another source: by its artist and title, then, where that finds nothing like it, by its title."""
    match = matching.best_for_track(target, ())[1]
    for query in matching.queries_for(target):
        found = searched(trace, source, query, "track", 1, CANDIDATES, ())
        tracks = [item for item in found.items if isinstance(item, Track)]
        chosen, match = matching.best_for_track(target, tracks, languages)
        if chosen is not None:
            return chosen, match
    return None, match


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
            chosen, _ = _matched(trace, source, target, ())
            if chosen is not None:
                return _related(trace, TrackId(source.name, chosen.native), limit)
        except SourceError as error:
            failed = failed or error.outcome != "no_match"
    raise SourcesFailed(trace.attempts) if failed else Unknown(trace.attempts)


def _related(trace: Trace, wanted: TrackId, limit: int) -> tuple[Track, ...]:
    source = sources().get(wanted.source)
    if source is None:
        trace.skip(wanted.source, OFF)
        raise SwitchedOff(trace.attempts)
    return trace.ask(
        source.name,
        "related",
        lambda: source.related(wanted.native, limit, trace.deadline),
        lambda found: f"{len(found)} songs",
    )


def _nearness(match: Match) -> tuple[float, int]:
    return match.score, len(match.alternatives)


def _nothing(trace: Trace, failed: bool, unplayed: SourceError | None, nearest: Match) -> Unresolved:
    if failed or not trace.attempts:
        return SourcesFailed(trace.attempts)
    if isinstance(unplayed, NotPlayable) and unplayed.reason:
        return Unplayed(trace.attempts, unplayed.reason)
    return NoMatch(trace.attempts, nearest)


def _silent(match: Match, chosen: Track | None) -> Match:
    """The match of a song that turned out to have no audio: it becomes the first alternative."""
    silent = ((chosen, match.score),) if chosen is not None else ()
    return replace(match, alternatives=(*silent, *match.alternatives), reason=NO_AUDIO)
