"""One flight for many callers, in this process and across processes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

import pytest
from django.core.cache.backends.base import BaseCache

from music.deadline import Deadline
from music.domain import Attempt
from music.flights import Flights
from music.trace import Crowded, SourcesFailed

PATIENCE = 5.0  # seconds that a test waits for what has to come


def nothing() -> None:
    """What has been remembered since."""


class Making:
    """Makes an answer when it is told to, and counts."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun, self.told, self.count, self._error = threading.Event(), threading.Event(), 0, error

    def __call__(self) -> str:
        self.count += 1
        self.begun.set()
        assert self.told.wait(PATIENCE)
        if self._error is not None:
            raise self._error
        return f"answer {self.count}"


class Watched(Deadline):
    """A caller's deadline; who looks at it waits for a flight that it has found."""

    looks = threading.Semaphore(0)

    def remaining(self) -> float:
        self.looks.release()
        return super().remaining()


def joined(flights: Flights, making: Making, waiting: int, sent_away: int = 0) -> list[Future[str]]:
    """Callers of one key: the first flies, so many wait for it, and the others have come before it lands."""
    pool = ThreadPoolExecutor(1 + waiting + sent_away)

    def call() -> str:
        return flights.once("key", Watched.after(5000), nothing, making)

    first = pool.submit(call)
    assert making.begun.wait(PATIENCE)
    others = [pool.submit(call) for _ in range(waiting + sent_away)]
    assert all(Watched.looks.acquire(timeout=PATIENCE) for _ in range(waiting))
    pool.shutdown(wait=False)
    return [first, *others]


def test_many_callers_get_what_is_made_once() -> None:
    making = Making()
    calls = joined(Flights(50), making, 19)
    making.told.set()
    assert {call.result(PATIENCE) for call in calls} == {"answer 1"}


def test_an_error_reaches_every_caller() -> None:
    making = Making(SourcesFailed(()))
    calls = joined(Flights(50), making, 4)
    making.told.set()
    assert all(isinstance(call.exception(PATIENCE), SourcesFailed) for call in calls)
    assert making.count == 1


def test_after_a_failed_flight_the_next_caller_flies_again() -> None:
    flights, making = Flights(5), Making(ValueError("once"))
    making.told.set()
    with pytest.raises(ValueError, match="once"):
        flights.once("key", Deadline.after(5000), nothing, making)
    assert flights.once("key", Deadline.after(5000), nothing, lambda: "well") == "well"


def test_what_landed_since_somebody_looked_is_not_made_again() -> None:
    def make() -> str:
        raise AssertionError("it is there")

    assert Flights(5).once("key", Deadline.after(5000), lambda: "found", make) == "found"


def test_flights_of_other_keys_do_not_wait() -> None:
    flights, making = Flights(5), Making()
    calls = joined(flights, making, 0)
    assert flights.once("other", Deadline.after(5000), nothing, lambda: "at once") == "at once"
    making.told.set()
    assert calls[0].result(PATIENCE) == "answer 1"


def test_more_waiting_callers_than_there_are_places_are_sent_away_at_once() -> None:
    making = Making()
    calls = joined(Flights(3), making, 3, sent_away=4)
    ended = as_completed(calls, PATIENCE)
    assert all(isinstance(next(ended).exception(), Crowded) for _ in range(4))
    making.told.set()
    assert [call.result() for call in ended] == ["answer 1"] * 4


def test_places_are_given_back() -> None:
    flights = Flights(2)
    for _ in range(3):
        making = Making()
        calls = joined(flights, making, 2)
        making.told.set()
        assert [call.result(PATIENCE) for call in calls] == ["answer 1"] * 3


def test_a_caller_waits_no_longer_than_its_own_deadline() -> None:
    flights, making = Flights(5), Making()
    calls = joined(flights, making, 0)
    with pytest.raises(SourcesFailed):
        flights.once("key", Deadline.after(30), nothing, making)
    making.told.set()
    assert calls[0].result(PATIENCE) == "answer 1"


def test_a_caller_whose_time_ends_with_the_flights_hears_who_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("music.flights.LANDING_SECONDS", PATIENCE)
    attempt = Attempt("jiosaavn", "timeout", 6000, "search: no answer in time")
    flights, making = Flights(5), Making(SourcesFailed([attempt]))
    calls = joined(flights, making, 0)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(flights.once, "key", Watched.after(0), nothing, making)
        assert Watched.looks.acquire(timeout=PATIENCE)
        making.told.set()
        error = late.exception(PATIENCE)
    assert isinstance(error, SourcesFailed)
    assert error.attempts == (attempt,)
    assert calls[0].exception(PATIENCE) is error


def test_a_time_out_of_the_flights_own_is_not_taken_for_the_callers() -> None:
    making = Making(TimeoutError("its own"))
    calls = joined(Flights(5), making, 2)
    making.told.set()
    assert {str(call.exception(PATIENCE)) for call in calls} == {"its own"}


def across(find: Callable[[], str | None], make: Callable[[], str], milliseconds: int = 5000) -> str:
    """A call in a process of its own: flights that know nothing of others but what is shared."""
    return Flights(5).once("key", Deadline.after(milliseconds), find, make)


def test_two_processes_make_one_answer(shared_memory: BaseCache) -> None:
    landed: list[str] = []
    making = Making()

    def make() -> str:
        landed.append(making())
        return landed[0]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(across, nothing, make)
        assert making.begun.wait(PATIENCE)
        second = pool.submit(across, lambda: landed[0] if landed else None, make)
        making.told.set()
        assert (first.result(PATIENCE), second.result(PATIENCE)) == ("answer 1", "answer 1")
    assert making.count == 1


def test_where_the_other_process_fails_this_one_tries_itself(shared_memory: BaseCache) -> None:
    making = Making(SourcesFailed(()))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(across, nothing, making)
        assert making.begun.wait(PATIENCE)
        second = pool.submit(across, nothing, lambda: "my own")
        making.told.set()
        assert isinstance(first.exception(PATIENCE), SourcesFailed)
        assert second.result(PATIENCE) == "my own"


def test_another_process_that_does_not_land_is_waited_for_until_the_deadline(shared_memory: BaseCache) -> None:
    making = Making()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(across, nothing, making)
        assert making.begun.wait(PATIENCE)
        with pytest.raises(SourcesFailed):
            across(nothing, lambda: "my own", milliseconds=50)
        making.told.set()
        assert first.result(PATIENCE) == "answer 1"


def test_the_sign_of_a_flight_is_taken_down(shared_memory: BaseCache) -> None:
    assert [across(nothing, lambda: "made") for _ in range(3)] == ["made"] * 3


def test_the_sign_of_a_process_that_died_ends_by_itself(shared_memory: BaseCache) -> None:
    shared_memory.add("flight:key", "a process that is no more", 0.2)
    assert across(nothing, lambda: "made") == "made"
