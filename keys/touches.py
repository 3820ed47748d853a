"""When keys were last used: noted in memory, written in batches by the thread that writes the usage."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from pymongo import UpdateOne

from keys.models import ApiKey

EVERY = timedelta(minutes=1)
MOST = 20_000  # keys that wait for a database that is away
AT_ONCE = 500  # rows of one statement: older builds of SQLite bind at most 999 values
TOUCH = "UPDATE api_keys SET last_used_at = %s WHERE (last_used_at IS NULL OR last_used_at <= %s) AND id IN "


class Touches:
    """The uses that this process has seen and not written yet: of each key at most one a minute."""

    def __init__(self) -> None:
        self._noted: dict[UUID, datetime] = {}
        self._lock = threading.Lock()

    def note(self, key: ApiKey, now: datetime) -> None:
        """The key is used at `now`."""
        if key.last_used_at is not None and key.last_used_at > now - EVERY:
            return
        key.last_used_at = now
        with self._lock:
            if len(self._noted) < MOST:
                self._noted[key.pk] = now.replace(microsecond=0)

    def flush(self) -> None:
        """Write what was noted, to the second; what could not be written waits for the next time."""
        with self._lock:
            noted, self._noted = self._noted, {}
        try:
            if noted:
                _write(noted)
        except Exception:
            with self._lock:
                self._noted = noted | self._noted
            raise

    def clear(self) -> None:
        """Forget what was noted."""
        with self._lock:
            self._noted = {}


def _write(noted: dict[UUID, datetime]) -> None:
    if connection.vendor == "mongodb":
        _write_to_mongodb(noted)
        return
    for at in sorted(set(noted.values())):
        names = [_stored("id", pk) for pk, noted_at in noted.items() if noted_at == at]
        for start in range(0, len(names), AT_ONCE):
            _write_to_sqlite(at, names[start : start + AT_ONCE])


def _write_to_sqlite(at: datetime, names: list[Any]) -> None:
    # One statement, and a transaction of its own: see `keys.units`.
    moments = _stored("last_used_at", at), _stored("last_used_at", at - EVERY)
    with connection.cursor() as cursor:
        cursor.execute(f"{TOUCH} ({', '.join(['%s'] * len(names))})", (*moments, *names))


def _write_to_mongodb(noted: dict[UUID, datetime]) -> None:
    updates = []
    for pk, at in noted.items():
        due = [{"last_used_at": None}, {"last_used_at": {"$lte": _stored("last_used_at", at - EVERY)}}]
        updates.append(
            UpdateOne({"id": _stored("id", pk), "$or": due}, {"$set": {"last_used_at": _stored("last_used_at", at)}})
        )
    with connection.cursor():  # connects, where this thread has not yet
        connection.get_collection(ApiKey._meta.db_table).bulk_write(updates, ordered=False)  # type: ignore[attr-defined]


def _stored(field: str, value: Any) -> Any:
    """A field's value as the database has it."""
    return ApiKey._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[union-attr]


TOUCHES = Touches()
