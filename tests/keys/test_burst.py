"""The calls that a key has in a second."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from flaks.shared import shared
from keys import buckets
from keys.buckets import Buckets
from keys.models import ApiKey
from tests.keys.caller import Caller

NAME = uuid.UUID(int=1)
ECHO = "/api/v1/echo?q=song"


def taken(bucket: Buckets, most: int, now: float, calls: int) -> int:
    """How many of so many calls at once were admitted."""
    return sum(bucket.take(NAME, most, now).admitted for _ in range(calls))


def test_a_bucket_is_full_at_first_and_fills_again_within_a_second() -> None:
    bucket = Buckets()
    assert taken(bucket, 5, 100.0, 9) == 5
    assert taken(bucket, 5, 100.1, 9) == 0
    assert taken(bucket, 5, 100.2, 9) == 1
    assert taken(bucket, 5, 100.85, 9) == 3
    assert taken(bucket, 5, 500.0, 9) == 5


def test_a_clock_that_steps_back_gives_nothing() -> None:
    bucket = Buckets()
    assert taken(bucket, 5, 100.0, 9) == 5
    assert taken(bucket, 5, 90.0, 9) == 0


def test_a_bucket_says_how_many_are_left() -> None:
    bucket = Buckets()
    assert [bucket.take(NAME, 2, 0.0).left for _ in range(3)] == [1, 0, 0]


def test_a_lower_limit_holds_at_once() -> None:
    bucket = Buckets()
    bucket.take(NAME, 100, 0.0)
    assert taken(bucket, 2, 0.0, 9) == 2


@given(st.integers(1, 20), st.lists(st.floats(0, 3), max_size=60))
def test_no_second_sees_more_than_twice_the_limit_and_no_span_more_than_its_share(most: int, gaps: list[float]) -> None:
    bucket, now, admitted = Buckets(), 0.0, 0
    for gap in gaps:
        now += gap
        admitted += bucket.take(NAME, most, now).admitted
    assert admitted <= most + now * most + 1e-6


def test_few_buckets_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST", 3)
    bucket = Buckets()
    for number in range(10):
        bucket.take(uuid.UUID(int=number), 5, 0.0)
    assert len(bucket._held) == 3


def test_many_threads_take_no_more_than_there_are(memory: str) -> None:
    admitted: list[bool] = []
    together = threading.Barrier(8)

    def call() -> None:
        together.wait()
        admitted.extend(buckets.take(NAME, 5).admitted for _ in range(5))

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 5 <= sum(admitted) < 20


def test_a_redis_that_goes_away_leaves_the_process_to_count_for_itself(redis_server: None) -> None:
    assert buckets.take(NAME, 1) == buckets.Taken(True, 0)
    assert buckets.take(NAME, 1) == buckets.Taken(False, 0)
    assert not buckets.BUCKETS._held
    shared()._away_until = float("inf")
    assert buckets.take(NAME, 1) == buckets.Taken(True, 0)


@pytest.mark.urls("tests.keys.urls")
class TestThroughTheApi:
    @pytest.mark.usefixtures("no_time_passes")
    def test_more_calls_than_a_second_has_are_429_and_cost_no_unit(self, db: None, memory: str) -> None:
        caller = Caller(100, burst_limit=2)
        answers = [caller.get() for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        refused = answers[2]
        assert refused.json() == {
            "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
            "title": "Burst limit exceeded",
            "status": 429,
            "detail": "2 calls per second",
            "code": "burst_limit",
            "request_id": refused["X-Request-ID"],
            "violated-policies": ["burst"],
        }
        assert (refused["Retry-After"], refused["RateLimit"]) == ("1", '"burst";r=0;t=1')
        assert caller.used() == 2

    def test_each_answer_says_what_is_left_of_both(self, db: None) -> None:
        answer = Caller(100, burst_limit=20).get()
        assert answer["RateLimit-Policy"] == '"burst";q=20;w=1, "daily";q=100;w=86400'
        assert answer["RateLimit"].startswith('"burst";r=19;t=1, "daily";r=99;t=')

    def test_an_unlimited_day_still_has_its_seconds(self, db: None) -> None:
        answer = Caller(None, burst_limit=3).get()
        assert (answer["RateLimit-Policy"], answer["RateLimit"]) == ('"burst";q=3;w=1', '"burst";r=2;t=1')
        assert "X-RateLimit-Limit" not in answer

    @pytest.mark.usefixtures("no_time_passes")
    @pytest.mark.parametrize(
        ("path", "fields", "status"),
        [
            ("/api/v1/echo", {}, 400),
            ("/api/v1/scoped/stream?q=x", {"scopes": "search"}, 403),
            (ECHO, {"addresses": "203.0.113.0/24"}, 403),
        ],
    )
    def test_a_call_that_is_refused_before_its_work_takes_its_place_and_no_unit(
        self, db: None, path: str, fields: dict[str, Any], status: int
    ) -> None:
        caller = Caller(100, burst_limit=2, **fields)
        assert [caller.get(path).status_code for _ in range(2)] == [status, status]
        assert buckets.BUCKETS.take(caller.key.lineage, 2, 0.0).admitted is False
        assert caller.used() == 0

    @pytest.mark.usefixtures("no_time_passes")
    def test_a_key_and_its_successor_share_their_seconds(self, db: None) -> None:
        caller = Caller(100, burst_limit=1)
        plain = ApiKey.objects.issue(name="next", burst_limit=1, lineage=caller.key.lineage)[1]
        assert caller.get().status_code == 200
        assert Client(headers={"X-API-Key": plain}).get(ECHO).status_code == 429

    def test_two_keys_of_their_own_do_not(self, db: None) -> None:
        assert [Caller(100, burst_limit=1).get().status_code for _ in range(2)] == [200, 200]
