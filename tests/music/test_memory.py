"""Answers that are remembered, and stand in for sources that fail."""

from __future__ import annotations

import time

import pytest
import time_machine

from music import cache
from music.deadline import Deadline
from music.domain import Attempt, Outcome
from music.memory import Answered, answered, is_provisional
from music.moment import Moment
from music.store import Entry, put
from music.trace import SourcesFailed, Trace

NOW = 1_900_000_000
FAILED = Attempt("jiosaavn", "timeout", 5, "search: no answer in time")


def asked(answer: str | None, life: float = 60) -> Answered[str]:
    """What is answered for one and the same question; None where the sources fail."""

    def make(_: Trace) -> str:
        if answer is None:
            raise SourcesFailed((FAILED,))
        return answer

    return answered(cache.key_of("page", "a question"), Deadline.after(5000), make, lambda *_: life)


def held_since(seconds: float, fresh: float = 60) -> None:
    """Have an answer that was made so long ago, by all clocks."""
    made = Moment(time.time() - seconds, time.monotonic() - seconds)
    put(cache.key_of("page", "a question"), Entry("old", fresh, cache.STALE_LIFE, made), cache.PAGES)


def test_a_first_answer_is_made_and_the_second_remembered() -> None:
    assert asked("new") == Answered("new")
    assert asked("newer") == Answered("new", cached=True)


def test_where_nothing_is_remembered_a_failure_is_one() -> None:
    with pytest.raises(SourcesFailed):
        asked(None)
    assert asked("new") == Answered("new"), "a failure is not remembered"


def test_an_answer_that_is_not_fresh_any_more_is_made_again() -> None:
    held_since(61)
    assert asked("new") == Answered("new")


def test_it_stands_in_where_the_sources_fail_and_says_so() -> None:
    held_since(61)
    assert asked(None) == Answered("old", (FAILED,), stale=True)
    assert asked("new") == Answered("new"), "a stale answer is not remembered as a new one"


def test_it_does_not_stand_in_after_a_day() -> None:
    held_since(cache.DAY + 1)
    with pytest.raises(SourcesFailed):
        asked(None)


def test_a_clock_that_is_set_back_makes_no_answer_new() -> None:
    held_since(61)
    with time_machine.travel(time.time() - 2 * cache.HOUR, tick=False):
        assert asked(None).stale
        assert asked("new") == Answered("new")


def test_a_clock_that_is_set_forward_ends_it() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        asked("old", life=60)
        clock.shift(61)
        assert asked(None).stale
        clock.shift(cache.DAY)
        with pytest.raises(SourcesFailed):
            asked(None)


def test_where_an_old_answer_is_at_hand_the_sources_are_not_waited_for_to_the_end() -> None:
    held_since(61)
    left: list[float] = []

    def make(trace: Trace) -> str:
        left.append(trace.deadline.remaining())
        return "new"

    answered(cache.key_of("page", "a question"), Deadline.after(60_000), make, lambda *_: 60)
    assert left[0] <= cache.STALE_PATIENCE_MS / 1000


@pytest.mark.parametrize("outcome", ["timeout", "error", "blocked", "rate_limited", "skipped"])
def test_an_answer_is_provisional_while_a_higher_place_could_not_take_part(outcome: Outcome) -> None:
    attempts = [Attempt("jiosaavn", outcome, 1, ""), Attempt("youtube", "ok", 1, "")]
    order = ["jiosaavn", "spotify", "youtube"]
    assert is_provisional(attempts, order, "youtube")
    assert not is_provisional(attempts, order, "jiosaavn")


@pytest.mark.parametrize("outcome", ["ok", "no_match"])
def test_it_is_not_where_the_higher_place_has_answered(outcome: Outcome) -> None:
    attempts = [Attempt("jiosaavn", outcome, 1, ""), Attempt("youtube", "ok", 1, "")]
    assert not is_provisional(attempts, ["jiosaavn", "youtube"], "youtube")


def test_an_answer_of_all_sources_together_is_provisional_where_any_failed() -> None:
    attempts = [Attempt("jiosaavn", "ok", 1, ""), Attempt("youtube", "timeout", 1, "")]
    assert is_provisional(attempts, ["jiosaavn", "youtube"], "all")
