"""Which keys have used up most of their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from keys.models import ApiKey, KeyQuota

MOST = 900  # keys: SQLite's older builds bind at most 999 values to a statement
PART = 500  # lineages that one query asks for


def near_limit(now: datetime, most: int = MOST) -> tuple[list[UUID], int]:
    """Ids of the active keys that have used 80 % of their day at `now`, the nearest first, and how many there are.

    At most `most` ids. One query reads the day's quotas, and one more the keys of each 500 lineages that are in use:
    no join, which MongoDB would not do, and nothing that grows with the keys that are idle.
    """
    found = sorted(_near(now), reverse=True)
    return [pk for _share, pk in found[:most]], len(found)


def _near(now: datetime) -> Iterator[tuple[float, UUID]]:
    used = _used(now)
    lineages = list(used)
    for start in range(0, len(lineages), PART):
        keys = ApiKey.objects.active(now).filter(daily_limit__gt=0, lineage__in=lineages[start : start + PART])
        for pk, lineage, limit in keys.values_list("pk", "lineage", "daily_limit"):
            if used[lineage] * 5 >= (limit or 0) * 4:
                yield used[lineage] / (limit or 1), pk


def _used(now: datetime) -> dict[UUID, int]:
    rows = KeyQuota.objects.filter(day=now.astimezone(UTC).date(), used__gt=0).values_list("pk", "used")
    return {UUID(pk.partition(":")[0]): used for pk, used in rows}
