"""The admin's lists of wrong and pinned songs: what they show and find, and how often they ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from music.models import MatchReport
from tests.music.pinner import on_jiosaavn, pin
from tests.music.pinning_pages import (
    LIVE,
    PINS,
    PLAIN,
    REPORTS,
    report,
    told,
)
from tests.standin.process import StandIn


def test_the_list_shows_what_waits_for_a_decision_and_finds_the_rest(
    office: Client, api: Client, standin: StandIn
) -> None:
    waits, done, again = report(api), report(api, "decided before"), report(api, "reported again")
    earlier = timezone.now() - timedelta(days=1)
    MatchReport.objects.filter(pk=done.pk).update(state="dismissed", decided_at=timezone.now())
    MatchReport.objects.filter(pk=again.pk).update(state="pinned", decided_at=earlier)
    by_filter = {
        "": {waits.pk},
        "?state=dismissed": {done.pk},
        "?state=again": {again.pk},
        "?state=all": {waits.pk, done.pk, again.pk},
        "?state=all&source__exact=jiosaavn": {waits.pk, done.pk, again.pk},
        "?state=all&source__exact=youtube": set(),
        "?state=all&q=before": {done.pk},
        "?q=alice": {waits.pk},
        "?state=nonsense": set(),
    }
    for query, found in by_filter.items():
        page = office.get(REPORTS + query)
        assert {row.pk for row in page.context["cl"].result_list} == found, query


@pytest.mark.parametrize(
    ("where", "told_next"),
    [
        (REPORTS, "Nothing waits for a decision."),
        (f"{REPORTS}?q=qqqq", "search everywhere"),
        (f"{REPORTS}?state=pinned", "No report is like that."),
        (PINS, "Nothing is pinned."),
        (f"{PINS}?q=qqqq", "No pinned song is like that."),
    ],
)
def test_an_empty_list_says_what_to_do_next(office: Client, where: str, told_next: str) -> None:
    assert told_next in told(office.get(where))


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_list_asks_as_little_for_many_as_for_one(office: Client, api: Client, standin: StandIn) -> None:
    """The session, the user, the count and the rows."""
    report(api)
    pin("song 0", on_jiosaavn(PLAIN))
    assert (queries_of(office, REPORTS), queries_of(office, PINS)) == (4, 4)
    for number in range(1, 12):
        report(api, f"song {number}")
        pin(f"song {number}", on_jiosaavn(PLAIN))
    assert (queries_of(office, REPORTS), queries_of(office, PINS)) == (4, 4)


def test_the_page_of_a_report_asks_for_that_alone(office: Client, api: Client, standin: StandIn) -> None:
    """The session, the user, the report, and the switches once a second."""
    wrong = report(api, right=on_jiosaavn(LIVE))
    url = f"{REPORTS}{wrong.pk}/change/"
    queries_of(office, url)
    assert queries_of(office, url) == 3


def test_a_list_asks_no_service(office: Client, api: Client, standin: StandIn) -> None:
    report(api, right=on_jiosaavn(LIVE))
    standin.clear_log()
    office.get(REPORTS)
    assert standin.log() == []
