"""The hour's budget and the pause after a refusal, on a clock that the tests move."""

from __future__ import annotations

import pytest

from music.sources.base import BadAnswer, NotPlayable, SourceBlocked, SourceError, SourceRateLimited, SourceTimeout
from music.sources.youtube.errors import SessionLimited
from music.sources.youtube.limits import Budget, refused


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("music.sources.youtube.limits.time.monotonic", lambda: now[0])
    return now


def test_the_budget_is_of_any_hour_not_of_the_clocks(clock: list[float]) -> None:
    budget = Budget(3)
    for _ in range(3):
        budget.spend()
        clock[0] += 600
    with pytest.raises(SourceRateLimited):
        budget.spend()
    clock[0] += 1800  # an hour after the first
    budget.spend()
    with pytest.raises(SourceRateLimited):
        budget.spend()


@pytest.mark.parametrize(
    ("error", "seconds"),
    [(SourceBlocked("x"), 600), (SourceRateLimited("x"), 600), (SessionLimited("x"), 3600)],
)
def test_a_refusal_says_for_how_long_the_audio_is_left_alone(error: SourceError, seconds: int) -> None:
    assert refused(error)
    assert (error.part, error.rest_seconds) == ("audio", seconds)


@pytest.mark.parametrize("error", [BadAnswer("x"), NotPlayable("x", "private"), SourceTimeout("x")])
def test_nothing_else_is_a_refusal(error: SourceError) -> None:
    assert not refused(error)
    assert error.rest_seconds == 0


@pytest.mark.parametrize(("hourly", "share"), [(300, 150), (3, 1), (1, 1)])
def test_each_process_has_its_share_of_the_budget(hourly: int, share: int) -> None:
    budget = Budget.of_process(hourly)
    for _ in range(share):
        budget.spend()
    with pytest.raises(SourceRateLimited):
        budget.spend()
