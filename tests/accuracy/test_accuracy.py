"""The bars of the matching: precision and recall of each set, and the recorded tables whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from music.domain import Track
from music.matching import best_for_text
from tests.accuracy import handmade, heldout, recorded, report, sets
from tests.accuracy.cases import Case, answered, case, song

needs_recordings = pytest.mark.skipif(not sets.RECORDINGS, reason="FLAKS_RECORDINGS names no folder")
BOAT, OTHER = song("Paper Boat"), song("Paper Boat", "Marlo Vexley")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=needs_recordings if name == "synthetic" else ()) for name in sets.SETS]
)
def test_each_set_clears_its_bars(name: str) -> None:
    found = report.outcomes(sets.SETS[name]())
    total = report.figures(found)
    assert total.precision >= sets.PRECISION, "\n".join(report.lines(name, found))
    assert total.recall >= sets.RECALL, "\n".join(report.lines(name, found))


def test_there_are_six_hundred_labelled_cases_that_differ() -> None:
    cases = sets.labelled()
    assert len({(_shown(one.wanted), one.candidates, one.languages) for one in cases}) >= 600
    assert len({one.rule for one in cases}) >= 40


def test_a_third_of_the_labelled_cases_has_no_answer() -> None:
    cases = sets.labelled()
    assert sum(not one.right for one in cases) * 3 >= len(cases)


@needs_recordings
def test_the_recorded_tables_pass_whole() -> None:
    assert list(recorded.misses(Path(sets.RECORDINGS))) == []


@pytest.mark.parametrize(
    ("one", "is_right"),
    [
        (case("x", BOAT, [BOAT], 0), True),
        (case("x", BOAT, [OTHER], 0), False),
        (case("x", BOAT, [OTHER]), True),
        (case("x", BOAT, [BOAT]), False),
        (case("x", BOAT, [OTHER, BOAT], 0), False),
    ],
)
def test_an_answer_is_right_where_it_is_the_labelled_one(one: Case, is_right: bool) -> None:
    assert answered(one).is_right is is_right


def test_precision_counts_wrong_answers_and_recall_missing_ones() -> None:
    right, wrong, missed = case("a", BOAT, [BOAT], 0), case("b", BOAT, [BOAT]), case("c", BOAT, [OTHER], 0)
    found = report.outcomes([right, wrong, missed])
    total = report.figures(found)
    assert (total.precision, total.recall) == (0.5, 0.5)
    assert [line for line in report.lines("set", found) if line.startswith("  miss")] == [
        "  miss  b: [Paper Boat / Orla Fenwright] wanted no match, was given 0 Paper Boat / Orla Fenwright / 200 s"
        " (1.00: title, artists and length agree)",
        "  miss  c: [Paper Boat / Orla Fenwright] wanted 0 Paper Boat / Marlo Vexley / 200 s, was given no match"
        " (0.00: the nearest of 1 is by somebody else)",
    ]


def _shown(wanted: Track | str) -> str:
    return wanted if isinstance(wanted, str) else repr(wanted)


def test_comparing_no_more_than_is_needed_chooses_the_same_song(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = [one for one in (*handmade.cases(), *heldout.cases()) if isinstance(one.wanted, str)]
    # A list of one case alone is short: the songs of three cases are one long list.
    lists = [
        (str(one.wanted), [track for of in typed[number : number + 3] for track in of.candidates])
        for number, one in enumerate(typed)
    ]
    few = [best_for_text(query, tracks)[0] for query, tracks in lists]
    monkeypatch.setattr("music.matching.typed.choice.ENOUGH", 10**9)
    assert few == [best_for_text(query, tracks)[0] for query, tracks in lists]
    assert len(lists) > 100
