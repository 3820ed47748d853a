"""A wrong song, from the report to what plays then, in a real browser under the site's Content-Security-Policy."""

from __future__ import annotations

import pytest
import requests

from keys.models import AdminUser, ApiKey
from music.believed import BELIEVED_SECONDS
from music.models import MatchPin, MatchReport
from tests.browser.conftest import Desk, Opened
from tests.music.pinner import on_jiosaavn
from tests.standin import catalogue
from tests.standin.process import StandIn

LIST = "/admin/music/matchreport/"
ASKED, WRONG, RIGHT = catalogue.PLAIN.title, on_jiosaavn(catalogue.PLAIN), on_jiosaavn(catalogue.LIVE)


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=["light and wide", "dark and narrow"])
def window(request: pytest.FixtureRequest, desk: Opened, carol: AdminUser) -> Desk:
    """A window in which Carol has signed in."""
    scheme, width = request.param
    return desk(carol, color_scheme=scheme, width=width)


def test_a_song_is_reported_pinned_and_played(window: Desk, standin: StandIn) -> None:
    _, plain = ApiKey.objects.issue(name="dave's bot")
    bot = requests.Session()
    bot.headers["X-API-Key"] = plain
    stream = f"{window.url}/api/v1/stream"
    assert bot.get(stream, params={"q": ASKED}, timeout=10).json()["track"]["id"] == WRONG
    told = {"requested": ASKED, "given": WRONG, "right": RIGHT, "note": "the live one"}
    assert bot.post(f"{window.url}/api/v1/report", json=told, timeout=10).status_code == 201

    page = window.go(LIST)
    window.follow(f"text={ASKED}")
    page.wait_for_selector("text=the live one")
    window.follow("text=Pin the right song")
    page.fill("#id_note", "as told")
    page.click("input[value='Look at it']")
    page.wait_for_selector("text=Plays from now on")
    page.click("input[value='Pin it']")
    page.wait_for_selector("text=plays from now on. This report is decided.")
    assert MatchPin.objects.get().note == "as told"

    page.wait_for_timeout(BELIEVED_SECONDS * 1000 + 100)
    body = bot.get(stream, params={"q": ASKED}, timeout=10).json()
    assert (body["track"]["id"], body["match"]["reason"]) == (RIGHT, "pinned by staff")
    window.go(LIST)
    page.wait_for_selector("text=Nothing waits for a decision.")
    assert window.complaints == []


def test_the_pages_do_not_scroll_sideways_and_load_without_complaint(window: Desk, standin: StandIn) -> None:
    page = window.page
    _, plain = ApiKey.objects.issue(name="dave's bot")
    told = {"requested": "x" * 200, "given": WRONG, "right": RIGHT, "note": "<b>" * 160}
    requests.post(f"{window.url}/api/v1/report", json=told, headers={"X-API-Key": plain}, timeout=10)
    one = f"{LIST}{MatchReport.objects.get().pk}/"
    pages = (LIST, f"{LIST}?state=all", f"{one}change/", f"{one}pin/", f"{one}dismiss/", "/admin/music/matchpin/add/")
    for path in pages:
        page.goto(window.url + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    assert window.complaints == []
