"""A real Chromium on the real site: staff who are signed in, and what the browser complains of."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from keys.models import AdminUser
from tests.music.conftest import _nothing_known, everywhere, standin, standin_process  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")

Opened = Callable[..., "Desk"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not CHROMIUM:
        for item in items:
            if "tests/browser" in str(item.path):
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


class Desk:
    """A browser window in which somebody has signed in, and all that the browser has complained of in it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        page.on("console", lambda said: self._complain(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on("request", lambda request: None if request.url.startswith(url) else self._complain(request.url))

    def _failed(self, url: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # a page that turns out to be a file for saving ends so
            self._complain(f"failed: {url} ({why})")

    def _complain(self, said: str) -> None:
        self.complaints.append(said)

    def go(self, path: str) -> Page:
        """The page at a path of the site, once it is whole."""
        self.page.goto(self.url + path)
        return self.page

    def follow(self, link: str) -> Page:
        """The page behind a link, once it is whole.

        The admin's own script puts the cursor into the first field then: what is typed before may end up there.
        """
        with self.page.expect_navigation():
            self.page.click(link)
        return self.page

    def copy(self) -> str:
        """What the page's copy button puts into the clipboard.

        It is pressed a second time where nothing is seen of the first: it says for 2 s that it has copied, which on a
        busy machine can be over before anybody looks.
        """
        self.page.bring_to_front()
        for patience in (5_000, 20_000):  # ms
            self.page.click("button[data-copy]")
            with contextlib.suppress(sync_api.TimeoutError):
                self.page.wait_for_selector("text=Copied", timeout=patience)
                copied: str = self.page.evaluate("navigator.clipboard.readText()")
                return copied
        raise AssertionError(f"the button says {self.page.inner_text('button[data-copy]')!r}")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests here. Its event loop runs in this thread, where Django would refuse to clean the
    live server's database between two tests; nothing of ours runs in that loop, so it may."""
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer) -> Iterator[Opened]:
    """Opens a window for a member of staff, or for nobody: `desk(carol, color_scheme="dark", width=390)`."""

    def opened(who: AdminUser | None, *, width: int = 1280, **options: Any) -> Desk:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        if who is not None:
            client = Client()
            client.force_login(who)
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return Desk(context.new_page(), live_server.url)

    yield opened
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def carol(db: None) -> AdminUser:
    """Carol, who may do everything."""
    return AdminUser.objects.create_superuser("carol", "", "lanterns over water")
