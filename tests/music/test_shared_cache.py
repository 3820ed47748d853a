"""What processes remember together, in a real Redis, and what they do without it."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.conftest import Run, bare
from tests.nursery import Nursery
from tests.redis_server import PASSWORD, PROGRAM, RedisServer
from tests.standin import catalogue
from tests.standin.process import StandIn

SONG, OTHER, THIRD = catalogue.PLAIN.title, catalogue.ACCENTED.title, catalogue.EXPLICIT.title
KEPT = 1  # seconds for which an answer is fresh here
Start = Callable[..., "list[Process]"]

needs_redis = pytest.mark.skipif(PROGRAM is None, reason="there is no redis-server (Debian: apt install redis-server)")


class Process:
    """A process of Flaks that is asked line by line; `log` is what it has written on standard error."""

    def __init__(self, nursery: Nursery, variables: dict[str, str], log: Path) -> None:
        self._log = log
        self._process = nursery.start("tests.music.process:main", str(log), json.dumps(variables))

    def begin(self, **question: Any) -> None:
        """Ask, and do not wait."""
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """The next answer."""
        line = self._process.stdout.readline()
        assert line, self.log
        return json.loads(line)

    def play(self, *wanted: str) -> Any:
        """What `play` answers."""
        self.begin(play=wanted)
        return self.answer()

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it, whatever it waits for."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture(scope="module")
def services(standin_process: StandIn, tables: Path) -> dict[str, str]:
    """The environment of a process that knows the stand-in for every service, and forgets after a second."""
    named = ("JIOSAAVN_URL", "SPOTIFY_OPEN_URL", "SPOTIFY_PARTNER_URL", "SPOTIFY_API_URL", "YOUTUBE_PROXY")
    ours = {
        "FLAKS_CA_FILE": str(standin_process.ca_file),
        "FLAKS_CACHE_SECONDS": str(KEPT),
        "SESSION_SECRET": "one secret for all processes of a test",
        "SQLITE_PATH": str(tables),
        "DJANGO_SETTINGS_MODULE": "flaks.settings",
    }
    return bare(tables.parent) | dict.fromkeys(named, standin_process.url) | ours


@pytest.fixture(scope="module")
def nursery(services: dict[str, str]) -> Iterator[Nursery]:
    with Nursery(services, "tests.music.process") as running:
        yield running


@pytest.fixture
def start(nursery: Nursery, standin: StandIn, tmp_path: Path) -> Iterator[Start]:
    """Starts so many processes, and answers them once they are ready: `start(2, REDIS_URL=...)`."""
    started: list[Process] = []

    def some(count: int, **variables: str) -> list[Process]:
        made = [Process(nursery, variables, tmp_path / f"log-{number}") for number in range(count)]
        started.extend(made)
        assert [process.answer() for process in made] == [{"is_ready": True}] * count
        return made

    yield some
    for process in started:
        process.stop()


def searches(standin: StandIn) -> int:
    """How many searches JioSaavn has seen."""
    return len([entry for entry in standin.log("jiosaavn") if entry["query"].get("__call") == "search.getResults"])


def all_hang(standin: StandIn) -> None:
    for source in ("jiosaavn", "spotify", "youtube"):
        standin.fault(source, "hang", "all")


@needs_redis
def test_one_cold_query_of_two_processes_is_one_search_in_all(
    start: Start, redis: RedisServer, standin: StandIn
) -> None:
    processes = start(2, REDIS_URL=redis.url, FLAKS_HEDGE_MS="5000")
    standin.set_latency(400)
    for process in processes:
        process.begin(play=[SONG])
    answers = [process.answer() for process in processes]
    assert [answer["track"]["title"] for answer in answers] == [SONG, SONG]
    assert sorted(answer["cached"] for answer in answers) == [False, True]
    assert searches(standin) == 1
    assert [entry["part"] for entry in standin.log("jiosaavn")] == ["api", "api", "media"]


@needs_redis
def test_what_one_process_was_answered_another_knows(
    services: dict[str, str], manage: Run, redis: RedisServer, standin: StandIn
) -> None:
    variables = services | {"REDIS_URL": redis.url, "FLAKS_CACHE_SECONDS": "600"}
    first, second = (manage("play", SONG, **variables) for _ in range(2))
    assert "cached" not in first.stdout
    assert "(cached)" in second.stdout, second.stderr
    assert searches(standin) == 1


@needs_redis
def test_another_process_has_the_stale_answer_where_every_source_hangs(
    start: Start, redis: RedisServer, standin: StandIn
) -> None:
    first, second = start(2, REDIS_URL=redis.url)
    fresh = first.play(SONG)
    time.sleep(KEPT + 0.1)
    all_hang(standin)
    stale = second.play(SONG)
    assert (stale["track"], stale["stale"], stale["cached"]) == (fresh["track"], True, False)
    assert {attempt["outcome"] for attempt in stale["attempts"]} == {"timeout"}


def test_without_redis_one_process_remembers_for_itself(start: Start, standin: StandIn) -> None:
    [process] = start(1)
    assert (process.play(SONG)["cached"], process.play(SONG)["cached"]) == (False, True)
    time.sleep(KEPT + 0.1)
    all_hang(standin)
    stale = process.play(SONG)
    assert (stale["track"]["title"], stale["stale"], stale["cached"]) == (SONG, True, False)


def test_play_asks_for_the_same_song_twice_and_says_so(services: dict[str, str], manage: Run, standin: StandIn) -> None:
    shown = manage("play", SONG, SONG, **services | {"FLAKS_CACHE_SECONDS": "600"})
    assert shown.returncode == 0, shown.stderr
    lines = [line for line in shown.stdout.splitlines() if "kbit/s" in line and not line.startswith("  ")]
    assert [line.endswith("(cached)") for line in lines] == [False, True]
    assert searches(standin) == 1


@needs_redis
def test_what_one_process_leaves_alone_another_does_too(start: Start, redis: RedisServer, standin: StandIn) -> None:
    first, second = start(2, REDIS_URL=redis.url)
    standin.fault("jiosaavn", "http:403")
    for asked in (SONG, f"{SONG} song", f"{SONG} lyrics", f"{SONG} video", f"{SONG} audio"):
        assert first.play(asked)["track"]["id"].startswith("youtube:")
    standin.clear_faults()
    standin.clear_log()
    answer = second.play(OTHER)
    assert (answer["track"]["title"], answer["track"]["source"]) == (OTHER, "youtube")
    skipped = next(attempt for attempt in answer["attempts"] if attempt["source"] == "jiosaavn")
    assert (skipped["outcome"], "left alone after: HTTP 403" in skipped["detail"]) == ("skipped", True)
    assert standin.log("jiosaavn") == []


@needs_redis
@pytest.mark.parametrize("end", [RedisServer.kill, RedisServer.silence], ids=["killed", "silent"])
def test_a_redis_that_goes_away_is_done_without(
    start: Start, redis: RedisServer, standin: StandIn, end: Callable[[RedisServer], None]
) -> None:
    processes = start(2, REDIS_URL=redis.url)
    assert processes[0].play(SONG)["track"]["title"] == SONG
    assert redis.held_keys(), "it was used"
    end(redis)
    for process in processes:
        answers = [process.play(title) for title in (OTHER, THIRD, OTHER)]
        assert [answer["track"]["title"] for answer in answers] == [OTHER, THIRD, OTHER]
        assert [answer["cached"] for answer in answers[:2]] == [False, False]
        assert "the shared cache is away" in process.log
        assert "Traceback" not in process.log
        assert PASSWORD not in process.log


@needs_redis
def test_a_redis_that_was_never_there_is_done_without(start: Start, redis: RedisServer, standin: StandIn) -> None:
    redis.kill()
    [process] = start(1, REDIS_URL=redis.url)
    assert process.play(SONG)["track"]["title"] == SONG
    assert PASSWORD not in process.log


@needs_redis
def test_every_thread_of_a_process_may_look_into_it_at_once(start: Start, redis: RedisServer) -> None:
    [process] = start(1, REDIS_URL=redis.url)
    process.begin(look=settings.FLAKS_SERVER_THREADS)
    assert process.answer() == {"is_there": True}, process.log


@needs_redis
def test_it_holds_no_secret_of_ours(start: Start, redis: RedisServer, services: dict[str, str]) -> None:
    start(1, REDIS_URL=redis.url)[0].play(SONG)
    kinds = {key.split(":")[2] for key in redis.held_keys()}
    assert {"choice", "link", "audio", "track"} <= kinds
    assert not [key for key in redis.held_keys() if SONG.lower() in key.lower() or services["SESSION_SECRET"] in key]
