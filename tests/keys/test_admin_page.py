"""A key's page: its use, and who did what to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from keys import services
from keys.models import AdminUser, ApiKey, UsageStat
from keys.services import Actor
from tests.keys.pages import Key, page_of, text
from tests.keys.roundtrips import RoundTrips

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def called(key: ApiKey, day: datetime, outcome: str, source: str, calls: int, bucket: int = 7) -> None:
    for row in ((day.date(), key.lineage, "search", outcome, source), (day.date(), key.lineage, "", "", "")):
        UsageStat.objects.add({row: {bucket: calls}})


def table_of(page: str, caption: str) -> dict[str, str]:
    """The first two cells of each row of the table with this caption."""
    table = page.partition(f"{caption}</caption>")[2].partition("</table>")[0]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr>")[1:])
    return {row[0]: next(cell for cell in row[1:] if "<svg" not in cell) for row in cells}


def test_the_page_draws_thirty_days_by_how_calls_ended(office: Client, key: Key) -> None:
    called(key[0], NOW, "ok", "jiosaavn", 1200)
    called(key[0], NOW, "failure", "", 3)
    called(key[0], NOW - 29 * DAY, "cached", "youtube", 40)
    called(key[0], NOW - 30 * DAY, "ok", "youtube", 9999)
    page = text(office.get(page_of(key[0])))
    days = table_of(page, "Calls of the last 30 days")
    assert (days["23 Nov"], days["25 Oct"], days.get("24 Oct", "")) == ("1,203", "40", "")
    assert table_of(page, "How calls ended") == {"Answered": "1,200", "From the cache": "40", "Failed": "3"}
    assert table_of(page, "Which source answered") == {"JioSaavn": "1,200", "YouTube": "40", "No source": "3"}
    assert re.search(r"p50.*?<dd>150 ms</dd>.*?p95.*?<dd>195 ms</dd>", page, re.DOTALL)


def test_the_calls_of_a_key_and_of_its_successor_are_drawn_together(office: Client, staff: AdminUser, key: Key) -> None:
    called(key[0], NOW, "ok", "jiosaavn", 5)
    successor = services.rotate(Actor.staff(staff), key[0], "1h")
    assert table_of(text(office.get(page_of(successor))), "How calls ended") == {"Answered": "5"}


def test_a_key_that_was_never_called_says_what_comes_next(office: Client, key: Key) -> None:
    page = text(office.get(page_of(key[0])))
    assert "No calls in 30 days." in page
    assert "<figure" not in page


def test_the_page_tells_who_did_what_to_the_key_and_to_its_relatives(
    manager: Client, staff: AdminUser, key: Key
) -> None:
    carol = Actor.staff(staff)
    services.change(carol, key[0], {"daily_limit": 5})
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        successor = services.rotate(carol, ApiKey.objects.get(), "1h")
    other = services.create(carol, name="somebody else's")
    page = text(manager.get(page_of(successor)))
    trail = page.partition("Who did what")[2]
    assert "Changed daily limit from 1000 to 5." in trail
    assert "Rotated:" in trail
    assert trail.index("Rotated:") < trail.index("Changed daily limit")
    assert trail.count("<td>carol</td>") == 3
    assert trail.count("this one") == 1
    assert other.hint not in trail
    assert "By carol" not in trail


def test_what_the_command_line_did_names_the_systems_user(manager: Client, key: Key) -> None:
    services.disable(Actor.command_line(), key[0])
    trail = text(manager.get(page_of(key[0]))).partition("Who did what")[2]
    assert "<td>command-line</td>" in trail
    assert "(command line)" in trail


def test_who_may_not_see_logs_sees_no_trail_and_no_history(viewer: Client, staff: AdminUser, key: Key) -> None:
    services.change(Actor.staff(staff), key[0], {"daily_limit": 5})
    page = text(viewer.get(page_of(key[0])))
    assert "Who did what" not in page
    assert "/history/" not in page
    assert viewer.get(page_of(key[0], "history")).status_code == 403


def test_hostile_text_is_text_on_the_page(office: Client, staff: AdminUser, key: Key) -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e"
    called(key[0], NOW, "<script>", '"><svg onload', 5)
    services.change(Actor.staff(staff), key[0], {"owner": hostile, "notes": hostile, "contact": hostile})
    services.revoke(Actor.staff(staff), ApiKey.objects.get(), hostile)
    page = text(office.get(page_of(key[0])))
    assert "<img src=x" not in page
    assert "<script>" not in page
    assert "<svg onload" not in page
    assert page.count("&lt;img src=x") >= 5


# 1 the session   2 who is signed in   3 the key   4 its rows of usage   5 what it has used on each day
# 6 its relatives by lineage   7 the log   8 who is named there   9 what it has used today   10 its relatives
QUERIES = 10


def test_the_page_costs_as_many_queries_however_much_was_called_and_done(
    office: Client, staff: AdminUser, key: Key
) -> None:
    for number in range(30):
        services.change(Actor.staff(staff), ApiKey.objects.get(pk=key[0].pk), {"daily_limit": number})
        called(key[0], NOW - number * DAY, "ok", "jiosaavn", 5)
    services.rotate(Actor.staff(staff), ApiKey.objects.get(), "1h")
    with RoundTrips() as asked:
        office.get(page_of(key[0]))
    assert len(asked) == QUERIES, asked.asked
