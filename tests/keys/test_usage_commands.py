"""`manage.py usage` and `prune_usage`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keys.models import ApiKey, KeyQuota, UsageStat
from keys.usage import Row, Usage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLD = date(2026, 8, 1)
Key = tuple[ApiKey, str]

pytestmark = pytest.mark.usefixtures("_noon")


@pytest.fixture
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def used(key: Key) -> ApiKey:
    """Alice's key: four calls today, one yesterday, and some on a day long ago."""
    counted = Usage()
    for day, calls in ((NOON.date(), 4), (date(2026, 11, 22), 1), (OLD, 9)):
        for _ in range(calls):
            counted.count(Row(day, key[0].lineage, "stream", "ok", "jiosaavn"), 3.0)
        KeyQuota.objects.spend(key[0].lineage, day, None, calls)
    counted.flush()
    return key[0]


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_people_get_a_bar_for_each_day(used: ApiKey) -> None:
    lines = run("usage", "--key", used.hint, "--days", "3")[0].splitlines()
    assert lines[0].split()[:3] == ["DAY", "CALLS", "UNITS"]
    assert [line.split()[:3] for line in lines[1:]] == [
        ["2026-11-21", "0", "0"],
        ["2026-11-22", "1", "1"],
        ["2026-11-23", "4", "4"],
    ]
    assert [line.count("█") for line in lines[1:]] == [0, 10, 40]


def test_json_has_each_day_and_the_key(used: ApiKey) -> None:
    shown = json.loads(run("usage", "--key", used.name, "--days", "1", "--json")[0])
    assert shown["key"]["hint"] == used.hint
    assert [(day["day"], day["calls"], day["used"], day["outcomes"]) for day in shown["days"]] == [
        ("2026-11-23", 4, 4, {"ok": 4})
    ]


def test_without_a_key_it_is_the_whole_site(used: ApiKey) -> None:
    shown = json.loads(run("usage", "--json")[0])
    assert shown["key"] is None
    assert len(shown["days"]) == 30
    assert sum(day["calls"] for day in shown["days"]) == 5
    assert "used" not in shown["days"][0]


def test_another_key_has_no_use(used: ApiKey) -> None:
    other = ApiKey.objects.issue(name="other")[0]
    assert sum(day["calls"] for day in json.loads(run("usage", "--key", other.hint, "--json")[0])["days"]) == 0


def test_a_site_without_any_use_is_a_table_of_noughts(db: None) -> None:
    assert len(run("usage", "--days", "2")[0].splitlines()) == 3


@pytest.mark.parametrize("days", ["0", "-1", "367", "many"])
def test_a_number_of_days_that_makes_no_sense_is_named(db: None, days: str) -> None:
    with pytest.raises(CommandError, match="--days"):
        run("usage", f"--days={days}")


def test_a_key_that_is_not_there_ends_with_3(db: None) -> None:
    with pytest.raises(CommandError, match="There is no key") as caught:
        run("usage", "--key", "nobody")
    assert caught.value.returncode == 3


def test_the_use_of_a_key_costs_as_many_queries_for_a_year_as_for_a_day(used: ApiKey) -> None:
    counts = []
    for days in ("1", "366"):
        with CaptureQueriesContext(connection) as queries:
            run("usage", "--key", used.hint, "--days", days)
        ours = [query["sql"] for query in queries if "usage_stats" in query["sql"] or "key_quotas" in query["sql"]]
        counts.append(len([sql for sql in ours if "sqlite_master" not in sql]))
    assert counts == [2, 2]  # the key's rows; the days' units


def test_days_that_are_long_over_are_forgotten_and_the_rest_is_kept(used: ApiKey) -> None:
    shown = json.loads(run("prune_usage", "--keep-days", "30", "--json")[0])
    assert shown == {"kept_from": "2026-10-25", "days": 1, "rows": 4}
    assert set(UsageStat.objects.values_list("day", flat=True)) == {NOON.date(), date(2026, 11, 22)}
    assert set(KeyQuota.objects.values_list("day", flat=True)) == {NOON.date(), date(2026, 11, 22)}
    assert ApiKey.objects.exists()


def test_pruning_again_finds_nothing(used: ApiKey) -> None:
    run("prune_usage", "--keep-days", "30")
    assert "Deleted 0 rows of 0 days" in run("prune_usage", "--keep-days", "30")[1]


@pytest.mark.parametrize("days", ["1", "0", "-3", "36501", "many"])
def test_pruning_never_touches_the_day_that_is_counted(used: ApiKey, days: str) -> None:
    with pytest.raises(CommandError, match="--keep-days"):
        run("prune_usage", f"--keep-days={days}")
    assert KeyQuota.objects.count() == 3
