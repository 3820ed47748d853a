"""How a test on MongoDB, which has no transaction to roll back, leaves nothing behind: what was written to is emptied.

Django's own way asks twice of each of its collections, after every test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_migrate
from pymongo import monitoring

# What the migrations wrote and no test changes: kept, since making it anew takes longer than most tests.
LASTING = {"django_content_type", "auth_permission", "django_migrations"}
WRITING = {"insert", "update", "findAndModify"}  # a deletion leaves nothing that would have to go


class Written(monitoring.CommandListener):
    """The collections that any client of this process has written to, as `database.collection`."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._under_way: dict[int, str] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in WRITING:
            name = f"{event.database_name}.{event.command[event.command_name]}"
            self._under_way[event.request_id] = name
            self.names.add(name)

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        self._ended(event.request_id)

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        self._ended(event.request_id)  # some of it may have been written

    def _ended(self, request: int) -> None:
        # Once more: another thread's may have come after what it wrote to was emptied.
        if name := self._under_way.pop(request, None):
            self.names.add(name)

    def take(self, name: str) -> bool:
        """Whether it was written to since this was asked last."""
        is_written = name in self.names
        self.names.discard(name)
        return is_written


WRITTEN = Written()
monitoring.register(WRITTEN)  # before the first client is made


@contextmanager
def only_what_was_written() -> Iterator[None]:
    """Within the block, flushing the database empties no other collections, and makes nothing anew.

    So it is for every connection: where an event loop runs in the thread, as a browser's does, Django has another one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post_migrate, "receivers", [])
        patch.setattr(type(connection.ops), "sql_flush", _those_to_empty)
        patch.setattr(type(connection.ops), "execute_sql_flush", _empty)
        yield


def _those_to_empty(operations: Any, style: object, tables: list[str], **options: bool) -> list[str]:
    database = operations.connection.settings_dict["NAME"]
    return [table for table in tables if table not in LASTING and WRITTEN.take(f"{database}.{table}")]


def _empty(operations: Any, tables: list[str]) -> None:
    for table in tables:
        operations.connection.database[table].delete_many({})
