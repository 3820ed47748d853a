"""What every command of this app does first and last: a usable database, or one sentence that says why not."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.progress import track

from flaks.problems import is_database_outage

Item = TypeVar("Item")


class DatabaseCommand(BaseCommand):
    """A command that needs the migrated database.

    Raises `CommandError` where the database is away or not migrated: without its migrations MongoDB would take rows
    that no unique index guards.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            refuse_unmigrated()
            return super().execute(*args, **options)
        except CommandError:
            raise
        except Exception as error:
            if not is_database_outage(error):
                raise
            raise CommandError(f"The database does not answer ({type(error).__name__}).") from error

    def say(self, text: str) -> None:
        """A line for the person at the terminal; standard output is for what scripts read."""
        self.stderr.write(text, self.style.SUCCESS)

    def progress(self, items: Iterable[Item], total: int, what: str) -> Iterable[Item]:
        """The items, with a bar on standard error where a person looks at it."""
        return track(items, what, total, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)


def refuse_unmigrated() -> None:
    """Raise `CommandError` where a migration has not been applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not migrated: run `python manage.py migrate` first.")
