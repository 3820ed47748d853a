"""`create_key`: a new API key, whose plain text is printed once."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from keys.forms import NewApiKeyForm
from keys.management.base import DatabaseCommand
from keys.models import ApiKey
from keys.moments import parse_expiry
from keys.records import record


class Command(DatabaseCommand):
    help = "Make an API key. The key alone goes to standard output, once; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="which bot or service uses it")
        parser.add_argument("--owner", default="", help="who answers for it")
        parser.add_argument("--daily-limit", metavar="N", help="calls per UTC day; without it, unlimited")
        parser.add_argument(
            "--streams", metavar="N", help="streams carried for it at once; without it, as many as the server carries"
        )
        parser.add_argument(
            "--expires",
            metavar="DATE|DAYS",
            help="YYYY-MM-DD (to the end of that UTC day), a time such as 2030-12-31T18:00:00Z, or days from now",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object that holds the key")

    def handle(self, *args: Any, **options: Any) -> None:
        key, plain = ApiKey.objects.issue(**_validated(options))
        if options["json"]:
            self.stdout.write(json.dumps({"key": plain} | record(key)))
        else:
            self.stdout.write(plain)
        self.say(f"Made the key {key.hint} for {key.name}. Keep it now: it cannot be shown again.")


def _validated(options: dict[str, Any]) -> dict[str, Any]:
    given = {
        "name": options["name"],
        "owner": options["owner"],
        "daily_limit": _number(options["daily_limit"]),
        "stream_limit": _number(options["streams"]),
        "expires_at": _expiry(options["expires"]),
    }
    form = NewApiKeyForm(given)
    for field, errors in form.errors.items():
        option = {"expires_at": "expires", "stream_limit": "streams"}.get(field, field).replace("_", "-")
        raise CommandError(f"--{option}: {' '.join(map(str, errors))}")
    return dict(form.cleaned_data)


def _number(given: object) -> str:
    """What the form is to read: nothing where the option was left out, a word that is no number where it was empty."""
    return "" if given is None else str(given).strip() or "empty"


def _expiry(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_expiry(str(text), timezone.now())
    except ValueError as error:
        raise CommandError(f"--expires: {error}") from error
