"""`python -m bench.keys [--quick]`: the bars of keys, quotas and counting, printed with what was measured."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.keys.load import Rate, measured
from bench.keys.site_process import Site, running

SEARCH = "/api/v1/search?q=love&limit=10"
BARE = "/api/v1/bare"
MALFORMED = "flk_live_" + "x" * 38
Trial = Callable[[Site, float], Rate]


def bare(site: Site, seconds: float) -> Rate:
    """The least that DRF can answer."""
    return measured(site.port, [(BARE, "")], seconds)


def search(site: Site, seconds: float) -> Rate:
    """A cached search of ten rows, authenticated and counted, by keys that are drawn at random."""
    return measured(site.port, [(SEARCH, key) for key in site.keys], seconds)


def busy(site: Site, seconds: float) -> Rate:
    """The same by one key."""
    return measured(site.port, [(SEARCH, site.keys[0])], seconds)


def malformed(site: Site, seconds: float) -> Rate:
    """The same with what cannot be a key."""
    return measured(site.port, [(SEARCH, MALFORMED)], seconds)


def main() -> None:
    """Measure, and print a row for each bar; `--quick` takes two short rounds, and few keys."""
    parser = argparse.ArgumentParser(prog="python -m bench.keys", description=main.__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keys", type=int, help="of the large site (default: 1,000,000, with ten times as many calls)")
    options = parser.parse_args()
    rounds, seconds = (2, 1.0) if options.quick else (7, 3.0)
    large = options.keys or (10_000 if options.quick else 1_000_000)
    began = time.monotonic()
    print("| what | bar | measured |\n|---|---|---|", flush=True)
    small_rate = _small(rounds, seconds)
    _large(large, rounds, seconds, small_rate)
    _processes()
    print(f"\n{time.monotonic() - began:.0f} s in all")


def _small(rounds: int, seconds: float) -> float:
    trials: dict[str, Trial] = {"bare": bare, "busy": busy, "search": search, "malformed": malformed}
    found = _alternating(100, 1000, rounds, seconds, trials)
    rate = {name: median(one.per_second for one in rates) for name, rates in found.items()}
    p99 = {name: median(one.p99_ms for one in rates) for name, rates in found.items()}
    _row("bare view", "", f"{rate['bare']:.0f}/s, p99 {p99['bare']:.1f} ms")
    ratio = _ratio(found["busy"], found["bare"])
    _row("keyed, counted, cached search of 10 rows", ">= 0.50", f"{rate['busy']:.0f}/s, x{ratio:.2f}", ratio >= 0.5)
    slower = p99["busy"] / p99["bare"]
    _row("its p99 to the bare view's", "<= 3", f"{p99['busy']:.1f} ms, x{slower:.2f}", slower <= 3)
    ratio = ratio_of_search(found)
    _row("the same by 100 keys, drawn at random", "", f"{rate['search']:.0f}/s, x{ratio:.2f}")
    ratio = _ratio(found["malformed"], found["bare"])
    _row("malformed keys", ">= 0.75", f"{rate['malformed']:.0f}/s, x{ratio:.2f}", ratio >= 0.75)
    return ratio_of_search(found)


def ratio_of_search(found: dict[str, list[Rate]]) -> float:
    """The median over the rounds of the search's rate to the bare view's."""
    return _ratio(found["search"], found["bare"])


def _large(keys: int, rounds: int, seconds: float, small: float) -> None:
    found = _alternating(keys, keys * 10, rounds, seconds, {"bare": bare, "search": search})
    rate, ratio = median(one.per_second for one in found["search"]), ratio_of_search(found)
    # Compared by their ratios to the bare view of the same run: the machine's speed moves between the two.
    share = ratio / small
    told = f"{rate:.0f}/s, x{ratio:.2f} of bare, x{share:.2f} of the figure at 100 keys"
    _row(f"the same at {keys:,} keys, 1,000 in use, {keys * 10:,} calls", ">= 0.80", told, share >= 0.8)


def _processes() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests/keys/test_processes.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = done.stdout.strip().splitlines()[-1]
    what, bar = "a limit of 500, 4 processes x 8 threads, kill -9 of one", "never more, one lease lost"
    _row(what, bar, last, not done.returncode)


def _alternating(keys: int, calls: int, rounds: int, seconds: float, trials: dict[str, Trial]) -> dict[str, list[Rate]]:
    """Each trial once in each round, so that a busy moment of the machine falls on all of them."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), keys, calls) as site:
        for trial in trials.values():
            trial(site, seconds)  # caches and connections are warm then
        found: dict[str, list[Rate]] = {name: [] for name in trials}
        for _ in range(rounds):
            for name, trial in trials.items():
                found[name].append(trial(site, seconds))
    _refuse_wrong(found)
    return found


def _refuse_wrong(found: dict[str, list[Rate]]) -> None:
    for name, rates in found.items():
        wanted = "401" if name == "malformed" else "200"
        statuses = {status for rate in rates for status in rate.statuses}
        if statuses != {wanted}:
            raise RuntimeError(f"{name} was answered {statuses}")


def _ratio(these: list[Rate], those: list[Rate]) -> float:
    return median(one.per_second / other.per_second for one, other in zip(these, those, strict=True))


def _row(what: str, bar: str, found: str, is_met: bool | None = None) -> None:
    mark = "" if is_met is None else (" ✓" if is_met else " ✗ NOT MET")
    print(f"| {what} | {bar} | {found}{mark} |", flush=True)


if __name__ == "__main__":
    main()
