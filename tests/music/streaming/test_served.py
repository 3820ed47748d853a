"""Streams on the real server: what ends them from outside, and what stalled listeners cannot do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from tests.music.streaming.served import Served, await_true, serving
from tests.standin import catalogue
from tests.standin.mp4 import song_file

LONG = catalogue.LONG


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), FLAKS_MAX_STREAMS="3") as running:
        yield running


@pytest.fixture
def link(served: Served) -> str:
    """A long song that the server carries; its key is as it was made, and nobody else listens."""
    served.set_key(enabled=1, stream_limit=None)
    served.standin.clear_faults()
    found = served.link(LONG.title, delivery="proxy", quality="96")
    served.standin.clear_log()
    return found


def listener(url: str, receive_buffer: int = 4096) -> socket.socket:
    """A listener who has the head of the answer, and takes no more than a small buffer holds."""
    parts = urlsplit(url)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.connect((parts.hostname, parts.port))
    connection.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    connection.settimeout(20)
    assert connection.recv(1024).startswith(b"HTTP/1.1 200")
    return connection


def running_upstream(served: Served) -> int:
    """How many answers of the media host are still being read."""
    return sum(entry["elapsed_ms"] is None for entry in served.standin.log(part="media"))


def test_the_whole_of_a_long_song_comes_through(served: Served, link: str) -> None:
    file = song_file(LONG.duration, 96, LONG.title, ", ".join(LONG.artists))
    assert requests.get(link, timeout=60).content == b"".join(file.chunks(0, file.size))


def test_a_listener_who_leaves_closes_the_media_hosts_connection_at_once(served: Served, link: str) -> None:
    connection = listener(link)
    await_true(lambda: running_upstream(served) == 1, 5)
    connection.close()
    await_true(lambda: running_upstream(served) == 0, 4)  # a read of the media host would wait 5 s


def test_it_does_so_though_the_media_host_sends_nothing(served: Served, link: str) -> None:
    """The thread waits for the media host then, and would notice only as it sends."""
    served.standin.fault("jiosaavn", "stall:500000", "media")
    with requests.get(link, stream=True, timeout=20) as answer:
        assert len(answer.raw.read(400_000)) == 400_000
        assert running_upstream(served) == 1
    await_true(lambda: running_upstream(served) == 0, 4)  # a read of the media host would wait 5 s


def test_running_streams_end_within_ten_seconds_of_their_key(served: Served, link: str) -> None:
    with listener(link) as connection:
        served.set_key(enabled=0)
        assert requests.get(link, timeout=5).status_code == 404
        assert await_true(lambda: running_upstream(served) == 0, 12) < 10
        while connection.recv(65536):
            pass  # what was on its way; then it is over, and not after 30 s of silence


def test_at_the_limit_listeners_who_take_nothing_make_room(served: Served, link: str) -> None:
    stalled = [listener(link) for _ in range(3)]
    refused = requests.get(link, timeout=5)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
    assert requests.get(f"{served.url}/healthz", timeout=5).status_code == 200

    def is_admitted() -> bool:
        with requests.get(link, stream=True, timeout=5) as answer:
            return answer.status_code == 200

    await_true(is_admitted, 15)
    for connection in stalled:
        connection.close()
    await_true(lambda: running_upstream(served) == 0, 10)


def test_a_listener_who_takes_a_byte_now_and_then_makes_room_too(served: Served, link: str) -> None:
    served.set_key(stream_limit=1)
    with listener(link) as crawling:
        taken = 0

        def is_admitted() -> bool:
            nonlocal taken
            taken += len(crawling.recv(1))
            with requests.get(link, stream=True, timeout=5) as answer:
                return answer.status_code == 200

        await_true(is_admitted, 15)
        assert taken > 10


def test_a_head_and_a_range_need_no_free_place_for_long(served: Served, link: str) -> None:
    assert all(requests.head(link, timeout=5).status_code == 200 for _ in range(5))
    for start in range(0, 50, 10):
        part = requests.get(link, headers={"Range": f"bytes={start}-{start + 9}"}, timeout=5)
        assert (part.status_code, len(part.content)) == (206, 10)
