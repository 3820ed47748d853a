"""What is to be said of each source: what it does for us now, as measured, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from music.breaker import Rest, breaker_for
from music.health import Figures, health_of
from music.sources import BUILDERS, sources
from music.switches import enabled
from music.trace import REFUSALS

State = Literal["up", "degraded", "blocked", "down", "off"]
SLOW_MS = 1500  # a 95th percentile above this is called slow
SOUND = 0.9  # a smaller share of calls that were answered is called failing
FEW = 3  # of fewer calls than this nothing is said


@dataclass(frozen=True)
class Status:
    """One source. Times are Unix time; `reason` is "" where all is well."""

    source: str
    state: State
    figures: Figures
    last_success: float | None
    last_canary: float | None
    reason: str


def statuses() -> list[Status]:
    """Every source that this project knows, in the order in which they are asked."""
    return [_status(name) for name in BUILDERS]


def _status(name: str) -> Status:
    health = health_of(name)
    figures, canary = health.figures(), health.last_canary
    state, reason = _state(name, figures)
    return Status(name, state, figures, health.last_success, canary.at if canary is not None else None, reason)


def _state(name: str, figures: Figures) -> tuple[State, str]:
    if name not in sources():
        return "off", "not among FLAKS_SOURCES"
    if name not in enabled():
        return "off", "switched off by staff"
    rest, audio = breaker_for(name, "search").rest, breaker_for(name, "audio").rest
    if rest is not None:
        return "blocked" if rest.cause in REFUSALS else "down", _told(rest)
    if audio is not None:
        return "blocked" if audio.cause in REFUSALS else "degraded", f"audio: {_told(audio)}"
    queries = breaker_for(name, "queries").rest
    if queries is not None:
        return "degraded", f"typed words: {_told(queries)}"
    return _measured(figures)


def _told(rest: Rest) -> str:
    waits = f"; asked again in {rest.remaining:.0f} s" if rest.remaining > 0 else "; about to be asked again"
    return f"{rest.reason}{waits}"


def _measured(figures: Figures) -> tuple[State, str]:
    if figures.success is None or figures.calls < FEW:
        return "up", ""
    if figures.success < SOUND:
        return "degraded", f"failing: {1 - figures.success:.0%} of {figures.calls} calls"
    if figures.p95_ms is not None and figures.p95_ms > SLOW_MS:
        return "degraded", f"slow: one call in twenty takes over {figures.p95_ms} ms"
    return "up", ""
