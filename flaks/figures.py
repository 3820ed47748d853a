"""What the front page of the admin counts: each function asks the database once, whatever it holds, and answers
numbers.

Calls are read from the rows that are rolled up for the site, and for each key and day; never call by call.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.db.models import Q, Sum

from keys.latency import BUCKETS, percentile
from keys.models import ApiKey, KeyQuota, UsageStat

ANSWERED = ("ok", "cached")
SERVED = (*ANSWERED, "no_match", "failure")  # what the caller had right; an honest "no match" is an answer
REFUSED = ("client_error", "limited")
NEVER_CACHED = ("play", "other")  # route groups that no cache answers: links that play, and a key's own figures


@dataclass
class Tally:
    """Calls by how they ended, and how long those took that the caller had right.

    Calls that are refused cost no time: with them, one bot that sends nonsense would have the whole site look fast.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)
    cacheable: int = 0  # answered calls of routes that a cache may answer

    @property
    def calls(self) -> int:
        return self.outcomes.total()

    @property
    def failed(self) -> int:
        return self.outcomes["failure"]

    @property
    def refused(self) -> int:
        return sum(self.outcomes[name] for name in REFUSED)

    @property
    def served(self) -> int:
        """The calls that the caller had right."""
        return sum(self.outcomes[name] for name in SERVED)

    @property
    def success(self) -> float | None:
        """The share of `served` that did not fail: 0..1."""
        return _share(self.served - self.failed, self.served)

    @property
    def cached(self) -> float | None:
        """The share of `cacheable` that came from the cache: 0..1."""
        return _share(self.outcomes["cached"], self.cacheable)

    @property
    def p50_ms(self) -> int | None:
        return percentile(self.buckets, 0.5)

    @property
    def p95_ms(self) -> int | None:
        return percentile(self.buckets, 0.95)


@dataclass
class Traffic:
    """The site's calls of some days, the oldest first, each there; and today's by the source that answered, or ""."""

    days: dict[date, Tally]
    sources: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class KeyToday:
    """A key, and the units that its lineage has used today."""

    key: ApiKey
    used: int

    @cached_property
    def share(self) -> float:
        """Of its limit: 0 and more; 0 without one."""
        limit = self.key.daily_limit
        if limit is None:
            return 0.0
        return self.used / limit if limit else 1.0


@dataclass
class Habit:
    """What one lineage did lately: calls a day, the oldest first, and today's."""

    days: list[int]
    today: Tally = field(default_factory=Tally)


def traffic(today: date, days: int) -> Traffic:
    """The calls of the last `days` UTC days."""
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    found = Traffic({day: Tally() for day in dates})
    sums = {"all_calls": Sum("calls")} | {f"in_b{number}": Sum(f"b{number}") for number in range(BUCKETS)}
    rows = UsageStat.objects.of_site(dates[0]).filter(day__lte=today).order_by()
    kinds = rows.values_list("day", "group", "outcome", "source")
    for day, group, outcome, source, calls, *counts in kinds.annotate(**sums):
        tally = found.days[day]
        tally.outcomes[outcome] += calls
        if outcome in ANSWERED and group not in NEVER_CACHED:
            tally.cacheable += calls
        if outcome in SERVED:
            tally.buckets = [mine + more for mine, more in zip(tally.buckets, counts, strict=True)]
        if day == today:
            found.sources[source] += calls
    return found


def active_keys(now: datetime) -> int:
    """How many keys open something."""
    return ApiKey.objects.active(now).count()


def used_today(today: date) -> dict[uuid.UUID, int]:
    """The units of each lineage that has used any today."""
    rows = KeyQuota.objects.filter(day=today, used__gt=0).values_list("pk", "used")
    return {uuid.UUID(name.partition(":")[0]): used for name, used in rows}


def busiest(today: date, most: int) -> dict[uuid.UUID, int]:
    """The lineages that made the most calls today, with how many, the busiest first."""
    rows = UsageStat.objects.filter(day=today, group="", lineage__isnull=False).order_by("-calls", "lineage")
    return {lineage: calls for lineage, calls in rows.values_list("lineage", "calls")[:most] if lineage is not None}


def keys_of(lineages: Collection[uuid.UUID], now: datetime) -> dict[uuid.UUID, ApiKey]:
    """One key of each of these few lineages, and of each that was used or made today: an active one, else the newest.

    A key's use is noted with its first call of a day, so that nobody has to look for thousands of lineages by name.
    """
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    recent = Q(last_used_at__gte=midnight) | Q(created_at__gte=midnight)
    rows = ApiKey.objects.filter(recent | Q(lineage__in=list(lineages)))
    shown = ("id", "name", "hint", "lineage", "daily_limit", "enabled", "expires_at", "revoked_at", "created_at")
    ranked = sorted(rows.only(*shown), key=lambda key: (key.state(now) == "active", key.created_at))
    return {key.lineage: key for key in ranked}


def habits(lineages: Collection[uuid.UUID], today: date, days: int) -> dict[uuid.UUID, Habit]:
    """What each of these few lineages did on the last `days` UTC days."""
    first = today - timedelta(days=days - 1)
    found = {lineage: Habit([0] * days) for lineage in lineages}
    rows = UsageStat.objects.filter(lineage__in=list(lineages), day__gte=first, day__lte=today).exclude(group="")
    for lineage, day, outcome, calls in (
        rows.order_by().values_list("lineage", "day", "outcome").annotate(all_calls=Sum("calls"))
    ):
        found[lineage].days[(day - first).days] += calls
        if day == today:
            found[lineage].today.outcomes[outcome] += calls
    return found


def near_limit(
    keys: Mapping[uuid.UUID, ApiKey], used: Mapping[uuid.UUID, int], near: float, now: datetime
) -> list[KeyToday]:
    """The active keys that have used `near` (0..1) of their limit or more today, the fullest first; asks nothing."""
    found = [KeyToday(key, used[lineage]) for lineage, key in keys.items() if lineage in used]
    full = [one for one in found if one.share >= near and one.key.state(now) == "active"]
    return sorted(full, key=lambda one: (-one.share, one.key.name))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
