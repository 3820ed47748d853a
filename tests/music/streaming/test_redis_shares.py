"""A key's streams, counted in a real Redis by several processes (here: several counters)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from music.streaming import places as places_module
from music.streaming import redisshares
from music.streaming.listener import Listener
from music.streaming.places import Place
from music.streaming.redisshares import RedisShares
from tests.music.streaming.conftest import Clock
from tests.music.streaming.redisserver import needs_redis, redis

pytestmark = needs_redis


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
def lineage() -> uuid.UUID:
    return uuid.uuid4()


class Listening(Place):
    """A stream of which the test says how long its listener has taken nothing."""

    seconds = 0.0

    def idle(self) -> float:
        """As the test says."""
        return self.seconds


def stream(lineage: uuid.UUID, limit: int | None) -> Listening:
    return Listening(lineage, limit, set, Listener(None))


def test_all_processes_together_never_carry_more(url: str, lineage: uuid.UUID) -> None:
    processes = [RedisShares(url) for _ in range(3)]
    asked = [(shares, stream(lineage, 5)) for shares in processes * 4]
    running = [(shares, one) for shares, one in asked if shares.take(one).admitted]
    assert len(running) == 5
    running[0][0].leave(running[0][1])
    assert [processes[2].take(stream(lineage, 5)).admitted for _ in range(2)] == [True, False]


def test_keys_do_not_count_for_each_other(url: str) -> None:
    shares = RedisShares(url)
    assert [shares.take(stream(uuid.uuid4(), 1)).admitted for _ in range(2)] == [True, True]


def test_no_limit_is_none_and_zero_is_none_at_all(url: str, lineage: uuid.UUID) -> None:
    shares = RedisShares(url)
    assert not shares.take(stream(lineage, 0)).admitted
    assert all(shares.take(stream(lineage, None)).admitted for _ in range(50))
    assert not shares.take(stream(lineage, 50)).admitted


def test_an_idle_stream_of_another_process_makes_room_and_is_told(url: str, lineage: uuid.UUID) -> None:
    here, there = RedisShares(url), RedisShares(url)
    idle, playing = stream(lineage, 2), stream(lineage, 2)
    assert there.take(idle).admitted
    assert there.take(playing).admitted
    idle.seconds = 9.0
    assert there.beat([idle, playing]) == []
    newcomer = here.take(stream(lineage, 2))
    assert (newcomer.admitted, newcomer.evicted) == (True, None)
    assert not here.take(stream(lineage, 2)).admitted
    assert there.beat([idle, playing]) == [idle]
    there.leave(idle)
    assert there.beat([playing]) == []


def test_an_idle_stream_of_this_process_makes_room_at_once(url: str, lineage: uuid.UUID) -> None:
    shares, idle = RedisShares(url), stream(lineage, 1)
    shares.take(idle)
    idle.seconds = 6.0
    shares.beat([idle])
    assert shares.take(stream(lineage, 1)).evicted is idle


def test_a_stream_that_moves_again_keeps_its_place(url: str, lineage: uuid.UUID) -> None:
    shares, one = RedisShares(url), stream(lineage, 1)
    shares.take(one)
    for one.seconds in (6.0, 0.0):
        assert shares.beat([one]) == []
    assert not shares.take(stream(lineage, 1)).admitted


def test_the_streams_of_a_process_that_died_are_forgotten(
    url: str, lineage: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, alive = RedisShares(url), RedisShares(url)
    dead.take(stream(lineage, 1))
    assert not alive.take(stream(lineage, 1)).admitted
    monkeypatch.setattr(redisshares, "LIFE_SECONDS", 0)
    assert alive.take(stream(lineage, 1)).admitted


def test_running_streams_say_so_every_ten_seconds(
    url: str, lineage: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares, one = RedisShares(url), stream(lineage, 1)
    shares.take(one)
    said: list[str] = []

    def asked(script: str, *_: object) -> list[bytes]:
        said.append(script)
        return []

    clock = Clock()
    monkeypatch.setattr(shares, "_asked", asked)
    monkeypatch.setattr(redisshares, "time", clock)
    for passed in (0.0, 1.0, 8.9, 0.1, 1.0):
        clock.now += passed
        shares.beat([one])
    assert said == [redisshares.BEAT] * 2


def test_a_stream_that_ends_as_it_is_spoken_of_is_not_counted_on(url: str, lineage: uuid.UUID) -> None:
    shares, one = RedisShares(url), stream(lineage, 1)
    shares.take(one)
    shares.leave(one)
    one.give_back()
    shares.beat([one])
    assert shares.take(stream(lineage, 1)).admitted


def test_while_redis_is_away_each_process_counts_its_part(
    tmp_path: Path, lineage: uuid.UUID, caplog: pytest.LogCaptureFixture
) -> None:
    shares = RedisShares(f"unix://user:word@{tmp_path}/nobody")
    assert [shares.take(stream(lineage, 4)).admitted for _ in range(3)] == [True, True, False]
    assert shares.beat([stream(lineage, 4)]) == []
    assert len([record for record in caplog.records if record.name == redisshares.__name__]) == 1
    assert "word" not in caplog.text
    assert places_module.IDLE_SECONDS == 5.0
