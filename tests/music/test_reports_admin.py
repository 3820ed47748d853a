"""The admin's pages of wrong songs: deciding what callers have reported."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from keys.models import ApiKey
from music import pinning, pins
from music.domain import Track
from music.models import MatchPin, MatchReport
from tests.music.pinner import carol, on_jiosaavn, on_youtube, pin
from tests.music.pinning_pages import (
    ACCENTED,
    HOSTILE,
    LIVE,
    PLAIN,
    REPORTS,
    hidden,
    logged,
    messages,
    pin_it,
    report,
    told,
)
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids


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


def test_one_that_is_gone_meanwhile_is_told(office: Client) -> None:
    for tail in ("pin", "dismiss"):
        answer = office.get(f"{REPORTS}nothing/{tail}/", follow=True)
        assert messages(answer) == ["There is no such report any more."]
