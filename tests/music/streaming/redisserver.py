"""A Redis of the test's own, on a socket file."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A running Redis that keeps nothing: its address."""
    path = folder / "s"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        assert _answers(path)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait(10)


def _answers(path: Path) -> bool:
    for _ in range(200):
        with socket.socket(socket.AF_UNIX) as probe:
            if path.exists() and probe.connect_ex(str(path)) == 0:
                return True
        time.sleep(0.05)
    return False
