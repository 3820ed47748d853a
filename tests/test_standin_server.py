"""The stand-in as a server and a process: journal, connections, memory, start and end."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

_SEARCH = {"__call": "search.getResults", "q": "love", "n": "5", "api_version": "4"}


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn() as started:
        yield started


@pytest.fixture
def standin(running: StandIn) -> Iterator[StandIn]:
    running.clear_log()
    yield running
    running.clear_faults()
    running.set_latency(0)


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def _search(standin: StandIn, http: requests.Session, seconds: float = 10) -> requests.Response:
    return http.get(f"{standin.url}/api.php", params=_SEARCH, timeout=seconds)


def _file(standin: StandIn, bitrate: int = 96) -> str:
    return f"{standin.url}/{ids.file_stem(catalogue.SHORT)}_{bitrate}.mp4"


def test_the_journal_holds_what_was_asked_and_what_was_answered(standin: StandIn, http: requests.Session) -> None:
    answer = http.get(f"{standin.url}/api.php", params=_SEARCH, headers={"Accept-Encoding": "identity", "X-Mark": "7"})
    (entry,) = standin.log()
    assert entry["query"] == _SEARCH
    assert (entry["source"], entry["part"], entry["method"], entry["path"]) == ("jiosaavn", "api", "GET", "/api.php")
    assert (entry["status"], entry["bytes"], entry["host"]) == (200, len(answer.content), "127.0.0.1")
    assert (entry["headers"]["x-mark"], entry["tunnelled"]) == ("7", False)
    assert entry["elapsed_ms"] >= 0 < entry["started"]


def test_the_journal_shows_forms_like_queries_and_can_be_filtered_and_cleared(
    standin: StandIn, http: requests.Session
) -> None:
    http.post(f"{standin.url}/api.php", data=_SEARCH)
    http.get(_file(standin), headers={"Range": "bytes=0-9"})
    assert [entry["query"] for entry in standin.log("jiosaavn", "api")] == [_SEARCH]
    assert [(entry["status"], entry["bytes"]) for entry in standin.log(part="media")] == [(206, 10)]
    standin.clear_log()
    assert standin.log() == []


def test_an_unknown_control_route_answers_404(standin: StandIn, http: requests.Session) -> None:
    assert http.get(f"{standin.url}/_shutdown").status_code == 404


def test_a_connection_is_kept_alive(standin: StandIn) -> None:
    with socket.create_connection(("127.0.0.1", standin.port), 10) as client:
        for _ in range(3):
            client.sendall(b"GET /_control HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 200")


def test_what_is_not_http_is_answered_with_400(standin: StandIn) -> None:
    with socket.create_connection(("127.0.0.1", standin.port), 10) as client:
        client.sendall(b"\x16\x03\x01 not http\r\n\r\n")
        assert b"".join(iter(lambda: client.recv(65536), b"")).startswith(b"HTTP/1.1 400")


def test_300_clients_are_served_at_once(standin: StandIn) -> None:
    path, together = urlsplit(_file(standin)).path, threading.Barrier(30)

    def ask(_: int) -> list[bytes]:
        together.wait(20)
        clients = [socket.create_connection(("127.0.0.1", standin.port), 10) for _ in range(10)]
        for client in clients:
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nRange: bytes=0-99\r\n\r\n".encode())
        starts = [client.recv(12) for client in clients]
        for client in clients:
            client.close()
        return starts

    with ThreadPoolExecutor(30) as pool:
        statuses = {start for starts in pool.map(ask, range(30)) for start in starts}
    assert statuses == {b"HTTP/1.1 206"}


def test_a_client_that_leaves_in_the_middle_of_a_song_does_no_harm(standin: StandIn, http: requests.Session) -> None:
    for _ in range(5):
        with http.get(f"{standin.url}/{ids.file_stem(catalogue.LONG)}_320.mp4", stream=True) as answer:
            assert answer.raw.read(1000)
    assert _search(standin, http).status_code == 200


def test_an_hour_of_music_is_not_built_in_memory(standin: StandIn, http: requests.Session) -> None:
    with http.get(f"{standin.url}/{ids.file_stem(catalogue.LONG)}_320.mp4", stream=True) as answer:
        received = sum(map(len, answer.iter_content(1 << 20)))
    assert received == int(answer.headers["Content-Length"]) > 140_000_000
    status = Path(f"/proc/{standin.pid}/status")
    if not status.exists():
        pytest.skip("needs /proc to read the peak of the memory")
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 130_000


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_clients_still_connected(number: signal.Signals) -> None:
    with StandIn() as started, socket.create_connection(("127.0.0.1", started.port), 10) as client:
        client.sendall(b"GET /_control HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(65536)
        os.kill(started.pid, number)
        assert started.wait(10) == 0


def test_it_ends_with_the_process_that_started_it() -> None:
    with StandIn() as started:
        started.close_input()
        assert started.wait(10) == 0


def test_a_port_that_is_taken_is_told(standin: StandIn) -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        StandIn(port=standin.port)


def test_it_says_where_it_is_in_exactly_one_line() -> None:
    command = [sys.executable, "-m", "tests.standin", "--port", "0", "--until-eof"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        line = process.stdout.readline().decode()
        process.stdin.close()
        assert (line.startswith("stand-in on http://127.0.0.1:"), process.stdout.read()) == (True, b"")
