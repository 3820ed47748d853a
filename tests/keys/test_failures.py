"""Who tries keys that nobody has."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from keys import failures, tokens
from keys.models import ApiKey
from tests.conftest import Answer

pytestmark = pytest.mark.urls("tests.keys.urls")

ECHO = "/api/v1/echo?q=song"
NOON = "2026-11-23T12:00:20Z"
Key = tuple[ApiKey, str]


def try_key(plain: str, address: str = "203.0.113.7") -> Answer:
    return Client().get(ECHO, headers={"X-API-Key": plain}, REMOTE_ADDR=address)


def guess(times: int, address: str = "203.0.113.7") -> list[int]:
    return [try_key(tokens.make_key(), address).status_code for _ in range(times)]


@travel(NOON, tick=False)
def test_past_sixty_unknown_keys_a_minute_an_address_is_refused_without_a_query(db: None, memory: str) -> None:
    assert guess(60) == [401] * 60
    with CaptureQueriesContext(connection) as queries:
        refused = try_key(tokens.make_key())
    assert len(queries) == 0
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_failures")
    assert refused["Retry-After"] == "40"
    assert guess(1, "203.0.113.8") == [401]


def test_the_next_minute_is_a_new_one(db: None, memory: str) -> None:
    with travel(NOON, tick=False):
        assert guess(61)[-1] == 429
    with travel("2026-11-23T12:01:00Z", tick=False):
        assert guess(1) == [401]


@travel(NOON, tick=False)
def test_a_key_that_opened_here_of_late_is_never_refused_for_its_neighbours(key: Key) -> None:
    assert try_key(key[1]).status_code == 200
    guess(60)
    assert try_key(key[1]).status_code == 200
    stranger = ApiKey.objects.issue(name="stranger")[1]
    assert try_key(stranger).status_code == 429
    assert try_key(stranger, "203.0.113.8").status_code == 200


def test_a_key_that_opened_ten_minutes_ago_is_no_exception() -> None:
    held = failures.Failures()
    held.accept("digest", 0.0)
    assert held.was_accepted("digest", 599.0)
    assert not held.was_accepted("digest", 600.0)


@travel(NOON, tick=False)
def test_malformed_disabled_and_missing_keys_are_not_counted(key: Key) -> None:
    ApiKey.objects.update(enabled=False)
    for _ in range(70):
        try_key("flk_live_nonsense")
        try_key(key[1])
        Client().get(ECHO, REMOTE_ADDR="203.0.113.7")
    assert guess(1) == [401]


@travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
    ],
)
def test_addresses_that_one_caller_has_are_counted_together(first: str, second: str, shared: bool) -> None:
    for _ in range(60):
        failures.count(first)
    assert failures.seconds_to_wait(first) == 40
    assert (failures.seconds_to_wait(second) == 40) is shared


def test_few_addresses_and_keys_are_remembered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "MOST", 2)
    held = failures.Failures()
    for number in range(5):
        held.count(str(number), 0)
        held.accept(str(number), 0.0)
    assert (len(held._counts), len(held._accepted)) == (2, 2)
