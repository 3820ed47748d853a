"""How bench/admin judges what it measured."""

from __future__ import annotations

import pytest

from bench.admin.__main__ import _told


def test_what_meets_the_bars_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(14, [0.1] * 40) == 0
    assert "NOT MET" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("queries", "took", "missed"),
    [
        (15, [0.1] * 40, "its queries"),
        (11, [0.3] * 40, "front page, median"),
        (11, [0.1] * 30 + [0.5] * 10, "front page, 95% within"),
    ],
)
def test_what_misses_a_bar_is_named_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], queries: int, took: list[float], missed: str
) -> None:
    assert _told(queries, took) == 1
    assert f"| {missed} |" in next(line for line in capsys.readouterr().out.splitlines() if "NOT MET" in line)
