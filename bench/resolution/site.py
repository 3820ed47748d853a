"""The real site in its own processes, on a database and at a port of its own, with the stand-in for the services."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers.processes import Server, await_answers, free_port, started
from flaks import server
from tests.standin.demo import OPERATORS, ROOT, SERVICES
from tests.standin.process import StandIn

LATENCY_MS = 120  # what a service in another country takes
# What the site's own settings say; they are not imported here, since that would make a secret for this process.
WORKERS, SERVER_THREADS = 2, 192
DEADLINE_MS, HEAD_START_MS = 6000, 300


@dataclass(frozen=True)
class House:
    """What every site of one run shares: the stand-in, and a migrated database in which there is a key."""

    standin: StandIn
    database: Path
    key: str

    @property
    def environment(self) -> dict[str, str]:
        """Every setting at its default, with all services at the stand-in."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith((*OPERATORS, "GUNICORN_"))}
        for name in ("REDIS_URL", "WEB_CONCURRENCY"):
            kept.pop(name, None)
        chosen = {"DJANGO_SETTINGS_MODULE": "flaks.settings", "SQLITE_PATH": str(self.database)}
        return kept | dict.fromkeys(SERVICES, self.standin.url) | chosen


@dataclass(frozen=True)
class Site:
    """A running site, and the key that it takes."""

    house: House
    server: Server

    @property
    def port(self) -> int:
        return self.server.port


@contextmanager
def house(latency_ms: int) -> Iterator[House]:
    """A stand-in of so much latency, and a database with a key of no limit."""
    with tempfile.TemporaryDirectory(prefix="flaks-bench-") as folder, StandIn(latency_ms=latency_ms) as standin:
        made = House(standin, Path(folder) / "flaks.sqlite3", "")
        _manage(made, "migrate", "--verbosity", "0")
        yield House(
            standin, made.database, _manage(made, "create_key", "--name", "bench", "--burst", "unlimited").strip()
        )


def _manage(of: House, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=of.environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return done.stdout


@contextmanager
def site(of: House, *, workers: int = WORKERS, redis_url: str = "") -> Iterator[Site]:
    """The site as `manage.py serve` starts it, of which nothing is known yet; with Redis where there is an address.

    The stand-in has no fault and an empty log then.
    """
    of.standin.clear_faults()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="flaks-site-") as folder:
        database = Path(folder) / "flaks.sqlite3"
        for file in of.database.parent.iterdir():
            shutil.copy(file, Path(folder) / file.name)
        command = [*server.command("127.0.0.1", port), "--workers", str(workers)]
        settings = of.environment | {"SQLITE_PATH": str(database), "REDIS_URL": redis_url}
        with started(command, port, settings) as running:
            await_answers(running, workers, "/healthz")
            of.standin.clear_log()
            yield Site(of, running)


def redis_is_installed() -> bool:
    """Whether Debian's `redis-server`, or another one, is there."""
    return shutil.which("redis-server") is not None


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis of our own that keeps nothing. Raises RuntimeError where it does not start in 10 s."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="flaks-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        try:
            _await_port(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(10)


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("redis-server did not start")
