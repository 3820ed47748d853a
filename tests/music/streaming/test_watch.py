"""The thread that looks at running streams: it ends what has to end, survives what goes wrong, and ends itself."""

from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Collection, Iterator

import pytest

from music.streaming import watch as module
from music.streaming.listener import Listener
from music.streaming.places import Place, Places
from music.streaming.shares import ProcessShares
from music.streaming.watch import Watch
from tests.music.streaming.served import await_true


def all_active(lineages: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Nobody's key was switched off."""
    return set(lineages)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """Places that are really watched, in a hurry."""
    for name in ("LOOK_SECONDS", "TICK_SECONDS", "KEYS_SECONDS"):
        monkeypatch.setattr(module, name, 0.01)
    await_true(lambda: watchers() == 0, 5)  # that of a test before, whose stream is over
    watch = Watch()
    made = Places(10, ProcessShares(), lambda: watch.wake(made))
    yield made
    for place in made.running():
        place.end()
    await_true(lambda: watchers() == 0, 5)


def watchers() -> int:
    """How many threads look at streams."""
    return sum(thread.name == "streams" for thread in threading.enumerate())


def place(still_active: object = all_active, connection: socket.socket | None = None) -> Place:
    return Place(uuid.uuid4(), None, still_active, Listener(connection))  # type: ignore[arg-type]


def test_one_thread_looks_while_streams_run_and_none_afterwards(watched: Places) -> None:
    running = [watched.take(place()) for _ in range(3)]
    assert watchers() == 1
    for one in running:
        one.give_back()
    await_true(lambda: watchers() == 0, 5)
    watched.take(place()).give_back()
    await_true(lambda: watchers() == 0, 5)


def test_a_listener_who_leaves_ends_the_stream_and_no_other(watched: Places) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        far = socket.create_connection(server.getsockname())
        near, _ = server.accept()
        with near:
            leaves, stays = watched.take(place(connection=near)), watched.take(place())
            far.close()
            await_true(lambda: leaves.is_over, 5)
    assert not stays.is_over


def test_a_key_that_is_switched_off_ends_its_streams(watched: Places) -> None:
    off, on = watched.take(place(lambda _: set())), watched.take(place())
    await_true(lambda: off.is_over, 5)
    assert not on.is_over


def test_a_database_that_is_away_ends_nobody_and_is_asked_again(
    watched: Places, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[int] = []

    def away_at_first(_: Collection[uuid.UUID]) -> set[uuid.UUID]:
        asked.append(1)
        if len(asked) < 3:
            raise ConnectionError("the database is away")
        return set()

    one = watched.take(place(away_at_first))
    await_true(lambda: one.is_over, 5)
    assert len(asked) == 3
    assert caplog.text.count("Looking at the running streams failed.") == 2


def test_streams_that_made_room_elsewhere_end_here(watched: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    out, stays = place(), place()
    monkeypatch.setattr(watched.shares, "beat", lambda _: [out])
    for one in (out, stays):
        watched.take(one)
    await_true(lambda: out.is_over, 5)
    assert not stays.is_over
