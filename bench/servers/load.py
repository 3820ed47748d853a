"""What is put on a server: keep-alive callers in a closed loop, and clients that take nothing.

The bare view is loaded by wrk where it is installed (one thread of C, a few per cent of a core), else by the asyncio
callers below, which share the two cores with the server and so lower every candidate's figure.
"""

import asyncio
import re
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Rate:
    """How a closed loop went: answers a second, the 99th percentile in ms, and answers that were not 200 or failed."""

    per_second: float
    p99_ms: float
    failed: int


@dataclass(frozen=True)
class Stalled:
    """Clients that opened a stream and read its head only: statuses, and how many streams each worker has."""

    statuses: Counter[int]
    per_worker: Counter[str]
    connections: tuple[socket.socket, ...]

    @property
    def served(self) -> int:
        """Streams that the server has begun."""
        return self.statuses[200]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, by nearest rank; infinite for no values."""
    if not values:
        return float("inf")
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def load_bare(port: int, callers: int, seconds: float) -> Rate:
    """`callers` keep-alive callers of the bare view for `seconds`."""
    if shutil.which("wrk") is None:
        spent = asyncio.run(closed_loop(port, "/bare", callers, seconds=seconds))
        return Rate(len(spent) / seconds, percentile(spent, 0.99) * 1000, 0)
    duration = f"{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{callers}", f"-d{duration}", "--latency", f"http://127.0.0.1:{port}/bare"]
    return parse_wrk(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)


def parse_wrk(output: str) -> Rate:
    """wrk 4's report. Raises ValueError where it names no rate or no 99th percentile."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    p99 = re.search(r"\s99%\s+([\d.]+)(us|ms|s)", output)
    if rate is None or p99 is None:
        raise ValueError(f"not a report of wrk: {output!r}")
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    failed = sum(map(int, errors.groups() if errors else [])) + int(wrong.group(1) if wrong else 0)
    return Rate(float(rate.group(1)), float(p99.group(1)) * UNITS_MS[p99.group(2)], failed)


async def closed_loop(
    port: int, path: str, callers: int, *, calls: int | None = None, seconds: float = 60.0, timeout: float = 10.0
) -> list[float]:
    """Seconds that each answered call took, by `callers` connections that each ask again as soon as answered.

    A caller ends after `calls` calls, after `seconds`, or at its first failure (refused, cut, not 200, or no answer
    within `timeout` s): fewer figures than calls says that callers failed.
    """
    results = await asyncio.gather(*(_caller(port, path, calls, seconds, timeout) for _ in range(callers)))
    return [spent for result in results for spent in result]


async def _caller(port: int, path: str, calls: int | None, seconds: float, timeout: float) -> list[float]:
    spent: list[float] = []
    deadline = time.perf_counter() + seconds
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (calls is None or len(spent) < calls) and (began := time.perf_counter()) < deadline:
            async with asyncio.timeout(timeout):
                await _ask(reader, writer, path)
            spent.append(time.perf_counter() - began)
        writer.close()
    except (OSError, EOFError, TimeoutError):
        return spent
    return spent


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    """One request and its whole answer; raises ConnectionError for any status but 200."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    await reader.readexactly(int(length.group(1)) if length else 0)
    if not head.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(head.split(b"\r\n", 1)[0].decode())


@contextmanager
def stalled_streams(port: int, count: int, timeout: float) -> Iterator[Stalled]:
    """`count` clients of the stream that read its head and then nothing; `timeout` (s) bounds the wait for heads.

    Their receive buffers are small, so that the kernel does not take the whole stream in their stead.
    """
    with ExitStack() as opened:
        connections = [opened.enter_context(_ask_for_stream(port)) for _ in range(count)]
        deadline = time.monotonic() + timeout
        heads = [_head(connection, deadline) for connection in connections]
        statuses = Counter(int(head.split(b" ", 2)[1]) if head else 0 for head in heads)
        workers = Counter(
            found.group(1).decode() for head in heads if (found := re.search(rb"(?i)x-worker: (\d+)", head))
        )
        yield Stalled(statuses, workers, tuple(connections))


def _ask_for_stream(port: int) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", port))
    connection.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return connection


def _head(connection: socket.socket, deadline: float) -> bytes:
    """The first bytes of an answer, or nothing where none came by `deadline` (of the monotonic clock)."""
    connection.settimeout(max(0.01, deadline - time.monotonic()))
    try:
        return connection.recv(1024)
    except OSError:
        return b""
