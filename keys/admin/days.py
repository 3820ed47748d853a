"""The way from years to months to days above a list, without a query that looks through its rows.

Django's own asks the database for the days that have rows: a scan of everything that is shown.
"""

from __future__ import annotations

from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Link = Callable[[dict[str, int | None]], str]


@dataclass(frozen=True)
class Choice:
    """One link: what it says and where it leads; "" for where one is."""

    title: str
    link: str


@dataclass(frozen=True)
class Hierarchy:
    """What leads back, if anything, and what leads further."""

    back: Choice | None
    choices: list[Choice]


def hierarchy(params: Mapping[str, Any], first: date, last: date, link: Link) -> Hierarchy:
    """The links for what the address says by `day__year`, `day__month` and `day__day`, from `first` to `last`.

    `link` makes an address of these three, of which None is left out. Where all days are of one year, no year is asked.
    """
    year, month, day = (_number(params.get(f"day__{part}")) for part in ("year", "month", "day"))
    if year is None and first.year != last.year:
        years = range(first.year, last.year + 1)
        return Hierarchy(None, [Choice(str(number), link(_parts(number))) for number in years])
    shown = first.year if year is None else year
    if month is None or not 1 <= month <= 12:
        back = Choice("All days", link(_parts())) if year is not None else None
        return Hierarchy(back, _months(shown, first, last, link))
    if day is None:
        return Hierarchy(Choice(str(shown), link(_parts(shown))), _days(shown, month, first, last, link))
    named = Choice(f"{month_name[month]} {day}", "")
    return Hierarchy(Choice(f"{month_name[month]} {shown}", link(_parts(shown, month))), [named])


def _months(year: int, first: date, last: date, link: Link) -> list[Choice]:
    held = [month for month in range(1, 13) if (first.year, first.month) <= (year, month) <= (last.year, last.month)]
    return [Choice(f"{month_name[month]} {year}", link(_parts(year, month))) for month in held]


def _days(year: int, month: int, first: date, last: date, link: Link) -> list[Choice]:
    if not first.year <= year <= last.year:
        return []
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    held = [day for day in days if first <= day <= last]
    return [Choice(f"{month_abbr[month]} {day.day}", link(_parts(year, month, day.day))) for day in held]


def _parts(year: int | None = None, month: int | None = None, day: int | None = None) -> dict[str, int | None]:
    return {"day__year": year, "day__month": month, "day__day": day}


def _number(text: Any) -> int | None:
    try:
        return int(text)
    except (TypeError, ValueError):
        return None
