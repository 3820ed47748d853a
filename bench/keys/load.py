"""Callers in a closed loop, in a process of their own: `python -m bench.keys.load PORT SECONDS CALLERS < requests`.

Standard input has a line for each kind of request: a path, and the key that is sent with it, or `-`. One JSON object
comes out: how many answers of each status there were, and how long each took.
"""

from __future__ import annotations

import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = re.compile(rb"(?i)content-length: *(\d+)")


@dataclass(frozen=True)
class Rate:
    """Answers a second, the 99th percentile in ms, and how many answers had which status."""

    per_second: float
    p99_ms: float
    statuses: dict[str, int]


def measured(port: int, requests: Sequence[tuple[str, str]], seconds: float, callers: int = 8) -> Rate:
    """How a server answers `callers` that each ask again as soon as answered, by requests drawn at random."""
    lines = "\n".join(f"{path} {key or '-'}" for path, key in requests)
    command = [sys.executable, "-m", "bench.keys.load", str(port), str(seconds), str(callers)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=seconds + 60)
    found = json.loads(done.stdout)
    return Rate(found["answers"] / seconds, found["p99_ms"], found["statuses"])


def main(port: int, seconds: float, callers: int) -> None:
    """Ask, and print."""
    wanted = [_request(*line.split()) for line in sys.stdin.read().splitlines()]
    until = time.perf_counter() + seconds
    spent: list[float] = []
    statuses: Counter[str] = Counter()
    arguments = (port, wanted, until, spent, statuses)
    threads = [threading.Thread(target=_call, args=arguments) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p99 = sorted(spent)[int(0.99 * len(spent))] * 1000 if spent else float("inf")
    print(json.dumps({"answers": len(spent), "p99_ms": p99, "statuses": statuses}))


def _request(path: str, key: str) -> bytes:
    header = "" if key == "-" else f"X-API-Key: {key}\r\n"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n".encode()


def _call(port: int, wanted: list[bytes], until: float, spent: list[float], statuses: Counter[str]) -> None:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while (began := time.perf_counter()) < until:
        connection.sendall(random.choice(wanted))
        statuses[_answer(connection)] += 1
        spent.append(time.perf_counter() - began)


def _answer(connection: socket.socket) -> str:
    """Read one whole answer; its status."""
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    missing = (int(length.group(1)) if length else 0) - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return head[9:12].decode()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
