"""`prune_usage`: forget the statistics and counters of days that are long over."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, date, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from keys.management.base import DatabaseCommand
from keys.management.options import as_json
from keys.models import KeyQuota, UsageStat


class Command(DatabaseCommand):
    help = "Delete what was counted on days before the last N, today included. What keys may do is not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keep-days", type=int, required=True, metavar="N", help="at least 2")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep_days"]
        if not 2 <= keep <= 36_500:
            raise CommandError(f"--keep-days: expected a number from 2 to 36500, got {keep}")
        first = timezone.now().astimezone(UTC).date() - timedelta(days=keep - 1)
        days = _days_before(first)
        deleted = 0
        for day in self.progress(days, len(days), "Pruning"):
            for rows in (UsageStat.objects.filter(day=day), KeyQuota.objects.filter(day=day)):
                deleted += rows.delete()[0]
        if options["json"]:
            self.stdout.write(as_json({"kept_from": first.isoformat(), "days": len(days), "rows": deleted}))
        self.say(f"Deleted {deleted} rows of {len(days)} days before {first.isoformat()}.")


def _days_before(first: date) -> list[date]:
    """The days of which there is anything, the oldest first: a day at a time keeps each deletion short."""
    found: set[date] = set()
    for rows in (UsageStat.objects.filter(day__lt=first), KeyQuota.objects.filter(day__lt=first)):
        found.update(rows.values_list("day", flat=True).distinct())
    return sorted(found)
