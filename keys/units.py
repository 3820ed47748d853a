"""Units of a day, taken by one statement that also makes the day's row.

The ORM can only update a row that is there, or make one that is not, and building each of its statements takes longer
than the database takes to do it. On SQLite every statement here is a transaction of its own and answers no rows: Python
would wait for its turn between two of them, or between rows, and all other processes for the lock meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from pymongo import ReturnDocument, UpdateOne
from pymongo.errors import DuplicateKeyError

TABLE = "key_quotas"
UNLIMITED = 2**62  # what SQLite compares with where there is no limit
TAKE = """
INSERT INTO key_quotas (id, day, used, refunded) VALUES (%s, %s, %s, 0)
ON CONFLICT (id) DO UPDATE SET used = used + excluded.used WHERE used <= %s
"""
READ = "SELECT used FROM key_quotas WHERE id = %s"
PUT_BACK = "UPDATE key_quotas SET used = used - %s WHERE used >= %s AND id IN "
AT_ONCE = 500  # rows of one statement: older builds of SQLite bind at most 999 values


class Taken(NamedTuple):
    """Whether units were taken, and what is used then, where the database tells that in the same round trip."""

    admitted: bool
    used: int | None = None


def take(name: str, day: date, limit: int | None, units: int) -> Taken:
    """Take units of the day's row `name`, all or none. Exact on any number of processes.

    One round trip; of MongoDB two, where too few are left.
    """
    if limit is not None and units > limit:
        return Taken(False)
    if connection.vendor == "mongodb":
        return _take_of_mongodb(name, day, limit, units)
    most = UNLIMITED if limit is None else limit - units
    with connection.cursor() as cursor:
        cursor.execute(TAKE, (name, day.isoformat(), units, most))
        return Taken(cursor.rowcount == 1)


def read(name: str) -> int:
    """What is used of the day's row `name`."""
    if connection.vendor == "mongodb":
        row = _rows().find_one({"id": name}, {"used": 1})
        return int(row["used"]) if row is not None else 0
    with connection.cursor() as cursor:
        found = cursor.execute(READ, (name,)).fetchone()
    return int(found[0]) if found is not None else 0


def put_back(taken: Mapping[str, int]) -> None:
    """Return units that were taken of these rows and not used; a round trip for each number of units at most."""
    if not taken:
        return
    if connection.vendor == "mongodb":
        updates = [
            UpdateOne({"id": name, "used": {"$gte": units}}, {"$inc": {"used": -units}})
            for name, units in taken.items()
        ]
        _rows().bulk_write(updates, ordered=False)
        return
    for units in sorted(set(taken.values())):
        names = [name for name, rest in taken.items() if rest == units]
        for start in range(0, len(names), AT_ONCE):
            _put_back_to_sqlite(units, names[start : start + AT_ONCE])


def _put_back_to_sqlite(units: int, names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{PUT_BACK} ({', '.join(['%s'] * len(names))})", (units, units, *names))


def _take_of_mongodb(name: str, day: date, limit: int | None, units: int) -> Taken:
    wanted: dict[str, Any] = {"id": name}
    if limit is not None:
        wanted["used"] = {"$lte": limit - units}
    made = {"day": datetime(day.year, day.month, day.day), "refunded": 0}
    more = {"$inc": {"used": units}, "$setOnInsert": made}
    rows = _rows()
    try:
        row = rows.find_one_and_update(wanted, more, upsert=True, return_document=ReturnDocument.AFTER)
    except DuplicateKeyError:
        # There is a row that has too few left, or another process made it in this moment.
        row = rows.find_one_and_update(wanted, more, return_document=ReturnDocument.AFTER)
    return Taken(True, int(row["used"])) if row is not None else Taken(False)


def _rows() -> Any:
    with connection.cursor():  # connects, where this thread has not yet
        return connection.get_collection(TABLE)  # type: ignore[attr-defined]
