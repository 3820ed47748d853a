"""`manage.py prune_reports`."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from music.models import MatchPin, MatchReport, Tally

pytestmark = pytest.mark.django_db


def report(name: str, days: int, state: str = "open") -> None:
    then = timezone.now() - timedelta(days=days)
    MatchReport.objects.create(
        id=name,
        requested=name,
        kind="words",
        wish=name,
        given="youtube:dQw4w9WgXcQ",
        source="youtube",
        key_name="bot",
        key_hint="flk_live_abc...wxyz",
        lineage=uuid.uuid4(),
        state=state,
        last_at=then,
        decided_at=None if state == "open" else then,
    )


def prune(*arguments: str) -> str:
    output = StringIO()
    call_command("prune_reports", *arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def left() -> list[str]:
    return sorted(MatchReport.objects.values_list("pk", flat=True))


def test_what_was_decided_long_ago_is_forgotten_and_what_is_pinned_stays() -> None:
    for name, days, state in (
        ("old", 91, "pinned"),
        ("older", 99, "dismissed"),
        ("new", 89, "pinned"),
        ("a", 99, "open"),
    ):
        report(name, days, state)
    MatchPin.objects.create(id="x", kind="words", request="old", right="youtube:dQw4w9WgXcQ", by="carol")
    assert json.loads(prune("--keep-days", "90", "--json")) == {"decided": 2, "open": 0}
    assert left() == ["a", "new"]
    assert MatchPin.objects.count() == 1


def test_of_open_ones_the_oldest_go_beyond_a_number() -> None:
    for days in range(5):
        report(f"of day {days}", days)
    assert json.loads(prune("--keep-days", "90", "--keep-open", "2", "--json")) == {"decided": 0, "open": 3}
    assert left() == ["of day 0", "of day 1"]


def test_yesterdays_counts_go_and_todays_and_lasting_ones_stay() -> None:
    today = timezone.now().date()
    for name, day in (("a", today), ("b", today - timedelta(days=1)), ("pins", None)):
        Tally.objects.create(id=name, day=day)
    prune("--keep-days", "1")
    assert set(Tally.objects.values_list("pk", flat=True)) == {"a", "pins"}


@pytest.mark.parametrize(
    "wrong", [["--keep-days", "0"], ["--keep-days", "x"], [], ["--keep-days", "9", "--keep-open=-1"]]
)
def test_numbers_that_cannot_be_are_refused(wrong: list[str]) -> None:
    report("a", 500, "pinned")
    with pytest.raises(CommandError):
        prune(*wrong)
    assert left() == ["a"]
