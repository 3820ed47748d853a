"""A Redis of the tests' own, on a socket in a folder of theirs."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a Redis that keeps nothing; it ends with the block."""
    place = folder / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await(place)
        yield f"unix://{place}?db=0"
    finally:
        server.terminate()
        server.wait(10)


def _await(place: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            redis.Redis(unix_socket_path=str(place)).ping()
            return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError("redis-server did not answer")
