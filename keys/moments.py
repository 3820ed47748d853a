"""Moments as operators write them and scripts read them. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

DAYS = re.compile(r"[0-9]{1,5}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
EXPECTED = "expected YYYY-MM-DD, a time such as 2030-12-31T18:00:00Z, or a number of days from 1 to 36500"


def parse_expiry(text: str, now: datetime) -> datetime:
    """When a key ends, in UTC and whole seconds.

    A date means the last second of that UTC day, a number so many days from `now`. Raises `ValueError` with a
    sentence for the operator where the text is none of these, or lies in the past.
    """
    text = text.strip()
    try:
        ends = _read(text, now).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{EXPECTED}, got {text!r}") from error
    if ends <= now:
        raise ValueError(f"{rfc3339(ends)} is in the past")
    return ends


def rfc3339(moment: datetime) -> str:
    """The moment in UTC to the second, as in `2030-12-31T23:59:59Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(text: str, now: datetime) -> datetime:
    if DAYS.fullmatch(text) and 1 <= int(text) <= 36_500:
        return now + timedelta(days=int(text))
    if DATE.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
    if RFC_3339.fullmatch(text):
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    raise ValueError(text)
