"""Adding to counters, many rows at once: one statement on SQLite, one request to MongoDB.

The ORM can only update a row that is there or make one that is not; a process that counts for a thousand keys would
ask two thousand times a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.db import connection, models, transaction
from pymongo import UpdateOne


def add_all(model: type[models.Model], rows: Sequence[models.Model], counters: Iterable[str]) -> None:
    """Make each row, or add its counters to those of the row that has its key.

    SQLite takes all rows or none. MongoDB that goes away meanwhile may have taken some.
    """
    if rows and connection.vendor == "mongodb":
        _to_mongodb(model, rows, list(counters))
    elif rows:
        _to_sql(model, rows, list(counters))


def _to_sql(model: type[models.Model], rows: Sequence[models.Model], counters: list[str]) -> None:
    quote, table = connection.ops.quote_name, model._meta.db_table
    columns = [quote(cast(str, field.column)) for field in model._meta.local_fields]
    values = ", ".join(["%s"] * len(columns))
    key, more = (
        quote(_key_of(model).column),
        ", ".join(f"{quote(name)} = {quote(table)}.{quote(name)} + excluded.{quote(name)}" for name in counters),
    )
    # Names of columns alone are put together here: the values are bound.
    statement = (
        f"INSERT INTO {quote(table)} ({', '.join(columns)}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {more}"  # noqa: S608
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [_bound(row) for row in rows])


def _bound(row: models.Model) -> list[Any]:
    """The row's values as SQL binds them, by column; most are whole numbers, which need no conversion."""
    values = ((field, getattr(row, field.attname)) for field in row._meta.local_fields)
    return [value if type(value) is int else field.get_db_prep_save(value, connection) for field, value in values]


def _to_mongodb(model: type[models.Model], rows: Sequence[models.Model], counters: list[str]) -> None:
    key, database = _key_of(model).column, connection
    updates = [_update(_stored(row), key, counters) for row in rows]
    with database.cursor():  # connects, where this thread has not yet
        database.get_collection(model._meta.db_table).bulk_write(updates, ordered=False)  # type: ignore[attr-defined]


def _update(stored: Mapping[str, Any], key: str, counters: list[str]) -> UpdateOne:
    added = {name: stored[name] for name in counters}
    told = {name: value for name, value in stored.items() if name != key and name not in added}
    return UpdateOne({key: stored[key]}, {"$inc": added, "$setOnInsert": told}, upsert=True)


def _stored(row: models.Model) -> dict[str, Any]:
    """The row's values as the database has them, by column."""
    fields = row._meta.local_fields
    return {
        cast(str, field.column): field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
    }


def _key_of(model: type[models.Model]) -> Any:
    return model._meta.pk
