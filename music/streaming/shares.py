"""How many streams of each key run in this process: its part of the key's limit."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from threading import Lock

from flaks.server import WORKERS
from music.streaming.places import Answer, Place, idlest


class ProcessShares:
    """Each process admits a key's limit divided by the processes, and at least one stream where it may have any.

    So a key never has more than its limit in all, but for a limit below the number of processes; and may be refused
    a little early where its connections fall unevenly on them. `RedisShares` is exact.
    """

    def __init__(self, processes: int = WORKERS) -> None:
        self._processes = processes
        self._running: dict[uuid.UUID, list[Place]] = {}
        self._lock = Lock()

    def take(self, place: Place) -> Answer:
        """Count the place, if its share allows; at the limit, in the place of one that is idle."""
        with self._lock:
            running = self._running.setdefault(place.lineage, [])
            if place.limit is None or len(running) < self._share(place.limit):
                running.append(place)
                return Answer(admitted=True)
            stalest = idlest(running) if len(running) == self._share(place.limit) else None
            if stalest is None:
                return Answer(admitted=False)
            running[running.index(stalest)] = place
            return Answer(admitted=True, evicted=stalest)

    def swapped(self, place: Place, evicted: str) -> Place | None:
        """Count the place, which somebody else has admitted; answers the one of that name, where it runs here."""
        with self._lock:
            running = self._running.setdefault(place.lineage, [])
            gone = next((one for one in running if one.name == evicted), None)
            running.append(place)
            return gone

    def leave(self, place: Place) -> None:
        """Count it no more."""
        with self._lock:
            running = self._running.get(place.lineage, [])
            if place in running:
                running.remove(place)
            if not running:
                self._running.pop(place.lineage, None)

    def beat(self, running: Collection[Place]) -> list[Place]:
        """Nobody else has to be told."""
        return []

    def _share(self, limit: int) -> int:
        return max(1, limit // self._processes) if limit else 0
