"""The clock by which processes on different machines date what they tell each other: the database's."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone


def now_of_the_database() -> datetime:
    """Of SQLite that is this machine's; MongoDB's server is asked for its own, in one round trip."""
    if connection.vendor != "mongodb":
        return timezone.now()
    told: datetime = connection.database.command("hello")["localTime"]  # type: ignore[attr-defined]
    return told.replace(tzinfo=UTC)
