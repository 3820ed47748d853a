"""`make screenshots`: the pages of a seeded demo, as pictures for `docs/images`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import requests

from bench.servers.processes import free_port
from tests.standin.demo import OPERATORS, ROOT, SERVICES
from tests.standin.process import StandIn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = ROOT / "docs" / "images"
WIDE, NARROW, HEIGHT, LONGEST = 1280, 390, 800, 1600
STARTS_WITHIN = 60  # s
# Each page by its name in `tests.browser.pages`, in the looks in which it is shown.
LOOKS: dict[str, tuple[tuple[Literal["light", "dark"], int], ...]] = {
    "front": (("light", WIDE), ("dark", WIDE), ("light", NARROW)),
    "keys": (("light", WIDE), ("dark", WIDE), ("light", NARROW)),
    "key": (("light", WIDE), ("dark", WIDE)),
    "key-rotate": (("light", WIDE),),
    "usage": (("light", WIDE),),
    "sources": (("light", WIDE), ("dark", WIDE)),
    "wrong-songs": (("light", WIDE),),
    "wrong-song": (("light", WIDE),),
    "pins": (("dark", WIDE),),
}


def main() -> int:
    """Writes the pictures; 1 where there is no chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("screenshots: chromium is not installed", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it is wanted here alone

    with tempfile.TemporaryDirectory(prefix="flaks-screenshots-") as folder, StandIn(latency_ms=120) as standin:
        standin.fault("youtube", "http:403")
        environment(standin, Path(folder) / "flaks.sqlite3")
        paths, session = seeded()
        with served() as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            take(browser, url, paths, session)
            browser.close()
    return 0


def environment(standin: StandIn, database: Path) -> None:
    """Have this process, and those that it starts, use the stand-in and a database of their own."""
    for name in [name for name in os.environ if name.startswith(OPERATORS)]:
        del os.environ[name]
    os.environ.update(dict.fromkeys(SERVICES, standin.url))
    os.environ.update({"SQLITE_PATH": str(database), "DJANGO_SETTINGS_MODULE": "flaks.settings"})


def seeded() -> tuple[dict[str, str], tuple[str, str]]:
    """The pages' paths on a database that was just seeded, and the cookie of somebody who has signed in."""
    import django  # noqa: PLC0415 - reads the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from keys.models import AdminUser  # noqa: PLC0415
    from tests.browser.pages import of_the_demo  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("seed_demo")
    client = Client()
    client.force_login(AdminUser.objects.create_superuser("carol", "", "lanterns over water"))
    return dict(of_the_demo()), (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, while it is served. Raises RuntimeError where it does not start."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        await_answer(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def await_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the site answers."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{url}/readyz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise RuntimeError("the site did not start")


def take(browser: Browser, url: str, paths: dict[str, str], session: tuple[str, str]) -> None:
    """Every picture."""
    IMAGES.mkdir(exist_ok=True)
    for name, looks in LOOKS.items():
        for scheme, width in looks:
            page = opened(browser, url, session, scheme, width)
            page.goto(url + paths[name], wait_until="networkidle")
            shoot(
                page, name if (scheme, width) == ("light", WIDE) else f"{name}-{scheme if width == WIDE else 'narrow'}"
            )
    page = opened(browser, url, session, "light", WIDE)
    page.goto(url + paths["key-add"])
    page.fill("#id_name", "a bot of the demo")
    page.click("input[name=_save]")
    page.wait_for_selector("#issued-key")
    shoot(page, "key-issued")


def opened(browser: Browser, url: str, session: tuple[str, str], scheme: Literal["light", "dark"], width: int) -> Page:
    """A window in which somebody has signed in."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": HEIGHT})
    context.add_cookies([{"name": session[0], "value": session[1], "url": url}])
    return context.new_page()


def shoot(page: Page, name: str) -> None:
    """Write one picture, of the page's upper part where it is long."""
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    clip: Any = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], LONGEST)}
    page.screenshot(path=IMAGES / f"{name}.png", full_page=True, clip=clip)
    print(f"docs/images/{name}.png")
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())
