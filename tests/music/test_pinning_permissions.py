"""Who may do what on the admin's pages of wrong and pinned songs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.test import Client

from music.models import MatchPin, MatchReport
from tests.conftest import staff_with
from tests.music.pinner import on_jiosaavn, pin
from tests.music.pinning_pages import (
    ACCENTED,
    LIVE,
    PINS,
    PLAIN,
    REPORTS,
    logged,
    pin_it,
    report,
    told,
)
from tests.standin.process import StandIn


def addresses(wrong: MatchReport, made: MatchPin) -> Iterable[tuple[str, dict[str, Any]]]:
    """What somebody posts who may change everything."""
    chosen = {"right": on_jiosaavn(ACCENTED), "confirmed": on_jiosaavn(ACCENTED)}
    yield f"{REPORTS}{wrong.pk}/pin/", chosen
    yield f"{REPORTS}{wrong.pk}/dismiss/", {"why": "no"}
    yield f"{REPORTS}{wrong.pk}/change/", {"state": "pinned"}
    yield f"{REPORTS}add/", {}
    yield f"{REPORTS}{wrong.pk}/delete/", {"post": "yes"}
    yield f"{PINS}add/", {"request": "x", "right": on_jiosaavn(LIVE)}
    yield f"{PINS}{made.pk}/change/", {"right": on_jiosaavn(ACCENTED), "as_read": "1"}
    yield f"{PINS}{made.pk}/delete/", {"post": "yes"}


def test_a_viewer_sees_everything_and_changes_nothing(office: Client, api: Client, standin: StandIn) -> None:
    wrong, made = report(api, ACCENTED.title), pin(PLAIN.title, on_jiosaavn(LIVE))
    viewer = staff_with("view_matchreport", "view_matchpin")
    before = [list(MatchReport.objects.values()), list(MatchPin.objects.values()), logged()]
    for url, form in addresses(wrong, made):
        assert viewer.post(url, form).status_code == 403, url
    for url, action in (
        (REPORTS, "dismiss_reports"),
        (REPORTS, "pin_reported"),
        (PINS, "unpin"),
        (PINS, "delete_selected"),
    ):
        row = wrong.pk if url == REPORTS else made.pk
        form = {"action": action, "_selected_action": row, "confirmed": "yes", "post": "yes"}
        viewer.post(url, form)
    assert before == [list(MatchReport.objects.values()), list(MatchPin.objects.values()), logged()]
    for url in (REPORTS, PINS, f"{REPORTS}{wrong.pk}/change/", f"{PINS}{made.pk}/change/"):
        page = viewer.get(url)
        assert page.status_code == 200
        assert "Pin the right song" not in told(page)
        assert 'name="_save"' not in told(page)
        assert 'name="action"' not in told(page)


def test_staff_without_the_permission_see_nothing(office: Client, api: Client, standin: StandIn) -> None:
    wrong, made = report(api), pin(PLAIN.title, on_jiosaavn(LIVE))
    nobody = staff_with()
    for url in (REPORTS, PINS, f"{REPORTS}{wrong.pk}/change/", f"{REPORTS}{wrong.pk}/pin/", f"{PINS}{made.pk}/change/"):
        assert nobody.get(url).status_code == 403, url
    for url, form in addresses(wrong, made):
        assert nobody.post(url, form).status_code == 403, url


def test_whoever_may_change_reports_decides_them(office: Client, api: Client, standin: StandIn) -> None:
    decider = staff_with("view_matchreport", "change_matchreport")
    wrong = report(api)
    assert "Pin the right song" in told(decider.get(f"{REPORTS}{wrong.pk}/change/"))
    pin_it(decider, wrong, on_jiosaavn(LIVE))
    assert MatchPin.objects.get().by == "walter"
    assert decider.post(f"{REPORTS}{wrong.pk}/change/", {}).status_code == 403, "a report itself is never edited"
    assert decider.get(PINS).status_code == 403


def test_reports_are_never_made_or_deleted_here(office: Client, api: Client, standin: StandIn) -> None:
    wrong = report(api)
    assert office.get(f"{REPORTS}add/").status_code == 403
    assert office.post(f"{REPORTS}{wrong.pk}/delete/", {"post": "yes"}).status_code == 403
