"""`manage.py check_sources`: asks every source as callers would, and says who answers, who refuses and who is slow."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand

from music import switches
from music.canaries import sing
from music.serializers import status_json
from music.sources.base import BaseSource
from music.status import Status, statuses

COLUMNS = ("source", "state", "p50 ms", "p95 ms", "success", "reason")


class Command(BaseCommand):
    help = "Ask every source for a song that is everywhere, and for its audio. Exits with 1 where one is not up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--times", type=int, default=3, help="how often each is asked (default: %(default)s)")
        parser.add_argument(
            "--no-audio", action="store_true", help="search alone; else one of YouTube's videos of the hour is spent"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *_: Any, times: int, no_audio: bool, json: bool, **__: Any) -> None:
        switches.refresh()
        asked = list(switches.enabled().values())
        with ThreadPoolExecutor(max_workers=max(1, len(asked))) as pool:
            list(pool.map(lambda source: _ask(source, max(1, min(times, 20)), not no_audio), asked))
        found = statuses()
        self._print_json(found) if json else self._print(found)
        if any(status.state not in ("up", "off") for status in found):
            sys.exit(1)

    def _print(self, found: Sequence[Status]) -> None:
        rows = [COLUMNS, *(_row(status) for status in found)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            self.stdout.write(self._styled(line, row[1]))

    def _styled(self, line: str, state: str) -> str:
        if state in ("blocked", "down"):
            return self.style.ERROR(line)
        return self.style.WARNING(line) if state == "degraded" else line

    def _print_json(self, found: Sequence[Status]) -> None:
        self.stdout.write(json.dumps({"results": [status_json(status) for status in found]}, indent=2))


def _ask(source: BaseSource, times: int, audio: bool) -> None:
    for _ in range(times):
        failed = sing(source, "search")
    if audio and source.gives_audio and failed is None:
        sing(source, "audio")


def _row(status: Status) -> tuple[str, ...]:
    figures = status.figures
    numbers = ["-" if number is None else str(number) for number in (figures.p50_ms, figures.p95_ms)]
    success = "-" if figures.success is None else f"{figures.success:.0%}"
    return (status.source, status.state, *numbers, success, status.reason)
