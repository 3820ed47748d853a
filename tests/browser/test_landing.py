"""The public pages in a real browser: quiet, at home on every width, readable in both colour schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Scheme = Literal["light", "dark"]
SCHEMES: list[Scheme] = ["light", "dark"]
WCAG_AA = 4.5

# Each text with its contrast (WCAG 2) to the nearest opaque background.
CONTRASTS = """() => {
  const parts = colour => colour.match(/[0-9.]+/g).map(Number);
  const opaque = colour => (parts(colour)[3] ?? 1) === 1;
  const linear = value => value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [red, green, blue] = parts(colour).map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = element => {
    const colour = getComputedStyle(element).backgroundColor;
    return opaque(colour) ? colour : background(element.parentElement);
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (text) found.push([text, contrast(getComputedStyle(element).color, background(element))]);
  }
  return found;
}"""


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """That Chromium, with every page closed after the test."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def opened(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    return page


def viewport(width: int) -> dict[str, int]:
    return {"width": width, "height": 800}


def test_it_loads_quietly_and_asks_nobody_else(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    messages: list[str] = []
    answers: list[tuple[str, int]] = []
    failures: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("response", lambda response: answers.append((response.url, response.status)))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.goto(live_server.url, wait_until="networkidle")
    assert (messages, failures) == ([], [])
    assert len(answers) >= 8
    assert [answer for answer in answers if not answer[0].startswith(live_server.url) or answer[1] >= 400] == []


def test_it_stands_under_the_enforced_security_policy(browser: Browser, live_server: LiveServer) -> None:
    response = browser.new_page().goto(live_server.url)
    assert response is not None
    assert response.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")


@pytest.mark.parametrize("font", ["16px 'Inter Variable'", "900 16px 'Font Awesome 6 Free'"])
def test_the_vendored_fonts_are_drawn(font: str, browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url)
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("font => document.fonts.check(font)", font)


@pytest.mark.parametrize("path", ["/", "/no-such-page"])
def test_no_width_scrolls_sideways(path: str, browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url + path)
    for width in (320, 360, 768, 992, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_wide_code_scrolls_inside_its_block(browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url, viewport=viewport(320))
    assert page.evaluate("document.getElementById('curl').parentElement.scrollWidth") > 320


@pytest.mark.parametrize("path", ["/", "/no-such-page"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_stands_out(scheme: Scheme, path: str, browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url + path, color_scheme=scheme)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 10
    assert [(text, contrast) for text, contrast in contrasts if contrast < WCAG_AA] == []


def test_the_colours_follow_the_scheme(browser: Browser, live_server: LiveServer) -> None:
    pages = [opened(browser, live_server.url, color_scheme=scheme) for scheme in SCHEMES]
    light, dark = (page.evaluate("getComputedStyle(document.body).backgroundColor") for page in pages)
    assert light != dark


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url, reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def pasteboard(browser: Browser) -> BrowserContext:
    return browser.new_context(permissions=["clipboard-read", "clipboard-write"])


@pytest.mark.parametrize("block", ["curl", "python", "create-key"])
def test_a_copy_button_copies_its_block(block: str, browser: Browser, live_server: LiveServer) -> None:
    page = pasteboard(browser).new_page()
    page.clock.install()
    page.goto(live_server.url)
    page.clock.pause_at(2_000_000_000_000)  # it says for 2 s that it has copied
    page.click(f"button[data-copy={block}]")
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content(f"#{block}")


def test_a_refused_copy_leaves_the_text_selected(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(live_server.url)
    page.click("button[data-copy=curl]")
    page.get_by_text("Selected").wait_for()
    assert page.evaluate("getSelection().toString().trim()") == page.text_content("#curl")


def test_an_insecure_origin_copies_too(browser: Browser, live_server: LiveServer) -> None:
    page = pasteboard(browser).new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.clock.install()
    page.goto(live_server.url)
    page.clock.pause_at(2_000_000_000_000)  # it says for 2 s that it has copied
    page.click("button[data-copy=create-key]")
    page.get_by_text("Copied").wait_for()


def test_it_reads_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    page = opened(browser, live_server.url, java_script_enabled=False)
    assert page.get_by_text("Make the first call").first.is_visible()
    assert page.locator("button:visible").count() == 0
