"""When a service is left alone, for how long, and what ends it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.cache.backends.base import BaseCache
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisAway

from music import breaker as breakers
from music import moment, store
from music.breaker import FIRST_REST, LONGEST_REST, Breaker, address_of
from music.moment import Moment
from music.sources.base import (
    BadAnswer,
    NotFound,
    NoTimeLeft,
    NotPlayable,
    NotSupported,
    SourceBlocked,
    SourceBusy,
    SourceError,
    SourceRateLimited,
    SourceResting,
    SourceSilent,
    SourceTimeout,
)

FAILURES = [BadAnswer("x"), SourceTimeout("x"), SourceRateLimited("x"), SourceBlocked("x")]
INNOCENT = [
    None,
    NotFound("no such song"),
    *(NotPlayable("it is", reason) for reason in ("private", "geo_blocked", "age_restricted", "paid", "live")),
]
NOT_ASKED = [
    SourceBusy("full"),
    SourceResting("left alone", "timeout"),
    NotSupported("no such search"),
    NoTimeLeft("no time was left to ask"),
]


class Clock:
    """The clocks of the breaker and of its moments, which a test moves."""

    def __init__(self) -> None:
        self.now = 5000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 1_900_000_000 + self.now

    def moment(self) -> Moment:
        return Moment(self.time(), self.monotonic())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (breakers, moment):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=made.monotonic, time=made.time))
    monkeypatch.setattr(breakers, "Moment", made.moment)
    return made


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker("jiosaavn/search", "here")


def failed(breaker: Breaker, times: int, error: SourceError | None = None) -> None:
    for _ in range(times):
        breaker.note(error or BadAnswer("nonsense"))


def rest_of(breaker: Breaker) -> float:
    """For how many seconds it leaves the service alone; 0 where it does not."""
    return breaker.rest.seconds if breaker.rest is not None else 0.0


@pytest.mark.parametrize("error", FAILURES)
def test_it_opens_on_the_fifth_failure_in_a_row(breaker: Breaker, error: SourceError) -> None:
    failed(breaker, 4, error)
    breaker.check()
    failed(breaker, 1, error)
    with pytest.raises(SourceResting, match="left alone after: x") as caught:
        breaker.check()
    assert caught.value.cause == error.outcome


def test_one_slow_call_opens_nothing(breaker: Breaker) -> None:
    failed(breaker, 1, SourceTimeout("no answer in time"))
    breaker.check()


def test_an_answer_between_them_ends_the_row(breaker: Breaker) -> None:
    for _ in range(4):
        failed(breaker, 2)
        for _ in range(4):
            breaker.note(None)
    assert breaker.rest is None


@pytest.mark.parametrize("innocent", INNOCENT)
def test_what_the_song_is_to_blame_for_is_an_answer(breaker: Breaker, innocent: SourceError | None) -> None:
    for _ in range(50):
        breaker.note(innocent)
    failed(breaker, 4)
    breaker.note(innocent)
    failed(breaker, 4)
    assert breaker.rest is None


@pytest.mark.parametrize("not_asked", NOT_ASKED)
def test_what_was_not_asked_counts_neither_way(breaker: Breaker, not_asked: SourceError) -> None:
    failed(breaker, 50, not_asked)
    assert breaker.rest is None
    failed(breaker, 4)
    failed(breaker, 1, not_asked)
    failed(breaker, 1)
    assert breaker.rest is not None


def alternating(breaker: Breaker, clock: Clock, calls: int, every: float) -> None:
    for number in range(calls):
        breaker.note(BadAnswer("nonsense") if number % 2 else None)
        clock.now += every


def test_it_opens_where_half_of_ten_failed_within_half_a_minute(breaker: Breaker, clock: Clock) -> None:
    alternating(breaker, clock, 9, 2.9)
    assert breaker.rest is None
    failed(breaker, 1)
    assert breaker.rest is not None


def test_it_does_not_where_they_were_further_apart(breaker: Breaker, clock: Clock) -> None:
    alternating(breaker, clock, 40, 3.5)
    assert breaker.rest is None


def test_it_does_not_where_fewer_than_half_failed(breaker: Breaker) -> None:
    for number in range(60):
        breaker.note(BadAnswer("nonsense") if number % 3 == 2 else None)
    assert breaker.rest is None


def test_it_opens_at_once_on_an_error_that_says_for_how_long(breaker: Breaker) -> None:
    failed(breaker, 1, SourceBlocked("a proof that this server is no bot", 600))
    assert rest_of(breaker) == 600


def test_the_end_of_a_rest_lets_no_caller_through(breaker: Breaker, clock: Clock) -> None:
    failed(breaker, 5)
    clock.now += FIRST_REST * 100
    with pytest.raises(SourceResting):
        breaker.check()


def test_a_canary_is_due_once_the_rest_is_over_and_only_one(breaker: Breaker, clock: Clock) -> None:
    assert not breaker.canary_is_due()
    failed(breaker, 5)
    assert not breaker.canary_is_due()
    clock.now += FIRST_REST
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: breaker.canary_is_due(), range(100))) == 1


def test_a_canary_that_never_comes_back_is_followed_by_another(breaker: Breaker, clock: Clock) -> None:
    failed(breaker, 5)
    clock.now += FIRST_REST
    assert breaker.canary_is_due()
    clock.now += breakers.CANARY_SECONDS
    assert breaker.canary_is_due()


def test_each_rest_is_twice_as_long_as_the_last_up_to_an_end(breaker: Breaker, clock: Clock) -> None:
    failed(breaker, 5)
    rests = []
    for _ in range(7):
        rests.append(rest_of(breaker))
        clock.now += rests[-1]
        breaker.open(SourceTimeout("the canary did not sing"))
    assert rests == [10, 20, 40, 80, 160, LONGEST_REST, LONGEST_REST]


def test_a_weaker_refusal_does_not_shorten_a_longer_rest(breaker: Breaker) -> None:
    breaker.open(SourceBlocked("a bot check", 600))
    breaker.open(SourceBlocked("nothing for a while", 60))
    assert rest_of(breaker) == 600


def test_a_canary_that_sings_begins_everything_anew(breaker: Breaker, clock: Clock) -> None:
    failed(breaker, 5)
    clock.now += FIRST_REST
    breaker.open(BadAnswer("still nonsense"))
    breaker.close()
    breaker.check()
    failed(breaker, 4)
    breaker.check()
    failed(breaker, 1)
    assert rest_of(breaker) == FIRST_REST


def test_a_clock_that_is_set_back_does_not_lengthen_a_rest(
    breaker: Breaker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(breaker, 5)
    monkeypatch.setattr(moment, "time", SimpleNamespace(monotonic=clock.monotonic, time=lambda: clock.time() - 7200))
    clock.now += FIRST_REST
    assert breaker.canary_is_due()


def test_a_call_that_answers_after_all_is_taken_back(breaker: Breaker) -> None:
    for _ in range(30):
        failed(breaker, 1, SourceTimeout("still silent"))
        breaker.take_back()
    failed(breaker, 4)
    assert breaker.rest is None


def test_taking_back_leaves_other_failures_where_they_were(breaker: Breaker) -> None:
    for _ in range(5):
        breaker.note(None)
    failed(breaker, 4)
    breaker.take_back()
    failed(breaker, 1)
    assert breaker.rest is None
    failed(breaker, 2)
    assert breaker.rest is not None, "half of 12 have failed"


def test_taking_back_where_nothing_failed_is_nothing(breaker: Breaker) -> None:
    breaker.take_back()
    breaker.note(None)
    breaker.take_back()
    breaker.check()


def other(breaker: Breaker) -> Breaker:
    """The breaker of another process at the same address."""
    return Breaker(breaker.name, "here")


def test_another_process_leaves_alone_what_this_one_does(shared_memory: BaseCache, breaker: Breaker) -> None:
    failed(breaker, 5)
    with pytest.raises(SourceResting, match="nonsense"):
        other(breaker).check()
    Breaker(breaker.name, "elsewhere").check()
    Breaker("jiosaavn/audio", "here").check()


def test_another_process_asks_again_once_a_canary_sang_here(
    shared_memory: BaseCache, breaker: Breaker, clock: Clock
) -> None:
    failed(breaker, 5)
    second = other(breaker)
    with pytest.raises(SourceResting):
        second.check()
    breaker.close()
    clock.now += breakers.GLANCE_SECONDS
    second.check()


def test_of_all_processes_one_sends_the_canary(shared_memory: BaseCache, breaker: Breaker, clock: Clock) -> None:
    failed(breaker, 5)
    processes = [breaker, *(other(breaker) for _ in range(5))]
    for each in processes:
        with pytest.raises(SourceResting):
            each.check()
    clock.now += FIRST_REST
    assert sum(each.canary_is_due() for each in processes) == 1


def test_a_shared_cache_that_goes_away_ends_no_rest(
    shared_memory: BaseCache, breaker: Breaker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(breaker, 5)

    def away(*_: object, **__: object) -> None:
        raise RedisAway("gone")

    monkeypatch.setattr(type(shared_memory), "get", away)
    clock.now += breakers.GLANCE_SECONDS
    with pytest.raises(SourceResting):
        breaker.check()


def test_one_that_comes_back_empty_ends_no_rest_that_it_never_heard_of(
    shared_memory: BaseCache, breaker: Breaker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise RedisAway("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(shared_memory), "set", away)
        failed(breaker, 5)
    store.shared.cache_clear()  # it is asked again
    clock.now += breakers.GLANCE_SECONDS
    with pytest.raises(SourceResting):
        breaker.check()
    with pytest.raises(SourceResting):
        other(breaker).check()


def test_a_weaker_refusal_here_does_not_shorten_what_another_process_was_told(
    shared_memory: BaseCache, breaker: Breaker, clock: Clock
) -> None:
    second = other(breaker)
    second.check()
    breaker.open(SourceBlocked("a bot check", 600))
    failed(second, 5)  # before it looks again
    clock.now += breakers.GLANCE_SECONDS
    assert (rest_of(breaker), rest_of(second)) == (600, 600)


def test_an_answer_after_all_ends_no_rest_that_another_process_began(
    shared_memory: BaseCache, breaker: Breaker, clock: Clock
) -> None:
    failed(breaker, 5, SourceSilent("still silent"))
    other(breaker).open(SourceBlocked("a bot check", 600))
    clock.now += breakers.GLANCE_SECONDS
    assert rest_of(breaker) == 600
    breaker.take_back()
    assert rest_of(breaker) == 600


def test_the_address_is_that_of_the_proxy_and_tells_nothing_of_it(settings: Settings) -> None:
    plain = address_of("jiosaavn")
    settings.JIOSAAVN_PROXY = "http://alice:hunter2@proxy.example:3128"
    proxied = address_of("jiosaavn")
    assert plain != proxied
    assert "hunter2" not in proxied
    assert address_of("youtube") == plain
