"""From a wish to a song that plays: which source is asked for what, by when, and what is said of it afterwards."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from music import cache, matching
from music.deadline import Deadline
from music.domain import Attempt, Match, MediaLink, Track, TrackPage
from music.links import Text, TrackId
from music.pools import pool_for
from music.sources import sources
from music.sources.base import NotFound, NotPlayable, Source, SourceError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
CANDIDATES = 20  # rows asked for when one song is wanted
NO_AUDIO = "the song was found, but has no audio"
EXACT = Match(1.0, None, (), "asked for by its id")


class Unresolved(Exception):
    """No answer; `attempts` tell what was asked."""

    def __init__(self, attempts: Sequence[Attempt]) -> None:
        super().__init__("; ".join(f"{attempt.source}: {attempt.outcome}" for attempt in attempts))
        self.attempts = tuple(attempts)


class NoMatch(Unresolved):
    """Every source answered cleanly, and nothing was acceptable."""

    def __init__(self, attempts: Sequence[Attempt], match: Match) -> None:
        super().__init__(attempts)
        self.match = match


class UnknownTrack(Unresolved):
    """The source does not know the id, or has no audio for it."""


class SourcesFailed(Unresolved):
    """A source could not be asked; `blocked` where every failing one refuses this server or limits it."""

    @property
    def blocked(self) -> bool:
        failed = [attempt.outcome for attempt in self.attempts if attempt.outcome not in ("ok", "no_match")]
        return all(outcome in ("blocked", "rate_limited") for outcome in failed)


@dataclass
class Trace:
    """Runs each step on its source's pool, and keeps how it went."""

    deadline: Deadline
    attempts: list[Attempt] = field(default_factory=list)

    def ask(self, source: Source, step: str, call: Callable[[], Result], told: Callable[[Result], str]) -> Result:
        """What the call answers; raises the `SourceError` that it raised, once it is noted."""
        started = time.perf_counter()
        try:
            result = pool_for(source.name).run(call, self.deadline)
        except SourceError as error:
            self._note(source, error.outcome, started, f"{step}: {error}")
            raise
        except Exception as error:
            # A parser that meets what nobody foresaw must not take the whole answer down with it.
            logger.exception("%s: %s failed", source.name, step)
            self._note(source, "error", started, f"{step}: internal error")
            raise SourceError("internal error") from error
        self._note(source, "ok", started, f"{step}: {told(result)}")
        return result

    def _note(self, source: Source, outcome: str, started: float, detail: str) -> None:
        milliseconds = round((time.perf_counter() - started) * 1000)
        self.attempts.append(Attempt(source.name, outcome, milliseconds, detail))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Found:
    """Songs for a search."""

    page: TrackPage
    answered_by: str
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Resolved:
    """A song with a link that plays, and why it is this one."""

    track: Track
    link: MediaLink
    match: Match
    attempts: tuple[Attempt, ...]


def search(query: str, page: int, limit: int, languages: Sequence[str], deadline: Deadline) -> Found:
    """Songs for typed words, from the first source that answers. Raises `SourcesFailed`."""
    trace = Trace(deadline)
    for source in sources().values():
        try:
            found = _searched(trace, source, query, page, limit)
        except SourceError:
            continue
        return Found(_ranked(found, languages), source.name, tuple(trace.attempts))
    raise SourcesFailed(trace.attempts)


def track(wanted: TrackId, deadline: Deadline) -> tuple[Track, tuple[Attempt, ...]]:
    """The track of an id. Raises `UnknownTrack` or `SourcesFailed`."""
    trace = Trace(deadline)
    return _track(trace, wanted), tuple(trace.attempts)


def stream(wanted: TrackId | Text, quality: int, languages: Sequence[str], deadline: Deadline) -> Resolved:
    """The wanted song and a link that plays. Raises `NoMatch`, `UnknownTrack` or `SourcesFailed`."""
    trace = Trace(deadline)
    if isinstance(wanted, TrackId):
        chosen, match = _track(trace, wanted), EXACT
    else:
        chosen, match = _chosen(trace, wanted.query, languages)
    try:
        return Resolved(chosen, _link(trace, chosen, quality), match, tuple(trace.attempts))
    except UnknownTrack as error:
        if isinstance(wanted, TrackId):
            raise
        silent = replace(match, alternatives=((chosen, match.score), *match.alternatives), reason=NO_AUDIO)
        raise NoMatch(trace.attempts, silent) from error


def link(wanted: TrackId, quality: int, deadline: Deadline) -> MediaLink:
    """A link of the service for a track: the one that is held, else a new one. Raises as `stream` does."""
    held = cache.held_link(str(wanted), quality)
    if held is not None:
        return held
    trace = Trace(deadline)
    return _link(trace, _track(trace, wanted), quality)


def _chosen(trace: Trace, query: str, languages: Sequence[str]) -> tuple[Track, Match]:
    match, failed = matching.best_for_text(query, ())[1], False
    for source in sources().values():
        try:
            found = _ranked(_searched(trace, source, query, 1, CANDIDATES), languages)
        except SourceError:
            failed = True
            continue
        chosen, match = matching.best_for_text(query, found.tracks)
        if chosen is not None:
            return chosen, match
    raise SourcesFailed(trace.attempts) if failed else NoMatch(trace.attempts, match)


def _searched(trace: Trace, source: Source, query: str, page: int, limit: int) -> TrackPage:
    return trace.ask(
        source,
        "search",
        lambda: source.search(query, page, limit, trace.deadline),
        lambda found: f"{len(found.tracks)} of {found.total}",
    )


def _track(trace: Trace, wanted: TrackId) -> Track:
    source = sources().get(wanted.source)
    if source is None:
        trace.attempts.append(Attempt(wanted.source, "skipped", 0, "this source is switched off"))
        raise SourcesFailed(trace.attempts)
    try:
        return trace.ask(source, "track", lambda: source.track(wanted.native, trace.deadline), lambda _: "found")
    except NotFound as error:
        raise UnknownTrack(trace.attempts) from error
    except SourceError as error:
        raise SourcesFailed(trace.attempts) from error


def _link(trace: Trace, chosen: Track, quality: int) -> MediaLink:
    held = cache.held_link(chosen.id, quality)
    if held is not None:
        return held
    source = sources()[chosen.source]
    try:
        made = trace.ask(
            source,
            "link",
            lambda: source.link(chosen, quality, trace.deadline),
            lambda found: f"{found.bitrate} kbit/s",
        )
    except NotPlayable as error:
        raise UnknownTrack(trace.attempts) from error
    except SourceError as error:
        raise SourcesFailed(trace.attempts) from error
    cache.hold_link(chosen.id, quality, made)
    return made


def _ranked(found: TrackPage, languages: Sequence[str]) -> TrackPage:
    """The page with the wished languages first, in the order of the wish; else as the service has it."""
    if not languages:
        return found
    place = {language: number for number, language in enumerate(languages)}
    ordered = sorted(found.tracks, key=lambda track: place.get(track.language, len(place)))
    return TrackPage(tuple(ordered), found.total)
