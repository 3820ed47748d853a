"""`seed_demo`: forty made-up bots with two months of usage, so that the admin can be looked at at once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from flaks.demo.seeding import Demo
from keys.management.base import DatabaseCommand
from keys.models import ApiKey, UsageStat


class Command(DatabaseCommand):
    help = (
        "Fill an empty database with 40 made-up keys, 60 days of usage, wrong songs and their history. Nothing is ever "
        "deleted, and nobody can sign in or call with what is made, unless --with-keys is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="another N, another service (default: 1)")
        parser.add_argument(
            "--with-keys",
            action="store_true",
            help="make keys that open, and print each with its name, once; they are drawn anew whatever the seed",
        )
        parser.add_argument(
            "--beside-what-is-there",
            action="store_true",
            help="also where there are keys or usage already: the site's figures are then those of both",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demo = Demo(options["seed"], timezone.now())
        self._refuse(demo, options["beside_what_is_there"])
        demo.write_keys(options["with_keys"])
        days = demo.days()
        for day in self.progress(days, len(days), "Two months of calls"):
            demo.write_day(day)
        demo.write_wrong_songs()
        demo.write_history()
        for key in ApiKey.objects.filter(hint__in=list(demo.plain)).order_by("name"):
            self.stdout.write(f"{demo.plain[key.hint]}  {key.name}")
        self.say(f"Made {len(demo.bots)} keys and {len(days)} days of usage, of which none is real.")

    def _refuse(self, demo: Demo, beside: bool) -> None:
        if demo.is_there:
            raise CommandError("This demo is here already; another --seed makes another.")
        if not beside and (ApiKey.objects.exists() or UsageStat.objects.exists()):
            raise CommandError(
                "This database is in use: made-up figures would be added to the real ones for good. "
                "Use another SQLITE_PATH or MONGO_DB, or --beside-what-is-there."
            )
