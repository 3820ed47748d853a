"""After thousands of calls that fail, no thread, socket or memory is held that was not held after a few hundred."""

from __future__ import annotations

import gc
import logging
import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from django.core.cache import caches
from pytest_django import Settings

from music import resolver, searching
from music.breaker import breaker_for
from music.deadline import Deadline
from music.links import read
from music.trace import Unresolved
from tests.music.conftest import eventually
from tests.music.fault_table import FAST, SPOTIFY_LINK, TEXT, YOUTUBE_LINK
from tests.standin.process import StandIn

WARM_UP, PARTS, PART, ROUND = 600, 5, 400, 50  # the first meets every fault of every service
CALLS = PARTS * PART
CALLERS = 6
SOURCES = ("jiosaavn", "spotify", "youtube")
WANTED = (TEXT.query, SPOTIFY_LINK.query, YOUTUBE_LINK.query)
SPARE_SOCKETS = 12  # kept open for the next call, of what the pools may hold
SPARE_BYTES = PART * 1024  # 1 kB a call: less than any answer that would be kept


@dataclass(frozen=True)
class Held:
    """What this process holds."""

    threads: int
    sockets: int
    memory: int  # bytes

    @classmethod
    def now(cls) -> Held:
        for memory in ("default", "pages"):
            caches[memory].clear()
        gc.collect()
        return cls(threading.active_count(), sockets(), tracemalloc.get_traced_memory()[0])


def sockets() -> int:
    """The open sockets of this process."""
    count = 0
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed meanwhile
            count += str(link.readlink()).startswith("socket:")
    return count


@pytest.fixture
def traced() -> Iterator[None]:
    """Memory is counted, and nothing keeps the lines that are logged."""
    logging.disable(logging.CRITICAL)
    tracemalloc.start()
    yield
    tracemalloc.stop()
    logging.disable(logging.NOTSET)


def failing_call(number: int, milliseconds: int) -> None:
    """One call of a caller whose question nobody has asked before."""
    for source in SOURCES:  # what is left alone would fail without being asked
        breaker_for(source, "search").close()
        breaker_for(source, "audio").close()
    deadline = Deadline.after(milliseconds)
    with suppress(Unresolved):
        if number % 4 == 3:
            searching.search(f"{TEXT.query} {number}", "track", 1, 10, "auto", (), deadline)
        else:
            wanted = WANTED[number % 4]
            resolver.stream(read(wanted if number % 4 else f"{wanted} {number}"), 320, (), deadline)


def call(standin: StandIn, callers: ThreadPoolExecutor, first: int, count: int) -> None:
    """So many calls, in rounds: each service fails in another way, which changes with every round."""
    for turn, start in enumerate(range(first, first + count, ROUND)):
        for place, source in enumerate(SOURCES):
            standin.fault(source, FAST[(turn + 5 * place) % len(FAST)], "all")
        list(callers.map(failing_call, range(start, start + ROUND), [3000] * ROUND))


def hang(standin: StandIn, callers: ThreadPoolExecutor, first: int) -> None:
    """Callers whom all services leave waiting to the end of a short time."""
    for source in SOURCES:
        standin.fault(source, "hang", "all")
    list(callers.map(failing_call, range(first, first + CALLERS * 4), [120] * CALLERS * 4))


def growth(standin: StandIn, callers: ThreadPoolExecutor) -> list[int]:
    """By how many bytes each part of the calls left more memory in use.

    A leak shows in every part. What Python keeps for all modules shows in one: its table of interned strings takes
    3.8 MB at once when it doubles, at the 87,382nd string of the process, wherever the tests before this one left it.
    """
    held = [Held.now().memory]
    for part in range(1, PARTS + 1):
        call(standin, callers, part * 10_000, PART)
        hang(standin, callers, part * 10_000 + PART)
        held.append(Held.now().memory)
    return [after - before for before, after in pairwise(held)]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open sockets are counted in /proc")
def test_two_thousand_calls_that_fail_leave_nothing_behind(
    everywhere: StandIn, settings: Settings, traced: None
) -> None:
    settings.FLAKS_HEDGE_MS, settings.YOUTUBE_HOURLY_VIDEOS = 100, 100_000
    with ThreadPoolExecutor(CALLERS) as callers:
        call(everywhere, callers, 0, WARM_UP)
        hang(everywhere, callers, WARM_UP)
        before = Held.now()
        grown = growth(everywhere, callers)
        asked = len(everywhere.log())
        eventually(lambda: sockets() <= before.sockets + SPARE_SOCKETS)
        after = Held.now()
    assert asked >= CALLS, "the services were not asked"
    assert after.threads <= CALLERS + len(SOURCES) * settings.FLAKS_SOURCE_THREADS + 5
    assert after.sockets <= before.sockets + SPARE_SOCKETS
    assert median(grown) <= SPARE_BYTES, f"each part of the calls added so many bytes: {grown}"
