"""How bench/streams judges what a listener had."""

from __future__ import annotations

import pytest

from bench.streams.listeners import AHEAD_SECONDS, START_BYTES, Heard, Player
from bench.streams.measures import Calls, _held

RATE = START_BYTES  # one second of music is what a player begins with


def played(*came: tuple[int, float], until: float) -> Heard:
    """What a listener had to whom so many bytes came at such times."""
    heard = Heard()
    player = Player(RATE, heard)
    for count, now in came:
        player.take(count, now)
    player.end(until)
    return heard


def test_music_that_comes_in_time_has_no_stall() -> None:
    heard = played((START_BYTES, 0.0), (RATE, 0.9), (RATE, 1.8), until=2.9)
    assert (heard.longest_stall, heard.bytes) == (0.0, 3 * RATE)


def test_what_comes_late_is_a_stall_as_long_as_nothing_was_there() -> None:
    heard = played((START_BYTES, 0.0), (RATE, 3.0), (RATE, 4.5), until=4.6)
    assert heard.longest_stall == pytest.approx(2.0)
    assert heard.stalled == pytest.approx(2.5)


def test_silence_to_the_end_counts_too() -> None:
    assert played((START_BYTES, 0.0), until=11.0).longest_stall == pytest.approx(10.0)


def test_waiting_for_the_first_bytes_is_no_underrun() -> None:
    assert played((100, 0.0), (START_BYTES, 9.0), until=9.5).longest_stall == 0.0


def test_a_player_reads_a_little_ahead_and_then_waits() -> None:
    player = Player(RATE, Heard())
    assert player.pause(0.0) == 0.0
    player.take(10 * RATE, 0.0)
    assert player.pause(0.0) == pytest.approx(10 - AHEAD_SECONDS)
    assert player.pause(8.0) == 0.0


def test_a_percentile_is_a_call_that_was_made() -> None:
    calls = Calls([0.001 * number for number in range(1, 101)])
    assert (calls.percentile(0.5), calls.percentile(0.99)) == pytest.approx((51.0, 100.0))
    assert Calls().percentile(0.99) == float("inf")


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ('ESTAB 0 0 a b users:(("x",pid=1,fd=5)) skmem:(r10,rb131072,t0,tb394,f20,w300,o0,bl0,d0)', 330),
        ("ESTAB 0 0 a b", 0),
    ],
)
def test_what_the_kernel_holds_for_a_socket_is_read(line: str, held: int) -> None:
    assert _held(line) == held
