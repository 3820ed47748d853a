"""What every command of this app does first and last: a usable database, or one sentence that says why not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from flaks.problems import is_database_outage


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


def refuse_unmigrated() -> None:
    """Raise `CommandError` where a migration has not been applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not migrated: run `python manage.py migrate` first.")
