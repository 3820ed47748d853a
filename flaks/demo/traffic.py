"""What the made-up bots call on a day: how much, of what, how it ends and how long it takes. Pure.

Numbers are shared out by weight to the last call, so that what a key used is what its rows add up to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from keys.usage import Row

Name = TypeVar("Name", bound=Hashable)

DAYS = 60
BLOCKED_DAYS = 3  # for so long, today included, YouTube has taken this server for a bot
SLOW_DAYS_AGO = range(22, 24)  # when JioSaavn was slow
TODAY = 0.7  # how much of today is over
# Calls by weekday, Monday first, to those of a Wednesday, before the bot's own weekend.
WEEK = (0.92, 0.96, 1.0, 1.02, 1.18, 1.0, 0.95)
GROUPS: Mapping[str, float] = {"stream": 0.52, "search": 0.38, "metadata": 0.10}

# Weights of the latency buckets: up to 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 ms, and longer.
FROM_MEMORY = (2, 30, 44, 15, 6, 2, 1, 0, 0, 0, 0, 0, 0)
FAST = (0, 0, 0, 0, 1, 3, 8, 22, 48, 13, 4, 1, 0)
SLOW = (0, 0, 0, 0, 0, 0, 1, 4, 30, 40, 19, 6, 0)
VERY_SLOW = (0, 0, 0, 0, 0, 0, 0, 1, 8, 27, 41, 22, 1)
REFUSED = (35, 50, 12, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)
GIVEN_UP = (0, 0, 0, 0, 0, 0, 0, 0, 6, 14, 25, 38, 17)


@dataclass(frozen=True)
class Used:
    """What a lineage did on a day: the units that its quota counts, and its rows of calls by latency bucket."""

    units: int
    rows: dict[Row, Counter[int]]


@dataclass(frozen=True)
class Weather:
    """How the services do on a day."""

    youtube_is_blocked: bool
    jiosaavn_is_slow: bool

    @classmethod
    def of(cls, days_ago: int) -> Weather:
        """That of so many days ago."""
        return cls(days_ago < BLOCKED_DAYS, days_ago in SLOW_DAYS_AGO)

    def ends(self, group: str) -> Iterator[tuple[str, str, float, Sequence[int]]]:
        """Outcome, source, share and latency of the calls of a group that cost a unit."""
        jiosaavn = VERY_SLOW if self.jiosaavn_is_slow else FAST
        yield "cached", "jiosaavn", 0.50, FROM_MEMORY
        yield "cached", "youtube", 0.09, FROM_MEMORY
        yield "ok", "jiosaavn", 0.29, jiosaavn
        yield "ok", "youtube", 0.004 if self.youtube_is_blocked else 0.07, SLOW
        if group == "search":
            yield "ok", "spotify", 0.03, SLOW
        yield "no_match", "", 0.05 if self.youtube_is_blocked else 0.03, SLOW

    @property
    def failing(self) -> float:
        """Calls that fail, to those that cost a unit."""
        return 0.09 if self.youtube_is_blocked else 0.04 if self.jiosaavn_is_slow else 0.003


def day_of(rng: Random, row: Row, demand: int, weekend: float, limit: int | None, days_ago: int) -> Used:
    """What is done by a lineage of which `demand` calls are asked on a usual day; `row` names day and lineage."""
    asked = round(demand * _of_weekday(row.day, weekend) * rng.lognormvariate(0, 0.12) * _growth(days_ago))
    asked = round(asked * TODAY) if days_ago == 0 else asked
    return spread(rng, row, asked, limit, Weather.of(days_ago))


def spread(rng: Random, row: Row, asked: int, limit: int | None, weather: Weather) -> Used:
    """So many calls that cost a unit, as far as the limit lets them, with those that cost none beside them."""
    units = asked if limit is None else min(asked, limit)
    rows: dict[Row, Counter[int]] = {}
    for group, calls in _shared(units, GROUPS).items():
        for kind, count, latency in _ended(calls, group, weather):
            _add(rng, rows, row, (group, *kind), count, latency)
    over = min(asked - units, units // 2)  # bots give up for the day
    streams = round(units * GROUPS["stream"] * 0.9)
    _add(rng, rows, row, ("stream", "limited", ""), over, REFUSED)
    _add(rng, rows, row, ("stream", "failure", ""), round(units * weather.failing), GIVEN_UP)
    _add(rng, rows, row, ("search", "client_error", ""), round(units * 0.012), REFUSED)
    _add(rng, rows, row, ("play", "ok", ""), streams, FAST)
    _add(rng, rows, row, ("other", "ok", ""), round(units * 0.01), REFUSED)
    return Used(units, rows)


def _ended(calls: int, group: str, weather: Weather) -> Iterator[tuple[tuple[str, str], int, Sequence[int]]]:
    ends = {(outcome, source): (share, latency) for outcome, source, share, latency in weather.ends(group)}
    for kind, count in _shared(calls, {kind: share for kind, (share, _) in ends.items()}).items():
        yield kind, count, ends[kind][1]


def _add(
    rng: Random,
    rows: dict[Row, Counter[int]],
    row: Row,
    kind: tuple[str, str, str],
    calls: int,
    latency: Sequence[int],
) -> None:
    if calls <= 0:
        return
    weights = {bucket: weight * rng.uniform(0.8, 1.2) for bucket, weight in enumerate(latency) if weight}
    taken = {bucket: count for bucket, count in _shared(calls, weights).items() if count}
    rows.setdefault(Row(row.day, row.lineage, *kind), Counter()).update(taken)


def _shared(total: int, weights: Mapping[Name, float]) -> dict[Name, int]:
    """A number shared out by weight, to the last one: who lacks most of a whole gets what is left."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    shares = {name: int(share) for name, share in exact.items()}
    left = sorted(exact, key=lambda name: shares[name] - exact[name])
    for name in left[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def _of_weekday(day: date, weekend: float) -> float:
    return WEEK[day.weekday()] * (weekend if day.weekday() >= 5 else 1.0)


def _growth(days_ago: int) -> float:
    """Two months ago there were fewer listeners."""
    return 1.0 - 0.35 * days_ago / DAYS


def days(today: date) -> list[date]:
    """The days, the oldest first."""
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]
