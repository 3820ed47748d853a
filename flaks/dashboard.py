"""The front page of the admin: what a member of staff has to see in ten seconds, as far as they may see it.

Each panel has a permission of its own, and is None where the viewer lacks it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from flaks import figures, names
from flaks.changes import Change, recent
from flaks.charts import NEAR, BarList, Line, Series, StackedBars, stacked_bars
from flaks.figures import Habit, KeyToday, Tally, Traffic
from flaks.names import source_title
from flaks.notices import Notice, notices
from keys.models import ApiKey
from music.switching import Seen, overview

DAYS, HABIT_DAYS = 30, 14
BUSIEST, NEAREST, CHANGES = 10, 6, 6
OUTCOMES = tuple(Series(name, title) for name, title in names.OUTCOMES.items())


@dataclass(frozen=True)
class May:
    """What a viewer may see."""

    keys: bool
    usage: bool
    sources: bool
    changes: bool

    @classmethod
    def of(cls, request: HttpRequest) -> May:
        """By the permissions of whoever is signed in."""
        has = request.user.has_perm
        return cls(
            keys=has("keys.view_apikey"),
            usage=has("keys.view_usagestat"),
            sources=has("music.view_sourceswitch"),
            changes=has("admin.view_logentry"),
        )


@dataclass(frozen=True)
class Busy:
    """One of the busiest keys. `key` is None where its row is gone."""

    key: ApiKey | None
    calls: int
    used: int
    habit: Habit


@dataclass
class Page:
    """All that the template shows."""

    now: datetime
    may: May
    notices: list[Notice] = field(default_factory=list)
    today: Tally | None = None
    yesterday: Tally | None = None
    chart: StackedBars | None = None
    by_source: BarList | None = None
    active: int | None = None
    used_keys: int = 0
    near: list[KeyToday] | None = None
    busiest: list[Busy] | None = None
    sources: list[Seen] | None = None
    changes: list[Change] | None = None

    @property
    def full(self) -> int:
        """How many keys have used up their day."""
        return sum(one.share >= 1 for one in self.near or [])

    @property
    def nearest(self) -> list[KeyToday]:
        return (self.near or [])[:NEAREST]

    @property
    def more_near(self) -> int:
        """How many are near their limit beside the `nearest`."""
        return max(0, len(self.near or []) - NEAREST)


def front_page(site: AdminSite, request: HttpRequest, now: datetime) -> Page:
    """The page as of `now`: at most eight queries, however many keys there are."""
    page = Page(now, May.of(request))
    if page.may.sources:
        page.sources = overview()
    if page.may.usage:
        _add_traffic(page)
    if page.may.keys:
        _add_keys(page)
    if page.may.changes:
        page.changes = recent(site, request, CHANGES)
    page.notices = notices(page)
    return page


def _add_traffic(page: Page) -> None:
    found = figures.traffic(page.now.astimezone(UTC).date(), DAYS)
    *before, page.today = found.days.values()
    page.yesterday = before[-1]
    page.chart = _chart(found)
    lines = (Line(source_title(name), calls, name) for name, calls in found.sources.most_common())
    page.by_source = BarList("Calls today by the source that answered", tuple(lines))


def _chart(found: Traffic) -> StackedBars:
    rows = [(f"{day.day} {day:%b}", tally.outcomes) for day, tally in found.days.items()]
    calls = sum(tally.calls for tally in found.days.values())
    failed = sum(tally.failed for tally in found.days.values())
    told = f"{calls:,} calls from {rows[0][0]} to {rows[-1][0]}, of which {failed:,} failed. A bar a day, by outcome."
    return stacked_bars(f"Calls of the last {DAYS} days by outcome", OUTCOMES, rows, description=told)


def _add_keys(page: Page) -> None:
    today = page.now.astimezone(UTC).date()
    calls = figures.busiest(today, BUSIEST) if page.may.usage else {}
    used = figures.used_today(today)
    keys = figures.keys_of(calls, page.now)
    page.active, page.used_keys = figures.active_keys(page.now), len(used)
    page.near = figures.near_limit(keys, used, NEAR, page.now)
    if page.may.usage:
        habits = figures.habits(calls, today, HABIT_DAYS)
        page.busiest = [_busy(lineage, count, keys, used, habits) for lineage, count in calls.items()]


def _busy(
    lineage: uuid.UUID,
    calls: int,
    keys: dict[uuid.UUID, ApiKey],
    used: dict[uuid.UUID, int],
    habits: dict[uuid.UUID, Habit],
) -> Busy:
    return Busy(keys.get(lineage), calls, used.get(lineage, 0), habits[lineage])
