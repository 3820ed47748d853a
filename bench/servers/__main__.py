"""`python -m bench.servers [--quick]`: measures every candidate and prints the table, as in docs/servers.md."""

import argparse
import platform
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from types import FrameType

from bench.servers import report, trials
from bench.servers.candidates import Candidate, candidates

BASELINE = "gthread 192"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare the servers; Ctrl-C or SIGTERM ends the run, and every server that it started, within 15 s."""
    parser = argparse.ArgumentParser(prog="python -m bench.servers", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="two candidates, one short round: under a minute")
    quick: bool = parser.parse_args(arguments).quick
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    began = time.monotonic()
    print(_conditions(), flush=True)
    compared = candidates(quick=quick)
    rounds = _alternating_rounds(compared, 1 if quick else 4, 1.0 if quick else 3.0)
    findings = [_findings(candidate, rounds[candidate.name]) for candidate in compared]
    names = [found.name for found in findings]
    print(f"\n{report.table(findings, BASELINE if BASELINE in names else names[0])}\n")
    print(f"{time.monotonic() - began:.0f} s in all")


def _alternating_rounds(compared: list[Candidate], number: int, seconds: float) -> dict[str, list[trials.Round]]:
    """Every candidate once in each round, so that a busy minute of the machine falls on all of them."""
    rounds: dict[str, list[trials.Round]] = {candidate.name: [] for candidate in compared}
    for count in range(1, number + 1):
        for candidate in compared:
            rounds[candidate.name].append(trials.ordinary_round(candidate, seconds))
            print(report.summary_line(rounds[candidate.name][-1], candidate.name, count), flush=True)
    return rounds


def _findings(candidate: Candidate, rounds: list[trials.Round]) -> report.Findings:
    print(f"crowds, stops and manners of {candidate.name}", flush=True)
    guarded = trials.guarded_crowd(candidate)
    closers = f"{trials.slowest_beside_closers(candidate):.2f}"
    with ThreadPoolExecutor(max_workers=8) as waiting:
        unguarded = waiting.submit(trials.unguarded_crowd, candidate)
        stops = [waiting.submit(trial, candidate) for trial in (trials.stop_during_call, trials.stop_during_stall)]
        manners = {question: waiting.submit(trial, candidate) for question, trial in MANNERS.items()}
        answers = {question: result.result() for question, result in manners.items()}
        stop_call, stop_stall = (result.result() for result in stops)
    answers["8 clients that never close after `close`: slowest call s"] = closers
    return report.Findings(candidate.name, rounds, guarded, unguarded.result(), stop_call, stop_stall, answers)


def _of(trial: Callable[[Candidate], tuple[int, int]]) -> Callable[[Candidate], str]:
    return lambda candidate: "{} of {}".format(*trial(candidate))


def _long_keys(candidate: Candidate) -> str:
    return ", ".join(str(status or "cut") for status in trials.status_of_long_keys(candidate).values())


# These mostly wait, so they run side by side: none of them compares speeds.
MANNERS: dict[str, Callable[[Candidate], str]] = {
    "stalled clients that stay: places back": _of(trials.places_back_from_stalled),
    "clients that leave a stall: `close()` called": _of(trials.leaving_clients_noticed),
    "HEAD of a stream: `close()` called": _of(trials.head_of_a_stream),
    "a half-sent head a thread: s without answers": lambda one: f"{trials.silence_beside_half_heads(one):.1f}",
    "key of 8 000, 10 240, 100 000 bytes": _long_keys,
}


def _conditions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("granian", "gunicorn", "Django", "yt-dlp"))
    caller = "wrk" if shutil.which("wrk") else "asyncio callers (wrk is not installed: rates are lower)"
    return f"Python {platform.python_version()}, {packages}; the bare view is loaded by {caller}"


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted: every server that was started is stopped")
