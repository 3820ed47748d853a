"""Links of the services, held while they live."""

from __future__ import annotations

import time

import pytest
import time_machine

from music.cache import held_link, hold_link
from music.domain import MediaLink


def link(expires_in: int | None) -> MediaLink:
    ends = None if expires_in is None else int(time.time()) + expires_in
    return MediaLink("https://aac.saavncdn.com/x_320.mp4", 320, "audio/mp4", "aac", 1, ends)


@pytest.mark.parametrize("expires_in", [300, None])
def test_a_link_with_time_left_is_held(expires_in: int | None) -> None:
    made = link(expires_in)
    hold_link("jiosaavn:a", 320, made)
    assert held_link("jiosaavn:a", 320) == made
    assert held_link("jiosaavn:a", 96) is None
    assert held_link("jiosaavn:b", 320) is None


@pytest.mark.parametrize("expires_in", [60, 30, -5])
def test_a_link_about_to_end_is_not_held(expires_in: int) -> None:
    hold_link("jiosaavn:a", 320, link(expires_in))
    assert held_link("jiosaavn:a", 320) is None


def test_a_link_is_let_go_a_minute_before_it_ends() -> None:
    with time_machine.travel(1_900_000_000, tick=False) as clock:
        hold_link("jiosaavn:a", 320, link(300))
        clock.shift(239)
        assert held_link("jiosaavn:a", 320) is not None
        clock.shift(2)
        assert held_link("jiosaavn:a", 320) is None
