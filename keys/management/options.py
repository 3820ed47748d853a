"""The options that commands share: what a key may do, and which key is meant."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils import timezone

from keys.forms import ApiKeyForm
from keys.models import ApiKey
from keys.moments import parse_expiry

NOT_FOUND = 3  # the exit code where no key is meant; 1 is every other refusal, 2 an option that cannot be read
OPTIONS = {
    "expires_at": "expires",
    "burst_limit": "burst",
    "stream_limit": "streams",
    "addresses": "allow",
}  # fields that are spelled otherwise
WORDS = {
    "daily_limit": "unlimited",
    "burst_limit": "unlimited",
    "stream_limit": "unlimited",
    "addresses": "any",
}  # how "no limit" is spelled
WHICH = "its id, the part that lists show (flk_live_abc...wxyz), or its name"


def add_limit_options(parser: ArgumentParser, otherwise: str) -> None:
    """`--daily-limit`, `--burst`, `--scopes`, `--allow`, `--expires`; `otherwise` tells what holds without them."""
    parser.add_argument("--daily-limit", metavar="N", help=f"calls per UTC day, or unlimited; {otherwise}")
    parser.add_argument("--burst", metavar="N", help=f"calls per second, or unlimited; {otherwise}")
    parser.add_argument("--streams", metavar="N", help=f"streams carried at once, or unlimited; {otherwise}")
    parser.add_argument("--scopes", metavar="LIST", help=f"some of search,stream,metadata; {otherwise}")
    parser.add_argument(
        "--allow", metavar="LIST", help=f"addresses or networks, as in 203.0.113.0/24, or any; {otherwise}"
    )
    parser.add_argument(
        "--expires",
        metavar="DATE|DAYS",
        help="YYYY-MM-DD (to the end of that UTC day), a time such as 2030-12-31T18:00:00Z, days from now, or never; "
        + otherwise,
    )


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form that the options name, as the form reads them."""
    fields: dict[str, Any] = {}
    for name in ApiKeyForm.Meta.fields:
        value = options.get(OPTIONS.get(name, name))
        if value is not None:
            fields[name] = _read(name, str(value).strip())
    return fields


def validated(form: ApiKeyForm) -> dict[str, Any]:
    """What the form has read; raises `CommandError` that names the option at fault."""
    for field, errors in form.errors.items():
        option = OPTIONS.get(field, field).replace("_", "-")
        raise CommandError(f"--{option}: {' '.join(map(str, errors))}")
    return dict(form.cleaned_data)


def add_key_argument(parser: ArgumentParser) -> None:
    """KEY: which key is meant."""
    parser.add_argument("key", metavar="KEY", help=WHICH)


def find_key(text: str) -> ApiKey:
    """The key that is meant; raises `CommandError` where there is none (exit code 3), or more than one."""
    text = text.strip()
    if re.search(r"flk_live_[0-9A-Za-z]{16}", text):
        raise CommandError(
            "A whole key does not belong into arguments, which others on this machine see: name " + WHICH
        )
    found = list(_meant(text)[:3])
    if not found:
        raise CommandError(f"There is no key {text!r}; name {WHICH}.", returncode=NOT_FOUND)
    if len(found) > 1:
        raise CommandError(f"More than one key is named {text!r}: name one by its id, or as list_keys shows it.")
    return found[0]


def as_json(answer: object) -> str:
    """The answer as scripts read it."""
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _meant(text: str) -> QuerySet[ApiKey]:
    try:
        return ApiKey.objects.filter(pk=UUID(text))
    except ValueError:
        field = "hint" if text.startswith("flk_live_") else "name"
        return ApiKey.objects.filter(**{field: text})


def _read(name: str, value: str) -> Any:
    if name == "expires_at":
        return _expiry(value)
    if name == "scopes":
        return [scope for scope in re.split(r"[\s,]+", value) if scope]
    if value == WORDS.get(name):
        return ""
    # An empty field of the form would mean no limit, which has a word of its own here.
    return value or ("empty" if name in WORDS else "")


def _expiry(text: str) -> datetime | None:
    if text == "never":
        return None
    try:
        return parse_expiry(text, timezone.now())
    except ValueError as error:
        raise CommandError(f"--expires: {error}") from error
