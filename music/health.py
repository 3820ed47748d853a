"""How each source has answered this process lately: what `/sources` and `check_sources` tell."""

from __future__ import annotations

import statistics
import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock

from flaks.once import once
from music.domain import Outcome

WINDOW_SECONDS = 900.0
MOST_CALLS = 500
HEALTHY: tuple[Outcome, ...] = ("ok", "no_match")  # a service that knows no such song has answered


@dataclass(frozen=True)
class Call:
    """One call to a service: when it ended by the steady clock, how long it took, how it went."""

    ended: float
    ms: int
    outcome: Outcome


@dataclass(frozen=True)
class Figures:
    """What was measured over the last 15 minutes; None where nothing was."""

    calls: int
    p50_ms: int | None
    p95_ms: int | None
    success: float | None  # 0..1


@dataclass(frozen=True)
class Canary:
    """The last canary of a source: when (Unix time), whether it sang, and what was wrong, or ""."""

    at: float
    sang: bool
    reason: str


@dataclass
class Health:
    """One source's record. `last_success` is Unix time, None before the first."""

    last_success: float | None = None
    last_canary: Canary | None = None
    _calls: deque[Call] = field(default_factory=lambda: deque(maxlen=MOST_CALLS))
    _lock: Lock = field(default_factory=Lock)

    def note(self, outcome: Outcome, ms: int) -> None:
        """Count a call that was made; what was skipped is none."""
        with self._lock:
            self._calls.append(Call(time.monotonic(), ms, outcome))
            if outcome in HEALTHY:
                self.last_success = time.time()

    def note_canary(self, reason: str) -> None:
        """Keep how the canary did; `reason` is "" where it sang."""
        self.last_canary = Canary(time.time(), not reason, reason)

    def figures(self) -> Figures:
        """The figures as of now."""
        with self._lock:
            recent = [call for call in self._calls if time.monotonic() - call.ended < WINDOW_SECONDS]
        if not recent:
            return Figures(0, None, None, None)
        took = sorted(call.ms for call in recent)
        cuts = statistics.quantiles(took, n=20, method="inclusive") if len(took) > 1 else took * 19
        healthy = sum(call.outcome in HEALTHY for call in recent)
        return Figures(len(recent), round(cuts[9]), round(cuts[18]), round(healthy / len(recent), 3))


@once
def health_of(source: str) -> Health:
    """The source's record, kept by this process."""
    return Health()
