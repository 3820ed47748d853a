"""The units of a key's day, as a caller meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from keys.held import HELD
from keys.models import ApiKey, KeyQuota
from keys.throttling import allowance_at
from tests.keys.caller import Caller

pytestmark = pytest.mark.urls("tests.keys.urls")

LAST_TENTH = datetime(2026, 11, 23, 23, 59, 59, 900_000, UTC)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIMIT_HEADERS = ("RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


@time_machine.travel(NOON, tick=False)
def test_each_answer_says_what_is_left(db: None) -> None:
    caller = Caller(3)
    left = [caller.get()["X-RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]


@time_machine.travel(NOON, tick=False)
def test_an_answer_carries_the_day_in_both_spellings(db: None) -> None:
    response = Caller(1000).get()
    assert response["RateLimit-Policy"] == '"daily";q=1000;w=86400'
    assert response["RateLimit"] == '"daily";r=999;t=43200'
    assert response["X-RateLimit-Limit"] == "1000"
    assert response["X-RateLimit-Remaining"] == "999"
    assert response["X-RateLimit-Reset"] == str(int(MIDNIGHT.timestamp()))


@time_machine.travel(NOON, tick=False)
def test_a_used_up_day_is_429_with_its_problem_and_when_to_come_back(db: None) -> None:
    caller = Caller(2)
    admitted = [caller.get().status_code for _ in range(2)]
    refused = caller.get()
    assert admitted == [200, 200]
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json() == {
        "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "title": "Daily quota exceeded",
        "status": 429,
        "detail": "2 calls per UTC day; resets at 2026-11-24T00:00:00Z",
        "code": "daily_quota_exceeded",
        "request_id": refused["X-Request-ID"],
        "violated-policies": ["daily"],
    }
    assert refused["Retry-After"] == "43200"
    assert refused["RateLimit"] == '"daily";r=0;t=43200'
    assert refused["X-RateLimit-Remaining"] == "0"
    assert caller.used() == 2


def test_a_key_of_no_calls_is_refused_at_once(db: None) -> None:
    caller = Caller(0)
    assert [caller.get().status_code for _ in range(2)] == [429, 429]
    assert caller.used() == 0


def test_an_unlimited_key_is_counted_and_told_no_limit(db: None) -> None:
    caller = Caller(None)
    responses = [caller.get() for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 200]
    assert not any(name in response for response in responses for name in LIMIT_HEADERS)
    assert caller.used() == 3


def test_the_day_ends_at_midnight_in_utc(db: None) -> None:
    caller = Caller(1)
    with time_machine.travel(LAST_TENTH, tick=False):
        assert caller.get().status_code == 200
        refused = caller.get()
        assert refused.status_code == 429
        assert refused["Retry-After"] == "1"
        assert refused["X-RateLimit-Reset"] == str(int(MIDNIGHT.timestamp()))
    with time_machine.travel(MIDNIGHT, tick=False):
        response = caller.get()
        assert response.status_code == 200
        assert response["RateLimit"] == '"daily";r=0;t=86400'


@pytest.mark.parametrize(("before", "seconds"), [(0.1, 1), (1.0, 1), (1.1, 2), (86400.0, 86400)])
def test_the_seconds_left_are_rounded_up(key: tuple[ApiKey, str], before: float, seconds: int) -> None:
    allowance = allowance_at(MIDNIGHT - timedelta(seconds=before), key[0], 1)
    assert allowance.seconds_left == seconds
    assert allowance.reset_at == MIDNIGHT


@pytest.mark.parametrize("case", ["503", "500", "outage"])
def test_a_failure_of_ours_gives_the_unit_back(db: None, case: str) -> None:
    caller = Caller(5)
    response = caller.get(f"/api/v1/broken?q={case}")
    assert response.status_code == (500 if case == "500" else 503)
    assert response["X-RateLimit-Remaining"] == "5"
    assert caller.used() == 0


def test_a_song_that_is_not_there_is_paid_for(db: None) -> None:
    caller = Caller(5)
    assert caller.get("/api/v1/broken?q=404")["X-RateLimit-Remaining"] == "4"
    assert caller.used() == 1


def test_no_more_than_twenty_units_a_day_are_given_back(db: None) -> None:
    caller = Caller(100)
    for _ in range(25):
        caller.get("/api/v1/broken?q=503")
    assert caller.used() == 5


def test_a_large_key_is_given_back_a_twentieth_of_its_day(db: None) -> None:
    key = Caller(1000).key
    today = datetime.now(UTC).date()
    KeyQuota.objects.spend(key.lineage, today, 1000)
    KeyQuota.objects.update(used=60)
    given = [KeyQuota.objects.give_back(key.lineage, today, 1000) for _ in range(51)]
    assert given == [True] * 50 + [False]
    assert KeyQuota.objects.used(key.lineage, today) == 10


def test_what_was_not_taken_is_not_given_back(key: tuple[ApiKey, str]) -> None:
    today = datetime.now(UTC).date()
    assert not KeyQuota.objects.give_back(key[0].lineage, today, 5)
    KeyQuota.objects.spend(key[0].lineage, today, 5)
    KeyQuota.objects.give_back(key[0].lineage, today, 5)
    assert not KeyQuota.objects.give_back(key[0].lineage, today, 5)
    assert KeyQuota.objects.used(key[0].lineage, today) == 0


def test_a_unit_goes_back_to_the_day_it_came_from(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(5)
    with time_machine.travel(LAST_TENTH, tick=False) as clock:
        caller.get()
        spend = KeyQuota.objects.used

        def used_then_midnight(*arguments: Any) -> int:
            taken = spend(*arguments)
            clock.move_to(MIDNIGHT + timedelta(seconds=1), tick=False)
            return taken

        monkeypatch.setattr(KeyQuota.objects, "used", used_then_midnight)
        caller.get("/api/v1/broken?q=503")
    assert spend(caller.key.lineage, LAST_TENTH.date()) == 1
    assert spend(caller.key.lineage, MIDNIGHT.date()) == 0


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/echo", 400, "invalid_request"),
        ("/api/v1/echo?q=", 400, "invalid_request"),
        ("/api/v1/echo?q=%00", 400, "invalid_request"),
        (f"/api/v1/echo?q={'x' * 201}", 400, "invalid_request"),
        ("/api/v1/nothing", 404, "not_found"),
    ],
)
def test_input_that_cannot_be_read_costs_nothing(db: None, path: str, status: int, code: str) -> None:
    caller = Caller(5)
    response = caller.get(path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert caller.used() == 0


def test_bad_input_names_its_parameter(db: None) -> None:
    body = Caller(5).get("/api/v1/echo").json()
    assert body["parameter"] == "q"
    assert body["detail"].startswith("q: ")


def test_bad_input_is_told_also_when_the_day_is_used_up(db: None) -> None:
    assert Caller(0).get("/api/v1/echo").status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "DISPATCH", "INITIAL", "X"])
def test_another_method_is_405_and_costs_nothing(db: None, method: str) -> None:
    caller = Caller(5)
    response = caller.client.generic(method, "/api/v1/echo?q=song")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in response["Allow"]
    assert caller.used() == 0


def test_a_head_request_is_a_call(db: None) -> None:
    caller = Caller(5)
    response = caller.client.head("/api/v1/echo?q=song")
    assert (response.status_code, response.content) == (200, b"")
    assert caller.used() == 1


def test_a_body_where_none_belongs_costs_nothing(db: None) -> None:
    caller = Caller(5)
    response = caller.client.generic("GET", "/api/v1/echo?q=song", b'{"q": "song"}', "application/json")
    assert (response.status_code, response.json()["parameter"]) == (400, "body")
    assert caller.used() == 0


def test_an_answer_that_cannot_be_accepted_costs_nothing(db: None) -> None:
    caller = Caller(5)
    response = caller.get(Accept="audio/mpeg")
    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")
    assert caller.used() == 0


def test_two_keys_of_one_lineage_share_a_day(db: None) -> None:
    caller = Caller(2)
    plain = ApiKey.objects.issue(name="successor", daily_limit=2, lineage=caller.key.lineage)[1]
    successor = Client(headers={"X-API-Key": plain})
    answers = [caller.get(), successor.get("/api/v1/echo?q=song"), caller.get()]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_two_keys_of_their_own_do_not(db: None) -> None:
    assert [Caller(1).get().status_code, Caller(1).get().status_code] == [200, 200]


def test_a_clock_that_steps_back_over_midnight_counts_for_the_day_that_it_shows(db: None) -> None:
    caller = Caller(2)
    with time_machine.travel(MIDNIGHT, tick=False):
        assert caller.get().status_code == 200
    with time_machine.travel(LAST_TENTH, tick=False):
        assert [caller.get().status_code for _ in range(3)] == [200, 200, 429]
    with time_machine.travel(MIDNIGHT, tick=False):
        assert [caller.get().status_code for _ in range(2)] == [200, 429]
    assert KeyQuota.objects.used(caller.key.lineage, LAST_TENTH.date()) == 2
    assert KeyQuota.objects.used(caller.key.lineage, MIDNIGHT.date()) == 2


@pytest.mark.parametrize("case", ["503", "500"])
def test_all_units_of_a_call_are_given_back(db: None, case: str) -> None:
    caller = Caller(50)
    caller.get("/api/v1/echo?q=one")
    assert caller.used() == 1
    assert caller.get(f"/api/v1/dear?q={case}")["X-RateLimit-Remaining"] == "49"
    assert caller.used() == 1


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "echo", 400), ("POST", "echo?q=x", 405)])
def test_a_call_that_is_refused_before_it_costs_anything_is_told_where_its_key_stands(
    db: None, no_time_passes: None, method: str, path: str, status: int
) -> None:
    caller = Caller(10, burst_limit=5)
    caller.get()
    refused = caller.client.generic(method, f"/api/v1/{path}")
    assert refused.status_code == status
    assert [name for name in LIMIT_HEADERS if name not in refused] == []
    assert (refused["X-RateLimit-Remaining"], caller.used()) == ("9", 1)
    assert refused["RateLimit"].startswith('"burst";r=3;t=1, "daily";r=9;t=')


def test_a_key_without_the_scope_is_told_where_it_stands_and_a_disabled_one_is_not(db: None) -> None:
    caller = Caller(10, scopes="metadata")
    forbidden = caller.get("/api/v1/scoped/search")
    assert (forbidden.status_code, forbidden["X-RateLimit-Remaining"]) == (403, "10")
    ApiKey.objects.filter(pk=caller.key.pk).update(enabled=False)
    HELD.clear()
    refused = caller.get()
    assert (refused.status_code, "RateLimit" in refused) == (401, False)
