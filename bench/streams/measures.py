"""What is measured: calls of the API, first bytes, and what the server's processes hold."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

CALLERS = 2
CALLS_A_SECOND = 20.0


@dataclass
class Calls:
    """Seconds that each answered call took, and how many were not answered with 200."""

    spent: list[float] = field(default_factory=list)
    failed: int = 0

    def percentile(self, share: float) -> float:
        """Milliseconds below which `share` (0..1) of the calls lie, by nearest rank."""
        if not self.spent:
            return float("inf")
        return sorted(self.spent)[min(len(self.spent) - 1, int(share * len(self.spent)))] * 1000


def load_api(url: str, key: str, paths: Sequence[str], seconds: float) -> Calls:
    """`CALLERS` keep-alive callers, together `CALLS_A_SECOND` calls a second of these paths in turn, for `seconds`."""
    calls = Calls()
    callers = [Thread(target=_call_on, args=(url, key, paths, seconds, calls, number)) for number in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return calls


def _call_on(url: str, key: str, paths: Sequence[str], seconds: float, calls: Calls, number: int) -> None:
    connection = http.client.HTTPConnection(str(urlsplit(url).netloc), timeout=15)
    began = time.perf_counter()
    step = CALLERS / CALLS_A_SECOND
    for count in range(int(seconds / step)):
        time.sleep(max(0.0, began + count * step + number * step / CALLERS - time.perf_counter()))
        asked = time.perf_counter()
        connection.request("GET", paths[count % len(paths)], headers={"X-API-Key": key})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            calls.spent.append(time.perf_counter() - asked)
        else:
            calls.failed += 1
    connection.close()


def api_path(route: str, **asked: str) -> str:
    """The path of a call."""
    return f"{route}?{urlencode(asked)}"


def first_byte(link: str) -> float:
    """Seconds from connecting until the first byte of the audio is there; raises ConnectionError for a refusal."""
    parts = urlsplit(link)
    began = time.perf_counter()
    connection = http.client.HTTPConnection(parts.netloc, timeout=15)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
    answer = connection.getresponse()
    if answer.status != 200 or not answer.read(1):
        raise ConnectionError(f"HTTP {answer.status}")
    spent = time.perf_counter() - began
    connection.close()
    return spent


def memory(leader: int) -> float:
    """Proportional set size of a process and all that it started, in MB of 10**6 bytes."""
    return sum(map(_pss, _tree(leader))) / 1e6


def own_socket_memory(leader: int) -> float | None:
    """What the kernel holds for the TCP sockets of a process and all that it started, in MB; None without `ss`."""
    if shutil.which("ss") is None:
        return None
    listed = subprocess.run(["ss", "-tmnpHO"], check=True, capture_output=True, text=True).stdout.splitlines()
    marks = {f"pid={pid}," for pid in _tree(leader)}
    ours = [line for line in listed if any(mark in line for mark in marks)]
    return sum(map(_held, ours)) / 1e6


def _held(line: str) -> int:
    """Bytes received and not read, queued to be sent, and set aside (ss(8), skmem: r, w and f)."""
    found = re.search(r"skmem:\(r(\d+),.*,f(\d+),w(\d+),", line)
    return sum(map(int, found.groups())) if found else 0


def socket_memory() -> float:
    """What the machine's TCP sockets hold in the kernel, the listeners' and the stand-in's included, in MB."""
    words = next(line for line in Path("/proc/net/sockstat").read_text().splitlines() if line.startswith("TCP")).split()
    return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGESIZE") / 1e6


def _tree(leader: int) -> Iterator[int]:
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    found = {leader}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return iter(found)


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None  # it has ended


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
