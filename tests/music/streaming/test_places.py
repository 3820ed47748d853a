"""How many streams at once, and which of them makes room."""

from __future__ import annotations

import socket
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from keys.models import ApiKey
from music.streaming import places as module
from music.streaming.listener import Listener
from music.streaming.places import Place, Places, TooManyStreams, idlest
from music.streaming.shares import ProcessShares
from music.streaming.watch import left, switched_off
from tests.music.streaming.conftest import Clock, PathOf, heard, leave, streamed
from tests.standin import catalogue
from tests.standin.process import StandIn

ALICE, BOB = uuid.uuid4(), uuid.uuid4()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def place(lineage: uuid.UUID = ALICE, limit: int | None = None) -> Place:
    return Place(lineage, limit, set, Listener(None))


def stall(one: Place, clock: Clock, seconds: float) -> None:
    """Have the listener of the stream take nothing for so long."""
    one.handed, one.sending = one.handed + 1, True
    one.idle()
    clock.now += seconds


def test_a_process_carries_so_many_and_no_more() -> None:
    full = Places(2, ProcessShares())
    first, _ = full.take(place()), full.take(place(BOB))
    with pytest.raises(TooManyStreams) as refused:
        full.take(place())
    assert refused.value.whose == "server"
    first.give_back()
    first.give_back()
    full.take(place())
    assert len(full.running()) == 2


def test_a_stream_that_was_refused_by_the_server_does_not_count_for_its_key() -> None:
    shares = ProcessShares(processes=1)
    full = Places(1, shares)
    only = full.take(place(BOB))
    for _ in range(3):
        with pytest.raises(TooManyStreams):
            full.take(place(limit=1))
    only.give_back()
    full.take(place(limit=1))


def test_at_the_limit_the_one_whose_listener_takes_nothing_makes_room(clock: Clock) -> None:
    full, ended = Places(2, ProcessShares()), []
    stalled, playing = full.take(place()), full.take(place(BOB))
    for one in (stalled, playing):
        one.on_end(lambda one=one: ended.append(one))  # type: ignore[misc]
    stall(stalled, clock, 5.1)
    full.take(place())
    assert ended == [stalled]
    assert stalled.is_over
    assert playing in full.running()


def test_five_seconds_are_not_enough(clock: Clock) -> None:
    full = Places(1, ProcessShares())
    stall(full.take(place()), clock, 5.0)
    with pytest.raises(TooManyStreams):
        full.take(place())


def test_a_stream_that_waits_for_the_service_is_not_idle(clock: Clock) -> None:
    waiting = place()
    stall(waiting, clock, 60)
    waiting.sending = False
    assert waiting.idle() == 0.0


def test_the_longest_idle_goes_first(clock: Clock) -> None:
    first, second = place(), place()
    stall(first, clock, 7)
    stall(second, clock, 7)
    assert idlest([second, first]) is first
    assert idlest([]) is None


@pytest.mark.parametrize(("limit", "processes", "share"), [(4, 2, 2), (5, 2, 2), (1, 2, 1), (0, 2, 0), (3, 1, 3)])
def test_each_process_admits_its_part_of_a_keys_limit(limit: int, processes: int, share: int) -> None:
    full = Places(100, ProcessShares(processes))
    for _ in range(share):
        full.take(place(limit=limit))
    with pytest.raises(TooManyStreams) as refused:
        full.take(place(limit=limit))
    assert refused.value.whose == "key"
    full.take(place(BOB, limit=1))


def test_at_a_keys_limit_its_own_idle_stream_makes_room_and_nobody_elses(clock: Clock) -> None:
    full = Places(100, ProcessShares(processes=1))
    bobs, alices = full.take(place(BOB, 1)), full.take(place(ALICE, 1))
    stall(bobs, clock, 60)
    with pytest.raises(TooManyStreams):
        full.take(place(ALICE, 1))
    stall(alices, clock, 6)
    full.take(place(ALICE, 1))
    assert (bobs.is_over, alices.is_over) == (False, True)


def test_a_limit_that_was_lowered_admits_nobody_until_enough_have_ended(clock: Clock) -> None:
    full = Places(100, ProcessShares(processes=1))
    running = [full.take(place(limit=3)) for _ in range(3)]
    stall(running[0], clock, 60)
    with pytest.raises(TooManyStreams):
        full.take(place(limit=1))
    assert not running[0].is_over


def test_what_feeds_a_stream_that_has_ended_is_closed_though_it_comes_late() -> None:
    closed: list[str] = []
    over = Places(1, ProcessShares()).take(place())
    over.end()
    over.on_end(lambda: closed.append("late"))
    assert closed == ["late"]


@pytest.fixture
def connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's and the listener's end of a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as far:
        near, _ = server.accept()
        with near:
            yield near, far


def test_the_kernel_says_what_a_listener_has_taken(connection: tuple[socket.socket, socket.socket]) -> None:
    near, far = connection
    listener = Listener(near)
    before = listener.taken()
    if before is None:
        pytest.skip("this kernel does not say")
    near.sendall(b"x" * 1000)
    assert far.recv(2000)
    near.setblocking(False)
    assert _eventually(lambda: listener.taken() == before + 1000)


def _eventually(holds: Callable[[], bool]) -> bool:
    return any(holds() for _ in range(100_000))


def test_a_cut_ends_the_connection_at_once(connection: tuple[socket.socket, socket.socket]) -> None:
    near, far = connection
    cut = Place(ALICE, None, set, Listener(near))
    cut.end()
    cut.end()
    assert far.recv(1) == b""


def test_a_stream_that_is_over_cuts_nobody(connection: tuple[socket.socket, socket.socket]) -> None:
    """Its connection may serve the next request by then."""
    near, far = connection
    over = Place(ALICE, None, set, Listener(near))
    over.give_back()
    over.end()
    near.sendall(b"next")
    assert far.recv(4) == b"next"


def test_a_listener_who_has_left_is_found_out_and_one_who_waits_is_not(
    connection: tuple[socket.socket, socket.socket],
) -> None:
    near, far = connection
    one = Place(ALICE, None, set, Listener(near))
    assert left([one], 0.01) == []
    far.close()
    assert left([one], 1.0) == [one]
    one.give_back()
    assert left([one], 0.01) == []


def test_streams_of_a_lineage_without_an_active_key_are_found(
    path_of: PathOf, key: tuple[ApiKey, str], places: Places
) -> None:
    answer = Client().get(path_of(catalogue.SHORT.title))
    assert switched_off(places.running()) == []
    ApiKey.objects.update(enabled=False)
    assert switched_off(places.running()) == places.running()
    assert next(streamed(answer))
    leave(answer)


def test_a_keys_own_limit_is_told_from_the_servers(path_of: PathOf, key: tuple[ApiKey, str], standin: StandIn) -> None:
    path = path_of(catalogue.SHORT.title)
    ApiKey.objects.update(stream_limit=1)
    first = Client().get(path)
    refused = Client().get(path)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
    assert "for this key" in refused.json()["detail"]
    assert int(refused["Retry-After"]) > 0
    assert Client().head(path).status_code == 200
    heard(first)
    heard(Client().get(path, headers={"Range": "bytes=0-1"}))


def test_a_key_that_may_have_no_stream_has_redirects_still(
    api: Client, path_of: PathOf, key: tuple[ApiKey, str]
) -> None:
    path = path_of(catalogue.SHORT.title)
    ApiKey.objects.update(stream_limit=0)
    assert Client().get(path).status_code == 429
    stream = api.get("/api/v1/stream", {"q": catalogue.SHORT.title}).json()["stream"]
    assert Client().get(stream["url"]).status_code == 302


def test_what_goes_wrong_before_the_first_byte_gives_the_place_back(
    path_of: PathOf, standin: StandIn, places: Places
) -> None:
    path = path_of(catalogue.SHORT.title)
    for fault in ("http:403", "html", "reset", "empty"):
        standin.fault("jiosaavn", fault, "all")
        answer = Client().get(path)
        assert (answer.status_code, places.running()) == (503, [])
        assert {attempt["source"] for attempt in answer.json()["attempts"]} == {"jiosaavn"}
    standin.clear_faults()
    heard(Client().get(path))


def test_an_expired_link_takes_no_place(path_of: PathOf, places: Places) -> None:
    path = path_of(catalogue.SHORT.title)
    with time_machine.travel(time.time() + timedelta(hours=13).total_seconds()):
        assert Client().get(path).status_code == 410
    assert places.running() == []
