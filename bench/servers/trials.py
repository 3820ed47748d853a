"""What is measured of one candidate, a function for each question; every wait is bounded."""

import asyncio
import http.client
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.servers.candidates import GRACE_SECONDS, Candidate
from bench.servers.events import count
from bench.servers.load import Rate, Stalled, closed_loop, load_bare, percentile, stalled_streams
from bench.servers.processes import Server, get, running, socket_memory

CALLERS = 32
SLOW_CALLERS = 64
STREAMS = 200
PROBES = 60
PROBE_SECONDS = 1.0
SILENCE_SECONDS = 2
SETTLE_SECONDS = 1.0


@dataclass(frozen=True)
class Round:
    """One round: the bare view under load, processor µs a call of the whole tree, slow calls in s, MB with yt-dlp."""

    bare: Rate
    cpu_us: float
    slow: list[float]
    memory: float


@dataclass(frozen=True)
class Crowd:
    """Calls beside stalled streams: seconds each answered call took, calls that were not, and the streams.

    `memory` is the processes' in MB; `kernel` is what the machine's TCP sockets hold besides, in MB.
    """

    bare: list[float]
    unanswered: int
    slow: list[float]
    memory: float
    kernel: float
    streams: Stalled


@dataclass(frozen=True)
class Stop:
    """A SIGTERM: the status of the call that ran (0 for none), seconds until the tree was gone, hooks that ran."""

    status: int
    seconds: float | None
    hooks: Counter[str]


def ordinary_round(candidate: Candidate, seconds: float) -> Round:
    """The bare view by 32 keep-alive callers, then 64 callers of the slow view, with yt-dlp imported."""
    with running(candidate, BENCH_YT_DLP="1") as server:
        load_bare(server.port, CALLERS, 1)
        before = server.cpu()
        bare = load_bare(server.port, CALLERS, seconds)
        cpu_us = (server.cpu() - before) / max(1.0, bare.per_second * seconds) * 1e6
        slow = asyncio.run(closed_loop(server.port, "/slow", SLOW_CALLERS, calls=3))
        return Round(bare, cpu_us, slow, server.memory())


def guarded_crowd(candidate: Candidate) -> Crowd:
    """200 stalled streams where each process admits its share only."""
    with (
        running(candidate, BENCH_YT_DLP="1", BENCH_STREAM_SHARE=str(candidate.share)) as server,
        stalled_streams(server.port, STREAMS, timeout=5) as streams,
    ):
        return _calls_beside(server, streams)


def unguarded_crowd(candidate: Candidate) -> Crowd:
    """As many stalled streams as there are threads, and no share."""
    with (
        running(candidate, BENCH_YT_DLP="1") as server,
        stalled_streams(server.port, candidate.threads * candidate.workers, timeout=2) as streams,
    ):
        return _calls_beside(server, streams)


def _calls_beside(server: Server, streams: Stalled) -> Crowd:
    time.sleep(SETTLE_SECONDS)
    bare, unanswered = _probe(server.port)
    slow = [] if unanswered else asyncio.run(closed_loop(server.port, "/slow", SLOW_CALLERS, calls=2))
    return Crowd(bare, unanswered, slow, server.memory(), socket_memory(), streams)


def _probe(port: int) -> tuple[list[float], int]:
    """Seconds of up to 60 bare calls, each on a new connection, and how many failed; the second failure ends it."""
    spent: list[float] = []
    unanswered = 0
    while len(spent) + unanswered < PROBES and unanswered < 2:
        began = time.perf_counter()
        try:
            get(port, "/bare", PROBE_SECONDS)
            spent.append(time.perf_counter() - began)
        except OSError:
            unanswered += 1
    return spent, unanswered


def stop_during_call(candidate: Candidate) -> Stop:
    """SIGTERM 0.3 s into a call of 1 s."""
    statuses: list[int] = []
    with _noting(candidate) as (server, events):
        call = threading.Thread(target=_note_status, args=(server.port, statuses))
        call.start()
        time.sleep(0.3)
        seconds = server.terminate(GRACE_SECONDS + 5)
        call.join()
        return Stop(statuses[0], seconds, count(events))


def _note_status(port: int, statuses: list[int]) -> None:
    try:
        statuses.append(get(port, "/slow?seconds=1", 10))
    except (OSError, http.client.HTTPException):
        statuses.append(0)


def stop_during_stall(candidate: Candidate) -> Stop:
    """SIGTERM while one client takes nothing of its stream."""
    with _noting(candidate) as (server, events), stalled_streams(server.port, 1, timeout=2):
        return Stop(0, server.terminate(GRACE_SECONDS + 5), count(events))


def places_back_from_stalled(candidate: Candidate) -> tuple[int, int]:
    """Of ten stalled streams whose clients stay, how many the server has ended itself after 6 s.

    Where the server has such a bound it is set to 2 s, which a send that was half done may take twice.
    """
    with (
        _noting(candidate, BENCH_SEND_SECONDS=str(SILENCE_SECONDS)) as (server, events),
        stalled_streams(server.port, 10, timeout=2),
    ):
        _wait_until(lambda: count(events)["stream-closed"] == 10, 3 * SILENCE_SECONDS)
        return count(events)["stream-closed"], 10


def leaving_clients_noticed(candidate: Candidate) -> tuple[int, int]:
    """Of ten clients that hang up on a stalled stream, how many had `close()` called on their body within 3 s."""
    with _noting(candidate) as (server, events):
        with stalled_streams(server.port, 10, timeout=2):
            pass
        _wait_until(lambda: count(events)["stream-closed"] == 10, 3)
        return count(events)["stream-closed"], 10


def head_of_a_stream(candidate: Candidate) -> tuple[int, int]:
    """Of ten HEAD requests for the stream, how many had `close()` called on their body within 3 s."""
    with _noting(candidate) as (server, events):
        for _ in range(10):
            get(server.port, "/stream", 2, method="HEAD")
        _wait_until(lambda: count(events)["stream-closed"] == 10, 3)
        return count(events)["stream-closed"], 10


def status_of_long_keys(candidate: Candidate) -> dict[int, int]:
    """The status that a call with an X-API-Key of so many bytes gets, 0 where the connection was cut."""
    with running(candidate) as server:
        return {length: _status(server.port, {"X-API-Key": "k" * length}) for length in (8000, 10240, 100_000)}


def _status(port: int, headers: dict[str, str]) -> int:
    try:
        return get(port, "/echo", 3, headers)
    except (OSError, http.client.HTTPException):
        return 0


def silence_beside_half_heads(candidate: Candidate) -> float:
    """Seconds until bare calls are answered beside a half-sent request head for each thread; infinite after 8 s."""
    with running(candidate, BENCH_RECEIVE_SECONDS=str(SILENCE_SECONDS)) as server:
        connections = [_send(server.port, b"GET /bare HTTP/1.1\r\nHo") for _ in range(candidate.threads * 2)]
        began = time.monotonic()
        while time.monotonic() - began < 8 and _probe(server.port)[1]:
            time.sleep(0.05)
        spent = time.monotonic() - began
        for connection in connections:
            connection.close()
        return spent if spent < 8 else float("inf")


def slowest_beside_closers(candidate: Candidate) -> float:
    """Seconds of the slowest bare call beside eight clients that ask to close the connection and keep it open."""
    with running(candidate) as server:
        request = b"GET /bare HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        connections = [_send(server.port, request) for _ in range(8)]
        slowest = 0.0
        for _ in range(8):
            began = time.perf_counter()
            with suppress(OSError):
                get(server.port, "/bare", 20)
            slowest = max(slowest, time.perf_counter() - began)
        for connection in connections:
            connection.close()
        return slowest


def p50_p95_ms(spent: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in ms."""
    return percentile(spent, 0.5) * 1000, percentile(spent, 0.95) * 1000


@contextmanager
def _noting(candidate: Candidate, **environment: str) -> Iterator[tuple[Server, Path]]:
    """A running candidate and the file in which it notes events."""
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events"
        with running(candidate, BENCH_EVENTS=str(events), **environment) as server:
            yield server, events


def _send(port: int, data: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(data)
    return connection


def _wait_until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
