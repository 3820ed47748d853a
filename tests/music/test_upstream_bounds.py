"""Neither a service that sends without end nor one that sends nothing holds a question longer than it may take."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress

import pytest

from music.deadline import Deadline
from music.sources.base import BadAnswer, SourceTimeout, SourceUnreachable
from tests.music.upstreams import server, upstream
from tests.standin.process import StandIn


def test_a_body_over_the_limit_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 300_000)

    with server(serve) as url, pytest.raises(BadAnswer, match="over 100000 bytes"):
        upstream(url).get(f"{url}/x", Deadline.after(5000), limit=100_000)


def test_a_body_that_never_ends_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    with server(serve) as url, pytest.raises(BadAnswer):
        upstream(url).get(f"{url}/x", Deadline.after(5000), limit=100_000)


def test_a_small_body_that_unpacks_to_a_large_one_is_refused() -> None:
    packed = gzip.compress(b"\0" * 50_000_000)

    def serve(connection: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
        connection.sendall(head.encode() + packed)

    with server(serve) as url, pytest.raises(BadAnswer):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


@pytest.mark.parametrize(
    ("head", "drop"),
    [(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"), (b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n")],
    ids=["body", "head"],
)
def test_what_drips_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(drop)
            time.sleep(0.05)

    with server(serve) as url, pytest.raises(SourceTimeout):
        upstream(url).get(f"{url}/x", Deadline.after(300))


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX-Name: "], ids=["lines", "one line"])
def test_a_songs_head_that_drips_ends_at_the_deadline(head: bytes) -> None:
    gone = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        with suppress(OSError):
            for _ in range(400):
                connection.sendall(b"x: y\r\n" if head.endswith(b"\n") else b"x")
                time.sleep(0.02)
        gone.set()

    with server(serve) as url:
        with pytest.raises(SourceTimeout):
            upstream(url).open(f"{url}/x", Deadline.after(300), {})
        assert gone.wait(4), "the connection was not dropped"


def test_a_name_that_is_not_found_in_time_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(10) and [])
    with pytest.raises(SourceTimeout):
        upstream("https://www.jiosaavn.com").open("https://aac.saavncdn.com/1/x.mp4", Deadline.after(300), {})
    assert not answered.is_set()
    answered.set()


def test_a_head_without_end_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"y" * 1000 + b"\r\n")

    with server(serve) as url, pytest.raises(SourceUnreachable, match="broke"):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


def test_an_answer_that_does_not_come_times_out() -> None:
    gate = threading.Event()

    def serve(_: socket.socket) -> None:
        gate.wait(5)

    with server(serve) as url:
        with pytest.raises(SourceTimeout):
            upstream(url, read_ms=100).get(f"{url}/x", Deadline.after(5000))
        gate.set()


def test_no_time_left_asks_nobody(standin_process: StandIn) -> None:
    standin_process.clear_log()
    with pytest.raises(SourceTimeout):
        upstream(standin_process.url).get(f"{standin_process.url}/api.php", Deadline.after(0))
    assert standin_process.log() == []
