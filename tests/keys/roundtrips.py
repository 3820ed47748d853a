"""What was asked of the database, by name: of SQLite its statements, of MongoDB the commands that went to it.

Django's own record of queries knows nothing of what `keys.units` and `keys.upserts` ask MongoDB past the ORM.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pymongo import monitoring

Name = tuple[str, str]  # how SQLite's statement begins, and MongoDB's command with its collection; "" is none

KEY: Name = ("SELECT api_keys.id", "aggregate api_keys")  # the key by its digest
CHANGES: Name = ("SELECT api_keys.digest", "aggregate api_keys")  # which keys have changed
CLOCK: Name = ("", "hello")  # what MongoDB's own clock says; SQLite's is this machine's
UNIT: Name = ("INSERT INTO key_quotas", "findAndModify key_quotas")  # a conditional update, which makes the row
USED: Name = ("SELECT used FROM key_quotas", "find key_quotas")  # what others used
USED_OF_SQLITE: Name = (USED[0], "")  # MongoDB has told it with the unit


class Commands(monitoring.CommandListener, threading.local):
    """The commands of every client of this process, as each thread has sent them: a server's thread of an earlier test
    may still be at work."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        collection = event.command.get(event.command_name)
        where = f" {collection}" if isinstance(collection, str) else ""
        self.seen.append(f"{event.command_name}{where}")

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Nothing more is known of it."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """It was asked all the same."""


COMMANDS = Commands()
monitoring.register(COMMANDS)  # before the first client is made


class RoundTrips:
    """What is asked within the block."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._queries = CaptureQueriesContext(connection)
        self._before = 0

    def __enter__(self) -> RoundTrips:
        self._before = len(COMMANDS.seen)
        self._queries.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._queries.__exit__(*error)
        if connection.vendor == "mongodb":
            self.asked = COMMANDS.seen[self._before :]
        else:
            self.asked = [" ".join(query["sql"].replace('"', "").split()) for query in self._queries]

    def __len__(self) -> int:
        return len(self.asked)

    def are(self, *expected: Name) -> None:
        """Exactly these, in this order."""
        wanted = [one for one in (name[connection.vendor == "mongodb"] for name in expected) if one]
        assert len(self.asked) == len(wanted), self.asked
        assert all(asked.startswith(one) for asked, one in zip(self.asked, wanted, strict=True)), self.asked
