"""What a test leaves to the next one: nothing of its own, and what the migrations wrote."""

from __future__ import annotations

import asyncio

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection


def empty() -> None:
    """As a test's end does."""
    call_command("flush", interactive=False, verbosity=0)


async def empty_in_a_loop() -> None:
    """As the end of a test does whose browser has its event loop in this thread: Django connects anew there."""
    empty()
    connection.close()


def test_emptying_keeps_what_the_migrations_wrote(transactional_db: None) -> None:
    kinds, permissions = ContentType.objects.count(), Permission.objects.count()
    Group.objects.create(name="tuners")
    empty()
    assert (ContentType.objects.count(), Permission.objects.count()) == (kinds, permissions)
    assert not Group.objects.filter(name="tuners").exists()


def test_so_does_emptying_where_an_event_loop_runs(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    kinds, permissions = ContentType.objects.count(), Permission.objects.count()
    Group.objects.create(name="tuners")
    asyncio.run(empty_in_a_loop())
    assert (ContentType.objects.count(), Permission.objects.count()) == (kinds, permissions)
    assert not Group.objects.filter(name="tuners").exists()
