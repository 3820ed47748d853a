"""The admin's pages of pinned songs: made, changed, taken back and deleted."""

from __future__ import annotations

import pytest
from django.test import Client

from music import pinning, pins
from music.models import MatchPin
from tests.conftest import Answer
from tests.music.pinner import carol, on_jiosaavn, pin
from tests.music.pinning_pages import (
    ACCENTED,
    LIVE,
    PINS,
    PLAIN,
    changed,
    confirmed,
    hidden,
    logged,
    messages,
    told,
)
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids


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


def test_one_that_is_deleted_twice_is_told_and_logged_once(office: Client, standin: StandIn) -> None:
    row = pin("a song", on_jiosaavn(LIVE))
    url = f"{PINS}{row.pk}/delete/"
    form = hidden(office.get(url))
    office.post(url, form)
    assert "Perhaps it was deleted?" in messages(office.post(url, form, follow=True))[-1]
    with pytest.raises(pinning.PinChanged):
        pinning.delete(carol(), row)
    assert logged().count("Deleted. By carol.") == 1
