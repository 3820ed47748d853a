"""Which connections to the services are kept, and what one leaves to the next question."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from music.deadline import Deadline
from music.upstream import Upstream, UpstreamOptions
from tests.music.upstreams import server, upstream
from tests.standin.process import StandIn


def connections_to(port: int) -> int:
    """The open connections of this process to a port of this machine."""
    links = []
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed meanwhile
            links.append(str(file.readlink()))
    rows = (line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:])
    return sum(row[2].endswith(f":{port:04X}") and row[3] == "01" and f"socket:[{row[9]}]" in links for row in rows)


def test_an_answer_that_is_closed_while_somebody_reads_it_gives_no_open_connection_back() -> None:
    """The reader has read something just as another thread closes: by then the answer looks as if it was read whole."""
    full, gone, read, handed = (threading.Event() for _ in range(4))

    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        connection.settimeout(0.2)
        with suppress(OSError):
            while not gone.is_set():
                try:
                    connection.send(b"x" * 65536)
                except TimeoutError:
                    full.set()  # nobody takes any more
        gone.set()

    def read_late(*asked: Any, **options: Any) -> bytes:
        some: bytes = read_some(*asked, **options)
        read.set()
        while not answer._response.raw._fp.isclosed():
            time.sleep(0.001)
        return some

    def close_late() -> None:
        close()
        assert handed.wait(5)

    def reader() -> None:
        next(answer.chunks())
        handed.set()

    with server(serve) as url, ThreadPoolExecutor(1) as pool:
        client = upstream(url)
        answer: Any = client.open(f"{url}/x", Deadline.after(5000), {})
        raw = answer._response.raw
        read_some, close = raw._fp_read, raw._fp.close
        raw._fp_read, raw._fp.close = read_late, close_late
        reading = pool.submit(reader)
        assert read.wait(5)
        assert full.wait(5)
        answer.close()
        reading.result(5)
        assert gone.wait(4), "the service still has it open"
        gone.set()


def test_an_answer_is_not_held_while_nobody_asks() -> None:
    body = b"x" * 4_000_000
    sent = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with server(lambda connection: connection.sendall(sent)) as url:
        client = upstream(url)
        tracemalloc.start()
        size = len(client.get(f"{url}/x", Deadline.after(5000)).body)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert size == len(body)
    assert held < len(body)


def test_a_get_after_a_post_on_one_connection_has_no_body() -> None:
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        for _ in range(2):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            seen.append(connection.recv(65536))

    with server(serve, seen) as url:
        client = upstream(url)
        client.post(f"{url}/x", Deadline.after(5000), data={"a": "b c"})
        client.get(f"{url}/y", Deadline.after(5000))
    post, get = seen[0], seen[1]
    assert post.startswith(b"POST /x HTTP/1.1")
    assert post.endswith(b"\r\n\r\na=b+c")
    assert get.startswith(b"GET /y HTTP/1.1")
    assert b"content-type" not in get.lower()
    assert get.endswith(b"\r\n\r\n")


def test_a_kept_connection_that_the_service_has_closed_is_made_anew() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")  # and is closed without a word

    with server(serve) as url:
        client = upstream(url)
        answers = [client.get(f"{url}/{number}", Deadline.after(5000)).body for number in range(3)]
    assert answers == [b"ok"] * 3


def test_many_may_ask_at_once_and_few_connections_stay_open(standin_process: StandIn) -> None:
    standin_process.clear_faults()
    client = Upstream(UpstreamOptions(standin_process.url, (), connections=2))
    before = connections_to(standin_process.port)  # those of the tests before
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(client.get, f"{standin_process.url}/api.php", Deadline.after(5000)) for _ in range(40)]
        assert {each.result().status for each in asked} == {200}
    assert connections_to(standin_process.port) - before <= 2
