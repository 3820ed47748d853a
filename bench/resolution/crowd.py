"""Two hundred callers with one cold wish, and fifty thousand wishes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bench.resolution import wishes
from bench.resolution.client import Answered, Plan
from bench.resolution.figures import Log, growth_of_last_quarter
from bench.resolution.load import answers, dealt, in_rounds
from bench.resolution.report import Row, failures, whole
from bench.resolution.site import LATENCY_MS, SERVER_THREADS, WORKERS, House, Site, redis, redis_is_installed, site

CROWD = 200
CALLERS = 8
WISH = wishes.songs()[0]
SLOW_MS = 500
STEPS = 20  # points of the memory's curve
BOUNDED = 0.05  # by which the last quarter may grow
STREAM_SHARE = 4  # of so many queries, all but one ask for a stream


def one_wish(of: House) -> list[Row]:
    """200 callers at once, on connections that are open already, with and without Redis."""
    rows = _crowd(of, "without Redis", WORKERS) + _waiting(of)
    if not redis_is_installed():
        return [*rows, Row("200 callers, one cold query, with Redis", "", "skipped: redis-server is not installed")]
    with redis() as address:
        return rows + _crowd(of, "with Redis", 1, address)


def _crowd(of: House, how: str, most: int, redis_url: str = "") -> list[Row]:
    with site(of, redis_url=redis_url) as running:
        asked, log = _asked_by_all(running)
    what = f"200 callers, one cold query, {how}"
    # By the query and the song, since a canary is a search as well.
    seen = log.of(wishes.marks_of(wishes.name_of(WISH), wishes.id_of(WISH), of.standin.url))
    searches, links = (sum(mark in one.query for one in seen) for mark in ("q", "url"))
    bar = f"<= {most} and <= {most}, one for each process" if most > 1 else "1 and 1"
    counted = 1 <= searches <= most and 1 <= links <= most
    return [
        Row(f"{what}: upstream searches and links", bar, f"{searches} and {links}", counted),
        _same_track(what, asked),
        whole(f"{what}: the last try", asked),
    ]


def _waiting(of: House) -> list[Row]:
    """How many threads of one process wait for an answer that takes seconds: all callers that are not sent away."""
    of.standin.set_latency(SLOW_MS)
    with site(of, workers=1) as running:
        asked, _ = _asked_by_all(running)
    of.standin.set_latency(LATENCY_MS)
    # Who asks only when the answer is there already has it from the cache.
    held = sum(not each.told_to_wait and not each.cached for each in asked)
    most = SERVER_THREADS // 2 + 1
    what = f"200 callers of one process, services of {SLOW_MS} ms"
    bar = f"<= {most} of {SERVER_THREADS}: half of them, and the one that asks"
    return [Row(f"{what}: threads held at first", bar, f"{held}", 1 <= held <= most), _same_track(what, asked)]


def _asked_by_all(running: Site) -> tuple[list[Answered], Log]:
    """What all callers were answered, and what the stand-in saw of it."""
    warm = dealt([wishes.stream_path(name) for name in wishes.for_warming_up()[: CALLERS * 4]], CALLERS)
    answers(Plan(running.port, running.house.key, in_rounds(warm)))
    running.house.standin.clear_log()
    # The first round opens each caller's connection, and asks no service for anything.
    path = wishes.stream_path(wishes.name_of(WISH))
    scripts = in_rounds([["/healthz"]] * CROWD, [[path]] * CROWD)
    found = answers(Plan(running.port, running.house.key, scripts, patient=True))
    return [each for each in found if each.round == 1], Log(running.house.standin.log())


def _same_track(what: str, asked: Sequence[Answered]) -> Row:
    right = sum(each.status == 200 for each in asked)
    tracks = {each.track for each in asked if each.status == 200}
    told = sum(each.told_to_wait > 0 for each in asked)
    waits = sum(each.told_to_wait for each in asked)
    measured = f"{right} of 200, {len(tracks)} track; {told} callers were told to come back, {waits} times in all"
    return Row(f"{what}: answers", "200, the same track", measured, right == CROWD and len(tracks) == 1)


def memory(of: House, queries: int) -> list[Row]:
    """The memory of all of the site's processes while distinct queries come in, the stand-in at 0 ms."""
    of.standin.set_latency(0)
    curve: list[float] = []
    failed: list[Answered] = []
    with site(of) as running:
        before = running.server.memory()
        for step in range(STEPS):
            paths = _distinct(queries // STEPS, step * (queries // STEPS))
            found = answers(Plan(running.port, of.key, in_rounds(dealt(paths, CALLERS))))
            failed += [each for each in found if each.status != 200]
            curve.append(running.server.memory())
            print(f"  {(step + 1) * len(paths):,} queries: {curve[-1]:.0f} MB", flush=True, file=sys.stderr)
    grown = growth_of_last_quarter(curve)
    points = " ".join(f"{value:.0f}" for value in [before, *curve])
    return [
        Row(
            f"{queries:,} distinct queries: the last quarter's growth of the processes' memory (PSS)",
            f"< {BOUNDED:.0%}",
            f"{grown:+.1%}; MB at the start and after each {queries // STEPS:,}: {points}; {failures(failed)}",
            grown < BOUNDED and not failed,
        )
    ]


def _distinct(count: int, start: int) -> list[str]:
    """Of four queries three ask for a stream and one for a search: each kind fills its memories, and overfills them."""
    names = [wishes.name_of(song) for song in wishes.songs()]
    queries = [f"{names[number % len(names)]} {number}" for number in range(start, start + count)]
    return [
        wishes.stream_path(query) if number % STREAM_SHARE else wishes.search_path(query)
        for number, query in enumerate(queries)
    ]
