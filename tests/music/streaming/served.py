"""Flaks as it is served: the real server in processes of its own, before the stand-in, on a database of its own."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.standin.process import StandIn

ROOT = Path(__file__).parents[3]
OURS = ("FLAKS_", "JIOSAAVN_", "SPOTIFY_", "YOUTUBE_", "LRCLIB_", "MONGO_", "SESSION_", "DJANGO_", "REDIS_", "PYTEST_")


class Served:
    """A running server: its address, a key, and the stand-in behind it."""

    def __init__(self, url: str, key: str, database: Path, standin: StandIn, leader: int) -> None:
        self.url, self.key, self.database, self.standin, self.leader = url, key, database, standin, leader

    def api(self, path: str, **asked: str) -> dict[str, Any]:
        """The answer of a route of the API."""
        answer = requests.get(f"{self.url}{path}", asked, headers={"X-API-Key": self.key}, timeout=15)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def link(self, wanted: str, **asked: str) -> str:
        """A link that plays what is wanted."""
        return str(self.api("/api/v1/stream", q=wanted, **asked)["stream"]["url"])

    def set_key(self, **columns: int | None) -> None:
        """Change the key in the database, as the admin does."""
        with sqlite3.connect(self.database, timeout=10) as connection:
            for name, value in columns.items():
                connection.execute(f"UPDATE api_keys SET {name} = ?", (value,))  # noqa: S608 # names of ours
        connection.close()


@contextmanager
def serving(folder: Path, *, workers: int = 1, unlimited: bool = False, **variables: str) -> Iterator[Served]:
    """The server with all sources, answering; `variables` go into its environment.

    Its key is the one that it prints, which has a limit a day, or takes a second to be made without one.
    """
    with StandIn() as standin:
        port = _free_port()
        environment = _environment(folder, standin, port) | {"GUNICORN_CMD_ARGS": f"--workers {workers}", **variables}
        with (folder / "printed").open("w") as printed:
            command = [sys.executable, "manage.py", "serve"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=printed, stderr=printed)
        try:
            _await(f"http://127.0.0.1:{port}/healthz", process, folder / "printed")
            key = _unlimited_key(environment) if unlimited else _printed_key(folder)
            yield Served(f"http://127.0.0.1:{port}", key, folder / "flaks.sqlite3", standin, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _environment(folder: Path, standin: StandIn, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "flaks.settings",
        "PORT": str(port),
        "SQLITE_PATH": str(folder / "flaks.sqlite3"),
        "JIOSAAVN_URL": standin.url,
        "LRCLIB_URL": standin.url,
        "SPOTIFY_OPEN_URL": standin.url,
        "SPOTIFY_PARTNER_URL": standin.url,
        "SPOTIFY_API_URL": standin.url,
        "YOUTUBE_PROXY": standin.url,
        "FLAKS_CA_FILE": str(standin.ca_file),
        "FLAKS_HEDGE_MS": "5000",
    }


def _printed_key(folder: Path) -> str:
    found = re.search(r"flk_live_[0-9A-Za-z]{38}", (folder / "printed").read_text())
    assert found is not None
    return found[0]


def _unlimited_key(environment: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "create_key", "--name", "listener", "--json"]
    made = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return str(json.loads(made.stdout)["key"])


def _await(url: str, process: subprocess.Popen[bytes], printed: Path, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {printed.read_text()}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def await_true(holds: Any, seconds: float) -> float:
    """Seconds until `holds()` is true; raises AssertionError where that takes longer than `seconds`."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it did not come true in time"
        time.sleep(0.05)
    return time.monotonic() - began
