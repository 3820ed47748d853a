"""`manage.py serve`: migrate, greet, and become the server."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from flaks import server
from keys import services
from keys.forms import defaults
from keys.models import ApiKey
from music.deadline import Deadline
from music.sources import sources
from music.sources.base import BaseSource, SourceError

REACH_MS = 4000
FIRST_LIMIT = 1000  # calls a day of the first key


class Command(BaseCommand):
    help = "Migrate, make a first key where there is none, and serve on PORT with the server that was measured best."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--example", default="Kesariya", help="the song that the printed call asks for")

    def handle(self, *_: Any, host: str, example: str, **__: Any) -> None:
        """Does not return: the process becomes the server, so that it is the one that is signalled and waited for."""
        call_command("migrate", verbosity=0)
        site = settings.FLAKS_PUBLIC_URL or f"http://{host}:{settings.PORT}"
        self._greet(site, example)
        self._report_unreachable(sources().values())
        connections.close_all()
        self.stdout.write(f"Serving on {site}; Ctrl-C stops it.")
        self.stdout.flush()
        # Each of many threads would else have an arena of its own, and the process grow with what is freed in them.
        os.environ.setdefault("MALLOC_ARENA_MAX", "2")
        os.execv(sys.executable, server.command(host, settings.PORT))

    def _greet(self, site: str, example: str) -> None:
        if ApiKey.objects.exists():
            self.stdout.write("Another key: python manage.py create_key --name NAME (a key is shown once, when made)")
            return
        limits = defaults(timezone.now()) | {"daily_limit": FIRST_LIMIT}
        plain = services.create(services.Actor.command_line(), name="first key", **limits).plain
        self.stdout.write(f"Your first key, {FIRST_LIMIT} calls a day, shown this once:\n\n  {plain}\n")
        self.stdout.write(f"Ask for a song:\n\n  curl -H 'X-API-Key: {plain}' \\")
        self.stdout.write(f"    '{site}/api/v1/stream?q={quote_plus(example)}'\n")

    def _report_unreachable(self, asked: Iterable[BaseSource]) -> None:
        """One line that names the sources that do not answer; the site serves all the same."""
        with ThreadPoolExecutor(max_workers=8) as pool:
            failures = [failure for failure in pool.map(_failure, asked) if failure]
        if failures:
            line = f"Could not reach {'; '.join(failures)}. `make demo` needs no internet."
            self.stdout.write(self.style.WARNING(line))


def _failure(source: BaseSource) -> str:
    try:
        source.ping(Deadline.after(REACH_MS))
    except SourceError as error:
        return f"{source.name} ({error})"
    return ""
