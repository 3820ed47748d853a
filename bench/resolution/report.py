"""The bars and what was measured, as a Markdown table."""

from __future__ import annotations

import os
import platform
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.resolution.client import Answered
from bench.resolution.figures import percentile

VERDICTS = {True: "pass", False: "**FAIL**", None: "-"}
NOISY = 0.1  # share of the cores that others use, from which a trial's times say little
TABLE = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- /measured -->)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One bar; `passed` is None where nothing is to be judged, `others` the share of the cores that others used."""

    what: str
    bar: str
    measured: str
    passed: bool | None = None
    others: float = 0.0

    def line(self) -> str:
        """The row of the table."""
        noise = f" (noisy: others used {self.others:.0%} of the cores)" if self.others >= NOISY else ""
        return f"| {self.what} | {self.bar or '-'} | {self.measured}{noise} | {VERDICTS[self.passed]} |"


def table(rows: Iterable[Row]) -> str:
    """All rows, in Markdown."""
    return "\n".join(["| what | bar | measured | |", "|---|---|---|---|", *(row.line() for row in rows)])


def conditions(rows: Iterable[Row], seconds: float) -> str:
    """When and where: the date, the cores, and whether others used them too, the Python, and how long it took."""
    shared = ", shared with other work" if any(row.others >= NOISY for row in rows) else ""
    return (
        f"{datetime.now(UTC).day} {datetime.now(UTC):%B %Y}, {os.cpu_count()} cores{shared}, "
        f"Python {platform.python_version()}, Linux {platform.release().split('-')[0]}; {seconds:.0f} s in all."
    )


def used_by_others(seconds: float = 1.0) -> float:
    """The share (0..1) of all cores that is in use while we wait so long: the first line of /proc/stat (proc(5))."""
    before = _ticks()
    time.sleep(seconds)
    spent = [after - earlier for after, earlier in zip(_ticks(), before, strict=True)]
    idle = spent[3] + spent[4]
    return 1 - idle / max(1, sum(spent))


def _ticks() -> list[int]:
    line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    return [int(field) for field in line.split()[1:9]]


def put_into(page: Path, measured: str) -> None:
    """Put what was measured in place of what stands between the page's two marks. Raises ValueError without marks."""
    text = page.read_text(encoding="utf-8")
    if not TABLE.search(text):
        raise ValueError(f"{page} has no place for the table")
    page.write_text(TABLE.sub(lambda _: f"\n{measured}\n\n", text), encoding="utf-8")


def milliseconds(seconds: float) -> str:
    """A time, with as many digits as say something."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def under(what: str, values: Sequence[float], share: float, bar: float) -> Row:
    """A percentile of times (s) that has to lie under a bar (s)."""
    name = "median" if share == 0.5 else f"p{share * 100:.0f}"
    found = percentile(values, share)
    measured = f"{milliseconds(found)} of {len(values)}"
    return Row(f"{what}, {name}", f"< {bar * 1000:.0f} ms", measured, found < bar)


def failures(found: Iterable[Answered]) -> str:
    """How many calls failed, and with which statuses and codes."""
    kinds = Counter(f"{each.status} {each.code}".strip() for each in found if each.status != 200)
    told = ", ".join(f"{number} times {kind}" for kind, number in kinds.most_common())
    return f"{kinds.total()} failed" + (f" ({told})" if told else "")


def whole(what: str, found: Sequence[Answered]) -> Row:
    """How long calls took in all; nothing is judged."""
    return Row(f"{what}: in all, median / p95", "", median_and_p95([each.seconds for each in found]))


def inside(what: str, found: Sequence[Answered], own: Sequence[float]) -> Row:
    """Our own share by the server's own clock: without the client, the sockets, and the wait for a thread."""
    shares = [share - each.seconds + each.server_ms / 1000 for each, share in zip(found, own, strict=True)]
    return Row(f"{what}: own share by Server-Timing, median / p95", "", median_and_p95(shares))


def median_and_p95(values: Sequence[float]) -> str:
    """Two percentiles of times (s), and of how many."""
    return f"{milliseconds(percentile(values, 0.5))} / {milliseconds(percentile(values, 0.95))} of {len(values)}"
