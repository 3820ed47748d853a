"""Calls that may be made once more for nothing."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.test import Client

from keys import repeats
from keys.models import ApiKey
from keys.repeats import Repeats
from tests.keys.caller import Caller

LINEAGE = uuid.UUID(int=1)
SONG = "/api/v1/repeat?q=song"


def test_a_repeat_is_there_once_and_for_ten_minutes() -> None:
    held = Repeats()
    held.grant("song", "stream", 0.0)
    assert held.take("song", 599.0) == "stream"
    assert held.take("song", 599.0) is None
    held.grant("song", "prefetch", 0.0)
    assert held.take("song", 600.0) is None
    assert held.take("another", 0.0) is None


def test_few_repeats_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST", 2)
    held = Repeats()
    for name in ("a", "b", "c"):
        held.grant(name, "stream", 0.0)
    assert [held.take(name, 1.0) for name in ("a", "b", "c")] == [None, "stream", "stream"]


def test_of_many_who_ask_at_once_one_takes_the_repeat(memory: str) -> None:
    repeats.grant(LINEAGE, "song", "stream")
    found: list[str | None] = []
    together = threading.Barrier(8)

    def take() -> None:
        together.wait()
        found.append(repeats.take(LINEAGE, "song"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=str) == [None] * 7 + ["stream"]
    assert repeats.take(uuid.UUID(int=2), "song") is None


@pytest.mark.urls("tests.keys.urls")
class TestThroughTheApi:
    def test_every_second_call_for_one_song_is_free(self, db: None, memory: str) -> None:
        caller = Caller(10)
        left = [caller.get(SONG)["X-RateLimit-Remaining"] for _ in range(4)]
        assert left == ["9", "9", "8", "8"]
        assert caller.used() == 2

    def test_another_spelling_is_the_same_call_and_another_song_is_not(self, db: None) -> None:
        caller = Caller(10)
        for word in ("song", "SONG", "other"):
            caller.get(f"/api/v1/repeat?q={word}")
        assert caller.used() == 2

    def test_a_repeat_is_answered_also_when_the_day_is_used_up(self, db: None) -> None:
        caller = Caller(1)
        assert [caller.get(SONG).status_code for _ in range(3)] == [200, 200, 429]
        assert caller.used() == 1

    def test_a_repeat_of_another_key_is_not_free_and_of_its_successor_is(self, db: None) -> None:
        caller = Caller(10)
        caller.get(SONG)
        other = Caller(10)
        other.get(SONG)
        assert other.used() == 1
        plain = ApiKey.objects.issue(name="next", daily_limit=10, lineage=caller.key.lineage)[1]
        Client(headers={"X-API-Key": plain}).get(SONG)
        assert caller.used() == 1

    def test_a_repeat_that_is_not_answered_from_memory_is_paid_for(self, db: None) -> None:
        caller = Caller(10)
        for _ in range(2):
            caller.get("/api/v1/repeat?q=cold")
        assert caller.used() == 2

    def test_a_failure_of_ours_grants_nothing_and_takes_no_repeat(self, db: None) -> None:
        caller = Caller(10)
        assert [caller.get("/api/v1/repeat?q=away").status_code for _ in range(2)] == [503, 503]
        assert caller.used() == 0
        repeats.grant(caller.key.lineage, "away", "stream")
        caller.get("/api/v1/repeat?q=away")
        assert repeats.take(caller.key.lineage, "away") == "stream"

    @pytest.mark.usefixtures("no_time_passes")
    def test_a_repeat_takes_its_place_in_the_second(self, db: None) -> None:
        caller = Caller(10, burst_limit=1)
        assert [caller.get(SONG).status_code for _ in range(2)] == [200, 429]

    def test_what_was_paid_for_ahead_is_free_once_even_where_it_costs_effort(self, db: None) -> None:
        caller = Caller(10)
        caller.get("/api/v1/prepaid?q=cold+song")
        assert caller.used() == 2
        for word in ("cold", "song"):
            caller.get(f"/api/v1/repeat?q={word}")
        assert caller.used() == 2
        caller.get("/api/v1/repeat?q=cold")
        assert caller.used() == 3

    def test_a_call_of_many_units_is_taken_whole_or_not_at_all(self, db: None) -> None:
        caller = Caller(3)
        assert caller.get("/api/v1/prepaid?q=a+b+c+d").status_code == 429
        assert caller.used() == 0
        assert caller.get("/api/v1/prepaid?q=a+b+c").status_code == 200
        assert caller.used() == 3
