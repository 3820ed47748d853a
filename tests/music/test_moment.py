"""Moments, and how long ago they were, whatever the machine's clock does meanwhile."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from music.moment import SKEW, Moment, boot_id

NOW = 1_900_000_000
DECADE = 10 * 365 * 86_400

jumps = st.integers(-DECADE, DECADE)
ages = st.floats(0, 86_400)


def made(seconds_ago: float, boot: str) -> Moment:
    """A moment that by all clocks was so long ago."""
    return Moment(NOW - seconds_ago, time.monotonic() - seconds_ago, boot)


@given(seconds_ago=ages, jump=jumps)
def test_no_jump_of_the_wall_clock_makes_anything_younger(seconds_ago: float, jump: int) -> None:
    moment = made(seconds_ago, boot_id())
    with time_machine.travel(NOW + jump, tick=False):
        assert moment.age() >= seconds_ago


@given(seconds_ago=ages, jump=st.integers(0, DECADE))
def test_a_jump_forward_ages_by_as_much(seconds_ago: float, jump: int) -> None:
    moment = made(seconds_ago, boot_id())
    with time_machine.travel(NOW + jump, tick=False):
        assert moment.age() >= seconds_ago + jump - 0.001


@given(jump=jumps)
def test_another_machines_moment_is_never_negative_nor_younger_than_it_says(jump: int) -> None:
    moment = made(0, "another-boot")
    with time_machine.travel(NOW + jump, tick=False):
        age = moment.age()
    assert age == (max(float(jump), 0.0) if jump >= -SKEW else float("inf"))


def test_another_machines_steady_clock_is_not_looked_at() -> None:
    with time_machine.travel(NOW, tick=False):
        assert Moment(NOW - 10, time.monotonic() - 5000, "another-boot").age() == 10


@pytest.mark.parametrize("behind", [1, SKEW])
def test_machines_whose_clocks_differ_a_little_believe_each_other(behind: float) -> None:
    moment = made(0, "another-boot")
    with time_machine.travel(NOW - behind, tick=False):
        assert moment.age() == 0


def test_what_comes_from_the_future_of_another_machine_is_not_believed() -> None:
    moment = made(0, "another-boot")
    with time_machine.travel(NOW - SKEW - 1, tick=False):
        assert moment.age() == float("inf")


def test_a_machine_that_cannot_tell_its_boots_apart_goes_by_the_wall_clock_alone() -> None:
    with time_machine.travel(NOW, tick=False):
        assert replace(made(0, ""), wall=NOW - 7, steady=time.monotonic() - 5000).age() == 7


def test_a_new_moment_is_now() -> None:
    assert 0 <= Moment().age() < 60
    assert boot_id() == Moment().boot
