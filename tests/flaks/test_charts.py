"""The charts: where their marks go, what is said beside them, and whether their colours can be told from the page."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from flaks.charts import BarList, Line, Meter, Series, spark, stacked_bars, ticks_for

OUTCOMES = (Series("ok", "Answered"), Series("failure", "Failed"))
COUNTS = st.fixed_dictionaries({"ok": st.integers(0, 10**9), "failure": st.integers(0, 10**9)})
ROWS = st.lists(st.tuples(st.text(max_size=8), COUNTS), max_size=40)
STYLES = (settings.BASE_DIR / "flaks/static/flaks/admin.css").read_text()


def drawn(tag: str, **context: object) -> str:
    """What a template shows with the tag."""
    return Template("{% load charts %}" + tag).render(Context(context))


def two_days() -> str:
    rows = [("12 Nov", {"ok": 1500, "failure": 500}), ("13 Nov", {"ok": 300})]
    chart = stacked_bars("Calls a day", OUTCOMES, rows, description="Two days in November.")
    return drawn("{% stacked_bars chart %}", chart=chart)


@given(ROWS)
def test_marks_stay_in_the_box_and_stand_on_each_other(rows: list[tuple[str, dict[str, int]]]) -> None:
    chart = stacked_bars("Calls", OUTCOMES, rows)
    for bar in chart.bars:
        ground = chart.height
        for mark in bar.marks:
            assert mark.x >= 0
            assert mark.x + mark.width <= chart.width
            assert mark.height > 0
            assert mark.y + mark.height == pytest.approx(ground)
            ground = mark.y
        assert ground >= -1e-9


@given(ROWS)
def test_a_marks_height_is_its_value_on_the_scale_of_the_ticks(rows: list[tuple[str, dict[str, int]]]) -> None:
    chart = stacked_bars("Calls", OUTCOMES, rows)
    for bar, (_, counts) in zip(chart.bars, rows, strict=True):
        assert bar.total == sum(counts.values())
        for mark in bar.marks:
            assert mark.value == counts[mark.series.name]
            assert mark.height / chart.height * chart.ticks[0] == pytest.approx(mark.value)


@given(ROWS)
def test_bars_do_not_touch_each_other(rows: list[tuple[str, dict[str, int]]]) -> None:
    marks = [bar.marks[0] for bar in stacked_bars("Calls", OUTCOMES, rows).bars if bar.marks]
    assert all(left.x + left.width < right.x for left, right in pairwise(marks))


@given(ROWS)
def test_the_legend_adds_up_to_the_chart(rows: list[tuple[str, dict[str, int]]]) -> None:
    chart = stacked_bars("Calls", OUTCOMES, rows)
    assert sum(total for _, total in chart.totals) == chart.total


@given(st.integers(0, 10**15))
def test_ticks_are_few_round_even_and_reach_over_the_highest(most: int) -> None:
    ticks = ticks_for(most)
    steps = {high - low for high, low in pairwise(ticks)}
    assert ticks[0] >= most
    assert ticks[-1] == 0
    assert 2 <= len(ticks) <= 5
    assert len(steps) == 1
    assert re.fullmatch(r"[125]0*", str(steps.pop()))


def test_a_day_without_calls_has_a_place_and_no_mark() -> None:
    chart = stacked_bars("Calls", OUTCOMES, [("12 Nov", {}), ("13 Nov", {"ok": 3})])
    assert [len(bar.marks) for bar in chart.bars] == [0, 1]


def test_a_chart_of_nothing_can_be_drawn() -> None:
    shown = drawn("{% stacked_bars chart %}", chart=stacked_bars("Calls", OUTCOMES, []))
    assert 'role="img"' in shown


def test_a_negative_count_is_none() -> None:
    chart = stacked_bars("Calls", OUTCOMES, [("12 Nov", {"ok": -4, "failure": 2})])
    assert (chart.bars[0].values, len(chart.bars[0].marks)) == ((0, 2), 1)


def test_the_chart_has_a_title_a_description_and_a_table() -> None:
    shown = two_days()
    named = re.search(r'aria-labelledby="(\S+) (\S+)"', shown)
    assert named is not None
    assert f'<title id="{named[1]}">Calls a day</title>' in shown
    assert f'<desc id="{named[2]}">Two days in November.</desc>' in shown
    assert "<caption>Calls a day</caption>" in shown
    assert '<th scope="row">12 Nov</th><td>2,000</td><td>1,500</td><td>500</td>' in shown


def test_charts_on_one_page_share_no_id() -> None:
    ids = re.findall(r' id="([^"]+)"', two_days() + two_days())
    assert len(ids) == 4
    assert len(set(ids)) == 4


def test_nothing_has_a_style_or_a_script_of_its_own() -> None:
    listed = drawn("{% bar_list chart %}", chart=BarList("Calls by source", (Line("JioSaavn", 3, "jiosaavn"),)))
    shown = two_days() + listed + drawn('{% sparkline numbers "Calls" %}{% meter 3 4 %}', numbers=[1, 2])
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", shown)


@pytest.mark.parametrize("tag", ["{% stacked_bars chart %}", "{% bar_list lines %}", "{% sparkline numbers name %}"])
def test_names_with_markup_are_shown_as_text(tag: str) -> None:
    name = '"><script>alert(1)</script>\u202e'
    chart = stacked_bars(name, [Series("ok", name)], [(name, {"ok": 1})], description=name, heading=name)
    shown = drawn(tag, chart=chart, lines=BarList(name, (Line(name, 1, url="/a"),)), numbers=[1], name=name)
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


@given(st.lists(st.integers(0, 10**9), max_size=60))
def test_a_sparkline_is_scaled_to_its_highest_number(numbers: list[int]) -> None:
    line = spark(numbers)
    assert len(line.marks) == sum(number > 0 for number in numbers)
    for x, y, width, height in line.marks:
        assert x >= 0
        assert x + width <= line.width + 1e-9
        assert y + height == pytest.approx(line.height)
    if line.marks:
        assert max(height for *_, height in line.marks) == line.height


def test_a_sparkline_tells_its_numbers() -> None:
    assert 'aria-label="14 days: 0, 3, 1"' in drawn('{% sparkline numbers "14 days" %}', numbers=[0, 3, 1])


@pytest.mark.parametrize(
    ("used", "limit", "fullness", "percent"),
    [
        (0, 1000, "calm", 0),
        (799, 1000, "calm", 79),
        (800, 1000, "near", 80),
        (9999, 10_000, "near", 99),
        (1000, 1000, "full", 100),
        (1500, 1000, "full", 150),  # the limit was lowered since
        (0, 0, "full", 100),
        (5, None, "calm", None),
    ],
)
def test_a_meter_tells_how_full_it_is(used: int, limit: int | None, fullness: str, percent: int | None) -> None:
    meter = Meter(used, limit)
    assert (meter.fullness, meter.percent) == (fullness, percent)
    assert 0 <= meter.filled <= 100


def test_a_meter_tells_in_words_what_its_bar_shows() -> None:
    shown = drawn("{% meter 1812 2000 %}")
    assert re.sub(r"<[^>]+>", "", shown).split() == ["1,812", "of", "2,000", "90%"]
    assert "meter-near" in shown


def test_without_a_limit_there_is_no_bar() -> None:
    shown = drawn("{% meter 1812 None %}")
    assert "of no limit" in shown
    assert "<svg" not in shown


@given(st.lists(st.integers(0, 10**9), max_size=12))
def test_the_shares_of_a_list_add_up(values: list[int]) -> None:
    chart = BarList("By source", tuple(Line(str(number), value) for number, value in enumerate(values)))
    shares = [share for _, share in chart.rows]
    assert sum(shares) == pytest.approx(100 if chart.total else 0)


def test_each_outcome_has_a_colour_in_every_scheme() -> None:
    for _, scheme in SCHEMES:
        assert {name for name in scheme if name.startswith("mark-")} == MARKS


@pytest.mark.parametrize("place", range(3), ids=["light", "dark by the system", "dark by the switch"])
def test_marks_and_words_can_be_told_from_what_is_behind_them(place: int) -> None:
    name, scheme = SCHEMES[place]
    for ground in ("body-bg", "darkened-bg"):
        for mark in MARKS:
            assert contrast(scheme[mark], scheme[ground]) >= 3, f"{name}: {mark} on {ground}"
        for words in ("body-fg", "body-quiet-color", "link-fg", "warn-fg", "bad-fg", "good-fg", "error-fg"):
            assert contrast(scheme[words], scheme[ground]) >= 4.5, f"{name}: {words} on {ground}"
    for kind in ("good", "warn", "bad"):
        assert contrast(scheme[f"{kind}-fg"], scheme[f"{kind}-bg"]) >= 4.5, f"{name}: {kind}"


def test_dark_is_the_same_by_the_system_and_by_the_switch() -> None:
    assert SCHEMES[1][1] == SCHEMES[2][1]


def colours(block: str) -> dict[str, str]:
    """The colours that a block of the style sheet gives its variables."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it: 1..21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


MARKS = {f"mark-{name}" for name in ("ok", "cached", "no-match", "client-error", "limited", "failure")}
SCHEMES = [
    (selector.strip(), colours(block))
    for selector, block in re.findall(r"([^{}]+)\{([^{}]+)\}", STYLES)
    if "--mark-ok:" in block
]
