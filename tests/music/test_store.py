"""What is remembered, for how long, and what becomes of it while the shared cache is away."""

from __future__ import annotations

import logging
import pickle
import time
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisSerializer
from hypothesis import given
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

from flaks import shared as flaks_shared
from flaks.shared import Shared
from music import store
from music.moment import Moment
from music.store import Entry

NOW = 1_900_000_000


class Failing(BaseCache):
    """A shared cache that fails, and counts how often it was asked."""

    def __init__(self, error: Exception) -> None:
        super().__init__({})
        self.error, self.asked = error, 0

    def _fail(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        raise self.error

    get = set = add = delete = _fail


class Holding(BaseCache):
    """A shared cache that holds one pickle, whoever wrote it."""

    def __init__(self, written: bytes) -> None:
        super().__init__({})
        self.written = written

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return RedisSerializer().loads(self.written)


def forgotten_by_this_process(memory: str = "default") -> None:
    """As in another process, or in this one after a restart."""
    caches[memory].clear()


def test_an_entry_is_fresh_then_kept_then_gone() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        entry = Entry("x", fresh=10, kept=20)
        store.put("key", entry)
        assert (entry.is_fresh, store.get("key")) == (True, entry)
        clock.shift(11)
        assert (entry.is_fresh, store.get("key")) == (False, entry)
        clock.shift(10)
        assert (entry.is_kept, store.get("key")) == (False, None)


@given(jump=st.integers(-86_400 * 365, -1))
def test_a_clock_that_is_set_back_brings_no_entry_back(jump: int) -> None:
    with time_machine.travel(NOW, tick=False):
        entry = Entry("x", fresh=10, kept=20, made=Moment(NOW - 30, time.monotonic() - 30))
    with time_machine.travel(NOW + jump, tick=False):
        assert not entry.is_fresh
        assert not entry.is_kept


def test_what_is_over_at_once_is_not_put() -> None:
    store.put("key", Entry("x", 0, 0))
    assert store.get("key") is None


def test_what_is_dropped_is_gone_everywhere(shared_memory: BaseCache) -> None:
    store.put("key", Entry("x", 10, 20))
    store.drop("key")
    assert store.get("key") is None
    assert shared_memory.get("key") is None


def test_memories_are_apart() -> None:
    store.put("key", Entry("x", 10, 20), "pages")
    assert store.get("key") is None
    assert store.get("key", "pages") is not None


def test_another_process_finds_what_this_one_put(shared_memory: BaseCache) -> None:
    entry = Entry("x", 10, 20)
    store.put("key", entry)
    forgotten_by_this_process()
    assert store.get("key") == entry
    shared_memory.clear()
    assert store.get("key") == entry, "it is not asked for twice"


def test_a_shared_entry_whose_own_time_is_over_is_nothing(shared_memory: BaseCache) -> None:
    # Its cache still holds it: its clock may differ, or the time-out was rounded up.
    shared_memory.set("key", Entry("x", 1, 2, Moment(time.time() - 60, time.monotonic() - 60)), 1000)
    assert store.get("key") is None


@pytest.mark.parametrize("written", [7, "text", None, {"value": "x"}])
def test_what_is_no_entry_is_nothing(shared_memory: BaseCache, written: object) -> None:
    shared_memory.set("key", written, 1000)
    assert store.get("key") is None


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"\x80\x05", id="only a beginning"),
        pytest.param(b"garbage", id="no pickle"),
        pytest.param(pickle.dumps(Entry("x", 1, 2))[:-9], id="a part"),
        pytest.param(b"cmusic.nowhere\nEntry\n.", id="a module that is gone"),
        pytest.param(b"cmusic.store\nAncient\n.", id="a class that is gone"),
        pytest.param(b"cmusic.store\nEntry\n(I1\ntR.", id="a class of another shape"),
        pytest.param(b"0.", id="an empty stack"),
        pytest.param(b"h\x05.", id="a memo that is not there"),
        pytest.param(b"\x8c\xff.", id="a text that is too short"),
        pytest.param(b"\x95\x00\x00\x00\x00\x00\x00\x00\x85", id="a frame that is too long"),
        pytest.param(b"\x8c\x01\xff.", id="a text that is none"),
    ],
)
def test_what_cannot_be_read_is_nothing(written: bytes) -> None:
    assert Shared(Holding(written)).get("key") is None


def test_a_cache_that_another_release_filled_is_still_there() -> None:
    shared = Shared(Holding(b"garbage"))
    shared.get("key")
    assert shared.is_there


@pytest.mark.parametrize(
    "error", [RedisAway("redis://:hunter2@cache:6379"), RedisSlow("slow"), OSError("no route"), ConnectionResetError()]
)
def test_a_shared_cache_that_is_away_is_as_good_as_empty(error: Exception) -> None:
    shared = Shared(Failing(error))
    assert shared.get("key") is None
    shared = Shared(Failing(error))
    assert shared.add("key", 1, 10) is True
    shared = Shared(Failing(error))
    shared.set("key", 1, 10)
    shared = Shared(Failing(error))
    shared.delete("key")
    assert not shared.is_there


def test_one_that_is_away_is_left_alone_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(flaks_shared, "time", SimpleNamespace(monotonic=lambda: now[0]))
    backend = Failing(RedisAway("gone"))
    shared = Shared(backend)
    for _ in range(100):
        shared.get("key")
    assert backend.asked == 1
    now[0] += flaks_shared.AWAY_SECONDS
    assert shared.is_there
    shared.get("key")
    assert backend.asked == 2


def test_its_password_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Shared(Failing(RedisAway("Error 111 connecting to redis://:hunter2@cache:6379"))).get("key")
    assert "the shared cache is away (ConnectionError)" in caplog.text
    assert "hunter2" not in caplog.text


def test_an_error_of_our_own_is_not_taken_for_its_absence() -> None:
    with pytest.raises(ZeroDivisionError):
        Shared(Failing(ZeroDivisionError())).get("key")


def test_without_one_every_method_answers_as_an_empty_one_does() -> None:
    shared = Shared(None)
    shared.set("key", 1, 10)
    shared.delete("key")
    assert (shared.is_there, shared.get("key"), shared.add("key", 1, 10)) == (False, None, True)


def test_the_processs_own_memory_goes_on_while_the_shared_one_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    entry, away = Entry("x", 10, 20), Shared(Failing(RedisAway("gone")))
    with monkeypatch.context() as patched:
        patched.setattr(store, "shared", lambda: away)
        store.put("key", entry)
        assert store.get("key") == entry
        store.drop("key")
        assert store.get("key") is None
