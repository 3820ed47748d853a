"""The hour's budget and the pause after a refusal, on a clock that the tests move."""

from __future__ import annotations

import pytest

from flaks import gunicorn_conf
from music.sources.base import BadAnswer, NotPlayable, SourceBlocked, SourceRateLimited, SourceTimeout
from music.sources.youtube.errors import SessionLimited
from music.sources.youtube.limits import WORKERS, Budget, Circuit


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
def test_a_refusal_opens_it_for_a_while(
    clock: list[float], error: SourceBlocked | SourceRateLimited, seconds: int
) -> None:
    circuit = Circuit()
    assert circuit.note(error)
    clock[0] += seconds - 1
    with pytest.raises(type(error)):
        circuit.check()
    clock[0] += 1
    circuit.check()


@pytest.mark.parametrize("error", [BadAnswer("x"), NotPlayable("x", "private"), SourceTimeout("x")])
def test_nothing_else_opens_it(clock: list[float], error: BadAnswer) -> None:
    circuit = Circuit()
    assert not circuit.note(error)
    circuit.check()


def test_a_weaker_refusal_does_not_shorten_the_pause(clock: list[float]) -> None:
    circuit = Circuit()
    circuit.note(SessionLimited("an hour"))
    clock[0] += 1
    assert circuit.note(SourceRateLimited("in flight"))
    clock[0] += 3598
    with pytest.raises(SessionLimited, match="an hour"):
        circuit.check()
    clock[0] += 1
    circuit.check()


def test_a_stronger_refusal_lengthens_the_pause(clock: list[float]) -> None:
    circuit = Circuit()
    circuit.note(SourceBlocked("ten minutes"))
    circuit.note(SessionLimited("an hour"))
    clock[0] += 3599
    with pytest.raises(SessionLimited):
        circuit.check()


@pytest.mark.parametrize(("hourly", "share"), [(300, 150), (3, 1), (1, 1)])
def test_each_process_has_its_share_of_the_budget(hourly: int, share: int) -> None:
    budget = Budget.of_process(hourly)
    for _ in range(share):
        budget.spend()
    with pytest.raises(SourceRateLimited):
        budget.spend()


def test_there_are_as_many_shares_as_the_server_has_processes() -> None:
    assert gunicorn_conf.workers == WORKERS
