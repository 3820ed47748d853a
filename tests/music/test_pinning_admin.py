"""The admin's pages of wrong and pinned songs."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keys.models import AdminUser, ApiKey
from music import pinning, pins
from music.domain import Track
from music.models import MatchPin, MatchReport
from tests.conftest import Answer
from tests.music.pinner import carol, on_jiosaavn, on_youtube, pin, unpin
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids

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


def staff_with(*permissions: str) -> Client:
    walter = AdminUser.objects.create_user("walter", password="lanterns over water", is_staff=True)
    walter.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(walter)
    return client


def told(page: Answer) -> str:
    return page.content.decode()


def messages(page: Answer) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def logged() -> list[str]:
    return list(LogEntry.objects.order_by("action_time").values_list("change_message", flat=True))


# --- Reports --------------------------------------------------------------------------------------------------------


def test_a_report_that_is_pinned_is_what_plays_then(office: Client, api: Client, standin: StandIn) -> None:
    assert api.get("/api/v1/stream", {"q": PLAIN.title}).json()["track"]["id"] == on_jiosaavn(PLAIN)
    wrong = report(api, right=on_jiosaavn(LIVE))
    page = office.get(f"{REPORTS}{wrong.pk}/pin/")
    assert f'value="{on_jiosaavn(LIVE)}"' in told(page)
    looked_at = office.post(f"{REPORTS}{wrong.pk}/pin/", {"right": on_jiosaavn(LIVE), "note": "as told"})
    assert LIVE.title in told(looked_at)
    assert not MatchPin.objects.exists(), "nothing is pinned before that is confirmed"
    done = office.post(f"{REPORTS}{wrong.pk}/pin/", hidden(looked_at), follow=True)
    assert messages(done) == [f"Pinned: {LIVE.title} plays from now on. This report is decided."]
    made, wrong = MatchPin.objects.get(), MatchReport.objects.get()
    assert (made.request, made.right, made.right_title) == (PLAIN.title.casefold(), on_jiosaavn(LIVE), LIVE.title)
    assert (made.instead_of, made.note, made.by, made.active) == (on_jiosaavn(PLAIN), "as told", "carol", True)
    assert (wrong.state, wrong.decided_by, wrong.decision) == ("pinned", "carol", "as told")
    pins.refresh()
    assert api.get("/api/v1/stream", {"q": PLAIN.title}).json()["track"]["id"] == on_jiosaavn(LIVE)
    name = f"Pinned {LIVE.title} - {', '.join(LIVE.artists)} ({on_jiosaavn(LIVE)}). By carol."
    assert logged() == [name, name]


@pytest.mark.parametrize("kind", ["link", "id"])
def test_staff_may_name_another_song_than_the_caller(
    office: Client, api: Client, everywhere: StandIn, kind: str
) -> None:
    wrong = report(api, right=on_jiosaavn(LIVE))
    track = spotify_ids.track_id(ACCENTED)
    right = f"https://open.spotify.com/track/{track}?si=x" if kind == "link" else f"spotify:{track}"
    pin_it(office, wrong, right, language="english")
    made = MatchPin.objects.get()
    assert (made.right, made.language) == (f"spotify:{track}", "english")


def test_every_open_report_of_the_same_request_is_decided_with_it(
    office: Client, api: Client, standin: StandIn
) -> None:
    _, plain = ApiKey.objects.issue(name="bob's bot")
    bob = Client(headers={"X-API-Key": plain})
    mine, other = report(api), report(api, ACCENTED.title)
    his = report(bob, PLAIN.title.upper())
    done = pin_it(office, mine, on_jiosaavn(LIVE))
    assert "and with it 1 more of the same request" in messages(done)[0]
    states = dict(MatchReport.objects.values_list("pk", "state"))
    assert states == {mine.pk: "pinned", his.pk: "pinned", other.pk: "open"}


def test_a_report_is_dismissed_with_a_reason(office: Client, api: Client, standin: StandIn) -> None:
    wrong = report(api)
    assert "Dismiss" in told(office.get(f"{REPORTS}{wrong.pk}/dismiss/"))
    office.post(f"{REPORTS}{wrong.pk}/dismiss/", {"why": "it is right"})
    wrong.refresh_from_db()
    assert (wrong.state, wrong.decided_by, wrong.decision) == ("dismissed", "carol", "it is right")
    assert not MatchPin.objects.exists()
    assert logged() == ["Dismissed: it is right. By carol."]


@pytest.mark.parametrize("is_known", [True, False])
def test_what_was_given_may_be_told_by_a_link(office: Client, api: Client, standin: StandIn, is_known: bool) -> None:
    token = jiosaavn_ids.song_token(PLAIN) if is_known else "nobody_00"
    wrong = report(api, given=f"https://www.jiosaavn.com/song/x/{token}")
    pin_it(office, wrong, on_jiosaavn(LIVE))
    given = on_jiosaavn(PLAIN) if is_known else "https://www.jiosaavn.com/song/-/nobody_00"
    assert MatchPin.objects.get().instead_of == given


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(standin: StandIn) -> None:
    _, plain = ApiKey.objects.issue(name="bot")
    wrong = report(Client(headers={"X-API-Key": plain}))
    staff, songs = carol(), [pinning.described(on_jiosaavn(song)) for song in (LIVE, ACCENTED)]
    together, ended = threading.Barrier(2), []

    def decide(song: Track) -> None:
        together.wait()
        try:
            pinning.decide(staff, wrong, pinning.Choice(song))
            ended.append(song.id)
        except pinning.PinChanged:
            ended.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[song]) for song in songs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended.count("told") == 1
    assert MatchPin.objects.get().right in ended
    assert MatchReport.objects.get().state == "pinned"
    assert len(logged()) == 2


@pytest.mark.parametrize("second", ["pin", "dismiss"])
def test_a_form_that_is_sent_twice_or_late_is_told_and_changes_nothing(
    office: Client, api: Client, standin: StandIn, second: str
) -> None:
    wrong = report(api)
    late = office.post(f"{REPORTS}{wrong.pk}/pin/", {"right": on_jiosaavn(ACCENTED)})
    pin_it(office, wrong, on_jiosaavn(LIVE))
    sent = hidden(late) if second == "pin" else {"why": "no"}
    again = office.post(f"{REPORTS}{wrong.pk}/{second}/", sent, follow=True)
    assert messages(again) == ["Nothing was changed: this report was pinned by carol already."]
    assert MatchPin.objects.get().right == on_jiosaavn(LIVE)
    assert MatchReport.objects.get().state == "pinned"
    assert len(logged()) == 2


def test_a_pin_that_somebody_made_meanwhile_is_not_overwritten(office: Client, api: Client, standin: StandIn) -> None:
    wrong = report(api)
    late = office.post(f"{REPORTS}{wrong.pk}/pin/", {"right": on_jiosaavn(ACCENTED)})
    pin(PLAIN.title, on_jiosaavn(LIVE))
    answer = office.post(f"{REPORTS}{wrong.pk}/pin/", hidden(late), follow=True)
    assert "Somebody else has changed this pin meanwhile" in messages(answer)[0]
    assert MatchPin.objects.get().right == on_jiosaavn(LIVE)
    assert MatchReport.objects.get().state == "open"
    assert MatchReport.objects.get().decided_at is None


def test_one_that_was_seen_is_replaced(office: Client, api: Client, standin: StandIn) -> None:
    pin(PLAIN.title, on_jiosaavn(LIVE))
    wrong = report(api)
    page = office.post(f"{REPORTS}{wrong.pk}/pin/", {"right": on_jiosaavn(ACCENTED)})
    assert "This takes the place of a pin that carol made" in told(page)
    office.post(f"{REPORTS}{wrong.pk}/pin/", hidden(page))
    assert MatchPin.objects.get().right == on_jiosaavn(ACCENTED)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"right": ""}, "This field is required"),
        ({"right": "a song"}, "neither the id of a track"),
        ({"right": "https://music.example/x"}, "no link of a music service"),
        ({"right": "https://open.spotify.com/album/4uLU6hMCjMI75M1A2tKUQC"}, "a link to a list"),
        ({"right": "jiosaavn:nobody00"}, "no such thing"),
        ({"right": "a\x00b"}, "ull characters"),
        ({"right": "x" * 3000}, "at most 2000"),
        ({"right": on_jiosaavn(LIVE), "language": "english,hindi"}, "valid value"),
        ({"right": on_jiosaavn(LIVE), "note": "x" * 201}, "at most 200"),
        ({"right": on_jiosaavn(LIVE), "note": "a\x1bb"}, "Control characters"),
    ],
)
def test_what_is_no_track_is_refused_in_sight(
    office: Client, api: Client, standin: StandIn, wrong: dict[str, str], why: str
) -> None:
    url = f"{REPORTS}{report(api).pk}/pin/"
    answer = office.post(url, {**wrong, "confirmed": wrong["right"]})
    assert answer.status_code == 200
    assert why in told(answer)
    assert not MatchPin.objects.exists()
    assert MatchReport.objects.get().state == "open"


def test_a_confirmation_of_another_song_is_none(office: Client, api: Client, standin: StandIn) -> None:
    url = f"{REPORTS}{report(api).pk}/pin/"
    answer = office.post(url, {"right": on_jiosaavn(LIVE), "confirmed": on_jiosaavn(PLAIN)})
    assert "Pin it" in told(answer)
    assert not MatchPin.objects.exists()


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


def test_a_report_shows_both_songs_and_where_to_hear_them(office: Client, api: Client, everywhere: StandIn) -> None:
    wrong = report(api, right=on_youtube(LIVE), note="the live one was meant")
    page = told(office.get(f"{REPORTS}{wrong.pk}/change/"))
    for shown in (PLAIN.title, LIVE.title, "the live one was meant", "alice", "Pin the right song"):
        assert shown in page
    links = re.findall(r'<a href="([^"]+)" target="_blank" rel="noopener noreferrer">Listen', page)
    assert [link.startswith("https://www.jiosaavn.com/song/") for link in links] == [True, False]
    assert links[1].endswith(f"youtube.com/watch?v={on_youtube(LIVE).partition(':')[2]}")
    assert "Save" not in page


def test_one_whose_services_are_down_is_shown_all_the_same(office: Client, api: Client, standin: StandIn) -> None:
    wrong = report(api)
    standin.fault("jiosaavn", "http:500", "all")
    page = office.get(f"{REPORTS}{wrong.pk}/change/")
    assert page.status_code == 200
    assert "Its service does not tell now what this is." in told(page)


@pytest.mark.parametrize("where", ["", "?state=all&q=alert", "{}/change/", "{}/pin/", "{}/dismiss/"])
def test_hostile_text_is_shown_as_text(office: Client, api: Client, standin: StandIn, where: str) -> None:
    wrong = report(api, HOSTILE, note=HOSTILE, given="https://www.jiosaavn.com/song/x/AB-cd_1")
    MatchReport.objects.update(given_name=HOSTILE, key_name=HOSTILE, right_name=HOSTILE)
    page = told(office.get(REPORTS + where.format(wrong.pk)))
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_list_shows_what_waits_for_a_decision_and_finds_the_rest(
    office: Client, api: Client, standin: StandIn
) -> None:
    waits, done, again = report(api), report(api, "decided before"), report(api, "reported again")
    earlier = timezone.now() - timedelta(days=1)
    MatchReport.objects.filter(pk=done.pk).update(state="dismissed", decided_at=timezone.now())
    MatchReport.objects.filter(pk=again.pk).update(state="pinned", decided_at=earlier)
    by_filter = {
        "": {waits.pk},
        "?state=dismissed": {done.pk},
        "?state=again": {again.pk},
        "?state=all": {waits.pk, done.pk, again.pk},
        "?state=all&source__exact=jiosaavn": {waits.pk, done.pk, again.pk},
        "?state=all&source__exact=youtube": set(),
        "?state=all&q=before": {done.pk},
        "?q=alice": {waits.pk},
        "?state=nonsense": set(),
    }
    for query, found in by_filter.items():
        page = office.get(REPORTS + query)
        assert {row.pk for row in page.context["cl"].result_list} == found, query


@pytest.mark.parametrize(
    ("where", "told_next"),
    [
        (REPORTS, "Nothing waits for a decision."),
        (f"{REPORTS}?q=qqqq", "search everywhere"),
        (f"{REPORTS}?state=pinned", "No report is like that."),
        (PINS, "Nothing is pinned."),
        (f"{PINS}?q=qqqq", "No pinned song is like that."),
    ],
)
def test_an_empty_list_says_what_to_do_next(office: Client, where: str, told_next: str) -> None:
    assert told_next in told(office.get(where))


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_list_asks_as_little_for_many_as_for_one(office: Client, api: Client, standin: StandIn) -> None:
    """The session, the user, the count and the rows."""
    report(api)
    pin("song 0", on_jiosaavn(PLAIN))
    assert (queries_of(office, REPORTS), queries_of(office, PINS)) == (4, 4)
    for number in range(1, 12):
        report(api, f"song {number}")
        pin(f"song {number}", on_jiosaavn(PLAIN))
    assert (queries_of(office, REPORTS), queries_of(office, PINS)) == (4, 4)


def test_the_page_of_a_report_asks_for_that_alone(office: Client, api: Client, standin: StandIn) -> None:
    """The session, the user, the report, and the switches once a second."""
    wrong = report(api, right=on_jiosaavn(LIVE))
    url = f"{REPORTS}{wrong.pk}/change/"
    queries_of(office, url)
    assert queries_of(office, url) == 3


def test_a_list_asks_no_service(office: Client, api: Client, standin: StandIn) -> None:
    report(api, right=on_jiosaavn(LIVE))
    standin.clear_log()
    office.get(REPORTS)
    assert standin.log() == []


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


def test_one_that_is_gone_meanwhile_is_told(office: Client) -> None:
    for tail in ("pin", "dismiss"):
        answer = office.get(f"{REPORTS}nothing/{tail}/", follow=True)
        assert messages(answer) == ["There is no such report any more."]


# --- Pins -----------------------------------------------------------------------------------------------------------


def test_a_song_is_pinned_without_a_report(office: Client, api: Client, standin: StandIn) -> None:
    form = {"request": f" {PLAIN.title.upper()} ", "right": on_jiosaavn(LIVE), "language": "", "note": "asked by hand"}
    answer = office.post(f"{PINS}add/", form)
    assert answer.status_code == 302, told(answer)
    made = MatchPin.objects.get()
    assert (made.kind, made.request, made.right, made.by) == (
        "words",
        PLAIN.title.casefold(),
        on_jiosaavn(LIVE),
        "carol",
    )
    pins.refresh()
    assert api.get("/api/v1/stream", {"q": PLAIN.title}).json()["track"]["id"] == on_jiosaavn(LIVE)
    assert len(logged()) == 1


def test_a_link_is_pinned_by_the_track_that_it_names(office: Client, everywhere: StandIn) -> None:
    track = spotify_ids.track_id(PLAIN)
    short = f"https://spotify.link/{spotify_ids.short_code(track)}"
    office.post(f"{PINS}add/", {"request": short, "right": on_jiosaavn(LIVE)})
    assert (MatchPin.objects.get().kind, MatchPin.objects.get().request) == ("track", f"spotify:{track}")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"request": ""}, "This field is required"),
        ({"request": "x" * 201}, "At most 200"),
        ({"request": "\u200e"}, "Nothing is left"),
        ({"request": "a\x1bb"}, "Control characters"),
        ({"request": "https://music.example/x"}, "no link of a music service"),
        ({"request": "https://www.jiosaavn.com/album/x/AB-cd_1"}, "a link to a list"),
        ({"right": "jiosaavn:nobody00"}, "no such thing"),
        ({"language": "Ta mil"}, "valid value"),
    ],
)
def test_what_cannot_be_pinned_is_refused_in_sight(
    office: Client, standin: StandIn, wrong: dict[str, str], why: str
) -> None:
    answer = office.post(f"{PINS}add/", {"request": "a song", "right": on_jiosaavn(LIVE), **wrong})
    assert answer.status_code == 200
    assert why in told(answer)
    assert not MatchPin.objects.exists()


def test_the_same_form_twice_makes_one_pin_and_says_so(office: Client, standin: StandIn) -> None:
    form = {"request": "a song", "right": on_jiosaavn(LIVE)}
    office.post(f"{PINS}add/", form)
    again = office.post(f"{PINS}add/", form | {"right": on_jiosaavn(PLAIN)})
    assert "There is a pin for this already" in told(again)
    assert MatchPin.objects.get().right == on_jiosaavn(LIVE)


def changed(office: Client, made: MatchPin, **fields: str) -> Answer:
    form = {"right": made.right, "note": made.note, "active": "on", "as_read": str(made.revision), **fields}
    return office.post(f"{PINS}{made.pk}/change/", form)


def test_a_pin_is_changed_and_taken_back(office: Client, standin: StandIn) -> None:
    made = pin("a song", on_jiosaavn(LIVE), on_jiosaavn(ACCENTED))
    assert changed(office, made, right=on_jiosaavn(PLAIN), note="better").status_code == 302
    made.refresh_from_db()
    assert (made.right, made.right_title, made.note, made.revision) == (on_jiosaavn(PLAIN), PLAIN.title, "better", 2)
    assert (made.request, made.instead_of) == ("a song", on_jiosaavn(ACCENTED))
    standin.fault("jiosaavn", "http:500", "all")
    assert changed(office, made, active="").status_code == 302, "to unpin asks no service"
    made.refresh_from_db()
    assert (made.active, made.right, made.right_title) == (False, on_jiosaavn(PLAIN), PLAIN.title)


def test_a_stale_form_of_a_pin_is_told_and_changes_nothing(office: Client, standin: StandIn) -> None:
    made = pin("a song", on_jiosaavn(LIVE))
    changed(office, made, right=on_jiosaavn(PLAIN))
    again = changed(office, made, right=on_jiosaavn(ACCENTED))
    assert "Somebody else has changed this pin meanwhile" in told(again)
    assert MatchPin.objects.get().right == on_jiosaavn(PLAIN)


def test_one_that_was_taken_back_may_be_pinned_anew(office: Client, standin: StandIn) -> None:
    made = pin("a song", on_jiosaavn(LIVE))
    changed(office, made, active="")
    office.post(f"{PINS}add/", {"request": "a song", "right": on_jiosaavn(PLAIN)})
    made.refresh_from_db()
    assert (made.active, made.right, made.revision) == (True, on_jiosaavn(PLAIN), 3)


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


def deleted(office: Client, row: MatchPin, **fields: str) -> Answer:
    """What comes of the page that asks whether to delete a pin, and of sending it."""
    url = f"{PINS}{row.pk}/delete/"
    return office.post(url, {**hidden(office.get(url)), **fields}, follow=True)


def test_a_pin_that_is_deleted_holds_no_longer(office: Client, api: Client, standin: StandIn) -> None:
    made = pin(PLAIN.title, on_jiosaavn(LIVE))
    deleted(office, made)
    other = pin(ACCENTED.title, on_jiosaavn(LIVE))
    asked = office.post(PINS, {"action": "delete_selected", "_selected_action": other.pk})
    assert MatchPin.objects.get() == other
    assert messages(office.post(PINS, confirmed(asked), follow=True)) == ["1 deleted."]
    assert not MatchPin.objects.exists()
    pins.refresh()
    assert api.get("/api/v1/stream", {"q": PLAIN.title}).json()["track"]["id"] == on_jiosaavn(PLAIN)
    assert logged().count("Deleted. By carol.") == 2


@pytest.mark.parametrize("read", ["as shown", "", "nonsense", "{pk}:99999999999", "{pk}:0"])
def test_one_that_was_changed_since_it_was_shown_is_not_deleted_but_shown_anew(
    office: Client, standin: StandIn, read: str
) -> None:
    row = pin("a song", on_jiosaavn(LIVE))
    shown = hidden(office.get(f"{PINS}{row.pk}/delete/"))["read"]
    changed(office, row, right=on_jiosaavn(PLAIN))
    answer = deleted(office, row, read=shown if read == "as shown" else read.format(pk=row.pk))
    assert messages(answer) == [
        "Somebody else has changed this pin meanwhile; nothing was changed now. This is how it is now."
    ]
    assert answer.request["PATH_INFO"] == f"{PINS}{row.pk}/delete/"
    assert PLAIN.title in told(answer)
    assert MatchPin.objects.get().right == on_jiosaavn(PLAIN)
    assert "Deleted. By carol." not in logged()
    office.post(f"{PINS}{row.pk}/delete/", hidden(answer))
    assert not MatchPin.objects.exists(), "what was seen anew may be deleted"


def test_of_many_those_that_were_changed_meanwhile_are_not_deleted(office: Client, standin: StandIn) -> None:
    rows = [pin("a song", on_jiosaavn(LIVE)), pin("another", on_jiosaavn(LIVE))]
    asked = office.post(PINS, {"action": "delete_selected", "_selected_action": [row.pk for row in rows]})
    changed(office, rows[0], right=on_jiosaavn(PLAIN))
    done = office.post(PINS, confirmed(asked), follow=True)
    assert "Somebody else has changed this pin meanwhile" in messages(done)[-2]
    assert messages(done)[-1] == "1 deleted."
    assert MatchPin.objects.get().right == on_jiosaavn(PLAIN)


def test_one_that_is_deleted_twice_is_told_and_logged_once(office: Client, standin: StandIn) -> None:
    row = pin("a song", on_jiosaavn(LIVE))
    url = f"{PINS}{row.pk}/delete/"
    form = hidden(office.get(url))
    office.post(url, form)
    assert "Perhaps it was deleted?" in messages(office.post(url, form, follow=True))[-1]
    with pytest.raises(pinning.PinChanged):
        pinning.delete(carol(), row)
    assert logged().count("Deleted. By carol.") == 1


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
