"""How much may be asked of the player from one address: a budget per hour, and how long a refusal lasts."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

from flaks.server import WORKERS
from music.sources.base import SourceBlocked, SourceError, SourceRateLimited
from music.sources.youtube.errors import SessionLimited

HOUR = 3600.0
BLOCKED_FOR = 600.0  # seconds of silence after a bot check or an HTTP 429: asking on deepens the block
LIMITED_FOR = HOUR  # the service speaks of "up to an hour"


def refused(error: SourceError) -> bool:
    """Whether the player refuses this address, not the video; the error then says how long to leave it alone.

    A title can still be searched and described meanwhile: only the audio is closed.
    """
    error.part = "audio"
    if not isinstance(error, (SourceBlocked, SourceRateLimited)):
        return False
    error.rest_seconds = LIMITED_FOR if isinstance(error, SessionLimited) else BLOCKED_FOR
    return True


class OverBudget(SourceRateLimited):
    """Our own limit, so that the service's is never met."""

    part = "audio"


class Budget:
    """At most `hourly` calls in any hour; a guest's address is given about 300 videos."""

    @classmethod
    def of_process(cls, hourly: int) -> Budget:
        """This process's share of an address's `hourly` calls, which the server's processes share; at least one."""
        return cls(max(1, hourly // WORKERS))

    def __init__(self, hourly: int) -> None:
        self._hourly = hourly
        self._spent: deque[float] = deque()
        self._lock = Lock()

    def spend(self) -> None:
        """Count a call; raises `OverBudget` where none is left."""
        now = time.monotonic()
        with self._lock:
            while self._spent and now - self._spent[0] >= HOUR:
                self._spent.popleft()
            if len(self._spent) >= self._hourly:
                raise OverBudget(f"{self._hourly} videos were asked for within the hour")
            self._spent.append(now)
