"""A key made in a real browser, under the site's Content-Security-Policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

import pytest

from keys.models import AdminUser, ApiKey, UsageStat
from tests.browser.conftest import Desk, Opened

ADD = "/admin/keys/apikey/add/"


@pytest.fixture
def window(desk: Opened, carol: AdminUser) -> Desk:
    """A window in which Carol has signed in, and whose clipboard may be read."""
    return desk(carol, permissions=["clipboard-read", "clipboard-write"])


def test_a_key_is_made_shown_once_and_copied(window: Desk) -> None:
    page = window.go(ADD)
    page.fill("#id_name", "dave's bot")
    page.click("#id_expires_at_0 ~ .datetimeshortcuts a >> text=Today")  # the admin's own scripts run
    page.fill("#id_expires_at_0", "2030-12-31")
    page.fill("#id_expires_at_1", "18:00:00")
    page.click("input[name=_save]")
    shown = page.inner_text("#issued-key")
    assert re.fullmatch(r"flk_live_[0-9A-Za-z]{38}", shown)
    assert window.copy() == shown
    assert ApiKey.objects.get().name == "dave's bot"
    assert window.complaints == []


def test_reloading_the_page_of_a_new_key_makes_no_second_one(window: Desk) -> None:
    page = window.go(ADD)
    page.fill("#id_name", "dave's bot")
    page.click("input[name=_save]")
    page.wait_for_selector("#issued-key")
    page.reload()
    page.wait_for_selector("text=already made; its key was shown once")
    assert ApiKey.objects.count() == 1


def test_a_whole_key_is_searched_for_and_stands_in_no_address_of_the_history(window: Desk) -> None:
    page = window.page
    key, plain = ApiKey.objects.issue(name="alice's bot")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer')}"))
    window.go("/admin/keys/apikey/")
    page.fill("#searchbar", plain)
    page.press("#searchbar", "Enter")
    page.wait_for_url(f"**/{key.pk}/change/")
    assert not any(plain in line for line in asked)
    assert window.complaints == []


def test_a_limit_is_changed_in_the_list(window: Desk) -> None:
    ApiKey.objects.issue(name="alice's bot", daily_limit=5)
    page = window.go("/admin/keys/apikey/")
    page.get_by_label("Calls a day, of alice's bot").fill("7")
    page.click("input[name=_save]")
    page.wait_for_selector("text=1 API key was changed successfully")
    assert ApiKey.objects.get().daily_limit == 7
    assert window.complaints == []


def test_a_key_is_rotated_and_a_reload_makes_no_third(window: Desk) -> None:
    ApiKey.objects.issue(name="alice's bot")
    page = window.go("/admin/keys/apikey/")
    window.follow("text=alice's bot")
    window.follow("text=Rotate")
    page.select_option("#id_grace", "1h")
    page.click("input[type=submit][value=Rotate]")
    page.wait_for_selector("#issued-key")
    page.reload()
    page.wait_for_selector("text=This key has been rotated already")
    assert ApiKey.objects.count() == 2


def test_keys_are_disabled_together_and_the_keyboard_is_enough(window: Desk) -> None:
    for number in range(3):
        ApiKey.objects.issue(name=f"bot {number}")
    page = window.go("/admin/keys/apikey/")
    page.focus("#action-toggle")
    page.keyboard.press("Space")
    page.select_option("select[name=action]", "disable_keys")
    page.focus("button[name=index]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Disable 3 keys?")
    page.focus("input[type=submit].default")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=what came of it")
    assert not ApiKey.objects.filter(enabled=True).exists()
    assert window.complaints == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_admins_pages_load_without_complaint_and_fit_the_screen(
    window: Desk, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = window.page
    key = ApiKey.objects.issue(name="x" * 100, owner="y" * 200, daily_limit=5)[0]
    row = (datetime.now(UTC).date(), key.lineage, "search", "ok", "jiosaavn")
    UsageStat.objects.add({row: {3: 10**9}, (row[0], key.lineage, "", "", ""): {3: 10**9}})
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    steps = [f"keys/apikey/{key.pk}/{step}/" for step in ("change", "rotate", "disable", "revoke", "history")]
    others = ("", "keys/apikey/", "keys/usagestat/", "keys/adminuser/", "keys/adminuser/add/", "auth/group/add/")
    for path in (*others, *steps):
        page.goto(f"{window.url}/admin/{path}", wait_until="networkidle")
        if path.startswith(("keys/apikey", "keys/usagestat")):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert window.complaints == []
