"""Adding to counters, many rows at once: few statements on SQLite, one request to MongoDB.

The ORM can only update a row that is there or make one that is not; a process that counts for a thousand keys would
ask two thousand times a second. On SQLite each statement is a transaction of its own, for the reason that `keys.units`
gives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from pymongo import UpdateOne

MOST = 10_000  # values of a statement, or of a request


def add_all(model: type[models.Model], rows: Sequence[Mapping[str, Any]], counters: Iterable[str]) -> None:
    """Make each row, or add its counters to those of the row that has its key.

    A row has a value for each field by name; counters that it does not name are 0. Where there are more than
    `at_once`, or the database is MongoDB, one that goes away meanwhile may have taken some.
    """
    if rows and connection.vendor == "mongodb":
        _to_mongodb(model, rows, frozenset(counters))
    elif rows:
        _to_sql(model, rows, list(counters))


def at_once(model: type[models.Model]) -> int:
    """How many rows are added by one statement."""
    return (connection.features.max_query_params or MOST) // len(model._meta.local_fields)


def _to_sql(model: type[models.Model], rows: Sequence[Mapping[str, Any]], counters: list[str]) -> None:
    told, most = _told(model, counters), at_once(model)
    for start in range(0, len(rows), most):
        part = rows[start : start + most]
        given = [(*_stored(told, row).values(), *(row.get(name, 0) for name in counters)) for row in part]
        with connection.cursor() as cursor:
            cursor.execute(_statement(model, counters, len(part)), [value for row in given for value in row])


def _statement(model: type[models.Model], counters: list[str], rows: int) -> str:
    """Adds so many rows. Names of columns alone are put together here: the values are bound."""
    quote, table = connection.ops.quote_name, model._meta.db_table
    columns = [quote(column) for column in (*(field.column for field in _told(model, counters)), *counters)]
    values = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    more = ", ".join(f"{quote(name)} = {quote(table)}.{quote(name)} + excluded.{quote(name)}" for name in counters)
    key = quote(_key_of(model).column)
    return f"INSERT INTO {quote(table)} ({', '.join(columns)}) VALUES {values} ON CONFLICT ({key}) DO UPDATE SET {more}"  # noqa: S608


def _to_mongodb(model: type[models.Model], rows: Sequence[Mapping[str, Any]], counters: Collection[str]) -> None:
    key, told, database = _key_of(model).column, _told(model, counters), connection
    updates = [_update(_stored(told, row), key, {name: row.get(name, 0) for name in counters}) for row in rows]
    with database.cursor():  # connects, where this thread has not yet
        database.get_collection(model._meta.db_table).bulk_write(updates, ordered=False)  # type: ignore[attr-defined]


def _update(stored: dict[str, Any], key: str, added: Mapping[str, int]) -> UpdateOne:
    return UpdateOne({key: stored.pop(key)}, {"$inc": added, "$setOnInsert": stored}, upsert=True)


def _told(model: type[models.Model], counters: Collection[str]) -> list[Any]:
    """The fields that are no counters."""
    return [field for field in model._meta.local_fields if field.name not in counters]


def _stored(fields: Iterable[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The row's values of these fields as the database has them, by column."""
    return {field.column: field.get_db_prep_save(row[field.name], connection) for field in fields}


def _key_of(model: type[models.Model]) -> Any:
    return model._meta.pk
