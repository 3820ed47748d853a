"""How sources have answered lately."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from music import health
from music.domain import Outcome
from music.health import Figures, Health, health_of


def test_of_a_source_that_was_never_asked_nothing_is_said() -> None:
    assert Health().figures() == Figures(0, None, None, None)
    assert (Health().last_success, Health().last_canary) == (None, None)


def test_one_call_is_its_own_median() -> None:
    record = Health()
    record.note("ok", 120)
    assert record.figures() == Figures(1, 120, 120, 1.0)


def test_half_are_quicker_than_p50_and_one_in_twenty_is_slower_than_p95() -> None:
    record = Health()
    for ms in range(1, 101):
        record.note("ok", ms)
    found = record.figures()
    assert (found.calls, found.p50_ms, found.p95_ms) == (100, 50, 95)


@pytest.mark.parametrize(
    ("outcome", "success"),
    [("ok", 1.0), ("no_match", 1.0), ("timeout", 0.0), ("error", 0.0), ("blocked", 0.0), ("rate_limited", 0.0)],
)
def test_a_service_that_knows_no_such_song_has_answered(outcome: Outcome, success: float) -> None:
    record = Health()
    before = time.time()
    record.note(outcome, 5)
    assert record.figures().success == success
    assert (record.last_success is not None) == (success == 1.0)
    assert record.last_success is None or before <= record.last_success <= time.time()


def test_a_failure_leaves_the_last_success_as_it_was() -> None:
    record = Health()
    record.note("ok", 5)
    before = record.last_success
    record.note("timeout", 5)
    assert record.last_success == before
    assert record.figures().success == 0.5


def test_calls_of_a_quarter_of_an_hour_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(health, "time", SimpleNamespace(monotonic=lambda: now, time=time.time))
    record = Health()
    record.note("timeout", 5000)
    now += health.WINDOW_SECONDS - 1
    record.note("ok", 10)
    assert record.figures().calls == 2
    now += 2
    assert record.figures() == Figures(1, 10, 10, 1.0)


def test_only_so_many_calls_are_kept() -> None:
    record = Health()
    for _ in range(health.MOST_CALLS * 3):
        record.note("ok", 1)
    assert record.figures().calls == health.MOST_CALLS


def test_the_last_canary_is_kept_with_what_was_wrong() -> None:
    record = Health()
    record.note_canary("search: HTTP 403")
    assert record.last_canary is not None
    assert (record.last_canary.sang, record.last_canary.reason) == (False, "search: HTTP 403")
    record.note_canary("")
    assert (record.last_canary.sang, record.last_canary.reason) == (True, "")


def test_each_source_has_a_record_of_its_own() -> None:
    health_of("jiosaavn").note("ok", 1)
    assert health_of("jiosaavn").figures().calls == 1
    assert health_of("youtube").figures().calls == 0
