"""`python -m bench.streams [--quick]`: 200 listeners at 320 kbit/s on the real server, before the stand-in.

Prints the table of docs/streaming.md, and whether each bar holds. About two minutes; ends by itself.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.streams.measures import Calls, api_path, first_byte, load_api, memory, own_socket_memory, socket_memory
from tests.music.streaming.served import Served, serving
from tests.standin import catalogue

RATE = 320_000 / 8  # bytes a second
RAMP_SECONDS = 8.0
PAIRS = 40
SONGS = [song.title for song in catalogue.LOVE[:10]]


@dataclass
class Moment:
    """The server at one time: its calls, its first bytes (the media host's own, and ours), and its memory in MB.

    `own_sockets` is what the kernel holds for it, None where nobody tells; `sockets` is that of the whole machine.
    """

    calls: dict[str, Calls]
    own: list[float]
    carried: list[float]
    memory: float
    sockets: float
    own_sockets: float | None

    @property
    def total(self) -> float:
        """All that a container's limit would count: processes and sockets, those of the machine if need be."""
        return self.memory + (self.sockets if self.own_sockets is None else self.own_sockets)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and answer 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.streams", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="40 listeners, a few seconds: whether it runs at all")
    quick: bool = parser.parse_args(arguments).quick
    count, seconds = (40, 4.0) if quick else (200, 20.0)
    with (
        tempfile.TemporaryDirectory(prefix="bench-streams-") as folder,
        serving(Path(folder), workers=2, unlimited=True) as served,
    ):
        links = [_links(served, title) for title in SONGS]
        _warm(served, links)
        before = _measured(served, links, seconds)
        listeners = _started([carried for _, carried in links], count, RAMP_SECONDS + 2 * seconds + 30)
        time.sleep(RAMP_SECONDS + 2)
        during = _measured(served, links, seconds)
        heard = _ended(listeners)
        time.sleep(2)
        after = _measured(served, links, seconds)
    return _report(count, heard, before, during, after)


def _links(served: Served, title: str) -> tuple[str, str]:
    """The media host's own link to a song, and ours."""
    found = served.api("/api/v1/stream", q=title, delivery="proxy")["stream"]
    return str(found["direct_url"]), str(found["url"])


def _warm(served: Served, links: list[tuple[str, str]]) -> None:
    """Both processes hold the links, and have their connections."""
    for _ in range(6):
        for _, carried in links:
            first_byte(carried)
    load_api(served.url, served.key, _paths()["search"] + _paths()["stream"], 3.0)


def _paths() -> dict[str, list[str]]:
    searches = [api_path("/api/v1/search", q=title, limit="5") for title in SONGS]
    return {"search": searches, "stream": [api_path("/api/v1/stream", q=title) for title in SONGS]}


def _measured(served: Served, links: list[tuple[str, str]], seconds: float) -> Moment:
    calls = {name: load_api(served.url, served.key, paths, seconds) for name, paths in _paths().items()}
    own, carried = [], []
    for number in range(PAIRS):
        direct, ours = links[number % len(links)]
        own.append(first_byte(direct))
        carried.append(first_byte(ours))
    held = memory(served.leader), socket_memory(), own_socket_memory(served.leader)
    return Moment(calls, own, carried, *held)


def _started(links: list[str], count: int, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.streams.listeners"]
    listeners = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert listeners.stdin is not None
    plan = {"links": links, "count": count, "seconds": seconds, "ramp": RAMP_SECONDS, "rate": RATE}
    listeners.stdin.write(json.dumps(plan))
    listeners.stdin.close()
    return listeners


def _ended(listeners: subprocess.Popen[str]) -> list[dict[str, Any]]:
    assert listeners.stdout is not None
    heard: list[dict[str, Any]] = json.loads(listeners.stdout.read())
    listeners.wait(30)
    return heard


def _report(count: int, heard: list[dict[str, Any]], before: Moment, during: Moment, after: Moment) -> int:
    playing = [one for one in heard if one["status"] == 200]
    longest = max((one["longest_stall"] for one in playing), default=float("inf"))
    broke, refused = sum(one["broke"] for one in playing), len(heard) - len(playing)
    heads = sorted(one["head_seconds"] * 1000 for one in playing)
    print(f"\n{count} listeners at 320 kbit/s: {len(playing)} played, {refused} refused, {broke} broke off")
    print(f"{sum(one['bytes'] for one in playing) / 1e6:.0f} MB carried; longest underrun {longest:.2f} s")
    print(f"head of the answer after {median(heads):.0f} ms, at most {heads[-1]:.0f} ms\n")
    print("|  | unloaded, before | loaded | unloaded, after |\n| --- | --- | --- | --- |")
    moments = (before, during, after)
    for name in ("search", "stream"):
        for share in (0.5, 0.95, 0.99):
            figures = [f"{moment.calls[name].percentile(share):.0f}" for moment in moments]
            print(f"| {name}, p{share * 100:.0f} ms | {' | '.join(figures)} |")
    for label, of in (("the media host's own", "own"), ("carried by us", "carried")):
        values = [sorted(getattr(moment, of)) for moment in moments]
        cells = [f"{median(each) * 1000:.1f} / {each[int(0.95 * len(each))] * 1000:.1f}" for each in values]
        print(f"| first byte, {label}, p50 / p95 ms | {' | '.join(cells)} |")
    print(f"| memory of all server processes, MB | {' | '.join(f'{moment.memory:.0f}' for moment in moments)} |")
    kernel = [("unknown" if moment.own_sockets is None else f"{moment.own_sockets:.0f}") for moment in moments]
    print(f"| … and in the kernel, for its sockets, MB | {' | '.join(kernel)} |")
    print(f"| … for all TCP sockets of the machine, MB | {' | '.join(f'{moment.sockets:.0f}' for moment in moments)} |")
    print(f"| memory for each stream, kB | | {(during.total - before.total) * 1000 / count:.0f} | |")
    return _bars(refused + broke, longest, before, during, after)


def _bars(lost: int, longest: float, before: Moment, during: Moment, after: Moment) -> int:
    held = [
        ("no listener is refused or cut off", lost == 0),
        ("no underrun of more than 1 s", longest <= 1.0),
        (f"memory {during.total:.0f} MB, sockets included, under 400", during.total < 400),
    ]
    for name in during.calls:
        unloaded = Calls(before.calls[name].spent + after.calls[name].spent).percentile(0.99)
        loaded = during.calls[name].percentile(0.99)
        words = f"{name}: p99 {loaded:.0f} ms at most twice {unloaded:.0f} ms, or 25 ms above it"
        held.append((words, loaded <= max(2 * unloaded, unloaded + 25) and not during.calls[name].failed))
    above = (median(before.carried) - median(before.own)) * 1000
    held.append((f"first byte {above:.1f} ms above the media host's own, under 30", above < 30))
    print()
    for words, is_held in held:
        print(f"{'held  ' if is_held else 'MISSED'}  {words}")
    return 0 if all(is_held for _, is_held in held) else 1


if __name__ == "__main__":
    sys.exit(main())
