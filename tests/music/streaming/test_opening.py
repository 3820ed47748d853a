"""Audio that the service opens only after an advertisement, and links that many streams find broken at once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.test import Client

from music.cache import held_link, hold_link
from music.deadline import Deadline
from music.domain import MediaLink
from music.links import track_id
from music.streaming import origin
from music.streaming.links import renewed
from music.streaming.places import Places
from music.trace import Trace
from tests.music.streaming.conftest import PathOf, heard
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

SONG = catalogue.SHORT
TRACK = f"jiosaavn:{ids.pid(SONG)}"


class Patience:
    """A clock whose sleep takes no time, and is noted."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.perf_counter = time.perf_counter

    def time(self) -> float:
        """Seconds since the epoch, what was slept included."""
        return time.time() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        """Note it."""
        self.slept.append(seconds)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    made = Patience()
    monkeypatch.setattr(origin, "time", made)
    return made


def opens_in(seconds: int) -> None:
    """Have the held link open so much later."""
    held = held_link(TRACK, 320)
    assert held is not None
    hold_link(TRACK, 320, replace(held, available_at=int(time.time()) + seconds))


def test_what_opens_soon_is_waited_for(path_of: PathOf, patience: Patience) -> None:
    path = path_of(SONG.title)
    opens_in(4)
    answer = Client().get(path, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, len(heard(answer))) == (206, 10)
    assert len(patience.slept) == 1
    assert 2 < patience.slept[0] <= 4


def test_what_opens_later_than_the_deadline_is_refused_at_once(
    path_of: PathOf, patience: Patience, standin: StandIn, places: Places
) -> None:
    path = path_of(SONG.title)
    opens_in(60)
    standin.clear_log()
    answer = Client().get(path)
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")
    assert "opens the audio in" in answer.json()["attempts"][-1]["detail"]
    assert (patience.slept, standin.log(), places.running()) == ([], [], [])


def test_what_has_opened_is_not_waited_for(path_of: PathOf, patience: Patience) -> None:
    path = path_of(SONG.title)
    opens_in(-5)
    heard(Client().get(path, headers={"Range": "bytes=0-9"}))
    assert patience.slept == []


def test_a_link_that_another_stream_has_replaced_is_not_replaced_again(path_of: PathOf, standin: StandIn) -> None:
    path_of(SONG.title)
    held = held_link(TRACK, 320)
    assert held is not None
    broken: MediaLink = replace(held, url=f"{held.url}-broken")
    standin.clear_log()
    wanted = track_id(TRACK)
    assert renewed(Trace(Deadline.after(5000)), wanted, 320, broken) == held
    assert standin.log() == []
    assert renewed(Trace(Deadline.after(5000)), wanted, 320, held).url
    assert [entry["part"] for entry in standin.log()] == ["api", "media"]  # what the song is, is known
