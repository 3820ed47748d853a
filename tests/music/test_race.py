"""Sources side by side: who begins when, who is waited for, and whose answer it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from music import race as racing
from music.breaker import IN_A_ROW, breaker_for
from music.deadline import Deadline
from music.hedges import HedgeBucket
from music.race import Lane, Race
from music.sources.base import BadAnswer
from music.trace import Pending, Trace

PATIENCE = 5.0  # seconds that a test waits for what has to come
HEAD_START = 0.03
NEVER = 3600.0

Steps = Generator[Pending[str] | Callable[[], bool], Any, Any]


def fails() -> str:
    raise BadAnswer("nonsense")


@dataclass
class Service:
    """A service that answers when it is told to."""

    says: str
    told: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> str:
        self.asked.set()
        assert self.told.wait(PATIENCE)
        return self.says


@pytest.fixture
def silent() -> Iterator[Callable[[], Service]]:
    """Makes services that are silent until the end of the test."""
    made: list[Service] = []

    def make() -> Service:
        made.append(Service("late"))
        return made[-1]

    yield make
    for service in made:
        service.told.set()


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> HedgeBucket:
    """A bucket full of hedges."""
    full = HedgeBucket()
    monkeypatch.setattr(racing, "HEDGES", full)
    return full


@pytest.fixture
def trace() -> Trace:
    return Trace(Deadline.after(5000))


def asking(trace: Trace, source: str, *calls: Callable[[], str]) -> Callable[[Lane[str]], Steps]:
    """A lane that asks one thing after the other, and answers what came last; nothing where that is ""."""

    def run(lane: Lane[str]) -> Steps:
        answer = ""
        for call in calls:
            answer = yield trace.begin(source, "search", call, str, deadline=lane.deadline)
        return answer or None

    return run


def told(trace: Trace) -> list[tuple[str, str]]:
    return [(attempt.source, attempt.outcome) for attempt in trace.attempts]


def test_an_answer_within_the_head_start_is_the_only_one_asked_for(trace: Trace) -> None:
    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn", lambda: "first"))
    race.add(asking(trace, "youtube", fails))
    assert race.run() == "first"
    assert told(trace) == [("jiosaavn", "ok")]


def test_the_others_begin_at_once_where_the_first_fails(trace: Trace) -> None:
    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn", fails))
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"
    assert told(trace) == [("jiosaavn", "error"), ("youtube", "ok")]


def test_the_others_begin_at_once_where_the_first_has_nothing(trace: Trace) -> None:
    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn", lambda: ""))
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"


def test_a_first_that_is_silent_past_its_head_start_is_outrun(trace: Trace, silent: Callable[[], Service]) -> None:
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", silent()))
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"
    assert told(trace) == [("youtube", "ok"), ("jiosaavn", "timeout")]


def test_an_answer_of_the_first_still_wins_after_the_others_began(trace: Trace, silent: Callable[[], Service]) -> None:
    first, second = Service("first"), silent()
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", first))
    race.add(asking(trace, "youtube", second))
    pool = ThreadPoolExecutor(1)
    pool.submit(second.asked.wait, PATIENCE).add_done_callback(lambda _: first.told.set())
    assert race.run() == "first"
    pool.shutdown()
    assert told(trace) == [("jiosaavn", "ok"), ("youtube", "skipped")]


def test_of_two_that_are_complete_at_the_same_moment_the_higher_place_wins(trace: Trace) -> None:
    steps = [trace.begin(source, "search", lambda: "found", str) for source in ("jiosaavn", "youtube")]
    for step in steps:
        step.future.result(PATIENCE)

    def both(name: str, step: Pending[str]) -> Callable[[Lane[str]], Steps]:
        def run(_: Lane[str]) -> Steps:
            yield step
            return name

        return run

    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(asking(trace, "spotify", fails))
    race.add(both("higher", steps[0]))
    race.add(both("lower", steps[1]))
    assert race.run() == "higher"


def test_a_higher_place_that_needs_another_step_is_not_waited_for(trace: Trace, silent: Callable[[], Service]) -> None:
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", lambda: "candidate", silent()))
    race.add(asking(trace, "youtube", lambda: "whole"))
    assert race.run() == "whole"


def test_a_candidate_stops_the_head_start(trace: Trace, silent: Callable[[], Service]) -> None:
    link = silent()

    def first(lane: Lane[str]) -> Steps:
        lane.found_candidate()
        return (yield trace.begin("jiosaavn", "link", link, str, part="audio"))

    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(first)
    race.add(asking(trace, "youtube", lambda: "second"))
    threading.Timer(HEAD_START * 5, link.told.set).start()
    assert race.run() == "late"
    assert told(trace) == [("jiosaavn", "ok")]


def test_a_link_that_is_late_lets_the_others_begin(
    trace: Trace, silent: Callable[[], Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(racing, "LINK_SECONDS", 0.03)

    def first(lane: Lane[str]) -> Steps:
        lane.found_candidate()
        return (yield trace.begin("jiosaavn", "link", silent(), str, part="audio"))

    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(first)
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"


def test_a_gate_keeps_a_lane_back_until_it_opens(trace: Trace) -> None:
    first = Service("")
    race: Race[str] = Race(trace.deadline, HEAD_START)
    asked: list[bool] = []

    def gated(_: Lane[str]) -> Steps:
        yield trace.begin("youtube", "search", lambda: "candidate", str)
        first.told.set()
        yield lambda: lane.is_done
        asked.append(lane.is_done)
        return (yield trace.begin("youtube", "link", lambda: "second", str, part="audio"))

    lane = race.add(asking(trace, "jiosaavn", first))
    race.add(gated)
    assert race.run() == "second"
    assert asked == [True]


def test_without_a_hedge_the_first_is_waited_for(
    trace: Trace, silent: Callable[[], Service], bucket: HedgeBucket
) -> None:
    while bucket.take():
        pass
    first, second = Service("first"), silent()
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", first))
    race.add(asking(trace, "youtube", second))
    threading.Timer(HEAD_START * 5, first.told.set).start()
    assert race.run() == "first"
    assert not second.asked.is_set()


def test_a_first_that_ends_needs_no_hedge(trace: Trace, bucket: HedgeBucket) -> None:
    while bucket.take():
        pass
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", fails))
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"


def test_one_race_spends_one_hedge(trace: Trace, silent: Callable[[], Service], bucket: HedgeBucket) -> None:
    race: Race[str] = Race(trace.deadline, HEAD_START)
    race.add(asking(trace, "jiosaavn", silent()))
    race.add(asking(trace, "spotify", lambda: "", lambda: ""))
    race.add(asking(trace, "youtube", lambda: "", lambda: "third"))
    assert race.run() == "third"
    left = 0
    while bucket.take():
        left += 1
    assert left == 19


def test_the_deadline_ends_it_with_nothing(silent: Callable[[], Service]) -> None:
    trace = Trace(Deadline.after(400))
    race: Race[str] = Race(trace.deadline, HEAD_START)
    lanes = [race.add(asking(trace, source, silent())) for source in ("jiosaavn", "youtube")]
    assert race.run() is None
    assert told(trace) == [("jiosaavn", "timeout"), ("youtube", "timeout")]
    assert all(lane.error is not None and lane.error.outcome == "timeout" for lane in lanes)


def test_a_lane_with_an_earlier_deadline_leaves_its_time_to_the_others(silent: Callable[[], Service]) -> None:
    trace = Trace(Deadline.after(5000))
    race: Race[str] = Race(trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn", silent()), Deadline.after(300))
    race.add(asking(trace, "youtube", lambda: "second"))
    assert race.run() == "second"
    assert told(trace) == [("jiosaavn", "timeout"), ("youtube", "ok")]


def test_where_all_have_nothing_there_is_no_answer_and_no_error(trace: Trace) -> None:
    race: Race[str] = Race(trace.deadline, NEVER)
    lanes = [race.add(asking(trace, source, lambda: "")) for source in ("jiosaavn", "youtube")]
    assert race.run() is None
    assert [lane.error for lane in lanes] == [None, None]


def test_what_a_lane_would_ask_after_another_has_answered_is_not_asked(trace: Trace) -> None:
    """A lane that waits for the winner's lane to be over has no business any more once that has answered."""
    second = Service("second")
    race: Race[str] = Race(trace.deadline, NEVER)
    asked: list[str] = []

    def waiting(_: Lane[str]) -> Steps:
        yield trace.begin("spotify", "search", lambda: "description", str)
        second.told.set()
        yield lambda: own.is_done
        asked.append("youtube")
        return (yield trace.begin("youtube", "search", lambda: "needless", str))

    race.add(asking(trace, "jiosaavn", fails))
    race.add(waiting)
    own = race.add(asking(trace, "youtube", second))
    assert race.run() == "second"
    assert asked == []
    assert told(trace) == [("jiosaavn", "error"), ("spotify", "ok"), ("youtube", "ok")]


def test_one_that_was_only_just_asked_does_not_count_as_silent(silent: Callable[[], Service]) -> None:
    """However often: a describing service that another is quicker than must not be left alone for that."""
    for _ in range(IN_A_ROW):
        trace = Trace(Deadline.after(5000))
        race: Race[str] = Race(trace.deadline, NEVER)
        race.add(asking(trace, "jiosaavn", lambda: ""))
        race.add(asking(trace, "spotify", silent()))
        race.add(asking(trace, "youtube", lambda: "third"))
        assert race.run() == "third"
        assert told(trace)[1:] == [("youtube", "ok"), ("spotify", "skipped")]
    assert breaker_for("spotify", "search").rest is None


def test_what_is_put_aside_is_done_once_while_the_service_is_waited_for(trace: Trace) -> None:
    service, done = Service("here"), list[bool]()

    def aside() -> None:
        done.append(service.asked.is_set())
        service.told.set()

    race = Race[str](trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn", service)).aside = aside
    assert race.run() == "here"
    assert done == [True]


def test_what_is_put_aside_is_left_where_nobody_is_waited_for(trace: Trace) -> None:
    done: list[bool] = []
    race = Race[str](trace.deadline, NEVER)
    race.add(asking(trace, "jiosaavn")).aside = lambda: done.append(True)  # a lane that waits for nobody
    assert race.run() is None
    assert done == []
