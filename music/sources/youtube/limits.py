"""How much may be asked of the player from one address: a budget per hour, and a pause after a refusal."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

from music.sources.base import SourceBlocked, SourceError, SourceRateLimited
from music.sources.youtube.errors import SessionLimited

HOUR = 3600.0
BLOCKED_FOR = 600.0  # seconds of silence after a bot check or an HTTP 429: asking on deepens the block
WORKERS = 2  # the server runs two processes on one address; each may use half of what the address is given
LIMITED_FOR = HOUR  # the service speaks of "up to an hour"


class Circuit:
    """Refuses calls for a while once the service has refused this address; one per address, and so per source."""

    def __init__(self) -> None:
        self._open_until = 0.0
        self._error: SourceError = SourceBlocked("")
        self._lock = Lock()

    def check(self) -> None:
        """Return where the service may be asked; raises the error that it gave last."""
        with self._lock:
            open_until, error = self._open_until, self._error
        if time.monotonic() < open_until:
            raise type(error)(f"not asked again yet: {error}")

    def note(self, error: SourceError) -> bool:
        """Open the circuit where the error is about this address, not about the video; whether it was."""
        if not isinstance(error, (SourceBlocked, SourceRateLimited)):
            return False
        seconds = LIMITED_FOR if isinstance(error, SessionLimited) else BLOCKED_FOR
        open_until = time.monotonic() + seconds
        with self._lock:
            # A call that was under way may bring a weaker refusal after the stronger one.
            if open_until > self._open_until:
                self._open_until, self._error = open_until, error
        return True


class Budget:
    """At most `hourly` calls in any hour; a guest's address is given about 300 videos."""

    @classmethod
    def of_process(cls, hourly: int) -> Budget:
        """This process's share of an address's `hourly` calls; at least one."""
        return cls(max(1, hourly // WORKERS))

    def __init__(self, hourly: int) -> None:
        self._hourly = hourly
        self._spent: deque[float] = deque()
        self._lock = Lock()

    def spend(self) -> None:
        """Count a call; raises `SourceRateLimited` where none is left."""
        now = time.monotonic()
        with self._lock:
            while self._spent and now - self._spent[0] >= HOUR:
                self._spent.popleft()
            if len(self._spent) >= self._hourly:
                raise SourceRateLimited(f"{self._hourly} videos were asked for within the hour")
            self._spent.append(now)
