"""Processes that begin in a moment: forked, as the server's are, from one that has loaded everything.

A process that loads the site anew takes more than a second of a core before it does anything.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from types import TracebackType
from typing import Any

import django
from django.core.management import execute_from_command_line
from django.urls import get_resolver

ROOT = Path(__file__).parents[1]
PROGRAM = "import sys; from tests.nursery import main; main(int(sys.argv[1]), sys.argv[2:])"
LARGEST = 65536  # bytes of what is asked
PATIENCE = 240  # seconds


class Child:
    """A process of the nursery's, with pipes as those of a `subprocess.Popen`; it was told nothing yet."""

    def __init__(self, nursery: Nursery, pid: int, stdin: int, stdout: int) -> None:
        self._nursery, self.pid = nursery, pid
        self.stdin, self.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout)
        self.returncode: int | None = None

    def communicate(self, told: str = "") -> str:
        """Tell it this as the last thing, and wait for its end; what it has printed since it was last asked.

        One that does not end in time is killed, and its `returncode` says so.
        """
        too_late = threading.Timer(PATIENCE, self.send_signal, [signal.SIGKILL])
        too_late.start()
        with suppress(BrokenPipeError), self.stdin:  # it may have ended already
            self.stdin.write(told)
        with self.stdout:
            printed = self.stdout.read()
        too_late.cancel()
        self.returncode = self._nursery.ended(self.pid)
        return printed

    def send_signal(self, number: int) -> None:
        """As `os.kill`, of a process that has not been waited for."""
        os.kill(self.pid, number)


class Nursery:
    """A process that has loaded the site with this environment, and whatever is named; ends with its block."""

    def __init__(self, environment: dict[str, str], *loaded: str) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-c", PROGRAM, str(number), *loaded]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, pass_fds=[number]
            )

    def start(self, function: str, *arguments: str) -> Child:
        """A process that calls the function, named as in `tests.keys.spender:main`, and ends."""
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        pid = self._ask({"call": function, "arguments": arguments}, theirs_in, theirs_out)
        os.close(theirs_in)
        os.close(theirs_out)
        return Child(self, pid, ours_in, ours_out)

    def manage(self, *arguments: str) -> str:
        """What a process prints that is `manage.py` with these arguments; it must end well."""
        child = self.start("tests.nursery:managed", *arguments)
        printed = child.communicate()
        assert child.returncode == 0, arguments
        return printed

    def ended(self, pid: int) -> int:
        """How a process ended, as `subprocess` tells it, once it has."""
        return self._ask({"wait": pid})

    def _ask(self, what: dict[str, Any], *files: int) -> int:
        socket.send_fds(self._channel, [json.dumps(what).encode()], files)
        answer = self._channel.recv(LARGEST)
        assert answer, "the nursery has died"
        return int(answer)

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()
        self._process.wait(20)


def managed(*arguments: str) -> None:
    """Be `manage.py` with these arguments."""
    execute_from_command_line(["manage.py", *arguments])


def main(channel: int, loaded: list[str]) -> None:
    """Load the site, and answer what is asked by the channel until it is closed; in a child, be what was wanted."""
    django.setup()
    _ = get_resolver().url_patterns
    for name in loaded:
        resolve_name(name)
    gc.freeze()  # what a child looks through for garbage, it copies
    with socket.socket(fileno=channel) as asked:
        wanted = _child_of(asked)
    if wanted:
        resolve_name(wanted["call"])(*wanted["arguments"])


def _child_of(asked: socket.socket) -> dict[str, Any] | None:
    """In a child, what it is to be; in the nursery itself, at its end, nothing."""
    while True:
        message, files, _, _ = socket.recv_fds(asked, LARGEST, 2)
        if not message:
            return None
        what: dict[str, Any] = json.loads(message)
        is_wanted = "call" in what
        answer = os.fork() if is_wanted else os.waitstatus_to_exitcode(os.waitpid(what["wait"], 0)[1])
        if is_wanted and answer == 0:
            _take(files)
            return what
        for file in files:
            os.close(file)
        asked.send(str(answer).encode())


def _take(files: list[int]) -> None:
    """Have these as standard input and output."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
