"""One flight at a time: whoever asks what is being asked already waits for that answer, in all processes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

from django.conf import settings

from music.deadline import Deadline
from music.store import shared
from music.trace import Crowded, SourcesFailed

Value = TypeVar("Value")

POLL_SECONDS = 0.02  # between two looks for the answer of another process
# What a flight that began before its waiters may land later than they want it: it ends by the same deadline, but for
# what it takes to notice, and it alone can say who was asked.
LANDING_SECONDS = 0.05


class Flights:
    """The flights of this process; at most `most_waiting` callers wait for those of others."""

    def __init__(self, most_waiting: int) -> None:
        self._flights: dict[str, Future[Any]] = {}
        self._lock = Lock()
        self._places = BoundedSemaphore(most_waiting)

    def once(self, key: str, deadline: Deadline, find: Callable[[], Value | None], make: Callable[[], Value]) -> Value:
        """What `make` answers, called once for all who ask for `key` meanwhile; raises what it raises, to each of them.

        `find` looks for what has been remembered since. Raises `Crowded`, and `SourcesFailed` at the deadline.
        """
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                own = self._flights[key] = Future()
        if flight is not None:
            waited: Value = self._waited(flight, deadline)
            return waited
        return self._flown(own, key, lambda: _across_processes(key, deadline, find, make))

    def _flown(self, own: Future[Any], key: str, make: Callable[[], Value]) -> Value:
        try:
            value = make()
        except BaseException as error:
            self._land(key)
            own.set_exception(error)
            raise
        self._land(key)
        own.set_result(value)
        return value

    def _land(self, key: str) -> None:
        with self._lock:
            del self._flights[key]

    def _waited(self, flight: Future[Any], deadline: Deadline) -> Any:
        if not self._places.acquire(blocking=False):
            raise Crowded(())
        try:
            return flight.result(timeout=deadline.remaining() + LANDING_SECONDS)
        except FutureTimeout as error:
            if flight.done():
                return flight.result()  # it has landed just now, or the time-out is its own
            raise SourcesFailed(()) from error
        finally:
            self._places.release()


FLIGHTS = Flights(settings.FLAKS_SERVER_THREADS // 2)


def _across_processes(
    key: str, deadline: Deadline, find: Callable[[], Value | None], make: Callable[[], Value]
) -> Value:
    """What `make` answers, unless another process is making it, or it has landed since somebody looked."""
    if not shared().is_there:
        return _found_or_made(find, make)
    sign, mine = f"flight:{key}", uuid.uuid4().hex
    while not shared().add(sign, mine, deadline.remaining() + 1):
        if (found := find()) is not None:
            return found
        if deadline.remaining() <= 0:
            raise SourcesFailed(())
        time.sleep(POLL_SECONDS)
    try:
        return _found_or_made(find, make)
    finally:
        if shared().get(sign) == mine:
            shared().delete(sign)


def _found_or_made(find: Callable[[], Value | None], make: Callable[[], Value]) -> Value:
    found = find()
    return make() if found is None else found
