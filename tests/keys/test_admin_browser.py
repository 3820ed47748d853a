"""A key made in a real browser, under the site's Content-Security-Policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from keys.models import AdminUser, ApiKey

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

ADD = "/admin/keys/apikey/add/"


@pytest.fixture
def page(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page on which Carol has signed in."""
    # The browser's event loop runs in this thread, where Django would refuse to clean the live server's database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    AdminUser.objects.create_superuser("carol", "", "lanterns over water")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
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


def test_a_key_is_made_shown_once_and_copied(page: Page, complaints: list[str], live_server: LiveServer) -> None:
    page.goto(live_server.url + ADD)
    page.fill("#id_name", "dave's bot")
    page.click("#id_expires_at_0 ~ .datetimeshortcuts a >> text=Today")  # the admin's own scripts run
    page.fill("#id_expires_at_0", "2030-12-31")
    page.fill("#id_expires_at_1", "18:00:00")
    page.click("input[name=_save]")
    shown = page.inner_text("#issued-key")
    page.click("button[data-copy]")
    page.wait_for_selector("text=Copied")
    assert re.fullmatch(r"flk_live_[0-9A-Za-z]{38}", shown)
    assert page.evaluate("navigator.clipboard.readText()") == shown
    assert ApiKey.objects.get().name == "dave's bot"
    assert complaints == []


def test_reloading_the_page_of_a_new_key_makes_no_second_one(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + ADD)
    page.fill("#id_name", "dave's bot")
    page.click("input[name=_save]")
    page.wait_for_selector("#issued-key")
    page.reload()
    page.wait_for_selector("text=already made; its key was shown once")
    assert ApiKey.objects.count() == 1


def test_the_admins_pages_load_without_complaint(page: Page, complaints: list[str], live_server: LiveServer) -> None:
    ApiKey.objects.issue(name="alice's bot")
    for path in ("", "keys/apikey/", "keys/adminuser/", "keys/adminuser/add/", "auth/group/add/"):
        page.goto(f"{live_server.url}/admin/{path}", wait_until="networkidle")
    assert complaints == []
