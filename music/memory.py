"""Answers that are remembered: as good as new for a while, and then in place of a source that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from music import cache
from music.deadline import Deadline
from music.domain import Attempt
from music.flights import FLIGHTS
from music.trace import SourcesFailed, Trace

Value = TypeVar("Value")


@dataclass(frozen=True)
class Answered(Generic[Value]):
    """An answer and how it came about; `cached` where nobody was asked, `stale` where the sources fail.

    One that is `cached` is as good as new for another `fresh` seconds.
    """

    value: Value
    attempts: tuple[Attempt, ...] = ()
    cached: bool = False
    stale: bool = False
    fresh: float = field(default=0.0, compare=False)


def answered(
    key: str,
    deadline: Deadline,
    make: Callable[[Trace], Value],
    life: Callable[[Value, Trace], float],
    is_worth_keeping: Callable[[Value], bool] = bool,
) -> Answered[Value]:
    """What is remembered under a key of `cache.key_of`, else what `make` answers, made once for all who ask meanwhile.

    `life` says for how many seconds an answer is as good as new; only one that `is_worth_keeping` stands in later for
    sources that fail. Raises what `make` raises.
    """

    def find() -> Answered[Value] | None:
        held = cache.recall(key)
        if held is None or not held.is_fresh:
            return None
        return Answered(held.value, cached=True, fresh=held.fresh - held.made.age())

    def made() -> Answered[Value]:
        old = cache.recall(key)
        trace = Trace(deadline if old is None else deadline.at_most(cache.STALE_PATIENCE_MS))
        try:
            value = make(trace)
        except SourcesFailed as error:
            if old is None:
                raise
            return Answered(old.value, error.attempts, stale=True)
        cache.remember(key, value, life(value, trace), cache.STALE_LIFE if is_worth_keeping(value) else 0)
        return Answered(value, tuple(trace.attempts))

    return find() or FLIGHTS.once(key, deadline, find, made)


def is_provisional(attempts: Iterable[Attempt], order: Sequence[str], answered_by: str) -> bool:
    """Whether a source with a higher place than the one that answered failed, or was skipped."""
    before = order[: order.index(answered_by)] if answered_by in order else order
    return any(attempt.source in before and attempt.outcome not in ("ok", "no_match") for attempt in attempts)
