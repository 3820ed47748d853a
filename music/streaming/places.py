"""How many streams this server carries at once: a share of each process's threads, and a limit for each key."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from music.streaming.listener import Listener

IDLE_SECONDS = 5.0  # a stream whose listener took nothing for longer makes room for another

StillActive = Callable[[Collection[uuid.UUID]], set[uuid.UUID]]


class TooManyStreams(Exception):
    """`whose` is "server" or "key": who carries as many streams as it may."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


class Place:
    """One stream's right to be carried. `end` cuts it short; `give_back` is the way of a stream that is over.

    `still_active` tells which of some lineages have an active key. May be used from any thread.
    """

    def __init__(self, lineage: uuid.UUID, limit: int | None, still_active: StillActive, listener: Listener) -> None:
        self.lineage, self.limit, self.still_active, self.listener = lineage, limit, still_active, listener
        self.name = uuid.uuid4().hex
        self.handed = 0  # bytes that the server was given to send
        self.sending = False  # whether it has not sent all of them yet
        self._taken: int | None = None
        self._moved_at = time.monotonic()
        self._lock = Lock()
        self._is_over = False
        self._closes: list[Callable[[], None]] = []

    def on_end(self, close: Callable[[], None]) -> None:
        """Have this called when the stream ends, at once where it has ended already; it may be called twice."""
        self._closes.append(close)
        if self._is_over:
            close()

    @property
    def is_over(self) -> bool:
        """Whether the place is given back."""
        return self._is_over

    def idle(self) -> float:
        """Seconds for which the listener has taken nothing of what it was sent."""
        taken = self.listener.taken()
        progress = self.handed if taken is None else taken
        if progress != self._taken or not self.sending:
            self._taken, self._moved_at = progress, time.monotonic()
        return time.monotonic() - self._moved_at

    def end(self) -> None:
        """Give the place back, cut the listener off, and close what feeds the stream."""
        with self._lock:
            # Under the lock, and only while it runs: afterwards the connection may serve another request.
            if not self._is_over:
                self.listener.cut()
        self.give_back()

    def give_back(self) -> None:
        """Let another stream have the place, and close what feeds this one."""
        with self._lock:
            self._is_over = True
        for close in list(self._closes):
            close()


@dataclass(frozen=True)
class Answer:
    """Whether a key may be carried one more stream, and whose place it took, where it took one of this process."""

    admitted: bool
    evicted: Place | None = None


class Shares(Protocol):
    """Counts the streams of each key, or asks who counts them for all processes."""

    def take(self, place: Place) -> Answer:
        """Count the place, if its limit allows; at the limit, in the place of one that is idle."""

    def leave(self, place: Place) -> None:
        """Count it no more."""

    def beat(self, running: Collection[Place]) -> list[Place]:
        """Say that these run; answers those that have to end, since others took their places. Called each second."""


class Places:
    """The streams that this process carries, at most `most`; `watch` is called when one begins."""

    def __init__(self, most: int, shares: Shares, watch: Callable[[], None] = lambda: None) -> None:
        self.shares, self._most, self._watch = shares, most, watch
        self._running: dict[str, Place] = {}
        self._lock = Lock()

    def take(self, place: Place) -> Place:
        """The place, counted until it ends. Raises `TooManyStreams`.

        The key's limit comes first: an idle stream of the key may have been ended where the server then is full.
        """
        answer = self.shares.take(place)
        if answer.evicted is not None:
            answer.evicted.end()
        if not answer.admitted:
            raise TooManyStreams("key")
        if not self._seated(place):
            self.shares.leave(place)
            raise TooManyStreams("server")
        place.on_end(lambda: self._leave(place))
        self._watch()
        return place

    def running(self) -> list[Place]:
        """The streams that run now."""
        with self._lock:
            return list(self._running.values())

    def _seated(self, place: Place) -> bool:
        stalest = None
        with self._lock:
            if len(self._running) >= self._most:
                stalest = idlest(self._running.values())
                if stalest is None:
                    return False
                del self._running[stalest.name]
            self._running[place.name] = place
        if stalest is not None:
            stalest.end()
        return True

    def _leave(self, place: Place) -> None:
        with self._lock:
            self._running.pop(place.name, None)
        self.shares.leave(place)


def idlest(places: Collection[Place]) -> Place | None:
    """The one whose listener has taken nothing for longest, where that is over `IDLE_SECONDS`."""
    waits = {place: place.idle() for place in places}
    found = max(waits, key=waits.__getitem__, default=None)
    return found if found is not None and waits[found] > IDLE_SECONDS else None
