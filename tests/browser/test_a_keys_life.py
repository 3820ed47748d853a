"""A key from its making to its end, as a member of staff and a bot live it, in a real browser."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
import requests

from keys.models import AdminUser, ApiKey, KeyQuota
from keys.usage import USAGE
from tests.browser.conftest import Desk, Opened
from tests.standin import catalogue
from tests.standin.process import StandIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIST = "/admin/keys/apikey/"


def sign_in(desk: Desk) -> Page:
    page = desk.go("/admin/")
    page.fill("#id_username", "carol")
    page.fill("#id_password", "lanterns over water")
    page.click("input[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def make_key(desk: Desk, name: str) -> str:
    """Makes a key, copies it, and answers what is in the clipboard."""
    desk.go(LIST)
    page = desk.follow("text=Add API key")
    page.fill("#id_name", name)
    page.fill("#id_daily_limit", "5")
    page.click("input[name=_save]")
    copied = desk.copy()
    assert copied == page.inner_text("#issued-key")
    return copied


def ask(desk: Desk, key: str) -> int:
    """The status of a bot's call with the key; what it counted is written at once."""
    query = {"q": catalogue.PLAIN.title}
    answer = requests.get(f"{desk.url}/api/v1/search", params=query, headers={"X-API-Key": key}, timeout=20)
    USAGE.flush()
    return answer.status_code


def export(page: Page) -> list[dict[str, str]]:
    """The rows of the list's CSV."""
    page.check("#action-toggle")
    page.select_option("select[name=action]", "export_keys")
    with page.expect_download() as download:
        page.click("button[name=index]")
    return list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)], ids=str)
def test_a_key_is_made_used_rotated_revoked_and_exported(
    desk: Opened, carol: AdminUser, standin: StandIn, scheme: str, width: int
) -> None:
    window = desk(None, width=width, color_scheme=scheme, permissions=["clipboard-read", "clipboard-write"])
    page = sign_in(window)
    first = make_key(window, "dave's bot")
    assert re.fullmatch(r"flk_live_[0-9A-Za-z]{38}", first)

    assert [ask(window, first) for _ in range(2)] == [200, 200]
    for path in (f"{LIST}{ApiKey.objects.get().pk}/change/", "/admin/"):
        shown = " ".join(window.go(path).inner_text("body").split())
        assert "2 of 5" in shown, (shown, list(KeyQuota.objects.values("used", "refunded")))

    window.go(f"{LIST}{ApiKey.objects.get().pk}/change/")
    window.follow("text=Rotate")
    page.select_option("#id_grace", "1h")
    page.click("input[type=submit].default")
    second = page.inner_text("#issued-key")
    assert second != first
    assert [ask(window, key) for key in (first, second)] == [200, 200]

    window.go(f"{LIST}{ApiKey.objects.exclude(replaces=None).get().pk}/change/")
    window.follow("a:text('Revoke')")
    page.fill("#id_reason", "seen in a public chat")
    page.click("input[type=submit].default")
    page.wait_for_selector("text=seen in a public chat")
    assert ask(window, second) == 401

    window.go(LIST)
    page.click("a:text-is('revoked')")
    assert [(row["name"], row["state"]) for row in export(page)] == [("dave's bot", "revoked")]
    assert window.complaints == []
    written = page.content() + str(page.context.cookies()) + str(list(ApiKey.objects.values()))
    assert first not in written
    assert second not in written
