"""How often a second source may be asked before the first has answered."""

from __future__ import annotations

from threading import Lock

MOST = 20.0
REFILL = 0.1  # hedges earned by one call: where everything is slow, one call in ten is asked twice


class HedgeBucket:
    """20 hedges, refilled by one for every ten calls; threads share it."""

    def __init__(self) -> None:
        self._left = MOST
        self._lock = Lock()

    def earn(self) -> None:
        """Count a call."""
        with self._lock:
            self._left = min(MOST, self._left + REFILL)

    def take(self) -> bool:
        """Spend a hedge; False where none is left."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True


HEDGES = HedgeBucket()
