"""Calls while services are silent: the first of them, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.resolution import wishes
from bench.resolution.client import Answered, Plan
from bench.resolution.figures import Log, percentile
from bench.resolution.load import answers, dealt, in_rounds
from bench.resolution.report import Row, failures, milliseconds, under
from bench.resolution.site import DEADLINE_MS, HEAD_START_MS, House, Site, site

SOURCES = ("jiosaavn", "spotify", "youtube")
CALLERS = 8
SILENT_CALLS = 96  # of each kind: under a process's 150 videos an hour
SEQUENTIAL_CALLS = 40
MOST_SILENT = 5  # calls that may wait until the breakers are open
AT_ONCE = 0.05  # s
HANG = "hang"

Paths = Callable[[int], list[str]]


def _streams(count: int) -> list[str]:
    return [wishes.stream_path(wishes.name_of(song)) for song in wishes.songs()[:count]]


def _searches(count: int) -> list[str]:
    return [wishes.search_path(query) for query in wishes.numbered(count)]


KINDS: dict[str, Paths] = {"stream": _streams, "search": _searches}


def first_source_hangs(of: House) -> list[Row]:
    """JioSaavn falls silent, on all its hosts, between one call and the next."""
    rows = []
    for kind, paths in KINDS.items():
        crowd, _ = _beside_silence(of, paths(SILENT_CALLS), CALLERS)
        rows.append(_all_in_time(f"first source hangs: {kind}, 8 callers, from the first call on", crowd))
        alone, log = _beside_silence(of, paths(SEQUENTIAL_CALLS), 1)
        rows.append(_all_in_time(f"first source hangs: {kind}, one caller, from the first call on", alone))
        rows += _after_opening(kind, alone, log)
    return rows


def _beside_silence(of: House, paths: Sequence[str], callers: int) -> tuple[list[Answered], Log]:
    """The calls in the order in which they began, and what the stand-in saw of them."""
    with site(of) as running:
        _warm_up(running)
        of.standin.fault("jiosaavn", HANG, "all")
        found = answers(Plan(running.port, of.key, in_rounds(dealt(paths, callers))))
        log = Log(of.standin.log())
        of.standin.clear_faults()
    return sorted(found, key=lambda each: each.began), log


def _warm_up(running: Site, callers: int = CALLERS) -> None:
    """Every process has answered calls of each kind, and every source has been asked by it."""
    names = wishes.for_warming_up()
    paths = [wishes.stream_path(name) for name in names[: callers * 3]]
    paths += [wishes.search_path(name) + "&source=all" for name in names[callers * 3 : callers * 6]]
    answers(Plan(running.port, running.house.key, in_rounds(dealt(paths, callers))))


def _all_in_time(what: str, found: Sequence[Answered]) -> Row:
    row = under(what, [each.seconds for each in found], 0.95, 0.65)
    slowest = max(each.seconds for each in found)
    told = f"{row.measured}, slowest {milliseconds(slowest)}, {failures(found)}"
    return Row(row.what, row.bar, told, bool(row.passed) and all(each.status == 200 for each in found))


def _after_opening(kind: str, found: Sequence[Answered], log: Log) -> list[Row]:
    """When another service is asked, in the calls of one caller for which the breaker is open already."""
    opened = [each for each in found if any(_is_resting(outcome) for outcome in each.outcomes)]
    starts = [_until_another_is_asked(each, log) for each in opened]
    what = f"first source hangs: {kind}, breaker open after {len(found) - len(opened)} calls: another service is asked"
    if not starts:
        return [Row(what, "without a head start", "the breaker never opened", passed=False)]
    after, median = percentile(starts, 0.95), percentile([each.seconds for each in opened], 0.5)
    told = f"after {milliseconds(after)} (p95 of {len(starts)}); the whole call {milliseconds(median)} (median)"
    return [Row(what, f"< {HEAD_START_MS} ms", told, after < HEAD_START_MS / 1000)]


def _is_resting(outcome: Sequence[str]) -> bool:
    return outcome[0] == "jiosaavn" and outcome[1] == "skipped" and "left alone" in outcome[2]


def _until_another_is_asked(call: Answered, log: Log) -> float:
    """Seconds from a call's beginning to the first request to another service; all of its time where there is none."""
    seen = log.between(call.began, call.began + call.seconds)
    return next((one.started - call.began for one in seen if one.source != "jiosaavn"), call.seconds)


def all_sources_hang(of: House) -> list[Row]:
    """Every service falls silent; one caller of a site of one process, so that one breaker counts every call."""
    with site(of, workers=1) as streaming, site(of, workers=1) as searching:
        for running in (streaming, searching):
            _warm_up(running, callers=1)
        for source in SOURCES:
            of.standin.fault(source, HANG, "all")
        with ThreadPoolExecutor(2) as waiting:  # they mostly wait: side by side
            running_trials = [
                waiting.submit(_until_at_once, running, paths(MOST_SILENT + 2))
                for running, paths in ((streaming, _streams), (searching, _searches))
            ]
            found = dict(zip(("stream", "search"), [trial.result() for trial in running_trials], strict=True))
        of.standin.clear_faults()
    return [row for kind, calls in found.items() for row in _judged(kind, calls)]


def _until_at_once(running: Site, paths: list[str]) -> list[Answered]:
    plan = Plan(running.port, running.house.key, in_rounds(dealt(paths, 1)))
    return sorted(answers(plan), key=lambda each: each.began)


def _judged(kind: str, calls: Sequence[Answered]) -> list[Row]:
    slow = [each for each in calls if each.seconds > AT_ONCE]
    bound = DEADLINE_MS / 1000 + 0.1
    honest = all(each.status == 503 for each in calls)
    slowest = max(each.seconds for each in calls)
    statuses = ", ".join(sorted({f"{each.status} {each.code}" for each in calls}))
    in_a_row = next((number for number, each in enumerate(calls) if each.seconds <= AT_ONCE), len(calls))
    rest = [each.seconds for each in calls[in_a_row:]]
    told = f"the call after {in_a_row} of them: {milliseconds(rest[0])}" if rest else f"none of {len(slow)}"
    return [
        Row(
            f"all sources hang: {kind}, slowest answer",
            f"503 within {bound * 1000:.0f} ms",
            f"{milliseconds(slowest)}; {statuses}",
            honest and slowest <= bound,
        ),
        Row(
            f"all sources hang: {kind}, answered at once (a site of one process, calls one after the other)",
            f"<= {AT_ONCE * 1000:.0f} ms after at most {MOST_SILENT}",
            told,
            bool(rest) and in_a_row <= MOST_SILENT and max(rest) <= AT_ONCE,
        ),
    ]


def first_calls(of: House) -> list[Row]:
    """What the first calls of a process cost, of which nobody has asked anything yet."""
    rows = []
    for kind, paths in KINDS.items():
        with site(of, workers=1) as running:
            found = sorted(answers(Plan(running.port, of.key, in_rounds([paths(12)]))), key=lambda each: each.began)
        first, second = (milliseconds(each.seconds) for each in found[:2])
        told = (
            f"{first}, the second {second}, later {milliseconds(percentile([each.seconds for each in found[2:]], 0.5))}"
        )
        rows.append(Row(f"first {kind} of a new process, in all", "", told))
    return rows
