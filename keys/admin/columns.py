"""What the list of keys shows of each, and what one query reads for all of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from flaks import charts
from flaks.charts import Meter
from keys.models import ApiKey, KeyQuota, UsageStat

SPARK_DAYS = 14


def today() -> date:
    """The present UTC day."""
    return timezone.now().astimezone(UTC).date()


def load(keys: Iterable[ApiKey]) -> None:
    """Give the keys of a page today's use and the calls of their last days; two queries for all."""
    keys = list(keys)
    day = today()
    lineages = {key.lineage for key in keys}
    used, calls = KeyQuota.objects.used_by(lineages, day), _calls(lineages, day)
    days = [day - timedelta(days=back) for back in reversed(range(SPARK_DAYS))]
    for key in keys:
        key.used_today = used.get(key.lineage, 0)
        key.calls_by_day = tuple((day, calls.get((key.lineage, day), 0)) for day in days)


def _calls(lineages: set[UUID], day: date) -> dict[tuple[UUID, date], int]:
    rows = UsageStat.objects.days_of_keys(lineages, day - timedelta(days=SPARK_DAYS - 1))
    return {(lineage, day): calls for lineage, day, calls in rows.values_list("lineage", "day", "calls") if lineage}


def badge(state: str) -> SafeString:
    """A state with its sign; the colour alone says nothing."""
    return format_html('<span class="key-state key-state-{}">{}</span>', state, state)


def when(moment: datetime | None, now: datetime) -> SafeString | str:
    """A moment as people read it, with the moment itself beneath; "never" where there is none."""
    if moment is None:
        return "never"
    exact = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.astimezone(UTC).isoformat(), exact, _distance(moment, now)
    )


def _distance(moment: datetime, now: datetime) -> str:
    seconds = abs((moment - now).total_seconds())
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            told = f"{int(seconds // size)} {unit}"
            break
    else:
        return "just now" if moment <= now else "in a moment"
    return f"in {told}" if moment > now else f"{told} ago"


def _drawn(chart: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"flaks/charts/{chart}.html", context)


class Columns:
    """The columns of the list that are not fields; a mixin of the admin of keys."""

    @admin.display(description="key", ordering="name")
    def named(self, key: ApiKey) -> SafeString:
        shown = '<span class="key-name" title="{}">{}</span> <code class="key-hint">{}</code>'
        return format_html(shown, key.name, key.name, key.hint)

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        return badge(key.state(timezone.now()))

    @admin.display(description="owner", ordering="owner")
    def owned(self, key: ApiKey) -> SafeString | str:
        if not key.owner:
            return "–"
        url = f"{reverse('admin:keys_apikey_changelist')}?{urlencode({'owner': key.owner})}"
        return format_html('<a class="key-owner" href="{}" title="{}">{}</a>', url, key.owner, key.owner)

    @admin.display(description="used today")
    def use_today(self, key: ApiKey) -> SafeString:
        used = KeyQuota.objects.used(key.lineage, today()) if key.used_today is None else key.used_today
        return _drawn("meter", {"meter": Meter(used, key.daily_limit)})

    @admin.display(description="14 days")
    def spark(self, key: ApiKey) -> SafeString | str:
        numbers = [calls for _day, calls in key.calls_by_day]
        label = f"Calls of {SPARK_DAYS} days"
        return _drawn("sparkline", {"spark": charts.spark(numbers), "label": label}) if any(numbers) else "–"

    @admin.display(description="last used", ordering="last_used_at")
    def last_used(self, key: ApiKey) -> SafeString | str:
        return when(key.last_used_at, timezone.now())

    @admin.display(description="expires", ordering="expires_at")
    def expires(self, key: ApiKey) -> SafeString | str:
        return when(key.expires_at, timezone.now())

    @admin.display(description="revoked")
    def revocation(self, key: ApiKey) -> str:
        if key.revoked_at is None:
            return "no"
        return f"{key.revoked_at:%Y-%m-%d %H:%M} UTC by {key.revoked_by}: {key.revoked_reason}"

    @admin.display(description="rotation")
    def relatives(self, key: ApiKey) -> SafeString | str:
        found = ApiKey.objects.filter(pk__in=[pk for pk in (key.replaces, key.successor) if pk is not None])
        told = {key.replaces: "succeeds", key.successor: "is succeeded by"}
        return "; ".join(f"{told[other.pk]} {other.hint}" for other in found) or "none"
