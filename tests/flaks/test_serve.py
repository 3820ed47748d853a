"""`manage.py serve` as a real process: what it prints, that the printed call works, and how it stops."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.standin import catalogue
from tests.standin.process import StandIn

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(tmp_path: Path, jiosaavn: str) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """The server on a database of its own: its process, its address, and the file with what it prints."""
    port, printed = free_port(), tmp_path / "printed"
    environment = {name: value for name, value in os.environ.items() if name != "MONGO_URI"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "flaks.settings",
        "PORT": str(port),
        "SQLITE_PATH": str(tmp_path / "flaks.sqlite3"),
        "JIOSAAVN_URL": jiosaavn,
        "FLAKS_SOURCES": "jiosaavn",
    }
    command = [sys.executable, "manage.py", "serve", "--example", catalogue.PLAIN.title]
    with printed.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield process, f"http://127.0.0.1:{port}", printed
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str, process: subprocess.Popen[str], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


def test_the_printed_call_answers_a_track_and_a_link(tmp_path: Path) -> None:
    with StandIn() as standin, serving(tmp_path, standin.url) as (process, _, printed):
        text = printed.read_text()
        assert "Could not reach" not in text
        line = re.search(r"curl (.|\n)*?'(?=\n)", text)
        assert line is not None
        call = shlex.split(line[0].replace("\\\n", " "))
        key, url = call[2].partition(": ")[2], call[3]
        answer = requests.get(url, headers={"X-API-Key": key}, timeout=10)
        assert answer.json()["track"]["title"] == catalogue.PLAIN.title
        played = requests.get(answer.json()["stream"]["url"], headers={"Range": "bytes=0-99"}, timeout=10)
        assert (played.status_code, played.content[4:8]) == (206, b"ftyp")
        process.terminate()
        assert process.wait(20) == 0


def test_it_serves_where_no_source_can_be_reached_and_says_so_in_one_line(tmp_path: Path) -> None:
    with serving(tmp_path, f"http://127.0.0.1:{free_port()}") as (_, url, printed):
        lines = [line for line in printed.read_text().splitlines() if "Could not reach" in line]
        assert len(lines) == 1
        assert "jiosaavn" in lines[0]
        assert "make demo" in lines[0]
        assert requests.get(f"{url}/readyz", timeout=5).status_code == 200


def test_a_second_start_shows_no_key_but_how_to_make_one(tmp_path: Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with serving(tmp_path, nobody):
        pass
    with serving(tmp_path, nobody) as (_, _, printed):
        assert "flk_live_" not in printed.read_text()
        assert "create_key" in printed.read_text()
