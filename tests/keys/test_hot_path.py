"""What a busy key costs: at most a tenth of a database round trip a call."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keys.held import HELD, Held
from keys.models import ApiKey
from tests.keys.caller import Caller

pytestmark = pytest.mark.urls("tests.keys.urls")

CALLS = 400


def test_four_hundred_calls_cost_at_most_forty_round_trips(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(100_000, burst_limit=100_000)
    for _ in range(30):
        caller.get()  # the key becomes busy
    with CaptureQueriesContext(connection) as queries:
        answers = {caller.get().status_code for _ in range(CALLS)}
    assert answers == {200}
    # One conditional update for each lease of 16; the key, and what others used, once a second.
    assert len(queries) <= CALLS * 0.1
    assert caller.used() == 30 + CALLS


def test_what_is_left_is_told_exactly_where_nobody_else_calls(db: None) -> None:
    caller = Caller(100_000)
    for calls in range(1, 60):
        left = int(caller.get()["X-RateLimit-Remaining"])
        assert 100_000 - calls - 15 <= left <= 100_000 - calls


def test_a_held_key_is_read_again_after_a_second(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    key = ApiKey.objects.issue(name="bot")[0]
    held = Held()
    assert held.get(key.digest) == key
    ApiKey.objects.update(enabled=False)
    now[0] += 0.99
    found = held.get(key.digest)
    assert found is not None
    assert found.enabled
    now[0] += 0.01
    found = held.get(key.digest)
    assert found is not None
    assert not found.enabled


def test_a_held_key_still_expires_at_its_moment(db: None) -> None:
    ends = datetime(2026, 12, 1, tzinfo=UTC)
    caller = Caller(10, expires_at=ends)
    with time_machine.travel("2026-11-30T23:59:59.9Z", tick=False):
        assert caller.get().status_code == 200
    with time_machine.travel(ends, tick=False):
        assert caller.get().json()["code"] == "key_expired"


def test_a_key_that_nobody_has_is_not_held(db: None) -> None:
    held = Held()
    assert held.get("0" * 64) is None
    assert not held._keys


def test_few_keys_are_held_at_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keys.held.MOST", 2)
    held = Held()
    for number in range(4):
        held.get(ApiKey.objects.issue(name=str(number))[0].digest)
    assert len(held._keys) == 2


def test_a_change_in_this_process_is_heeded_at_once(office: Client, db: None) -> None:
    caller = Caller(10)
    assert caller.get().status_code == 200
    assert HELD._keys
    office.post(f"/admin/keys/apikey/{caller.key.pk}/revoke/", {"reason": "leaked"})
    assert caller.get().json()["code"] == "key_revoked"
