"""Starts a candidate in its own process group, measures that group through /proc, and ends it whatever happens."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.servers.candidates import Candidate

START_SECONDS = 20.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running candidate; `leader` is the process that it was started as, and its group's number."""

    port: int
    leader: subprocess.Popen[bytes]

    def members(self) -> list[int]:
        """Process ids of the group, zombies left out."""
        return [pid for pid in _process_ids() if _belongs(pid, self.leader.pid)]

    def memory(self) -> float:
        """Proportional set size of the whole group, in MB of 10**6 bytes; a shared page is counted once."""
        return sum(_pss_kib(pid) for pid in self.members()) * 1024 / 1e6

    def cpu(self) -> float:
        """Processor seconds, user and system, that the living members have used so far."""
        return sum(_cpu_ticks(pid) for pid in self.members()) / TICKS

    def terminate(self, within: float) -> float | None:
        """Send SIGTERM to the leader alone; seconds until no member is left, or None after `within` seconds."""
        began = time.monotonic()
        os.kill(self.leader.pid, signal.SIGTERM)
        while time.monotonic() - began < within:
            self.leader.poll()
            if not self.members():
                return time.monotonic() - began
            time.sleep(0.02)
        return None


@contextmanager
def running(candidate: Candidate, **environment: str) -> Iterator[Server]:
    """The candidate, answering on a free port of 127.0.0.1; its whole group is killed at the end.

    Raises RuntimeError where every worker does not answer within 20 s.
    """
    port = free_port()
    with started(candidate.command(port), port, {**_clean_environment(), **environment}) as server:
        await_answers(server, candidate.workers, "/bare")
        yield server


@contextmanager
def started(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """The server that `command` starts at `port` in a group of its own, which is killed at the end."""
    process = subprocess.Popen(
        command,
        env=dict(environment),
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield Server(port, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def socket_memory() -> float:
    """What the machine's TCP sockets hold in the kernel, in MB of 10**6 bytes (`mem` of /proc/net/sockstat, in pages).

    No process's own figure includes it, but a container's limit does.
    """
    words = next(line for line in Path("/proc/net/sockstat").read_text().splitlines() if line.startswith("TCP")).split()
    return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGESIZE") / 1e6


def get(port: int, path: str, timeout: float, headers: Mapping[str, str] | None = None, method: str = "GET") -> int:
    """The status of one request on a connection of its own; raises OSError, also when `timeout` (s) runs out."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        return connection.getresponse().status
    finally:
        connection.close()


def await_answers(server: Server, workers: int, path: str) -> None:
    """Return once `path` answers 200 again and again, and more processes are there than `workers`.

    Raises RuntimeError where that takes over 20 s.
    """
    deadline = time.monotonic() + START_SECONDS
    answered = 0
    while time.monotonic() < deadline and server.leader.poll() is None:
        with suppress(OSError):
            answered += get(server.port, path, 5.0) == 200
        if answered > 20 and len(server.members()) > workers:
            return
        time.sleep(0.02)
    raise RuntimeError(f"the server did not answer: {server.leader.args!r}")


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("GUNICORN_", "GRANIAN_"))}


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _process_ids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _status_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command's name; empty where the process is gone (proc(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _belongs(pid: int, group: int) -> bool:
    fields = _status_fields(pid)
    return bool(fields) and fields[0] != "Z" and int(fields[2]) == group


def _cpu_ticks(pid: int) -> int:
    fields = _status_fields(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
