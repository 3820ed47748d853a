"""`show_key`: everything that is known of one key; never the key itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from keys.management.base import DatabaseCommand
from keys.management.options import add_key_argument, as_json, find_key
from keys.records import with_use


class Command(DatabaseCommand):
    help = "Show one key: its state, limits, use today, rotation and revocation. Exits with 3 where there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_key_argument(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        shown = next(with_use([find_key(options["key"])], timezone.now()))
        if options["json"]:
            self.stdout.write(as_json(shown))
            return
        width = max(map(len, shown))
        for name, value in shown.items():
            self.stdout.write(f"{name.ljust(width)}  {_text(value)}")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value is None or value == "" else str(value).replace("\n", " / ")
