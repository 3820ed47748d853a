"""`create_key`: new API keys, whose plain text is printed once."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from keys import services
from keys.forms import NewApiKeyForm, defaults
from keys.management.base import DatabaseCommand
from keys.management.options import add_limit_options, as_json, given, validated
from keys.models import ApiKey
from keys.records import record

MOST = 10_000  # keys of one call


class Command(DatabaseCommand):
    help = "Make an API key. The key alone goes to standard output, once; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="which bot or service uses it")
        parser.add_argument("--owner", default="", help="who answers for it")
        parser.add_argument("--contact", default="", help="how to reach them")
        parser.add_argument("--notes", default="", help="for staff")
        add_limit_options(parser, "without it, as the settings say")
        parser.add_argument(
            "--count", type=int, metavar="N", help="make N keys, numbered after the name; one a line, or a JSON list"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object that holds the key")

    def handle(self, *args: Any, **options: Any) -> None:
        count = options["count"]
        if count is not None and not 1 <= count <= MOST:
            raise CommandError(f"--count: expected a number from 1 to {MOST}, got {count}")
        fields = validated(NewApiKeyForm(defaults(timezone.now()) | given(options)))
        if count is None:
            self._print_one(fields, options["json"])
        else:
            self._print_many(fields, count, options["json"])

    def _print_one(self, fields: dict[str, Any], as_object: bool) -> None:
        key = services.create(services.Actor.command_line(), **fields)
        self.stdout.write(json.dumps({"key": key.plain} | record(key)) if as_object else key.plain)
        self.say(f"Made the key {key.hint} for {key.name}. Keep it now: it cannot be shown again.")

    def _print_many(self, fields: dict[str, Any], count: int, as_list: bool) -> None:
        made = self.progress(_numbered(fields, count), count, "Making keys")
        if as_list:
            self.stdout.write(as_json([{"key": key.plain} | record(key) for key in made]))
        else:
            for key in made:
                self.stdout.write(key.plain)
        self.say(f"Made {count} keys for {fields['name']}. Keep them now: they cannot be shown again.")


def _numbered(fields: dict[str, Any], count: int) -> Iterator[ApiKey]:
    actor, ending = services.Actor.command_line(), f" {count}"
    if len(fields["name"] + ending) > 100:
        raise CommandError("--name: too long for numbers behind it.")
    for number in range(1, count + 1):
        yield services.create(actor, **fields | {"name": f"{fields['name']} {number}"})
