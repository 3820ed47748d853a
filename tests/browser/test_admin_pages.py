"""Every page of the admin, with two months of usage behind it: quiet, at home on each screen, open to everybody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from keys.models import AdminUser
from tests.browser.conftest import Desk, Opened
from tests.browser.pages import of_the_demo
from tests.standin.process import StandIn

SERIOUS = {"serious", "critical"}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def demo(db: None, everywhere: StandIn) -> None:
    """A site of forty bots, one source of which fails."""
    everywhere.fault("youtube", "http:403")
    call_command("seed_demo")


def faults_of(desk: Desk) -> list[str]:
    """What the browser complains of, what stands outside of the screen, and axe-core's serious findings."""
    complaints = [*desk.complaints]
    found = Axe().run(desk.page).response["violations"]
    told = [f"{one['id']}: {node['html'][:120]}" for one in found if one["impact"] in SERIOUS for node in one["nodes"]]
    desk.complaints.clear()  # those of axe-core's own probes, which the policy forbids
    return complaints + told + ([] if desk.page.evaluate(FITS) else ["scrolls sideways"])


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)], ids=str)
def test_every_page_is_quiet_fits_and_shuts_nobody_out(
    desk: Opened, carol: AdminUser, demo: None, scheme: str, width: int
) -> None:
    window = desk(carol, width=width, color_scheme=scheme)
    faults = {}
    for name, path in of_the_demo().items():
        window.go(path)
        if found := faults_of(window):
            faults[name] = found
    assert faults == {}, "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)


def test_the_page_to_sign_in_is_quiet_and_open_to_everybody(desk: Opened, db: None) -> None:
    window = desk(None)
    window.go("/admin/login/?next=/admin/")
    assert faults_of(window) == []
