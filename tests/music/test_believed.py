"""A value of the database that is believed for a second."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db.utils import IntegrityError, OperationalError

from music.believed import BELIEVED_SECONDS, Believed


class Clock:
    """A clock that the test turns."""

    now = 1000.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("music.believed.time", made)
    return made


class Table:
    """What there is to be read; it remembers how often it was, and what was held then."""

    def __init__(self) -> None:
        self.value = "first"
        self.error: Exception | None = None
        self.held: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def load(self, held: str) -> str:
        """What is there, or the error."""
        self.held.append(held)
        found = self.value
        self.meanwhile()
        if self.error is not None:
            raise self.error
        return found


def test_nothing_is_held_before_it_was_read() -> None:
    assert Believed("songs", "nothing", Table().load).value == "nothing"


def test_it_is_read_once_a_second_however_many_ask(clock: Clock) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    for _ in range(100):
        songs.read()
    assert (songs.value, table.held) == ("first", ["nothing"])
    table.value = "second"
    clock.now += BELIEVED_SECONDS - 0.01
    songs.read()
    assert songs.value == "first"
    clock.now += 0.01
    songs.read()
    assert (songs.value, table.held) == ("second", ["nothing", "first"])


def test_a_refresh_reads_it_at_once_and_has_it_believed_for_a_second(clock: Clock) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    songs.read()
    clock.now += 0.9
    table.value = "second"
    songs.refresh()
    clock.now += 0.9
    songs.read()
    assert (songs.value, len(table.held)) == ("second", 2)


def test_what_is_told_is_believed_as_if_it_had_been_read(clock: Clock) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    songs.believe("told")
    songs.read()
    assert (songs.value, table.held) == ("told", [])
    clock.now += BELIEVED_SECONDS
    songs.read()
    assert songs.value == "first"


def test_what_is_forgotten_is_read_again_at_once(clock: Clock) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    songs.read()
    songs.forget()
    assert songs.value == "nothing"
    songs.read()
    assert (songs.value, len(table.held)) == ("first", 2)


def test_a_database_that_is_away_leaves_it_as_it_was_and_is_asked_once_a_second(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    songs.read()
    table.error = OperationalError("mongodb://alice:hunter2@db is away")
    clock.now += BELIEVED_SECONDS
    for _ in range(10):
        songs.read()
    assert (songs.value, len(table.held)) == ("first", 2)
    assert [record.getMessage() for record in caplog.records if record.name == "music.believed"] == [
        "the songs could not be read (OperationalError)"
    ]


@pytest.mark.parametrize("error", [ZeroDivisionError(), IntegrityError()])
def test_an_error_of_our_own_is_raised_and_the_next_call_tries_again(clock: Clock, error: Exception) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    table.error = error
    for _ in range(2):
        with pytest.raises(type(error)):
            songs.read()
    table.error = None
    songs.read()
    assert songs.value == "first"


def test_while_one_thread_reads_the_others_go_on_with_what_is_held(clock: Clock) -> None:
    table, begun, released = Table(), threading.Event(), threading.Event()
    songs = Believed("songs", "nothing", table.load)

    def hold() -> None:
        begun.set()
        assert released.wait(10)

    table.meanwhile = hold
    slow = threading.Thread(target=songs.read)
    slow.start()
    assert begun.wait(10)
    songs.read()
    assert (songs.value, len(table.held)) == ("nothing", 1)
    released.set()
    slow.join(10)
    assert songs.value == "first"


def test_one_who_finds_nothing_changed_puts_back_nothing_that_is_older(clock: Clock) -> None:
    songs: Believed[str]

    def look(held: str) -> str:
        songs.believe("later")  # as another thread does meanwhile
        return held

    songs = Believed("songs", "nothing", look)
    songs.refresh()
    assert songs.value == "later"


def test_nor_does_one_whom_the_database_does_not_answer(clock: Clock) -> None:
    table = Table()
    songs = Believed("songs", "nothing", table.load)
    table.meanwhile = lambda: songs.believe("later")
    table.error = OperationalError()
    songs.refresh()
    assert songs.value == "later"
