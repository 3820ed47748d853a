"""Asks sources on their pools, and keeps what was asked of whom and how it went."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from music.deadline import Deadline
from music.domain import Attempt, Match, Outcome
from music.pools import pool_for
from music.sources.base import NotPlayable, SourceError, Unplayable

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


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
    """A source could not be asked; `blocked` where every failing one refuses this server or limits it."""

    @property
    def blocked(self) -> bool:
        failed = [attempt.outcome for attempt in self.attempts if attempt.outcome not in ("ok", "no_match", "skipped")]
        return bool(failed) and all(outcome in ("blocked", "rate_limited") for outcome in failed)


@dataclass
class Trace:
    """The steps of one answer. Raises `SourceError` as the sources do, once it is noted."""

    deadline: Deadline
    attempts: list[Attempt] = field(default_factory=list)

    def ask(self, source: str, step: str, call: Callable[[], Result], told: Callable[[Result], str]) -> Result:
        """What the call answers; `told` makes the attempt's detail of it."""
        return self.begin(source, step, call, told).result()

    def begin(
        self, source: str, step: str, call: Callable[[], Result], told: Callable[[Result], str]
    ) -> Pending[Result]:
        """Start the call and go on; `result()` of what is answered here waits for it."""
        return Pending(self, source, step, call, told)

    @contextmanager
    def turn(self, *, last: bool) -> Iterator[None]:
        """One source's turn: but for the last one, it leaves half of the time to those after it."""
        whole = self.deadline
        self.deadline = whole if last else whole.half()
        try:
            yield
        finally:
            self.deadline = whole

    def skip(self, source: str, detail: str) -> None:
        """Note that a source was not asked."""
        self.attempts.append(Attempt(source, "skipped", 0, detail))


class Pending(Generic[Result]):
    """A step that has begun."""

    def __init__(
        self, trace: Trace, source: str, step: str, call: Callable[[], Result], told: Callable[[Result], str]
    ) -> None:
        self._trace, self._source, self._step, self._told = trace, source, step, told
        self._started = time.perf_counter()
        self._ended: float | None = None
        self._future: Future[Result] | None = None
        self._refused: SourceError | None = None
        try:
            self._future = pool_for(source).start(call)
            self._future.add_done_callback(self._end)
        except SourceError as error:
            self._refused = error

    def result(self) -> Result:
        """What the call answered; raises its `SourceError`, or `SourceTimeout` at the deadline."""
        try:
            if self._future is None:
                raise self._refused or SourceError("was not started")
            answer = pool_for(self._source).wait(self._future, self._trace.deadline)
        except SourceError as error:
            self._note(error.outcome, str(error))
            raise
        except Exception as error:
            # A parser that meets what nobody foresaw must not take the whole answer down with it.
            logger.exception("%s: %s failed", self._source, self._step)
            self._note("error", "internal error")
            raise SourceError("internal error") from error
        self._note("ok", self._told(answer))
        return answer

    def abandon(self, undo: Callable[[Result], None]) -> None:
        """Have what the call still answers, once nobody waits for it any more, undone."""
        if self._future is not None:
            self._future.add_done_callback(lambda done: None if done.exception() else undo(done.result()))

    def _end(self, _: Future[Result]) -> None:
        self._ended = time.perf_counter()

    def _note(self, outcome: Outcome, detail: str) -> None:
        milliseconds = round(((self._ended or time.perf_counter()) - self._started) * 1000)
        self._trace.attempts.append(Attempt(self._source, outcome, milliseconds, f"{self._step}: {detail}"))


def gives_up(trace: Trace, error: SourceError) -> Unresolved:
    """What a failed step of the one source that could answer means for the caller."""
    if isinstance(error, NotPlayable):
        return Unplayed(trace.attempts, error.reason)
    if error.outcome == "no_match":
        return Unknown(trace.attempts)
    return SourcesFailed(trace.attempts)
