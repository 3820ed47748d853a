"""How long a decision among twenty candidates takes, in milliseconds of this process."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator, Sequence

from tests.accuracy.cases import Case, answered, case

CANDIDATES, CALLS = 20, 200


def lines(cases: Sequence[Case]) -> Iterator[str]:
    """The report: typed words and known songs apart, for titles seen for the first time and for the second."""
    yield f"time for {CANDIDATES} candidates"
    for name, kind in (("typed words", str), ("a known song", object)):
        wanted = [one for one in cases if isinstance(one.wanted, str) is (kind is str)]
        calls = _filled(wanted)
        first, again = ([_milliseconds(one) for one in calls] for _ in range(2))
        yield f"  {name:<24} {_shown(first)} for new titles, {_shown(again)} for known ones"
    yield ""


def _filled(cases: Sequence[Case]) -> list[Case]:
    """Some of the cases, each with as many candidates as a search brings."""
    draw = random.Random(1)
    others = [track for one in cases for track in one.candidates]
    chosen = draw.sample(cases, min(CALLS, len(cases)))
    return [
        case(one.rule, one.wanted, [*one.candidates, *draw.sample(others, CANDIDATES)][:CANDIDATES]) for one in chosen
    ]


def _milliseconds(one: Case) -> float:
    start = time.process_time()
    answered(one)
    return (time.process_time() - start) * 1000


def _shown(times: Sequence[float]) -> str:
    slow = statistics.quantiles(times, n=20)[-1]
    return f"median {statistics.median(times):.2f} ms, p95 {slow:.2f} ms"
