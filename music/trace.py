"""Asks sources on their pools, and keeps what was asked of whom and how it went."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from music.breaker import ANSWERED, NOT_ASKED, Breaker, breaker_for
from music.canaries import send_where_due
from music.deadline import Deadline
from music.domain import Attempt, Match, Outcome
from music.health import health_of
from music.pools import pool_for
from music.sources import BUILDERS
from music.sources.base import (
    NoTimeLeft,
    NotPlayable,
    Part,
    SourceError,
    SourceResting,
    SourceSilent,
    Unplayable,
)

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
REFUSALS: tuple[Outcome, ...] = ("blocked", "rate_limited")


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


class Unknown(Unresolved):
    """The source does not know the id, or does not have what was asked of it."""


class SwitchedOff(Unresolved):
    """The one source that could answer is switched off here."""


class Unplayed(Unresolved):
    """The source knows the track and gives no audio for it; `reason` is a code of the API, or ""."""

    def __init__(self, attempts: Sequence[Attempt], reason: Unplayable) -> None:
        super().__init__(attempts)
        self.reason = reason


class SourcesFailed(Unresolved):
    """A source could not be asked; `blocked` where every failing one refuses this server or limits it.

    Only the sources of `counting` count, where that is given: one that merely describes songs hides nothing.
    """

    def __init__(self, attempts: Sequence[Attempt], counting: Collection[str] | None = None) -> None:
        super().__init__(attempts)
        self._counting = counting

    @property
    def blocked(self) -> bool:
        counted = [one for one in self.attempts if self._counting is None or one.source in self._counting]
        causes = [attempt.cause or attempt.outcome for attempt in counted]
        failed = [cause for cause in causes if cause not in ("ok", "no_match", "skipped")]
        return bool(failed) and all(cause in REFUSALS for cause in failed)


class Crowded(SourcesFailed):
    """So many callers wait for the same sources that this one had better come back in a second."""


@dataclass
class Trace:
    """The steps of one answer. Raises `SourceError` as the sources do, once it is noted."""

    deadline: Deadline
    attempts: list[Attempt] = field(default_factory=list)

    def ask(
        self,
        source: str,
        step: str,
        call: Callable[[], Result],
        told: Callable[[Result], str],
        part: Part = "search",
    ) -> Result:
        """What the call answers; `told` makes the attempt's detail of it."""
        return self.begin(source, step, call, told, part).result()

    def begin(
        self,
        source: str,
        step: str,
        call: Callable[[], Result],
        told: Callable[[Result], str],
        part: Part = "search",
        deadline: Deadline | None = None,
    ) -> Pending[Result]:
        """Start the call and go on; `result()` of what is answered here waits for it, until the trace's deadline or
        an earlier one."""
        return Pending(self, Step(source, step, part), call, told, deadline or self.deadline)

    def skip(self, source: str, detail: str) -> None:
        """Note that a source was not asked."""
        self.attempts.append(Attempt(source, "skipped", 0, detail))

    def overhear(self, source: str, step: str, error: SourceError) -> None:
        """Note what another caller, who asked for the same, was answered."""
        cause = error.cause if isinstance(error, SourceResting) else ""
        self.attempts.append(Attempt(source, error.outcome, 0, f"{step}: {error}", cause))

    def check(self, source: str, step: str, part: Part) -> None:
        """Return where the part of the source may be asked. Raises `SourceResting`, once that is noted."""
        try:
            Step(source, step, part).admit()
        except SourceResting as error:
            self.attempts.append(Attempt(source, error.outcome, 0, f"{step}: {error}", error.cause))
            raise


@dataclass(frozen=True)
class Step:
    """What is asked of one part of one source."""

    source: str
    name: str
    part: Part

    def breaker(self, error: SourceError | None = None) -> Breaker | None:
        """The breaker that an answer, or this error, is counted by; None where no canary could close it again."""
        part = (error.part if error is not None else None) or self.part
        return breaker_for(self.source, part) if self.source in BUILDERS and part != "media" else None

    def admit(self) -> None:
        """Return where it may be asked; sends the canary where that is due. Raises `SourceResting`."""
        breaker = self.breaker()
        if breaker is None:
            return
        try:
            breaker.check()
        except SourceResting:
            send_where_due(self.source, self.part)
            raise


class Pending(Generic[Result]):
    """A step that has begun, or that was refused at once."""

    def __init__(
        self, trace: Trace, step: Step, call: Callable[[], Result], told: Callable[[Result], str], deadline: Deadline
    ) -> None:
        self.step = step
        self._trace, self._told, self._deadline = trace, told, deadline
        self._started = time.perf_counter()
        self._ended: float | None = None
        self.future: Future[Result] = Future()
        try:
            step.admit()
            if deadline.remaining() <= 0:
                raise NoTimeLeft("no time was left to ask")
            self.future = pool_for(step.source).start(call)
            self.future.add_done_callback(self._end)
        except SourceError as error:
            self.future.set_exception(error)

    def result(self) -> Result:
        """What the call answered; raises its `SourceError`, or `SourceTimeout` at the deadline."""
        try:
            answer = pool_for(self.step.source).wait(self.future, self._deadline)
        except SourceError as error:
            self._ended_badly(error)
            raise
        except Exception as error:
            # A parser that meets what nobody foresaw must not take the whole answer down with it.
            logger.exception("%s: %s failed", self.step.source, self.step.name)
            failure = SourceError("internal error")
            self._failed(failure)
            raise failure from error
        self._count(None)
        self._note("ok", self._told(answer))
        return answer

    @property
    def waited(self) -> float:
        """Seconds that the call has taken, or takes so far."""
        return (self._ended or time.perf_counter()) - self._started

    def abandon(self, undo: Callable[[Result], None]) -> None:
        """Have what the call still answers, once nobody waits for it any more, undone."""
        self.future.add_done_callback(lambda done: None if done.exception() else undo(done.result()))

    def outrun(self) -> None:
        """Nobody waits any more, since another source was faster; it counts as silent, unless it answers after all."""
        if not self.future.done():
            self._silent(SourceSilent(f"still silent after {self._milliseconds()} ms"))
        elif isinstance(error := self.future.exception(), SourceError):
            self._failed(error)
        else:
            self.dismiss()  # it has answered just now

    def dismiss(self) -> None:
        """Nobody waits any more, though it has not been silent for long; it counts for nothing."""
        self._note("skipped", "not needed any more")

    def _end(self, _: Future[Any]) -> None:
        self._ended = time.perf_counter()

    def _ended_badly(self, error: SourceError) -> None:
        if self.future.done():
            self._failed(error)
        else:
            self._silent(SourceSilent(str(error)))

    def _silent(self, silence: SourceSilent) -> None:
        """It counts as failed, until it answers after all."""
        self._failed(silence)
        breaker = self.step.breaker()
        if breaker is not None:
            self.future.add_done_callback(lambda done: breaker.take_back() if _is_answered(done) else None)

    def _failed(self, error: SourceError) -> None:
        self._count(error)
        self._note(error.outcome, str(error), error.cause if isinstance(error, SourceResting) else "")

    def _count(self, error: SourceError | None) -> None:
        if self.step.breaker() is None or isinstance(error, NOT_ASKED):
            return
        breaker = self.step.breaker(error)
        if breaker is not None:
            breaker.note(error)
        health_of(self.step.source).note("ok" if error is None else error.outcome, self._milliseconds())

    def _milliseconds(self) -> int:
        return round(self.waited * 1000)

    def _note(self, outcome: Outcome, detail: str, cause: Any = "") -> None:
        told = f"{self.step.name}: {detail}"
        self._trace.attempts.append(Attempt(self.step.source, outcome, self._milliseconds(), told, cause))


def _is_answered(done: Future[Any]) -> bool:
    error = done.exception()
    return error is None or isinstance(error, ANSWERED)


def gives_up(trace: Trace, error: SourceError) -> Unresolved:
    """What a failed step of the one source that could answer means for the caller."""
    if isinstance(error, NotPlayable):
        return Unplayed(trace.attempts, error.reason)
    if error.outcome == "no_match":
        return Unknown(trace.attempts)
    return SourcesFailed(trace.attempts)
