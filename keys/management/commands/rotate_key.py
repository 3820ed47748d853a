"""`rotate_key`: a new key in the place of an old one, with the same limits and the same quota."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from keys import services
from keys.management.base import DatabaseCommand
from keys.management.options import add_key_argument, find_key
from keys.models import ApiKey
from keys.moments import rfc3339
from keys.records import record


class Command(DatabaseCommand):
    help = "Make a key's successor, which shares its quota. The new key alone goes to standard output, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_key_argument(parser)
        parser.add_argument(
            "--grace",
            choices=services.GRACES,
            default="24h",
            help="for how long the old key lives, never past its own end (default: %(default)s)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object that holds the new key")

    def handle(self, *args: Any, **options: Any) -> None:
        key = find_key(options["key"])
        try:
            made = services.rotate(services.Actor.command_line(), key, options["grace"])
        except services.KeyRefused as error:
            raise CommandError(f"{key}: {error}") from error
        ends = ApiKey.objects.values_list("expires_at", flat=True).get(pk=key.pk)
        old = {"replaces": key.hint, "old_expires_at": rfc3339(ends) if ends is not None else None}
        self.stdout.write(json.dumps({"key": made.plain} | record(made) | old) if options["json"] else made.plain)
        self.say(f"Made {made.hint}, which succeeds {key.hint}. Keep it now: it cannot be shown again.")
        self.say(f"The old key ends at {old['old_expires_at']}.")
