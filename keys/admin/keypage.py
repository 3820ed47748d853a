"""What a key's page tells beside its settings: its use of 30 days, and who did what to it and its relatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from flaks.charts import BarList, Line, Series, StackedBars, stacked_bars
from flaks.names import OUTCOMES, SOURCES
from keys import series
from keys.latency import percentile
from keys.models import AdminUser, ApiKey
from keys.series import Day

DAYS = 30
MOST_ENTRIES = 50


@dataclass(frozen=True)
class Entry:
    """Something that was done to a key, or to one before or after it."""

    when: datetime
    who: str
    what: str
    hint: str
    is_this: bool


def context(key: ApiKey, now: datetime, with_log: bool) -> dict[str, Any]:
    """For the page's template; two queries for the use, three for the log."""
    days = series.of_key(key, now.astimezone(UTC).date(), DAYS)
    told = {"days": DAYS, "figures": figures(days), "chart": chart(days)}
    return told | {"trail": trail(key)} if with_log else told


def chart(days: Sequence[Day]) -> StackedBars:
    """Calls of each day, stacked by how they ended."""
    series_of = [Series(name, label) for name, label in OUTCOMES.items()]
    rows = [(f"{day.day:%-d %b}", day.outcomes) for day in days]
    return stacked_bars(
        f"Calls of the last {len(days)} days",
        series_of,
        rows,
        description="One bar a day (UTC), stacked by how calls ended.",
    )


def figures(days: Sequence[Day]) -> dict[str, Any]:
    """Calls of all days by how they ended and which source answered, and their percentiles in milliseconds."""
    outcomes: Counter[str] = sum((day.outcomes for day in days), Counter())
    sources: Counter[str] = sum((day.sources for day in days), Counter())
    buckets = [sum(counts) for counts in zip(*(day.buckets for day in days), strict=True)]
    return {
        "calls": sum(outcomes.values()),
        "outcomes": BarList("How calls ended", _lines(outcomes, OUTCOMES)),
        "sources": BarList("Which source answered", _lines(sources, SOURCES)),
        "p50": percentile(buckets, 0.5),
        "p95": percentile(buckets, 0.95),
    }


def trail(key: ApiKey) -> list[Entry]:
    """The newest entries of Django's log that are about this key or its relatives."""
    relatives = dict(ApiKey.objects.filter(lineage=key.lineage).values_list("pk", "hint"))
    kind = ContentType.objects.get_for_model(ApiKey).pk
    rows = LogEntry.objects.filter(content_type_id=kind, object_id__in=[str(pk) for pk in relatives])
    newest = list(rows.order_by("-action_time")[:MOST_ENTRIES])
    names = dict(AdminUser.objects.filter(pk__in={row.user_id for row in newest}).values_list("pk", "username"))
    return [
        Entry(
            row.action_time,
            names.get(row.user_id, "somebody"),
            _without_name(row.get_change_message(), names.get(row.user_id, "")),
            relatives[UUID(row.object_id)],
            row.object_id == str(key.pk),
        )
        for row in newest
    ]


def _without_name(told: str, name: str) -> str:
    """The log says who it was in each sentence, which a column of its own says here."""
    return told.removesuffix(f" By {name}.")


def _lines(counted: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Line, ...]:
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Line(labels.get(name, name), count, name if name in OUTCOMES else "") for name, count in ranked)
