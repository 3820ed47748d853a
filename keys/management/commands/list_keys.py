"""`list_keys`: every key with its state and today's use; never a key itself."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from keys.management.base import DatabaseCommand
from keys.models import ApiKey
from keys.records import with_use

HEADINGS = ("NAME", "KEY", "OWNER", "STATE", "TODAY", "LIMIT", "EXPIRES", "CREATED")


class Command(DatabaseCommand):
    help = "List the API keys, newest first, with today's use. The keys themselves are kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(with_use(ApiKey.objects.all(), timezone.now()))
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        elif not found:
            self.say("There are no keys yet. Make one: python manage.py create_key --name NAME")
        else:
            self.stdout.write(table([HEADINGS, *map(row, found)]))


def row(key: Mapping[str, Any]) -> tuple[str, ...]:
    """One key as the cells under `HEADINGS`."""
    limit = "unlimited" if key["daily_limit"] is None else str(key["daily_limit"])
    use = (str(key["used_today"]), limit)
    return (
        key["name"],
        key["hint"],
        key["owner"] or "-",
        key["state"],
        *use,
        key["expires_at"] or "never",
        key["created_at"],
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows as text, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, cells, widths)).rstrip() for cells in rows)
    return "\n".join(lines)
