"""Clocks that jump: no link that has ended comes back, and none outlives the jump."""

from __future__ import annotations

import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from music import moment
from music.cache import HOUR, SPARE, held_link, hold_link, known_audio
from music.domain import MediaLink
from tests.standin import catalogue
from tests.standin.process import StandIn

NOW = 1_900_000_000
LIFE = 300  # seconds that the service's link lives
STREAM = {"q": catalogue.PLAIN.title, "delivery": "direct"}


class Steady:
    """The clock that nobody can set; it runs on as a test says."""

    passed = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.passed


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> Steady:
    clock = Steady()
    monkeypatch.setattr(moment, "time", SimpleNamespace(time=time.time, monotonic=clock.monotonic))
    return clock


def hold(life: int | None = LIFE) -> MediaLink:
    """Have a link held that was made just now."""
    ends = None if life is None else int(time.time()) + life
    link = MediaLink("https://aac.saavncdn.com/x_320.mp4", 320, "audio/mp4", "aac", 1, ends)
    hold_link("jiosaavn:a", 320, link)
    return link


def held() -> MediaLink | None:
    return held_link("jiosaavn:a", 320)


@pytest.mark.parametrize("back", [HOUR, 2 * HOUR, 24 * HOUR])
def test_a_clock_that_goes_back_does_not_resurrect_a_link(steady: Steady, back: int) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        hold()
        steady.passed = LIFE
        clock.shift(LIFE - back)
        assert held() is None


def test_nor_one_that_was_seen_to_have_ended(steady: Steady) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        hold()
        steady.passed = LIFE
        clock.shift(LIFE)
        assert held() is None
        clock.shift(-2 * HOUR)
        assert held() is None


def test_nor_one_without_an_expiry(steady: Steady) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        link = hold(life=None)
        steady.passed = HOUR - 1
        assert held() == link
        steady.passed = HOUR
        clock.shift(-2 * HOUR)
        assert held() is None


def test_a_clock_that_goes_forward_ends_it(steady: Steady) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        hold()
        clock.shift(HOUR)
        assert held() is None
        assert known_audio("jiosaavn:a", 320) is not None, "which audio it led to outlives it"
        clock.shift(30 * 24 * HOUR)
        assert known_audio("jiosaavn:a", 320) is None


@given(passed=st.integers(0, 2 * LIFE), jump=st.integers(-48 * HOUR, 48 * HOUR))
def test_a_link_is_held_while_both_clocks_say_that_it_lives(passed: int, jump: int) -> None:
    clock = Steady()
    with pytest.MonkeyPatch.context() as patched, time_machine.travel(NOW, tick=False) as wall:
        patched.setattr(moment, "time", SimpleNamespace(time=time.time, monotonic=clock.monotonic))
        hold()
        clock.passed = passed
        wall.shift(passed + jump)
        # The steady clock is the machine's own, and runs on while the test does.
        alive = passed < LIFE - SPARE - 1 and passed + jump < LIFE - SPARE
        over = passed >= LIFE - SPARE or passed + jump > LIFE - SPARE
        assert not (alive and held() is None)
        assert not (over and held() is not None)


@pytest.mark.parametrize("back", [0, HOUR, 2 * HOUR])
def test_a_caller_is_given_a_new_link_where_the_old_one_ended(
    api: Client, standin: StandIn, steady: Steady, back: int
) -> None:
    first = api.get("/api/v1/stream", STREAM).json()["stream"]
    standin.clear_log()
    steady.passed = LIFE
    with time_machine.travel(time.time() + LIFE - back):
        second = api.get("/api/v1/stream", STREAM).json()["stream"]
    assert [entry["query"].get("__call", entry["part"]) for entry in standin.log()] == [
        *("song.generateAuthToken", "media")
    ]
    assert second["direct_url"]
    assert urlsplit(second["direct_url"]).path == urlsplit(first["direct_url"]).path


@pytest.mark.parametrize("back", [HOUR, 24 * HOUR])
def test_an_answer_that_was_over_is_not_fresh_again(api: Client, standin: StandIn, steady: Steady, back: int) -> None:
    assert api.get("/api/v1/search", {"q": "love"}).json()["cached"] is False
    assert api.get("/api/v1/search", {"q": "love"}).json()["cached"] is True
    steady.passed = HOUR
    with time_machine.travel(time.time() + HOUR - back):
        assert api.get("/api/v1/search", {"q": "love"}).json()["cached"] is False
