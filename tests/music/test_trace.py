"""Steps of an answer: what is noted of them, and what counts for or against the service."""

from __future__ import annotations

import threading

import pytest

from music.breaker import IN_A_ROW, breaker_for
from music.deadline import Deadline
from music.domain import Attempt, Outcome
from music.health import health_of
from music.sources.base import (
    BadAnswer,
    NotPlayable,
    SourceBlocked,
    SourceError,
    SourceRateLimited,
    SourceTimeout,
    SourceUnreachable,
)
from music.trace import SourcesFailed, Trace, Unknown, Unplayed, gives_up
from tests.music.conftest import eventually

PATIENCE = 5.0  # seconds that a test waits for what has to come


@pytest.fixture
def trace() -> Trace:
    return Trace(Deadline.after(5000))


def asked(trace: Trace, error: Exception | None = None, source: str = "jiosaavn") -> str:
    def call() -> str:
        if error is not None:
            raise error
        return "a song"

    return trace.ask(source, "search", call, len_told)


def len_told(answer: str) -> str:
    return f"{len(answer)} letters"


def noted(trace: Trace) -> list[tuple[str, Outcome, str]]:
    return [(attempt.source, attempt.outcome, attempt.detail) for attempt in trace.attempts]


def test_an_answer_is_noted_with_what_it_holds(trace: Trace) -> None:
    assert asked(trace) == "a song"
    assert noted(trace) == [("jiosaavn", "ok", "search: 6 letters")]
    assert health_of("jiosaavn").figures().success == 1.0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SourceBlocked("HTTP 403"), "blocked"),
        (SourceRateLimited("HTTP 429"), "rate_limited"),
        (SourceTimeout("no answer in time"), "timeout"),
        (SourceUnreachable("no connection"), "error"),
        (BadAnswer("not JSON"), "error"),
    ],
)
def test_an_error_is_noted_as_what_it_is(trace: Trace, error: SourceError, outcome: Outcome) -> None:
    with pytest.raises(type(error)):
        asked(trace, error)
    assert noted(trace) == [("jiosaavn", outcome, f"search: {error}")]
    assert health_of("jiosaavn").figures().success == 0.0


def test_an_error_that_nobody_foresaw_is_one_of_the_source(trace: Trace, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SourceError, match="internal error"):
        asked(trace, KeyError("token=hunter2"))
    assert noted(trace) == [("jiosaavn", "error", "search: internal error")]
    assert "jiosaavn: search failed" in caplog.text


def test_a_silent_service_is_not_waited_for_past_the_deadline() -> None:
    trace, told = Trace(Deadline.after(300)), threading.Event()
    with pytest.raises(SourceTimeout):
        trace.ask("jiosaavn", "search", lambda: told.wait(PATIENCE), str)
    told.set()
    assert noted(trace) == [("jiosaavn", "timeout", "search: no answer in time")]


def test_a_service_that_there_is_no_time_for_is_not_asked_and_not_blamed() -> None:
    calls: list[str] = []
    for _ in range(IN_A_ROW * 2):
        trace = Trace(Deadline.after(0))
        with pytest.raises(SourceTimeout):
            trace.ask("youtube", "search", lambda: calls.append("asked"), str)
        assert noted(trace) == [("youtube", "timeout", "search: no time was left to ask")]
    assert calls == []
    assert breaker_for("youtube", "search").rest is None
    assert health_of("youtube").figures().calls == 0


def test_one_that_is_left_alone_is_skipped_with_what_closed_it(trace: Trace) -> None:
    breaker_for("jiosaavn", "search").open(SourceBlocked("HTTP 403", 600))
    with pytest.raises(SourceError):
        asked(trace)
    [attempt] = trace.attempts
    assert (attempt.outcome, attempt.cause) == ("skipped", "blocked")
    assert health_of("jiosaavn").figures().calls == 0


def test_a_call_that_was_outrun_and_answers_after_all_is_not_held_against_the_service() -> None:
    for _ in range(IN_A_ROW * 2):
        trace, told = Trace(Deadline.after(5000)), threading.Event()
        pending = trace.begin("jiosaavn", "search", lambda done=told: done.wait(PATIENCE), str)  # type: ignore[misc]
        pending.outrun()
        assert [attempt.outcome for attempt in trace.attempts] == ["timeout"]
        told.set()
        eventually(pending.future.done)
    assert breaker_for("jiosaavn", "search").rest is None


def test_nor_is_one_that_was_given_too_little_time_and_answers_after_all() -> None:
    for _ in range(IN_A_ROW * 2):
        trace, told = Trace(Deadline.after(50)), threading.Event()
        pending = trace.begin("jiosaavn", "search", lambda done=told: done.wait(PATIENCE), str)  # type: ignore[misc]
        with pytest.raises(SourceTimeout):
            pending.result()
        told.set()
        eventually(pending.future.done)
    assert breaker_for("jiosaavn", "search").rest is None


def test_five_that_never_answer_are() -> None:
    told = threading.Event()
    for _ in range(IN_A_ROW):
        with pytest.raises(SourceTimeout):
            Trace(Deadline.after(300)).ask("jiosaavn", "search", lambda: told.wait(PATIENCE), str)
    assert breaker_for("jiosaavn", "search").rest is not None
    told.set()


def test_one_that_answers_as_it_is_outrun_was_not_silent(trace: Trace) -> None:
    pending = trace.begin("jiosaavn", "search", lambda: "a song", len_told)
    eventually(pending.future.done)
    pending.outrun()
    assert noted(trace) == [("jiosaavn", "skipped", "search: not needed any more")]


def test_one_that_is_refused_as_it_is_outrun_counts_as_refused(trace: Trace) -> None:
    def refuse() -> str:
        raise SourceBlocked("HTTP 403", 600)

    pending = trace.begin("jiosaavn", "search", refuse, len_told)
    eventually(pending.future.done)
    pending.outrun()
    assert noted(trace) == [("jiosaavn", "blocked", "search: HTTP 403")]
    assert breaker_for("jiosaavn", "search").rest is not None


def test_what_is_answered_too_late_can_be_undone() -> None:
    trace, told, undone = Trace(Deadline.after(300)), threading.Event(), list[bool]()
    pending = trace.begin("jiosaavn", "open", lambda: told.wait(PATIENCE), str, part="media")
    with pytest.raises(SourceTimeout):
        pending.result()
    pending.abandon(undone.append)
    told.set()
    eventually(lambda: undone == [True])


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (NotPlayable("private", "private"), Unplayed),
        (NotPlayable("no audio"), Unplayed),
        (BadAnswer("nonsense"), SourcesFailed),
        (SourceTimeout("late"), SourcesFailed),
    ],
)
def test_what_the_only_source_says_is_what_the_caller_hears(
    trace: Trace, error: SourceError, means: type[Exception]
) -> None:
    assert type(gives_up(trace, error)) is means
    assert not isinstance(gives_up(trace, error), Unknown)


def failed(*outcomes: tuple[str, Outcome, Outcome | str]) -> SourcesFailed:
    return SourcesFailed([Attempt(source, outcome, 1, "", cause) for source, outcome, cause in outcomes])  # type: ignore[arg-type]


def test_sources_are_blocked_where_each_that_failed_refuses_us() -> None:
    assert failed(("jiosaavn", "blocked", ""), ("youtube", "rate_limited", "")).blocked
    assert failed(("jiosaavn", "skipped", "blocked"), ("youtube", "ok", "")).blocked
    assert not failed(("jiosaavn", "blocked", ""), ("youtube", "timeout", "")).blocked
    assert not failed(("jiosaavn", "skipped", "timeout"), ("youtube", "blocked", "")).blocked
    assert not failed(("jiosaavn", "skipped", "")).blocked
    assert not failed().blocked


def test_only_those_that_count_are_counted() -> None:
    attempts = [Attempt("jiosaavn", "blocked", 1, ""), Attempt("spotify", "error", 1, "")]
    assert SourcesFailed(attempts, ["jiosaavn", "youtube"]).blocked
    assert not SourcesFailed(attempts).blocked
