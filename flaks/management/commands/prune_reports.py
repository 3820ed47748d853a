"""`prune_reports`: forget reports of wrong songs that were decided long ago, and open ones beyond a number."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils import timezone

from keys.management.base import DatabaseCommand
from music.models import MatchReport, Tally

AT_ONCE = 500  # rows of one deletion: SQLite's older builds bind at most 999 values to a statement


class Command(DatabaseCommand):
    help = "Delete reports that were decided more than N days ago, and the oldest open ones beyond M. Pins stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keep-days", type=int, required=True, metavar="N", help="at least 1")
        parser.add_argument("--keep-open", type=int, default=10_000, metavar="M", help="default: %(default)s")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        days, most = options["keep_days"], options["keep_open"]
        if not 1 <= days <= 36_500:
            raise CommandError(f"--keep-days: expected a number from 1 to 36500, got {days}")
        if not 0 <= most <= 10**9:
            raise CommandError(f"--keep-open: expected a number from 0 to {10**9}, got {most}")
        now = timezone.now()
        decided = self._delete(MatchReport.objects.filter(decided_at__lt=now - timedelta(days=days)), 0)
        waiting = self._delete(MatchReport.objects.open().order_by("-last_at"), most)
        Tally.objects.filter(day__lt=now.astimezone(UTC).date()).delete()
        if options["json"]:
            self.stdout.write(json.dumps({"decided": decided, "open": waiting}))
        self.say(f"Deleted {decided} decided and {waiting} open reports.")

    def _delete(self, reports: QuerySet[MatchReport], kept: int) -> int:
        """Delete all but the first `kept`; how many those were."""
        names = list(reports.values_list("pk", flat=True))[kept:]
        parts = [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
        for part in self.progress(parts, len(parts), "Pruning"):
            MatchReport.objects.filter(pk__in=part).delete()
        return len(names)
