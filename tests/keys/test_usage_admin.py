"""The admin's list of usage."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from flaks import names
from keys.admin import usageadmin
from keys.admin.days import hierarchy
from keys.counting import OUTCOMES
from keys.models import AdminUser, ApiKey, UsageStat
from tests.conftest import Answer
from tests.keys.pages import Key, text

LIST = "/admin/keys/usagestat/"
EXPORT = f"{LIST}export/"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def called(
    key: ApiKey, calls: int, *, day: date = TODAY, group: str = "search", outcome: str = "ok", source: str = "jiosaavn"
) -> None:
    """As the counter writes it: the row, the key's of the day, and the site's."""
    for lineage, *kind in (
        (key.lineage, group, outcome, source),
        (key.lineage, "", "", ""),
        (None, group, outcome, source),
    ):
        UsageStat.objects.add({(day, lineage, kind[0], kind[1], kind[2]): {7: calls}})


def shown(answer: Answer) -> list[tuple[str, ...]]:
    """The list's cells, without their markup."""
    table = text(answer).partition('id="result_list"')[2].partition("</tbody>")[0].partition("<tbody>")[2]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr>")[1:])
    return [tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in row) for row in cells]


def calls(client: Client, **query: str) -> list[int]:
    return sorted(int(row[5]) for row in shown(client.get(LIST, query)))


def test_rows_show_the_keys_name_and_hint_and_how_long_calls_took(viewer: Client, key: Key) -> None:
    called(key[0], 12)
    (row,) = shown(viewer.get(LIST))
    assert row == (
        "Nov. 23, 2026",
        f"alice&#x27;s bot {key[0].hint}",
        "search",
        "Answered",
        "JioSaavn",
        "12",
        "150",
        "195",
    )


def test_outcomes_and_sources_have_the_names_that_staff_read_elsewhere(viewer: Client, key: Key) -> None:
    assert set(names.OUTCOMES) == set(OUTCOMES)
    for number, outcome in enumerate(OUTCOMES):
        called(key[0], number + 1, outcome=outcome, source="")
    called(key[0], 9, source="a-source-that-is-gone")
    told = {row[3:5] for row in shown(viewer.get(LIST))}
    of_none = {(title, "No source") for title in names.OUTCOMES.values()}
    assert told == {*of_none, ("Answered", "A-source-that-is-gone")}
    assert {row[2:5] for row in shown(viewer.get(LIST, {"rows": "days"}))} == {("all", "all", "all")}
    page = text(viewer.get(LIST))
    for label in (*names.OUTCOMES.values(), *names.SOURCES.values()):
        assert re.search(rf"<a href=[^>]*>\s*{label}\s*</a>", page), label


def test_a_lineage_is_named_by_its_newest_key(viewer: Client, key: Key) -> None:
    called(key[0], 12)
    later = NOW + timedelta(days=1)
    newer = ApiKey.objects.issue(name="the successor", lineage=key[0].lineage, created_at=later)[0]
    assert shown(viewer.get(LIST))[0][1] == f"the successor {newer.hint}"


def test_rows_of_one_kind_are_shown_together_and_count_each_call_once(viewer: Client, key: Key) -> None:
    called(key[0], 12)
    called(key[0], 3, outcome="no_match", source="")
    assert calls(viewer) == [3, 12]
    assert calls(viewer, rows="days") == [15]
    assert calls(viewer, rows="site") == [3, 12]
    assert {row[1] for row in shown(viewer.get(LIST, {"rows": "site"}))} == {"the whole site"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 4]),
        ({"outcome": "ok"}, [1, 2]),
        ({"outcome": "ok", "last": "all"}, [1, 2, 8]),
        ({"outcome": "no_match"}, [4]),
        ({"source": "youtube"}, [2]),
        ({"source": "none"}, [4]),
        ({"group": "stream"}, [2]),
        ({"last": "1"}, [1, 2, 4]),
        ({"last": "30"}, [1, 2, 4]),
        ({"last": "90"}, [1, 2, 4, 8]),
        ({"outcome": "ok", "last": "7"}, [1, 2]),
        ({"day__year": "2026"}, [1, 2, 4, 8]),
        ({"day__year": "2026", "day__month": "11"}, [1, 2, 4]),
        ({"day__year": "2026", "day__month": "10", "day__day": "24"}, [8]),
        ({"day__year": "2025"}, []),
    ],
)
def test_rows_are_narrowed(viewer: Client, key: Key, query: dict[str, str], found: list[int]) -> None:
    called(key[0], 1)
    called(key[0], 2, group="stream", source="youtube")
    called(key[0], 4, outcome="no_match", source="")
    called(key[0], 8, day=TODAY - timedelta(days=30))
    assert calls(viewer, **query) == found


def test_rows_of_a_key_are_found_by_name_owner_hint_and_lineage(viewer: Client, key: Key) -> None:
    called(key[0], 1)
    called(ApiKey.objects.issue(name="bob's", owner="Bob")[0], 2)
    assert calls(viewer, q="alice") == calls(viewer, q=key[0].hint) == calls(viewer, lineage=str(key[0].lineage)) == [1]
    assert calls(viewer, q="bob bob's") == [2]
    assert calls(viewer, q="nobody") == []


@pytest.mark.parametrize(
    "query",
    ["rows=all", "last=8", "last=", "outcome=x", "source=a-source-that-is-gone", "group=x", "lineage=x", "day__year=x",
     "day__year=2026&day__month=13", "day__year=99999", "day__year=0", "p=7", "no_such_field=1", "day__month=11",
     "day__year=9999", "day__year=9999&day__month=12", "day__year=9999&day__month=12&day__day=31"],
)  # fmt: skip
def test_an_address_that_means_nothing_breaks_nothing(viewer: Client, key: Key, query: str) -> None:
    called(key[0], 1)
    answer = viewer.get(f"{LIST}?{query}", follow=True)
    assert answer.status_code == 200
    assert calls(viewer) == [1]


def test_an_empty_list_says_what_comes_next(viewer: Client, key: Key) -> None:
    assert "Nothing has been called yet." in text(viewer.get(LIST))
    called(key[0], 1)
    assert "No calls are counted here." in text(viewer.get(LIST, {"outcome": "failure"}))


def test_nobody_adds_changes_or_deletes_usage(office: Client, key: Key) -> None:
    called(key[0], 1)
    row = UsageStat.objects.get(lineage=key[0].lineage, group="search")
    assert office.get(f"{LIST}add/").status_code == 403
    assert office.post(f"{LIST}add/", {"calls": "9"}).status_code == 403
    assert office.post(f"{LIST}{row.pk}/change/", {"calls": "9"}).status_code == 403
    assert office.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    office.post(LIST, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert UsageStat.objects.get(pk=row.pk).calls == 1


def rows_of(answer: Answer) -> list[dict[str, str]]:
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def test_the_rows_that_are_shown_are_exported(manager: Client, key: Key) -> None:
    called(key[0], 12)
    called(key[0], 3, outcome="no_match", source="")
    assert f'href="{EXPORT}?outcome=ok"' in text(manager.get(LIST, {"outcome": "ok"}))
    (row,) = rows_of(manager.get(EXPORT, {"outcome": "ok"}))
    assert row == {
        "day": "2026-11-23",
        "key": "alice's bot",
        "hint": key[0].hint,
        "routes": "search",
        "outcome": "ok",
        "source": "jiosaavn",
        "calls": "12",
        "p50_ms": "150",
        "p95_ms": "195",
    }
    assert LogEntry.objects.get().change_message == "Exported usage as CSV. By mallory."


@pytest.mark.parametrize("name", ["=1+1", "\uff1d1", " @x", "<script>", "\u202e=1"])
def test_hostile_names_are_harmless_in_the_list_and_the_export(manager: Client, name: str) -> None:
    called(ApiKey.objects.issue(name=name)[0], 1)
    assert "<script>" not in text(manager.get(LIST))
    assert rows_of(manager.get(EXPORT))[0]["key"] == (name if name == "<script>" else f"'{name}")


def test_an_export_asks_no_query_for_a_row(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usageadmin, "PART", 20)
    for number in range(60):
        called(ApiKey.objects.issue(name=f"bot {number}")[0], number + 1)
    answer = manager.get(EXPORT)
    with CaptureQueriesContext(connection) as asked:
        assert len(rows_of(answer)) == 60
    assert len(asked) == 1 + 3  # the rows, and the keys of each twenty


def test_a_viewer_exports_nothing(viewer: Client, key: Key) -> None:
    called(key[0], 1)
    assert EXPORT not in text(viewer.get(LIST))
    assert viewer.get(EXPORT).status_code == 403
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("query", ["outcome=x", "day__year=x", "day__year=9999", "lineage=x"])
def test_an_export_of_what_means_nothing_leads_back_to_the_list(manager: Client, query: str) -> None:
    assert manager.get(f"{EXPORT}?{query}")["Location"] == LIST
    assert not LogEntry.objects.exists()


def test_staff_without_rights_see_no_usage(db: None) -> None:
    client = Client()
    client.force_login(AdminUser.objects.create_user("eve", password="x", is_staff=True))
    assert [client.get(path).status_code for path in (LIST, EXPORT)] == [403, 403]


def test_rows_are_counted_to_a_bound_and_no_further(viewer: Client, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    for back in range(7):
        called(key[0], 1, day=TODAY - timedelta(days=back))
    assert "These are the newest" not in text(viewer.get(LIST))
    monkeypatch.setattr(usageadmin, "MOST_ROWS", 5)
    assert "These are the newest 5 rows." in text(viewer.get(LIST))


# 1 the session   2 who is signed in   3 own permissions   4 the groups'   5 how many rows, up to a bound
# 6 the rows of the page   7 the names of their keys   8 the first day   9 the last day
QUERIES = 9


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_costs_as_many_queries_whatever_the_number_of_rows(viewer: Client, count: int) -> None:
    for number in range(count):
        called(ApiKey.objects.issue(name=f"bot {number}")[0], 1, day=TODAY - timedelta(days=number))
    for query in ({}, {"outcome": "ok"}, {"day__year": "2026"}, {"last": "all"}, {"rows": "site"}):
        with CaptureQueriesContext(connection) as asked:
            assert viewer.get(LIST, query).status_code == 200
        # The site's rows have no keys to be named.
        assert len(asked) == (QUERIES - 1 if "rows" in query else QUERIES)


def test_a_key_that_is_gone_is_said_to_be(viewer: Client) -> None:
    called(ApiKey(lineage=uuid.uuid4()), 1)
    assert shown(viewer.get(LIST))[0][1] == "a key that is gone"


def led(params: dict[str, str], first: date, last: date) -> tuple[str | None, list[str]]:
    found = hierarchy(params, first, last, str)
    return (found.back.title if found.back else None), [choice.title for choice in found.choices]


def test_days_lead_from_years_to_months_to_days_and_back() -> None:
    first, last = date(2025, 11, 29), date(2026, 2, 2)
    assert led({}, first, last) == (None, ["2025", "2026"])
    assert led({"day__year": "2025"}, first, last) == ("All days", ["November 2025", "December 2025"])
    november = {"day__year": "2025", "day__month": "11"}
    assert led(november, first, last) == ("2025", ["Nov 29", "Nov 30"])
    assert led({**november, "day__day": "29"}, first, last) == ("November 2025", ["November 29"])
    assert led({}, last, last) == (None, ["February 2026"])


@pytest.mark.parametrize(
    "params", [{"day__year": "x"}, {"day__year": "9" * 30}, {"day__month": "99"}, {"day__day": "5"}]
)
def test_days_that_are_none_lead_nowhere_else(params: dict[str, str]) -> None:
    _back, titles = led(params, date(2026, 2, 1), date(2026, 2, 2))
    assert set(titles) <= {"February 2026"}
