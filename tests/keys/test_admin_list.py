"""The list of keys: what it shows, how it is narrowed, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keys import nearlimit
from keys.models import AdminUser, ApiKey, KeyQuota, UsageStat
from tests.keys.pages import LIST, Key, names_in, row_of, text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def spend(key: ApiKey, units: int) -> None:
    KeyQuota.objects.spend(key.lineage, NOW.date(), None, units)


def issue(name: str, **fields: object) -> ApiKey:
    return ApiKey.objects.issue(name=name, **fields)[0]


def called(key: ApiKey, day: datetime, calls: int) -> None:
    UsageStat.objects.add({(day.date(), key.lineage, "", "", ""): {3: calls}})


def found(client: Client, **query: str) -> set[str]:
    return set(names_in(text(client.get(LIST, query))))


def test_the_list_shows_each_keys_state_and_todays_use(office: Client, key: Key) -> None:
    issue("off", enabled=False)
    issue("over", expires_at=NOW - DAY)
    issue("gone", revoked_at=NOW)
    spend(key[0], 250)
    page = text(office.get(LIST))
    alices = row_of(page, "alice&#x27;s bot")
    assert "key-state-active" in alices
    assert "250" in alices
    assert "<b>25%</b>" in alices
    assert key[0].hint in alices
    assert "key-state-disabled" in row_of(page, ">off<")
    assert "key-state-expired" in row_of(page, ">over<")
    assert "key-state-revoked" in row_of(page, ">gone<")
    assert "of no limit" in row_of(page, ">over<")
    assert 'field-expires">never' in row_of(page, ">off<")
    assert "1 d ago" in row_of(page, ">over<")


def test_the_list_draws_the_calls_of_fourteen_days(office: Client, key: Key) -> None:
    called(key[0], NOW, 7)
    called(key[0], NOW - 13 * DAY, 3)
    called(key[0], NOW - 14 * DAY, 99)
    issue("idle")
    page = text(office.get(LIST))
    assert f"Calls of 14 days: 3, {'0, ' * 12}7</title>" in row_of(page, "alice&#x27;s bot")
    assert "sparkline" not in row_of(page, ">idle<")


def test_the_list_shows_neither_key_nor_digest(office: Client, key: Key) -> None:
    page = text(office.get(LIST))
    assert key[0].hint in page
    assert key[1] not in page
    assert key[0].digest not in page


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("active", {"alice&#x27;s bot", "soon"}),
        ("disabled", {"off", "off and over"}),
        ("expired", {"over"}),
        ("revoked", {"gone"}),
    ],
)
def test_the_list_is_narrowed_to_a_state(office: Client, key: Key, state: str, names: set[str]) -> None:
    issue("soon", expires_at=NOW + DAY)
    issue("off", enabled=False)
    issue("off and over", enabled=False, expires_at=NOW - DAY)
    issue("over", expires_at=NOW)
    issue("gone", revoked_at=NOW, enabled=False)
    assert found(office, state=state) == names


def test_keys_that_have_used_four_fifths_of_their_day_are_found(office: Client) -> None:
    limited = [("under", 10, 7), ("at", 10, 8), ("over", 10, 9), ("full", 5, 5)]
    for name, limit, used in [*limited, ("free", None, 999), ("none", 0, 0)]:
        spend(issue(name, daily_limit=limit), used)
    yesterday = issue("yesterday", daily_limit=10)
    KeyQuota.objects.spend(yesterday.lineage, (NOW - DAY).date(), None, 10)
    spend(issue("revoked", daily_limit=1, revoked_at=NOW), 1)
    assert found(office, look="near") == {"at", "over", "full"}


def test_a_key_and_its_successor_share_the_day_that_is_nearly_used_up(office: Client) -> None:
    first = issue("first", daily_limit=10)
    issue("second", daily_limit=20, lineage=first.lineage)
    spend(first, 9)
    assert found(office, look="near") == {"first"}
    spend(first, 8)
    assert found(office, look="near") == {"first", "second"}


def test_where_more_keys_are_near_their_limit_than_fit_the_nearest_are_shown_and_that_is_said(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearlimit, "PART", 2)
    keys = [issue(f"bot {number}", daily_limit=100) for number in range(5)]
    for number, key in enumerate(keys):
        spend(key, 90 + number)
    ids, count = nearlimit.near_limit(NOW, most=2)
    assert (ids, count) == ([keys[4].pk, keys[3].pk], 5)
    monkeypatch.setattr("keys.admin.filters.near_limit", lambda now: nearlimit.near_limit(now, most=2))
    page = text(office.get(LIST, {"look": "near"}))
    assert "5 keys have used 80 % of their day; these are the 2 nearest to their limit." in page
    assert set(names_in(page)) == {"bot 4", "bot 3"}


def test_keys_that_expire_within_seven_days_are_found(office: Client) -> None:
    for name, ends in [("today", NOW), ("soon", NOW + 7 * DAY), ("later", NOW + 8 * DAY), ("never", None)]:
        issue(name, expires_at=ends)
    issue("off", expires_at=NOW + DAY, enabled=False)
    assert found(office, look="expiring") == {"soon"}


def test_keys_that_nobody_has_used_for_thirty_days_are_found(office: Client) -> None:
    old = NOW - 40 * DAY
    issue("used", created_at=old, last_used_at=NOW - 29 * DAY)
    issue("asleep", created_at=old, last_used_at=NOW - 31 * DAY)
    issue("never", created_at=old)
    issue("new")
    issue("revoked", created_at=old, revoked_at=NOW)
    assert found(office, look="unused") == {"asleep", "never"}


def test_the_list_is_narrowed_to_an_owner_whom_a_row_links_to(office: Client, key: Key) -> None:
    issue("bobs", owner="Bob & Sons <x>")
    page = text(office.get(LIST))
    assert 'href="/admin/keys/apikey/?owner=Bob+%26+Sons+%3Cx%3E"' in page
    assert found(office, owner="Bob & Sons <x>") == {"bobs"}
    assert found(office, owner="nobody") == set()


def test_only_the_owners_of_most_keys_are_offered_and_whoever_is_chosen(office: Client) -> None:
    for number in range(20):
        for _ in range(2 if number < 10 else 1):
            issue("bot", owner=f"owner {number:02}")
    page = text(office.get(LIST, {"owner": "owner 19"}))
    offered = page.partition('class="filters"')[2].partition("</nav>")[0]
    assert "owner 09" in offered
    assert "owner 19" in offered
    assert "owner 18" not in offered


@pytest.mark.parametrize(
    "query",
    [
        "state=asleep",
        "look=everything",
        "state=",
        "enabled__exact=x",
        "p=99",
        "o=99",
        "no_such_field=1",
        "state=active%00",
    ],
)
def test_an_address_that_means_nothing_leads_back_to_the_whole_list(office: Client, key: Key, query: str) -> None:
    answer = office.get(f"{LIST}?{query}", follow=True)
    assert answer.status_code == 200
    assert names_in(text(answer)) == ["alice&#x27;s bot"]


@pytest.mark.parametrize("query", ["digest__startswith=a", "owner__regex=(a%2B)%2B$", "lineage=x"])
def test_the_list_answers_whatever_its_address_asks(office: Client, key: Key, query: str) -> None:
    assert office.get(f"{LIST}?{query}", follow=True).status_code in {200, 400}


def test_an_empty_list_says_what_to_do_next(office: Client, viewer: Client) -> None:
    page = text(office.get(LIST))
    assert "There are no keys yet." in page
    assert 'href="/admin/keys/apikey/add/">Make the first one' in page
    assert "Make the first one" not in text(viewer.get(LIST))


def test_a_list_without_hits_leads_back_to_all(office: Client, key: Key) -> None:
    assert "No key is like that." in text(office.get(LIST, {"q": "nobody"}))


def test_hostile_names_are_text_in_the_list(office: Client) -> None:
    issue('"><img src=x onerror=alert(1)>', owner="<script>alert(1)</script>")
    issue("\u202e" + "ن" * 99, owner="\u2067" + "x" * 199)
    page = text(office.get(LIST))
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "ن" * 99 in page


# What the list asks, whatever the number of its keys:
#   1 the session   2 who is signed in   3 the owners of most keys   4 how many keys are found   5 how many there are
#   6 the keys of the page   7 what they have used today   8 what they were called in 14 days
QUERIES = 8
# Somebody who is not a superuser: 9 own permissions   10 the groups' permissions
FOR_A_ROLE = 2
# "over 80 %": 11 today's quotas   12 the keys of these lineages
FOR_NEAR = 2


def queries(client: Client, **query: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST, query).status_code == 200
    return len(asked)


@pytest.mark.parametrize("count", [1, 40, 120])
def test_the_list_costs_as_many_queries_whatever_the_number_of_keys(
    office: Client, manager: Client, viewer: Client, count: int
) -> None:
    for number in range(count):
        key = issue(f"bot {number}", daily_limit=10, owner=f"owner {number % 7}")
        spend(key, 9)
        called(key, NOW, 9)
    assert queries(office) == QUERIES
    assert queries(manager) == queries(viewer) == QUERIES + FOR_A_ROLE
    assert queries(office, look="near") == QUERIES + FOR_NEAR
    assert queries(office, state="active") == QUERIES


def test_staff_without_rights_see_no_list(db: None, key: Key) -> None:
    client = Client()
    client.force_login(AdminUser.objects.create_user("eve", password="x", is_staff=True))
    assert client.get(LIST).status_code == 403
