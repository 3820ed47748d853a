"""What a busy key costs: at most a tenth of a database round trip a call."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from keys.held import HELD
from keys.leases import LEASES
from tests.keys.caller import Caller
from tests.keys.pages import page_of, step_form
from tests.keys.roundtrips import CHANGES, CLOCK, KEY, UNIT, USED_OF_SQLITE, RoundTrips

pytestmark = pytest.mark.urls("tests.keys.urls")

CALLS = 400


def test_four_hundred_calls_cost_at_most_forty_round_trips(db: None) -> None:
    caller = Caller(100_000, burst_limit=100_000)
    for _ in range(30):
        caller.get()  # the key becomes busy
    with RoundTrips() as asked:
        answers = {caller.get().status_code for _ in range(CALLS)}
    assert answers == {200}
    # A unit for each lease of 16; once a second, what has changed and what others used.
    assert len(asked) <= CALLS * 0.1, asked.asked
    assert caller.used() == 30 + CALLS


def test_a_key_that_calls_now_and_then_costs_its_unit_and_what_others_used(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, now = Caller(100_000), [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(LEASES, "_clock", lambda: now[0])
    for calls in range(1, 40):
        now[0] += 7  # the key is held, nothing is leased
        LEASES.return_dead()
        with RoundTrips() as asked:
            assert caller.get().status_code == 200
        asked.are(*([CHANGES, CLOCK, KEY] if calls == 1 else [CLOCK, CHANGES]), UNIT, USED_OF_SQLITE)
    assert caller.used() == 39


def test_what_is_left_is_told_exactly_where_nobody_else_calls(db: None) -> None:
    caller = Caller(100_000)
    for calls in range(1, 60):
        left = int(caller.get()["X-RateLimit-Remaining"])
        assert 100_000 - calls - 15 <= left <= 100_000 - calls


def test_a_held_key_still_expires_at_its_moment(db: None) -> None:
    ends = datetime(2026, 12, 1, tzinfo=UTC)
    caller = Caller(10, expires_at=ends)
    with time_machine.travel("2026-11-30T23:59:59.9Z", tick=False):
        assert caller.get().status_code == 200
    with time_machine.travel(ends, tick=False):
        assert caller.get().json()["code"] == "key_expired"


def test_a_change_in_this_process_is_heeded_at_once(office: Client, db: None) -> None:
    caller = Caller(10)
    assert caller.get().status_code == 200
    assert HELD._keys
    office.post(page_of(caller.key, "revoke"), step_form(office, caller.key, "revoke", reason="leaked"))
    assert caller.get().json()["code"] == "key_revoked"
