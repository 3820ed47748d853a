"""The quota where many processes spend at once: real ones, on either database."""

from __future__ import annotations

import json
import signal
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pymongo import MongoClient

from keys.held import LATEST_SECONDS
from keys.leases import LARGEST
from tests.conftest import bare
from tests.nursery import Child, Nursery

LIMIT = 500
CALLS = 2000
PROCESSES = 4


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where processes begin that share one migrated database of their own; on MongoDB it is dropped after."""
    environment = bare(tmp_path_factory.mktemp("processes")) | {"SESSION_SECRET": "s" * 64, "FLAKS_HOSTS": "testserver"}
    environment |= {"DJANGO_SETTINGS_MODULE": "flaks.settings"}
    if settings.MONGO_URI:
        environment |= {"MONGO_URI": settings.MONGO_URI, "MONGO_DB": f"flaks_quota_{uuid.uuid4().hex[:12]}"}
    with Nursery(environment, "tests.keys.spender", "tests.keys.urls") as running:
        running.manage("migrate", "--verbosity", "0")
        yield running
    if "MONGO_DB" in environment:
        _drop(environment["MONGO_DB"])


def _drop(name: str) -> None:
    with MongoClient[dict[str, object]](settings.MONGO_URI) as client:
        client.drop_database(name)


class Scene:
    """A key, and the processes that spend it."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self._nursery, self.log = nursery, folder / "admitted"
        limits = ["--daily-limit", str(LIMIT), "--burst", "unlimited"]
        self.plain = self.command("create_key", "--name", "bot", *limits).strip()

    def command(self, *arguments: str) -> str:
        return self._nursery.manage(*arguments)

    def start(self, role: str, *arguments: str) -> Child:
        return self._nursery.start("tests.keys.spender:main", role, *arguments)

    def spenders(self, plain: Sequence[str], calls: int = CALLS) -> list[Child]:
        """A process for each of the keys, each with its share of the calls."""
        share = calls // len(plain)
        return [
            self.start("spend", key, str(number * share), str(share), str(self.log)) for number, key in enumerate(plain)
        ]

    def admitted(self) -> int:
        """Calls that were answered by 200, also by a process that was killed right after."""
        return self.log.read_text().count("\n") if self.log.exists() else 0

    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("list_keys", "--json"))[0]
        return found


@pytest.fixture
def scene(nursery: Nursery, tmp_path: Path) -> Scene:
    """A key on a database with nothing else in it."""
    nursery.manage("flush", "--no-input", "--verbosity", "0")
    return Scene(nursery, tmp_path)


def ask(process: Child) -> str:
    """How the process is answered when it calls now."""
    process.stdin.write("call\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def go(processes: Sequence[Child]) -> None:
    """Let all of them begin, once all are ready."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def total(processes: Sequence[Child]) -> dict[str, int]:
    """The answers of all of them, by status; a process that was killed tells none."""
    found: dict[str, int] = {}
    for process in processes:
        for status, count in json.loads(process.communicate() or "{}").items():
            found[status] = found.get(status, 0) + count
    return found


def test_four_processes_of_eight_threads_admit_exactly_the_limit(scene: Scene) -> None:
    spenders = scene.spenders([scene.plain] * PROCESSES)
    sampler = scene.start("sample", scene.plain)
    go([*spenders, sampler])
    answers = total(spenders)
    sampled = json.loads(sampler.communicate("stop\n"))
    assert answers == {"200": LIMIT, "429": CALLS - LIMIT}
    assert sampled["highest"] <= LIMIT
    assert sampled["last"] == LIMIT
    assert sampled["samples"] > 10
    assert [process.returncode for process in (*spenders, sampler)] == [0] * 5


def test_a_key_and_its_successor_share_the_limit_over_processes(scene: Scene) -> None:
    successor = scene.command("rotate_key", "bot", "--grace", "24h").strip()
    spenders = scene.spenders([scene.plain, successor] * 2)
    go(spenders)
    assert total(spenders) == {"200": LIMIT, "429": CALLS - LIMIT}
    assert scene.shown()["used_today"] == LIMIT


def test_a_process_that_is_killed_loses_one_lease_and_admits_nobody_too_many(scene: Scene) -> None:
    spenders = scene.spenders([scene.plain] * PROCESSES)
    go(spenders)
    until = time.monotonic() + 60
    while scene.admitted() < LIMIT // 4 and time.monotonic() < until:
        time.sleep(0.005)
    spenders[0].send_signal(signal.SIGKILL)
    total(spenders)
    # A call that was admitted may not have been written down by each of its eight threads when they died.
    assert LIMIT - (LARGEST - 1) - 8 <= scene.admitted() <= LIMIT
    assert scene.shown()["used_today"] <= LIMIT
    assert [process.returncode for process in spenders] == [-signal.SIGKILL, 0, 0, 0]


def test_a_process_that_ends_gives_back_what_it_leased_and_writes_what_it_counted(scene: Scene) -> None:
    spenders = scene.spenders([scene.plain] * 2, 100)
    go(spenders)
    assert total(spenders) == {"200": 100}
    assert scene.shown()["used_today"] == 100
    day = json.loads(scene.command("usage", "--key", "bot", "--days", "1", "--json"))["days"][0]
    assert (day["calls"], day["outcomes"]) == (100, {"ok": 100})


def test_each_day_has_the_limit_where_it_changes_while_processes_call(scene: Scene) -> None:
    spenders = [scene.start("midnight", scene.plain, "300", "300") for _ in range(PROCESSES)]
    go(spenders)
    answers = [json.loads(process.communicate()) for process in spenders]
    for part in ("before", "after"):
        assert sum(answer[part].get("200", 0) for answer in answers) == LIMIT
        assert sum(answer[part].get("429", 0) for answer in answers) == PROCESSES * 300 - LIMIT


def test_what_one_process_changes_is_heeded_by_the_others_that_hold_the_key(scene: Scene) -> None:
    callers = [scene.start("answer", scene.plain) for _ in range(2)]
    go(callers)
    assert [ask(caller) for caller in callers] == ["200", "200"]
    for command, expected in (
        (["disable_key", "bot"], "key_disabled"),
        (["enable_key", "bot"], "200"),
        (["set_limits", "bot", "--daily-limit", "0"], "daily_quota_exceeded"),
        (["revoke_key", "bot", "--reason", "leaked"], "key_revoked"),
    ):
        scene.command(*command)
        time.sleep(LATEST_SECONDS)
        assert [ask(caller) for caller in callers] == [expected, expected]
    assert [caller.communicate("stop\n") for caller in callers] == ['{"200": 2, "401": 2, "429": 1}\n'] * 2


def test_keys_that_call_seldom_are_counted_exactly_by_processes_that_are_killed(scene: Scene) -> None:
    callers = [scene.start("answer", scene.plain) for _ in range(3)]
    go(callers)
    for _ in range(3):
        assert [ask(caller) for caller in callers] == ["200"] * 3
    for caller in callers:
        caller.send_signal(signal.SIGKILL)
        caller.communicate()
    assert scene.shown()["used_today"] == 9  # none had leased more than it spent


def test_a_key_that_was_rotated_away_is_refused_by_processes_that_hold_it(scene: Scene) -> None:
    caller = scene.start("answer", scene.plain)
    go([caller])
    assert ask(caller) == "200"
    successor = scene.start("answer", scene.command("rotate_key", "bot", "--grace", "0").strip())
    go([successor])
    time.sleep(LATEST_SECONDS)
    assert (ask(caller), ask(successor)) == ("key_expired", "200")
    for process in (caller, successor):
        process.communicate("stop\n")
