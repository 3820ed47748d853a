"""Actions of the admin on many wrong or pinned songs at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from music.models import MatchPin, MatchReport
from tests.music.pinner import on_jiosaavn, pin, unpin
from tests.music.pinning_pages import (
    ACCENTED,
    LIVE,
    PINS,
    PLAIN,
    REPORTS,
    changed,
    confirmed,
    messages,
    report,
    told,
)
from tests.standin.process import StandIn


def test_many_are_pinned_as_their_callers_say_once_that_is_confirmed(
    office: Client, api: Client, standin: StandIn
) -> None:
    first, second = report(api, right=on_jiosaavn(LIVE)), report(api, ACCENTED.title, right="jiosaavn:nobody00")
    third = report(api, "no right song is told")
    form = {"action": "pin_reported", "_selected_action": [first.pk, second.pk, third.pk]}
    page = office.post(REPORTS, form)
    assert "no right song is told" not in told(page)
    assert not MatchPin.objects.exists()
    done = office.post(REPORTS, {**form, "confirmed": "yes"}, follow=True)
    assert "no such thing" in messages(done)[0]
    assert messages(done)[1] == "1 decided."
    assert MatchPin.objects.get().right == on_jiosaavn(LIVE)
    assert set(MatchReport.objects.values_list("pk", "state")) == {
        (first.pk, "pinned"),
        (second.pk, "open"),
        (third.pk, "open"),
    }


def test_many_at_once_replace_no_pin_that_nobody_has_looked_at(office: Client, api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(ACCENTED))
    wrong = report(api, right=on_jiosaavn(LIVE))
    form = {"action": "pin_reported", "_selected_action": wrong.pk, "confirmed": "yes"}
    done = office.post(REPORTS, form, follow=True)
    assert "Another song is pinned for this" in messages(done)[0]
    assert MatchPin.objects.get().right == on_jiosaavn(ACCENTED)
    assert MatchReport.objects.get().state == "open"


def test_many_are_dismissed_once_that_is_confirmed(office: Client, api: Client, standin: StandIn) -> None:
    both = [report(api).pk, report(api, ACCENTED.title).pk]
    form: dict[str, Any] = {"action": "dismiss_reports", "_selected_action": both}
    assert "Dismiss 2 wrong songs?" in told(office.post(REPORTS, form))
    assert MatchReport.objects.open().count() == 2
    office.post(REPORTS, {**form, "confirmed": "yes"})
    assert MatchReport.objects.open().count() == 0
    again = office.post(REPORTS, {**form, "confirmed": "yes"}, follow=True)
    assert messages(again)[-1] == "There is nothing among these to do that with."


def test_many_are_taken_back_and_pinned_again_once_that_is_confirmed(office: Client, standin: StandIn) -> None:
    rows = [pin("a song", on_jiosaavn(LIVE)), pin("another", on_jiosaavn(PLAIN))]
    form: dict[str, Any] = {"_selected_action": [row.pk for row in rows]}
    for action, active in (("unpin", False), ("pin_again", True)):
        asked = office.post(PINS, {**form, "action": action})
        assert "2 songs?" in told(asked)
        assert set(MatchPin.objects.values_list("active", flat=True)) == {not active}
        done = office.post(PINS, confirmed(asked), follow=True)
        assert messages(done) == ["2 changed."]
        assert set(MatchPin.objects.values_list("active", flat=True)) == {active}


@pytest.mark.parametrize("read", ["as shown", "", "nonsense", "{pk}:99999999999", "{pk}:0"])
def test_one_that_was_changed_since_it_was_shown_is_not_pinned_again(
    office: Client, standin: StandIn, read: str
) -> None:
    row = pin("a song", on_jiosaavn(LIVE))
    unpin(row)
    form = confirmed(office.post(PINS, {"action": "pin_again", "_selected_action": row.pk}))
    form |= {} if read == "as shown" else {"read": [read.format(pk=row.pk)]}
    row.refresh_from_db()
    changed(office, row, right=on_jiosaavn(ACCENTED), active="")
    done = office.post(PINS, form, follow=True)
    assert "Somebody else has changed this pin meanwhile" in messages(done)[-2]
    assert messages(done)[-1] == "0 changed."
    kept = MatchPin.objects.get()
    assert (kept.right, kept.active) == (on_jiosaavn(ACCENTED), False)


def test_of_many_those_that_were_changed_meanwhile_are_not_deleted(office: Client, standin: StandIn) -> None:
    rows = [pin("a song", on_jiosaavn(LIVE)), pin("another", on_jiosaavn(LIVE))]
    asked = office.post(PINS, {"action": "delete_selected", "_selected_action": [row.pk for row in rows]})
    changed(office, rows[0], right=on_jiosaavn(PLAIN))
    done = office.post(PINS, confirmed(asked), follow=True)
    assert "Somebody else has changed this pin meanwhile" in messages(done)[-2]
    assert messages(done)[-1] == "1 deleted."
    assert MatchPin.objects.get().right == on_jiosaavn(PLAIN)


def pins_by_the_thousand(count: int, *, active: bool) -> None:
    MatchPin.objects.bulk_create(
        MatchPin(id=f"{n:032}", kind="words", request=f"song {n}", right=on_jiosaavn(LIVE), by="carol", active=active)
        for n in range(count)
    )


ALL_PAGES = {"select_across": "1", "index": "0"}


@pytest.mark.parametrize(("action", "active"), [("delete_selected", True), ("unpin", True), ("pin_again", False)])
@pytest.mark.parametrize("count", [201, 1200])
def test_more_than_can_be_asked_about_at_once_is_told_and_changes_nothing(
    office: Client, action: str, active: bool, count: int
) -> None:
    pins_by_the_thousand(count, active=active)
    form = {**ALL_PAGES, "action": action, "_selected_action": f"{0:032}"}
    told_why = [f"These are {count:,}: select at most 200 at once. Nothing was changed."]
    for sent in (form, form | {"confirmed": "yes"}):
        assert messages(office.post(PINS, sent, follow=True)) == told_why
    assert MatchPin.objects.filter(active=active, revision=1).count() == count


def test_as_many_as_can_be_asked_about_are_deleted(office: Client) -> None:
    pins_by_the_thousand(200, active=True)
    form = {**ALL_PAGES, "action": "delete_selected", "_selected_action": f"{0:032}"}
    asked = office.post(PINS, form)
    assert "Delete: 200 songs?" in told(asked)
    assert messages(office.post(PINS, confirmed(asked), follow=True)) == ["200 deleted."]
    assert not MatchPin.objects.exists()


def test_more_reports_than_can_be_asked_about_at_once_are_told_and_left_open(office: Client) -> None:
    MatchReport.objects.bulk_create(
        MatchReport(
            id=f"{n:032x}", requested=f"song {n}", given=on_jiosaavn(LIVE), wish=f"song {n}", lineage=uuid.UUID(int=n)
        )
        for n in range(1200)
    )
    form = {**ALL_PAGES, "action": "dismiss_reports", "_selected_action": f"{0:032x}"}
    answer = office.post(REPORTS, form, follow=True)
    assert messages(answer) == ["These are 1,200: select at most 200 at once. Nothing was changed."]
    assert MatchReport.objects.filter(state="open").count() == 1200
