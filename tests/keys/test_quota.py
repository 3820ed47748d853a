"""The day's counter itself: what it reads, and that it is exact where many processes spend at once."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from pymongo import MongoClient
from pytest_django import DjangoAssertNumQueries

from keys.models import KeyQuota
from tests.conftest import Run

TODAY = date(2026, 11, 23)
LIMIT = 500
CALLS = 2000
PROCESSES = 4


def test_the_use_of_many_lineages_is_read_in_parts(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lineages = [uuid.uuid4() for _ in range(501)]
    for lineage in (lineages[0], lineages[0], lineages[500]):
        KeyQuota.objects.spend(lineage, TODAY, None)
    with django_assert_num_queries(2):
        used = KeyQuota.objects.used_by(lineages, TODAY)
    assert used == {lineages[0]: 2, lineages[500]: 1}


def test_another_day_and_another_lineage_are_not_counted(db: None) -> None:
    lineage = uuid.uuid4()
    KeyQuota.objects.spend(lineage, TODAY, None)
    assert KeyQuota.objects.used(lineage, date(2026, 11, 24)) == 0
    assert KeyQuota.objects.used(uuid.uuid4(), TODAY) == 0


def test_a_row_that_another_process_makes_in_between_refuses_nobody(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lineage = uuid.uuid4()
    manager = KeyQuota.objects
    first_take = type(manager.all())._take
    calls: list[bool] = []

    def take(self: Any, *arguments: Any) -> bool:
        calls.append(True)
        taken = first_take(self, *arguments)
        if len(calls) == 1:
            manager.create(pk=KeyQuota.key_for(lineage, TODAY), day=TODAY, used=1)
        return taken

    monkeypatch.setattr(type(manager.all()), "_take", take)
    assert manager.spend(lineage, TODAY, 10)
    assert manager.used(lineage, TODAY) == 2


@pytest.fixture
def shared_database(
    manage: Run, bare_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The environment of processes that share one migrated database of their own; on MongoDB it is dropped after."""
    environment = {"SESSION_SECRET": "s" * 64, "FLAKS_HOSTS": "testserver"}
    if settings.MONGO_URI:
        environment |= {"MONGO_URI": settings.MONGO_URI, "MONGO_DB": f"flaks_quota_{uuid.uuid4().hex[:12]}"}
    migrated = manage("migrate", "--verbosity", "0", **environment)
    assert migrated.returncode == 0, migrated.stderr
    yield bare_environment | environment | {"DJANGO_SETTINGS_MODULE": "flaks.settings"}
    if "MONGO_DB" in environment:
        _drop(environment["MONGO_DB"])


def _drop(name: str) -> None:
    with MongoClient[dict[str, object]](settings.MONGO_URI) as client:
        client.drop_database(name)


def start(role: str, *arguments: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    program = "import django, sys; django.setup(); from tests.keys.spender import main; main(*sys.argv[1:])"
    command = [sys.executable, "-c", program, role, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdin=pipe, stdout=pipe, text=True)


def test_four_processes_of_eight_threads_admit_exactly_the_limit(manage: Run, shared_database: dict[str, str]) -> None:
    made = manage("create_key", "--name", "bot", "--daily-limit", str(LIMIT), "--burst", "unlimited", **shared_database)
    plain = made.stdout.strip()
    share = CALLS // PROCESSES
    spenders = [
        start("spend", plain, str(number * share), str(share), environment=shared_database)
        for number in range(PROCESSES)
    ]
    sampler = start("sample", plain, environment=shared_database)
    everybody = [*spenders, sampler]
    for process in everybody:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in everybody:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate(timeout=240)[0]) for process in spenders]
    sampled = json.loads(sampler.communicate("stop\n", timeout=60)[0])

    total = {status: sum(answer.get(status, 0) for answer in answers) for status in ("200", "429")}
    assert total == {"200": LIMIT, "429": CALLS - LIMIT}
    assert sampled["highest"] <= LIMIT
    assert sampled["last"] == LIMIT
    assert sampled["samples"] > 10
    assert [process.returncode for process in everybody] == [0] * 5
