"""What was called, counted and written in batches."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from keys import series, usage
from keys.counting import outcome_of
from keys.latency import BOUNDS_MS, BUCKETS, bucket_of, percentile
from keys.models import ApiKey, UsageStat
from keys.usage import USAGE, Row, Usage
from tests.keys.caller import Caller
from tests.keys.roundtrips import UNIT, RoundTrips
from tests.keys.standstill import one_moment

TODAY = date(2026, 11, 23)
ALICE, BOB = uuid.UUID(int=1), uuid.UUID(int=2)


def row(lineage: uuid.UUID = ALICE, **fields: str) -> Row:
    return Row(TODAY, lineage, **{"group": "search", "outcome": "ok", "source": "jiosaavn", **fields})


def written() -> dict[tuple[str, str, str, str], int]:
    """Calls by whose, group, outcome and source."""
    names = {None: "site", ALICE: "alice", BOB: "bob"}
    return {
        (names[stat.lineage], stat.group, stat.outcome, stat.source): stat.calls for stat in UsageStat.objects.all()
    }


def test_calls_are_added_up_by_key_and_for_the_site(db: None) -> None:
    counted = Usage()
    for lineage, fields in ((ALICE, {}), (ALICE, {}), (ALICE, {"outcome": "cached"}), (BOB, {})):
        counted.count(row(lineage, **fields), 3.0)
    assert not UsageStat.objects.exists()
    counted.flush()
    assert written() == {
        ("alice", "search", "ok", "jiosaavn"): 2,
        ("alice", "search", "cached", "jiosaavn"): 1,
        ("bob", "search", "ok", "jiosaavn"): 1,
        ("site", "search", "ok", "jiosaavn"): 3,
        ("site", "search", "cached", "jiosaavn"): 1,
        ("alice", "", "", ""): 3,
        ("bob", "", "", ""): 1,
    }


def test_a_later_flush_and_another_process_add_to_the_same_rows(db: None) -> None:
    for counted in (first := Usage(), first, Usage()):
        counted.count(row(), 3.0)
        counted.flush()
    assert written()["alice", "search", "ok", "jiosaavn"] == 3
    assert UsageStat.objects.count() == 3


def test_a_thousand_calls_of_fifty_keys_are_written_with_few_queries(db: None) -> None:
    counted = Usage()
    counted.count(row(), 3.0)
    counted.flush()
    for number in range(1000):
        counted.count(row(uuid.UUID(int=number % 50 + 1)), float(number))
    with CaptureQueriesContext(connection) as queries:
        counted.flush()
    assert len([query for query in queries if "usage_stats" in query["sql"]]) <= 3  # of 101 rows
    assert UsageStat.objects.get(outcome="ok", lineage=ALICE).calls == 21
    assert UsageStat.objects.get(outcome="ok", lineage=None).calls == 1001
    assert UsageStat.objects.count() == 101


def test_rows_that_were_written_before_the_database_went_away_are_not_written_twice(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, add = Usage(), type(UsageStat.objects.all()).add
    written_first: list[int] = []
    for number in range(100):
        counted.count(row(uuid.UUID(int=number + 1)), 3.0)

    def once(rows: Any, part: Any) -> None:
        if written_first:
            failing()
        written_first.append(len(part))
        add(rows, part)

    with monkeypatch.context() as away:
        away.setattr(usage, "at_once", lambda _model: 40)
        away.setattr(type(UsageStat.objects.all()), "add", once)
        counted.flush()
    assert written_first == [40]
    assert UsageStat.objects.count() == 40
    counted.flush()
    assert UsageStat.objects.count() == 201  # each key's row and day, and the site's
    assert set(UsageStat.objects.exclude(lineage=None).values_list("calls", flat=True)) == {1}
    assert UsageStat.objects.get(lineage=None).calls == 100


def test_a_flush_of_nothing_asks_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        Usage().flush()
    assert not [query for query in queries if "usage_stats" in query["sql"]]


def test_what_could_not_be_written_waits_and_is_written_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Usage()
    counted.count(row(), 3.0)
    with monkeypatch.context() as away:
        away.setattr(type(UsageStat.objects.all()), "add", failing)
        counted.flush()
    counted.count(row(), 3.0)
    counted.flush()
    assert written() == {
        ("alice", "search", "ok", "jiosaavn"): 2,
        ("site", "search", "ok", "jiosaavn"): 2,
        ("alice", "", "", ""): 2,
    }


def failing(*_arguments: Any) -> None:
    raise OperationalError("the database is away")


def test_a_database_that_stays_away_fills_no_memory(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "MOST", 3)
    counted = Usage()
    for number in range(10):
        counted.count(row(uuid.UUID(int=number)), 3.0)
    assert len(counted._counts) == 3


@pytest.mark.django_db(transaction=True)
def test_threads_lose_no_call() -> None:
    counted, together = Usage(), threading.Barrier(4)

    def work() -> None:
        together.wait()
        for turn in range(200):
            counted.count(row(), 3.0)
            if turn % 50 == 0:
                counted.flush()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted.flush()
    assert UsageStat.objects.get(outcome="ok", lineage=ALICE).calls == 800


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, {}, "ok"),
        (200, {"cached": False}, "ok"),
        (200, {"cached": True}, "cached"),
        (302, {}, "ok"),
        (206, {}, "ok"),
        (404, {"code": "no_match"}, "no_match"),
        (404, {"code": "not_found"}, "client_error"),
        (400, {"code": "invalid_request"}, "client_error"),
        (429, {"code": "burst_limit"}, "limited"),
        (500, {}, "failure"),
        (503, {"code": "sources_blocked"}, "failure"),
    ],
)
def test_an_answer_ends_in_one_of_six_ways(status: int, body: dict[str, Any], outcome: str) -> None:
    assert outcome_of(status, body) == outcome


@given(st.floats(0, 1e6))
def test_a_time_lies_in_its_bucket(ms: float) -> None:
    number = bucket_of(ms)
    assert 0 <= number < BUCKETS
    assert number == BUCKETS - 1 or ms <= BOUNDS_MS[number]
    assert number == 0 or ms > BOUNDS_MS[number - 1]


@given(st.lists(st.floats(0, 9000), min_size=1, max_size=200), st.sampled_from([0.5, 0.95]))
def test_a_percentile_lies_in_the_bucket_of_the_true_one(times: list[float], share: float) -> None:
    counts = Counter(map(bucket_of, times))
    found = percentile([counts[number] for number in range(BUCKETS)], share)
    rank = max(0, -int(-len(times) * share // 1) - 1)
    true = bucket_of(sorted(times)[rank])
    low = BOUNDS_MS[true - 1] if true else 0
    high = BOUNDS_MS[true] if true < len(BOUNDS_MS) else 10_000
    assert found is not None
    assert low <= found <= high


def test_nothing_has_no_percentile() -> None:
    assert percentile([0] * BUCKETS, 0.5) is None


@pytest.mark.urls("tests.keys.urls")
class TestThroughTheApi:
    def counted(self) -> set[tuple[str, str, int]]:
        USAGE.flush()
        return {(stat.group, stat.outcome, stat.calls) for stat in UsageStat.objects.of_site(date(2000, 1, 1))}

    def test_each_call_of_a_key_is_counted_as_it_ended(self, db: None) -> None:
        caller = Caller(7)
        for path in ("echo?q=x", "echo?q=x", "echo", "broken?q=404", "broken?q=503", "scoped/stream?q=x", "repeat?q=x"):
            caller.get(f"/api/v1/{path}")
        caller.get("/api/v1/prepaid?q=a+b+c+d+e+f")
        assert self.counted() == {
            ("other", "ok", 2),
            ("other", "client_error", 1),
            ("other", "no_match", 1),
            ("other", "failure", 1),
            ("other", "cached", 1),
            ("other", "limited", 1),
            ("stream", "ok", 1),
        }

    def test_counting_costs_the_call_no_query(self, db: None) -> None:
        caller = Caller(1000)
        with one_moment():
            caller.get()
            with RoundTrips() as asked:
                caller.get()
        asked.are(UNIT)

    def test_a_call_without_a_key_or_with_a_wrong_one_is_nobodys(self, db: None) -> None:
        disabled = ApiKey.objects.issue(name="off", enabled=False)[1]
        for headers in ({}, {"X-API-Key": "nonsense"}, {"X-API-Key": disabled}):
            Client().get("/api/v1/echo?q=x", headers=headers)
        assert self.counted() == set()

    def test_a_play_link_is_counted_for_its_key(self, db: None) -> None:
        caller = Caller(1)
        token, _ = caller.key.play_token("jiosaavn:abc", 320, "redirect", datetime.now(UTC))
        Client().get(f"/play/counted/{token}")
        assert self.counted() == {("play", "ok", 1)}
        assert UsageStat.objects.days_of_key(caller.key.lineage, date(2000, 1, 1)).get().calls == 1

    def test_a_key_and_its_successor_are_counted_together(self, db: None) -> None:
        caller = Caller(10)
        plain = ApiKey.objects.issue(name="next", lineage=caller.key.lineage)[1]
        caller.get()
        Client().get("/api/v1/echo?q=x", headers={"X-API-Key": plain})
        USAGE.flush()
        assert UsageStat.objects.days_of_key(caller.key.lineage, date(2000, 1, 1)).get().calls == 2


def test_a_series_has_every_day_and_adds_up_what_ended_alike(db: None) -> None:
    key = ApiKey.objects.issue(name="bot")[0]
    counted = Usage()
    for outcome, ms in (("ok", 3.0), ("cached", 1.5), ("no_match", 700.0)):
        counted.count(row(key.lineage, outcome=outcome), ms)
    counted.flush()
    days = series.of_key(key, TODAY + timedelta(days=1), 3)
    assert [day.calls for day in days] == [0, 3, 0]
    assert days[1].as_json() == {
        "day": "2026-11-23",
        "calls": 3,
        "used": 0,
        "outcomes": {"cached": 1, "no_match": 1, "ok": 1},
        "groups": {"search": 3},
        "p50_ms": 4,
        "p95_ms": 925,
    }
    assert [day.calls for day in series.of_site(TODAY, 1)] == [3]
