"""`python -m bench.resolution`: measures every bar of the resolution and prints the table, as in docs/resolution.md."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

from bench.resolution import cold, crowd, faults, report
from bench.resolution.site import LATENCY_MS, House, house

PAGE = Path("docs/resolution.md")
QUERIES = 50_000

Trial = Callable[[House], list[report.Row]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; 1 where a bar is missed. Ctrl-C or SIGTERM ends the run and all that it started."""
    parser = argparse.ArgumentParser(prog="python -m bench.resolution", description=main.__doc__)
    parser.add_argument("--queries", type=int, default=QUERIES, help="of the memory's curve (default: %(default)s)")
    parser.add_argument("--only", action="append", help="a trial's name; may be given again (default: all of them)")
    parser.add_argument("--markdown", action="store_true", help=f"put the table into {PAGE} as well")
    given = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    began = time.monotonic()
    trials = _chosen(given.only, given.queries)
    with house(LATENCY_MS) as of:
        rows = [row for name, trial in trials.items() for row in _tried(of, name, trial)]
    measured = f"{report.conditions(rows, time.monotonic() - began)}\n\n{report.table(rows)}"
    print(measured)
    if given.markdown:
        report.put_into(PAGE, measured)
    return int(any(row.passed is False for row in rows))


def _chosen(names: Sequence[str] | None, queries: int) -> dict[str, Trial]:
    trials: dict[str, Trial] = {
        "first-calls": faults.first_calls,
        "search": cold.search,
        "stream": cold.stream_by_text,
        "video": cold.stream_by_video,
        "first-hangs": faults.first_source_hangs,
        "all-hang": faults.all_sources_hang,
        "crowd": crowd.one_wish,
        "hot": cold.hot,
        "memory": partial(crowd.memory, queries=queries),
    }
    return {name: trial for name, trial in trials.items() if not names or name in names}


def _tried(of: House, name: str, trial: Trial) -> list[report.Row]:
    of.standin.set_latency(LATENCY_MS)
    print(name, flush=True, file=sys.stderr)
    others = report.used_by_others()
    rows = [replace(row, others=others) for row in trial(of)]
    for row in rows:
        print(f"  {row.line()}", flush=True, file=sys.stderr)
    return rows


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted: everything that was started is stopped")
