"""GET /api/v1/usage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from keys.models import ApiKey, KeyQuota, UsageStat
from tests.keys.caller import Caller
from tests.keys.standstill import one_moment

URL = "/api/v1/usage"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def body_of(caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = caller.get(URL).json()
    return found


@time_machine.travel(NOON, tick=False)
def test_it_tells_where_the_key_stands(db: None) -> None:
    caller = Caller(100, scopes="search", expires_at=NOON + timedelta(days=1))
    for day, units in ((NOON.date(), 3), (date(2026, 11, 20), 7), (date(2026, 10, 1), 9)):
        KeyQuota.objects.spend(caller.key.lineage, day, None, units)
    UsageStat.objects.add({(date(2026, 11, 22), caller.key.lineage, "", "", ""): {0: 4}})
    assert body_of(caller) == {
        "key": {
            "name": "bot",
            "hint": caller.key.hint,
            "scopes": ["search"],
            "expires_at": "2026-11-24T12:00:00Z",
        },
        "limit": 100,
        "used": 3,
        "remaining": 97,
        "reset": "2026-11-24T00:00:00Z",
        "days": [
            {"day": "2026-11-20", "calls": 0, "used": 7},
            {"day": "2026-11-22", "calls": 4, "used": 0},
            {"day": "2026-11-23", "calls": 0, "used": 3},
        ],
    }


def test_an_unlimited_key_has_no_remainder(db: None) -> None:
    body = body_of(Caller(None))
    assert (body["limit"], body["remaining"], body["used"], body["days"]) == (None, None, 0, [])


def test_asking_costs_nothing_and_is_answered_when_the_day_is_used_up(db: None) -> None:
    caller = Caller(0)
    assert [caller.get(URL).status_code for _ in range(3)] == [200, 200, 200]
    assert caller.used() == 0


def test_another_keys_use_is_not_told(db: None) -> None:
    other = Caller(10)
    KeyQuota.objects.spend(other.key.lineage, datetime.now(UTC).date(), None)
    assert body_of(Caller(10))["days"] == []


def test_a_limit_that_was_lowered_below_the_use_leaves_nothing(db: None) -> None:
    caller = Caller(10)
    KeyQuota.objects.spend(caller.key.lineage, datetime.now(UTC).date(), None, 9)
    ApiKey.objects.update(daily_limit=5)
    body = body_of(caller)
    assert (body["limit"], body["used"], body["remaining"]) == (5, 9, 0)


@pytest.mark.parametrize("path", [URL, f"{URL}/"])
def test_it_answers_with_and_without_a_slash(db: None, path: str) -> None:
    assert Caller(1).get(path).status_code == 200


def test_without_a_key_or_with_a_body_it_is_refused(db: None) -> None:
    assert Client().get(URL).json()["code"] == "key_missing"
    assert Caller(1).client.post(URL).status_code == 405
    assert Caller(1).client.generic("GET", URL, b"{}", "application/json").status_code == 400


def test_one_query_answers_it_where_the_key_was_read_within_a_second(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller = Caller(10)
    with one_moment():
        caller.get(URL)
        with django_assert_num_queries(2):  # the days' units; the days' calls
            caller.get(URL)
