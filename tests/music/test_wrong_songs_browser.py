"""A wrong song, from the report to what plays then, in a real browser under the site's Content-Security-Policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import requests
from pytest_django.live_server_helper import LiveServer

from keys.models import AdminUser, ApiKey
from music.believed import BELIEVED_SECONDS
from music.models import MatchPin, MatchReport
from tests.music.pinner import on_jiosaavn
from tests.standin import catalogue
from tests.standin.process import StandIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

LIST = "/admin/music/matchreport/"
ASKED, WRONG, RIGHT = catalogue.PLAIN.title, on_jiosaavn(catalogue.PLAIN), on_jiosaavn(catalogue.LIVE)


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=["light and wide", "dark and narrow"])
def page(request: pytest.FixtureRequest, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page on which Carol has signed in."""
    # The browser's event loop runs in this thread, where Django would refuse to clean the live server's database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    AdminUser.objects.create_superuser("carol", "", "lanterns over water")
    scheme, width = request.param
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        page.goto(f"{live_server.url}/admin/")
        page.fill("#id_username", "carol")
        page.fill("#id_password", "lanterns over water")
        page.click("input[type=submit]")
        page.wait_for_selector("#user-tools")
        yield page
        browser.close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """The browser's errors and warnings: what the policy blocks, what is missing, what a script raises."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_song_is_reported_pinned_and_played(
    page: Page, complaints: list[str], live_server: LiveServer, standin: StandIn
) -> None:
    _, plain = ApiKey.objects.issue(name="dave's bot")
    bot = requests.Session()
    bot.headers["X-API-Key"] = plain
    stream = f"{live_server.url}/api/v1/stream"
    assert bot.get(stream, params={"q": ASKED}, timeout=10).json()["track"]["id"] == WRONG
    told = {"requested": ASKED, "given": WRONG, "right": RIGHT, "note": "the live one"}
    assert bot.post(f"{live_server.url}/api/v1/report", json=told, timeout=10).status_code == 201

    page.goto(live_server.url + LIST)
    page.click(f"text={ASKED}")
    page.wait_for_selector("text=the live one")
    page.click("text=Pin the right song")
    page.fill("#id_note", "as told")
    page.click("input[value='Look at it']")
    page.wait_for_selector("text=Plays from now on")
    page.click("input[value='Pin it']")
    page.wait_for_selector("text=plays from now on. This report is decided.")
    assert MatchPin.objects.get().note == "as told"

    page.wait_for_timeout(BELIEVED_SECONDS * 1000 + 100)
    body = bot.get(stream, params={"q": ASKED}, timeout=10).json()
    assert (body["track"]["id"], body["match"]["reason"]) == (RIGHT, "pinned by staff")
    page.goto(live_server.url + LIST)
    page.wait_for_selector("text=Nothing waits for a decision.")
    assert complaints == []


def test_the_pages_do_not_scroll_sideways_and_load_without_complaint(
    page: Page, complaints: list[str], live_server: LiveServer, standin: StandIn
) -> None:
    _, plain = ApiKey.objects.issue(name="dave's bot")
    told = {"requested": "x" * 200, "given": WRONG, "right": RIGHT, "note": "<b>" * 160}
    requests.post(f"{live_server.url}/api/v1/report", json=told, headers={"X-API-Key": plain}, timeout=10)
    one = f"{LIST}{MatchReport.objects.get().pk}/"
    pages = (LIST, f"{LIST}?state=all", f"{one}change/", f"{one}pin/", f"{one}dismiss/", "/admin/music/matchpin/add/")
    for path in pages:
        page.goto(live_server.url + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    assert complaints == []
