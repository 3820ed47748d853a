"""The measured site: a database, a stand-in for the services, and the project's own server, all on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flaks import server
from tests.standin.process import StandIn

START_SECONDS = 60.0


@dataclass(frozen=True)
class Site:
    """A running site, and the keys that open it."""

    port: int
    keys: list[str]


@contextmanager
def running(folder: Path, keys: int, calls: int) -> Iterator[Site]:
    """A site on a database of so many keys and counted calls; everything ends with the block."""
    with ExitStack() as opened:
        standin = opened.enter_context(StandIn())
        environment = _environment(folder, standin.url)
        _run(environment, "manage.py", "migrate", "--verbosity", "0")
        plain = _run(environment, "-m", "bench.keys.seed", str(keys), str(calls)).split()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        process = subprocess.Popen(server.command("127.0.0.1", port), env=environment, stderr=subprocess.DEVNULL)
        opened.callback(_stop, process)
        _await(port, process)
        yield Site(port, plain)


def _environment(folder: Path, jiosaavn: str) -> dict[str, str]:
    ours = ("FLAKS_", "JIOSAAVN_", "SPOTIFY_", "YOUTUBE_", "SESSION_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "bench.keys.site_settings",
        "SQLITE_PATH": str(folder / "flaks.sqlite3"),
        "MONGO_DB": "flaks_bench",
        "SESSION_SECRET": "only-for-the-measurement-of-the-keys",
        "JIOSAAVN_URL": jiosaavn,
        "FLAKS_SOURCES": "jiosaavn",
        "FLAKS_CACHE_SECONDS": "86400",
    }


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/bare", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(30)
