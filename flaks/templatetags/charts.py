"""Charts in templates: `{% load charts %}`, then `{% stacked_bars chart %}`, `{% sparkline numbers "14 days" %}`,
`{% meter used limit %}`, `{% bar_list chart %}`.

Their colours are in `flaks/admin.css`, which every page of the admin loads.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from typing import Any

from django import template

from flaks.charts import BarList, Meter, StackedBars, spark

register = template.Library()


@register.inclusion_tag("flaks/charts/stacked_bars.html")
def stacked_bars(chart: StackedBars) -> dict[str, Any]:
    """The chart with its legend, and its table, which everybody may open."""
    # Drawn at random: pages hold several charts, and templates that know nothing of each other draw them.
    return {"chart": chart, "id": f"chart-{secrets.token_hex(4)}"}


@register.inclusion_tag("flaks/charts/sparkline.html")
def sparkline(numbers: Sequence[int], label: str) -> dict[str, Any]:
    """A line of small bars, the oldest number first; `label` says what they are, for those who cannot see them."""
    return {"spark": spark(numbers), "label": label}


@register.inclusion_tag("flaks/charts/meter.html")
def meter(used: int, limit: int | None) -> dict[str, Any]:
    """How much of a limit is used, as words and as a bar; a limit of None is none."""
    return {"meter": Meter(used, limit)}


@register.inclusion_tag("flaks/charts/bar_list.html")
def bar_list(chart: BarList) -> dict[str, Any]:
    """A table whose rows each hold a bar."""
    return {"chart": chart}


@register.filter
def thousands(number: int) -> str:
    """The number with a comma after each three digits."""
    return f"{number:,}"


@register.filter
def units(number: float) -> str:
    """A place or a length in a chart's own units, short."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


@register.filter
def percent(share: float | None) -> str:
    """A share (0..1) in percent, rounded down to a tenth: 100% is said only where nothing is missing."""
    return "–" if share is None else f"{math.floor(share * 1000 + 1e-9) / 10:g}%"
