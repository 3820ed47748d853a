"""Calls that nobody has asked before, while all services answer; and the same calls once they are known."""

from __future__ import annotations

from collections.abc import Sequence

from bench.resolution import wishes
from bench.resolution.client import Answered, Plan
from bench.resolution.figures import Log, Marks, own_share
from bench.resolution.load import answers, dealt, in_rounds
from bench.resolution.report import Row, failures, inside, median_and_p95, under, whole
from bench.resolution.site import LATENCY_MS, House, Site, site

CALLERS = 8
SEARCHES = 400
HOT = 10  # wishes of each kind
SPREAD = LATENCY_MS / 1000  # s from the first caller's beginning to the last one's


def search(of: House) -> list[Row]:
    """Cold searches: what is our own of the time that they take."""
    found, own = _searched(of, SPREAD)
    _, in_step = _searched(of, 0)
    what = "cold search, 8 callers"
    return [
        under(f"{what}: own share", own, 0.5, 0.006),
        under(f"{what}: own share", own, 0.95, 0.020),
        inside(what, found, own),
        whole(what, found),
        Row(f"{what}, all in step: own share, median / p95", "", median_and_p95(in_step)),
    ]


def _searched(of: House, spread: float) -> tuple[list[Answered], list[float]]:
    """Searches and our own share of each (s), by callers who begin so far apart (s)."""
    warm, asked = _searches(wishes.numbered(CALLERS * 8)), wishes.numbered(SEARCHES, start=1000)
    with site(of) as running:
        found = _asked(running, dealt(warm, CALLERS), dealt(_searches(asked), CALLERS), spread)
        log = Log(of.standin.log())
    by_path = dict(zip(_searches(asked), asked, strict=True))
    return found, [own_share(each.began, each.seconds, log.of(Marks(by_path[each.path]))) for each in found]


def stream_by_text(of: House) -> list[Row]:
    """Cold streams by a song's name: search, link, probe."""
    names = [wishes.name_of(song) for song in wishes.songs()]
    warm = _streams(wishes.for_warming_up()[: CALLERS * 4])
    with site(of) as running:
        found = _asked(running, dealt(warm, CALLERS), dealt(_streams(names), CALLERS))
        log = Log(of.standin.log())
    by_path = dict(zip(_streams(names), names, strict=True))
    picked = [
        (each, log.of(wishes.marks_of(by_path[each.path], each.track, of.standin.url)))
        for each in found
        if each.track.startswith("jiosaavn:")
    ]
    plain = [(each, seen) for each, seen in picked if len(seen) == 3]
    own = [own_share(each.began, each.seconds, seen) for each, seen in plain]
    others = len(found) - len(plain)
    return [
        under("cold stream by text", [each.seconds for each in found], 0.95, 0.5),
        under("cold stream by text: own share", own, 0.5, 0.010),
        under("cold stream by text: own share", own, 0.95, 0.030),
        inside("cold stream by text", [each for each, _ in plain], own),
        Row("cold stream by text: calls that took other steps than three", "", f"{others} of {len(found)}"),
    ]


def stream_by_video(of: House) -> list[Row]:
    """Cold streams by a link to YouTube, which are described there and played from JioSaavn."""
    songs = wishes.songs()
    half = len(songs) // 2
    videos = _streams([wishes.video_of(song) for song in songs])
    described = [wishes.description_path(song) for song in songs[half:]]
    warm = dealt(_streams(wishes.for_warming_up()[: CALLERS * 4]), CALLERS)
    with site(of) as running:
        cold = _asked(running, warm, dealt(videos[:half], CALLERS))
        log = Log(of.standin.log())
        script = in_rounds(warm, dealt(described, CALLERS), dealt(videos[half:], CALLERS))
        both = answers(Plan(running.port, of.key, script, spread=SPREAD))
    known = [each for each in both if each.round == 2]
    trips = len(log.between(min(each.began for each in cold), float("inf"))) / len(cold)
    return [
        under("cold stream by YouTube link", _matched(cold), 0.95, 0.65),
        under("cold stream by YouTube link, described before", _matched(known), 0.95, 0.5),
        Row(
            "cold stream by YouTube link, both kinds: played from JioSaavn",
            "",
            f"{len(_matched(cold))} + {len(_matched(known))} of {len(cold)} + {len(known)}; "
            f"{failures((*cold, *known))}; "
            f"{trips:.2f} requests a call, cold",
        ),
    ]


def hot(of: House) -> list[Row]:
    """Streams and searches that the process has answered before: 8 callers, each on its one connection."""
    songs = wishes.songs()[:HOT]
    rows = []
    for kind, paths in (
        ("stream", [wishes.stream_path(wishes.name_of(song)) for song in songs]),
        ("search", [wishes.search_path(song.title) for song in songs]),
    ):
        with site(of) as running:
            same = [paths] * CALLERS
            found = answers(Plan(running.port, of.key, in_rounds(same, same, [paths * 5] * CALLERS)))
            log = Log(of.standin.log())
        again = [each for each in found if each.round == 2]
        asked = len(log.between(min(each.began for each in again), float("inf")))
        rows += [
            Row(f"hot {kind}: upstream requests of {len(again)} calls", "0", f"{asked}; {failures(again)}", not asked),
            whole(f"hot {kind}, 8 callers", again),
        ]
    return rows


def _asked(running: Site, warm: list[list[str]], paths: list[list[str]], spread: float = SPREAD) -> list[Answered]:
    """How the calls went, after those that warm the connections up."""
    found = answers(Plan(running.port, running.house.key, in_rounds(warm, paths), spread=spread))
    return [each for each in found if each.round == 1]


def _searches(queries: Sequence[str]) -> list[str]:
    return [wishes.search_path(query) for query in queries]


def _streams(queries: Sequence[str]) -> list[str]:
    return [wishes.stream_path(query) for query in queries]


def _matched(found: Sequence[Answered]) -> list[float]:
    return [each.seconds for each in found if each.status == 200 and each.track.startswith("jiosaavn:")]
