"""A real Redis for tests: Debian's `redis-server` on loopback, with a password, that keeps nothing on disk."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from types import TracebackType

from redis import Redis
from redis.exceptions import RedisError

PROGRAM = shutil.which("redis-server")
PASSWORD = "hunter2-of-the-cache"


def free_port() -> int:
    """A port of loopback on which nobody listens at the moment."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class RedisServer:
    """A running Redis; ends with `kill()` or at the end of a `with`. Raises RuntimeError if it does not start."""

    def __init__(self) -> None:
        assert PROGRAM is not None
        self.port = free_port()
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")
        command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self._folder.name]
        command += ["--requirepass", PASSWORD, "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self._wait_until_it_answers()

    def _wait_until_it_answers(self, seconds: float = 20.0) -> None:
        until = time.monotonic() + seconds
        with Redis.from_url(self.url) as client:
            while time.monotonic() < until and self._process.poll() is None:
                try:
                    client.ping()
                except RedisError:
                    time.sleep(0.02)
                else:
                    return
        self.kill()
        raise RuntimeError("redis-server did not start")

    def held_keys(self) -> list[str]:
        """What it holds."""
        with Redis.from_url(self.url, decode_responses=True) as client:
            return sorted(str(key) for key in client.scan_iter())

    def silence(self) -> None:
        """Have it answer nothing any more, with its connections open."""
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """End it at once; may be called twice."""
        self._process.kill()
        self._process.wait(10)
        self._folder.cleanup()

    def __enter__(self) -> RedisServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
