"""Where the marks of a chart go, and what they are worth. Geometry alone: templates draw it, style sheets colour it.

Bars are drawn in a box that the page stretches, so that the words beside them keep their size on any screen. Nothing
is rounded up to be seen: what a mark is too small for stands in the table under the chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

HEIGHT = 100.0  # of a box of bars, in its own units
PITCH, THICKNESS = 10.0, 8.0  # from bar to bar, and of one bar
MOST_TICKS = 4  # above the zero line
SPARK_WIDTH, SPARK_HEIGHT = 100.0, 24.0
NEAR = 0.8  # of a limit, from where it is called near

Fullness = Literal["calm", "near", "full"]


@dataclass(frozen=True)
class Series:
    """What is counted apart in each bar. `name` is a word for the style sheet (`series-<name>`), `label` for people."""

    name: str
    label: str


@dataclass(frozen=True)
class Mark:
    """One piece of a bar, from its upper left corner, in the units of its box."""

    series: Series
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One bar: its label, the value of each series in their order, and the pieces that are not empty."""

    label: str
    values: tuple[int, ...]
    x: float
    marks: tuple[Mark, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class StackedBars:
    """A chart of stacked bars. `ticks` are the values of the lines across it, the highest first, 0 last."""

    title: str
    description: str
    heading: str  # of the column of labels in the table
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[int, ...]

    @property
    def width(self) -> float:
        """Of the box, in its own units."""
        return PITCH * len(self.bars)

    @property
    def height(self) -> float:
        return HEIGHT

    @cached_property
    def total(self) -> int:
        return sum(bar.total for bar in self.bars)

    @property
    def totals(self) -> list[tuple[Series, int]]:
        """Each series with its sum over all bars."""
        return [(series, sum(bar.values[place] for bar in self.bars)) for place, series in enumerate(self.series)]

    @property
    def lines(self) -> list[float]:
        """The heights at which the ticks' lines run."""
        return [HEIGHT * (1 - tick / self.ticks[0]) for tick in self.ticks]

    @property
    def edges(self) -> list[str]:
        """The labels that stand under the chart: those of the first, the middle and the last bar."""
        places = sorted({0, len(self.bars) // 2, len(self.bars) - 1}) if self.bars else []
        return [self.bars[place].label for place in places]


def stacked_bars(
    title: str,
    series: Sequence[Series],
    rows: Sequence[tuple[str, Mapping[str, int]]],
    *,
    description: str = "",
    heading: str = "Day",
) -> StackedBars:
    """A chart of the rows: a label, and the value of each series by its name, where it has any. None is negative."""
    values = [tuple(max(0, counts.get(one.name, 0)) for one in series) for _, counts in rows]
    ticks = ticks_for(max(map(sum, values), default=0))
    bars = tuple(
        Bar(label, mine, place * PITCH, _marks(series, mine, place, ticks[0]))
        for place, ((label, _), mine) in enumerate(zip(rows, values, strict=True))
    )
    return StackedBars(title, description, heading, tuple(series), bars, ticks)


def ticks_for(most: int) -> tuple[int, ...]:
    """Round values from one that is not below `most` down to 0, evenly spaced, at most `MOST_TICKS` above 0."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * MOST_TICKS >= most:
                top = max(1, -(-most // step))
                return tuple(step * number for number in range(top, -1, -1))
        power *= 10


def _marks(series: Sequence[Series], values: Sequence[int], place: int, top: int) -> tuple[Mark, ...]:
    left, below, marks = place * PITCH + (PITCH - THICKNESS) / 2, 0, []
    for one, value in zip(series, values, strict=True):
        if value:
            upper = HEIGHT * (1 - (below + value) / top)
            marks.append(Mark(one, value, left, upper, THICKNESS, HEIGHT * value / top))
        below += value
    return tuple(marks)


@dataclass(frozen=True)
class Spark:
    """A line of small bars, one a number, scaled to the highest."""

    numbers: tuple[int, ...]

    @property
    def width(self) -> float:
        return SPARK_WIDTH

    @property
    def height(self) -> float:
        return SPARK_HEIGHT

    @property
    def marks(self) -> list[tuple[float, float, float, float]]:
        """x, y, width and height of the bars that are not empty."""
        top, pitch = max(self.numbers, default=0), SPARK_WIDTH / max(1, len(self.numbers))
        heights = [SPARK_HEIGHT * number / top if top else 0.0 for number in self.numbers]
        return [
            (place * pitch + pitch * 0.1, SPARK_HEIGHT - high, pitch * 0.8, high)
            for place, high in enumerate(heights)
            if high
        ]


def spark(numbers: Sequence[int]) -> Spark:
    """The numbers as small bars, in their order; a negative one counts as 0."""
    return Spark(tuple(max(0, number) for number in numbers))


@dataclass(frozen=True)
class Meter:
    """How much of a limit is used. Without a limit there is nothing to fill."""

    used: int
    limit: int | None

    @property
    def share(self) -> float | None:
        """0 and more; past 1 where more is used than the limit, as it is now, allows. None without a limit."""
        if self.limit is None:
            return None
        return self.used / self.limit if self.limit else 1.0

    @property
    def filled(self) -> float:
        """How far it is filled: 0..100."""
        return 100 * min(1.0, self.share or 0.0)

    @property
    def percent(self) -> int | None:
        """The share in percent, rounded down: 100 is said of a limit only where nothing is left."""
        return None if self.share is None else int(100 * self.share)

    @property
    def fullness(self) -> Fullness:
        if self.share is None or self.share < NEAR:
            return "calm"
        return "full" if self.share >= 1 else "near"


@dataclass(frozen=True)
class Line:
    """One line of a list of bars: what it is, its value, and where it leads, or ""."""

    label: str
    value: int
    name: str = ""  # a word for the style sheet, as a series has
    url: str = ""


@dataclass(frozen=True)
class BarList:
    """Lines side by side, each with a bar as long as its share of all."""

    title: str
    lines: tuple[Line, ...]

    @cached_property
    def total(self) -> int:
        return sum(line.value for line in self.lines)

    @property
    def rows(self) -> list[tuple[Line, float]]:
        """Each line with its share of all: 0..100."""
        return [(line, 100 * line.value / self.total if self.total else 0.0) for line in self.lines]
