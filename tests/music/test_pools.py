"""The threads of a source."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest

from music.deadline import Deadline
from music.pools import SourcePool
from music.sources.base import BadAnswer, SourceBusy, SourceTimeout

Result = TypeVar("Result")


def asked(pool: SourcePool, call: Callable[[], Result], deadline: Deadline) -> Result:
    """What the call answers, where the asker waits for it from the first."""
    return pool.wait(pool.start(call), deadline)


def test_it_answers_what_the_call_answers() -> None:
    assert asked(SourcePool("test", 1), lambda: 7, Deadline.after(5000)) == 7


def test_it_raises_what_the_call_raises() -> None:
    def fail() -> None:
        raise BadAnswer("nonsense")

    with pytest.raises(BadAnswer, match="nonsense"):
        asked(SourcePool("test", 1), fail, Deadline.after(5000))


def test_a_time_out_of_the_call_itself_is_not_taken_for_the_deadline() -> None:
    def fail() -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        asked(SourcePool("test", 1), fail, Deadline.after(5000))


def test_a_call_past_the_deadline_times_out_and_a_full_pool_refuses() -> None:
    pool, gate = SourcePool("test", 1), threading.Event()
    with pytest.raises(SourceTimeout):
        asked(pool, gate.wait, Deadline.after(300))
    with pytest.raises(SourceBusy):
        asked(pool, lambda: 1, Deadline.after(5000))
    gate.set()


def test_a_thread_is_free_again_once_its_call_has_ended() -> None:
    pool = SourcePool("test", 1)
    assert asked(pool, lambda: 1, Deadline.after(5000)) == 1
    done = threading.Event()
    with pytest.raises(SourceTimeout):
        asked(pool, lambda: done.wait(10), Deadline.after(300))
    done.set()
    free = threading.Event()
    while not free.wait(0.02):
        try:
            assert asked(pool, lambda: 2, Deadline.after(5000)) == 2
            free.set()
        except SourceBusy:
            continue
