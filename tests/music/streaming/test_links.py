"""A link that several callers want at once: one asks the service, and the others hear of it as if they had."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from music import cache
from music.deadline import Deadline
from music.domain import MediaLink
from music.links import TrackId
from music.streaming import links
from music.trace import SourcesFailed
from tests.music.conftest import eventually
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

WANTED = TrackId("jiosaavn", ids.pid(catalogue.PLAIN))
PATIENCE = 10.0  # seconds that a test waits for what has to come


class Asking:
    """Callers who ask for the link of one song at once; the first of them alone asks the service."""

    def __init__(self, standin: StandIn, pool: ThreadPoolExecutor) -> None:
        self._standin, self._pool = standin, pool
        links.link(WANTED, 96, Deadline.after(5000))  # the song is described, its link held
        cache.drop_link(str(WANTED), 96)
        standin.clear_log()

    def first(self, milliseconds: int) -> Future[MediaLink]:
        """One who has so much time, and whose question is at the service."""
        asked = self._pool.submit(links.link, WANTED, 96, Deadline.after(milliseconds))
        eventually(lambda: self._standin.log("jiosaavn"))
        return asked

    def second(self) -> Future[MediaLink]:
        """One who waits for the first one's answer, and has more time."""
        waits = threading.Event()

        class Watched(Deadline):
            def remaining(self) -> float:
                waits.set()
                return super().remaining()

        asked = self._pool.submit(links.link, WANTED, 96, Watched.after(5000))
        assert waits.wait(PATIENCE)
        return asked


@pytest.fixture
def asking(standin: StandIn) -> Asking:
    return Asking(standin, ThreadPoolExecutor(2))


def test_whoever_has_more_time_asks_again_where_the_first_one_had_too_little(asking: Asking, standin: StandIn) -> None:
    standin.fault("jiosaavn", "slow:700", "all")
    first, second = asking.first(300), asking.second()
    assert isinstance(first.exception(PATIENCE), SourcesFailed)
    assert second.result(PATIENCE).url


def test_a_refusal_of_the_first_one_is_told_by_the_second_too(asking: Asking, standin: StandIn) -> None:
    standin.fault("jiosaavn", "http:403", "all")
    standin.set_latency(400)
    first, second = asking.first(5000), asking.second()
    errors = [call.exception(PATIENCE) for call in (first, second)]
    assert [isinstance(error, SourcesFailed) and error.blocked for error in errors] == [True, True]
