"""`usage`: what was called, a bar for each day."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from keys import series
from keys.management.base import DatabaseCommand
from keys.management.commands.list_keys import table
from keys.management.options import WHICH, as_json, find_key
from keys.records import record
from keys.series import Day

MOST_DAYS = 366
WIDTH = 40  # characters of the longest bar
HEADINGS = ("DAY", "CALLS", "UNITS", "OK", "NO MATCH", "REFUSED", "FAILED", "P50 MS", "P95 MS", "")


class Command(DatabaseCommand):
    help = "Show the calls of each day, of one key (and those before and after it) or of the whole site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--key", help=f"{WHICH}; without it, the whole site")
        parser.add_argument("--days", type=int, default=30, help="how many, today included (default: %(default)s)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days: expected a number from 1 to {MOST_DAYS}, got {days}")
        today = timezone.now().astimezone(UTC).date()
        key = find_key(options["key"]) if options["key"] is not None else None
        found = series.of_site(today, days) if key is None else series.of_key(key, today, days)
        if options["json"]:
            shown = {"key": record(key) if key is not None else None, "days": [day.as_json() for day in found]}
            self.stdout.write(as_json(shown))
        else:
            self.stdout.write(chart(found))


def chart(days: Sequence[Day]) -> str:
    """The days as a table with bars."""
    most = max((day.calls for day in days), default=0)
    return table([HEADINGS, *(_cells(day, most) for day in days)])


def _cells(day: Day, most: int) -> tuple[str, ...]:
    shown, outcomes = day.as_json(), day.outcomes
    numbers = (
        day.calls,
        "-" if day.used is None else day.used,
        outcomes["ok"] + outcomes["cached"],
        outcomes["no_match"],
        outcomes["client_error"] + outcomes["limited"],
        outcomes["failure"],
        *("-" if shown[name] is None else shown[name] for name in ("p50_ms", "p95_ms")),
    )
    bar = "█" * max(round(WIDTH * day.calls / most), 1) if day.calls else ""
    return (day.day.isoformat(), *map(str, numbers), bar)
