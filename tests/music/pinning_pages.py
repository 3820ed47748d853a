"""What tests of the admin's pages of wrong and pinned songs share: reports, and how their forms are read and sent."""

from __future__ import annotations

import re

from django.contrib.admin.models import LogEntry
from django.test import Client

from music.models import MatchPin, MatchReport
from tests.conftest import Answer
from tests.music.pinner import on_jiosaavn
from tests.standin import catalogue

REPORTS, PINS = "/admin/music/matchreport/", "/admin/music/matchpin/"
PLAIN, LIVE, ACCENTED = catalogue.PLAIN, catalogue.LIVE, catalogue.ACCENTED
HOSTILE = "<script>alert(1)</script>\"'\u202egnp"


def report(api: Client, requested: str = PLAIN.title, right: str = "", given: str = "", **more: str) -> MatchReport:
    """A report of Alice's bot."""
    body = {"requested": requested, "given": given or on_jiosaavn(PLAIN), "right": right, **more}
    answer = api.post("/api/v1/report", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return MatchReport.objects.get(pk=answer.json()["id"])


def hidden(page: Answer) -> dict[str, str]:
    """The hidden fields of a page's form, Django's token aside."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def confirmed(page: Answer) -> dict[str, list[str]]:
    """The hidden fields of a page that asks about many, Django's token aside."""
    form: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()):
        form.setdefault(name, []).append(value)
    return {name: values for name, values in form.items() if name != "csrfmiddlewaretoken"}


def pin_it(office: Client, report: MatchReport, right: str, **more: str) -> Answer:
    """Both steps: look at the song, then pin it."""
    url = f"{REPORTS}{report.pk}/pin/"
    page = office.post(url, {"right": right, **more})
    assert page.status_code == 200, page
    return office.post(url, hidden(page), follow=True)


def told(page: Answer) -> str:
    """A page as it is written."""
    return page.content.decode()


def messages(page: Answer) -> list[str]:
    """What the admin says on top of a page."""
    return [str(message) for message in page.context["messages"]]


def logged() -> list[str]:
    """What the admin's log holds, the oldest first."""
    return list(LogEntry.objects.order_by("action_time").values_list("change_message", flat=True))


def changed(office: Client, made: MatchPin, **fields: str) -> Answer:
    """The answer to a pin's form, sent as it is shown but for these fields."""
    form = {"right": made.right, "note": made.note, "active": "on", "as_read": str(made.revision), **fields}
    return office.post(f"{PINS}{made.pk}/change/", form)
