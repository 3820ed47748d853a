"""Counted calls as what people look at: a line for each day, with how the calls ended and how long they took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from keys.latency import BUCKETS, percentile
from keys.models import ApiKey, KeyQuota, UsageStat


@dataclass
class Day:
    """The calls of one UTC day, and of a key also its units."""

    day: date
    calls: int = 0
    used: int | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)

    def add(self, row: UsageStat) -> None:
        """Add what a row counts."""
        self.calls += row.calls
        self.outcomes[row.outcome] += row.calls
        self.groups[row.group] += row.calls
        self.sources[row.source] += row.calls
        self.buckets = [mine + more for mine, more in zip(self.buckets, row.buckets, strict=True)]

    def as_json(self) -> dict[str, Any]:
        """As scripts read it; `used` is there for a key alone."""
        used = {} if self.used is None else {"used": self.used}
        return {
            "day": self.day.isoformat(),
            "calls": self.calls,
            **used,
            "outcomes": dict(sorted(self.outcomes.items())),
            "groups": dict(sorted(self.groups.items())),
            "p50_ms": percentile(self.buckets, 0.5),
            "p95_ms": percentile(self.buckets, 0.95),
        }


def of_site(today: date, days: int) -> list[Day]:
    """The last `days` days of all keys, the oldest first; one query."""
    found = _empty(today, days)
    _add(found, UsageStat.objects.of_site(min(found)))
    return list(found.values())


def of_key(key: ApiKey, today: date, days: int) -> list[Day]:
    """The last `days` days of a key and its relatives, the oldest first; two queries."""
    found = _empty(today, days)
    _add(found, UsageStat.objects.of_key(key.lineage, min(found)))
    used = KeyQuota.objects.used_on(key.lineage, found)
    for day, line in found.items():
        line.used = used.get(day, 0)
    return list(found.values())


def _empty(today: date, days: int) -> dict[date, Day]:
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    return {day: Day(day) for day in dates}


def _add(found: Mapping[date, Day], rows: Iterable[UsageStat]) -> None:
    for row in rows:
        if row.day in found:
            found[row.day].add(row)
