"""What the figures are made of: the stand-in's log against the caller's clock. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Seen:
    """A request that the stand-in logged; `started` and `ended` are Unix time in s, `ended` is None while it hangs."""

    source: str
    path: str
    query: Mapping[str, str]
    started: float
    ended: float | None

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Seen:
        """From an entry of the stand-in's `/_log`."""
        took = entry["elapsed_ms"]
        ended = None if took is None else entry["started"] + took / 1000
        return cls(entry["source"], entry["path"], entry["query"], entry["started"], ended)


@dataclass(frozen=True)
class Marks:
    """By what a call's requests are known: the words it searches for, the media field and the file of its song."""

    query: str
    field: str = ""
    file: str = ""


class Log:
    """The stand-in's log, from which the requests of one call are picked."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self.seen = [Seen.from_entry(entry) for entry in entries]
        self._by_mark: dict[tuple[str, str], list[Seen]] = defaultdict(list)
        for one in self.seen:
            for kind, mark in (("q", one.query.get("q")), ("url", one.query.get("url")), ("path", one.path)):
                if mark:
                    self._by_mark[kind, mark].append(one)

    def of(self, marks: Marks) -> list[Seen]:
        """The requests of a call, oldest first."""
        wanted = (("q", marks.query), ("url", marks.field), ("path", marks.file))
        found = [one for kind, mark in wanted if mark for one in self._by_mark.get((kind, mark), ())]
        return sorted(found, key=lambda one: one.started)

    def between(self, began: float, ended: float) -> list[Seen]:
        """The requests that began in a span of Unix time, oldest first."""
        return sorted((one for one in self.seen if began <= one.started <= ended), key=lambda one: one.started)


def covered(seen: Iterable[Seen], until: float) -> float:
    """Seconds before `until` (Unix time) in which at least one of the requests was being answered.

    What overlaps counts once; a request that still hangs covers all the time since it began.
    """
    spans = sorted((one.started, min(until, until if one.ended is None else one.ended)) for one in seen)
    total, reached = 0.0, float("-inf")
    for start, end in spans:
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def own_share(began: float, seconds: float, seen: Iterable[Seen]) -> float:
    """What is left (s) of a call that began at Unix time `began`, once the services' time is taken off."""
    return seconds - covered(seen, began + seconds)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1] of the values do not exceed; ValueError for no values."""
    if not values:
        raise ValueError("no values")
    rank = -(-len(values) * round(share * 1000) // 1000)  # rounded up, without a float's last digit
    return sorted(values)[max(1, rank) - 1]


def growth_of_last_quarter(curve: Sequence[float]) -> float:
    """By what share the last value lies above the one at three quarters of the way; ValueError for under 4 values."""
    if len(curve) < 4:
        raise ValueError("a curve of at least 4 values is wanted")
    before = curve[len(curve) * 3 // 4 - 1]
    return max(curve[len(curve) * 3 // 4 :]) / before - 1
