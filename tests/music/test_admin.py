"""The admin's page of sources: how they are, switching them, asking them now."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import Settings

from keys.models import AdminUser
from music import switching
from music.breaker import breaker_for
from music.health import health_of
from music.models import SourceSwitch
from music.pools import pool_for
from music.sources.base import SourceBlocked
from tests.conftest import Answer, staff_with
from tests.music.conftest import eventually
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/admin/music/sourceswitch/"
OFF, ON, CHECK = f"{URL}jiosaavn/off/", f"{URL}jiosaavn/on/", f"{URL}jiosaavn/check/"
ADDRESSES = (OFF, ON, CHECK)


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """Makes a browser in which Walter has signed in, who has these permissions."""

    return staff_with


def words(html: str) -> str:
    """What people read of it, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def shown(client: Client) -> dict[str, str]:
    """What people read of each source, by its name."""
    answer = client.get(URL)
    assert answer.status_code == 200
    cards = re.findall(
        r'<section class="card source-card" id="(.*?)"(.*?)</section>', answer.content.decode(), re.DOTALL
    )
    return {name: words(f"<{card}") for name, card in cards}


def said(answer: Answer) -> list[str]:
    """The messages on the page to which an answer leads."""
    assert answer.status_code == 302
    assert answer["Location"] == URL
    page = answer.client.get(URL).content.decode()
    return [
        words(one) for one in re.findall(r"<li class=\"(?:success|info|warning|error)\">(.*?)</li>", page, re.DOTALL)
    ]


def told() -> list[tuple[str, str, str]]:
    """Django's log, the newest first: who, of what, what."""
    rows = LogEntry.objects.order_by("-pk").select_related("user")
    return [(row.user.get_username(), str(row.object_id), row.change_message) for row in rows]


def test_each_source_is_shown_in_the_order_in_which_it_is_asked(office: Client, everywhere: StandIn) -> None:
    cards = shown(office)
    assert list(cards) == ["jiosaavn", "spotify", "youtube"]
    assert "JioSaavn Up Not asked in the last 15 minutes." in cards["jiosaavn"]
    assert "Calls 0 Answered – Half within – 95% within –" in cards["jiosaavn"]
    assert "Breaker closed Last success none since this process began" in cards["jiosaavn"]
    assert not SourceSwitch.objects.exists()  # to look changes nothing


def test_what_was_asked_is_told_in_figures(office: Client, api: Client, everywhere: StandIn) -> None:
    api.get("/api/v1/stream", {"q": catalogue.PLAIN.title})
    card = shown(office)["jiosaavn"]
    assert re.search(r"Up Answers as it should. Calls 2 Answered 100% Half within \d+ ms 95% within \d+ ms", card)
    assert "Last success just now" in card


def test_an_open_breaker_is_told_with_its_part_and_reason(office: Client, everywhere: StandIn) -> None:
    breaker_for("youtube", "audio").open(SourceBlocked("a <b>bot</b> check"))
    health_of("youtube").note_canary("audio: a <b>bot</b> check")
    card = shown(office)["youtube"]
    assert "YouTube Blocked Audio: a <b>bot</b> check; asked again in" in card
    assert "Breaker open for audio: a <b>bot</b> check" in card
    assert "Last canary failed just now audio: a <b>bot</b> check" in card
    assert "<b>bot" not in office.get(URL).content.decode()


def test_a_source_that_the_settings_leave_out_is_off(office: Client, standin: StandIn) -> None:
    card = shown(office)["spotify"]
    assert "Off Not among FLAKS_SOURCES" in card
    assert "Check now" not in card


def test_switching_off_asks_first_and_why(office: Client, everywhere: StandIn) -> None:
    page = office.get(OFF)
    assert page.status_code == 200
    assert "Switch JioSaavn off?" in page.content.decode()
    assert 'name="note"' in page.content.decode()
    assert not SourceSwitch.objects.exists()


def test_switching_off_takes_effect_without_a_restart_and_is_logged(
    office: Client, api: Client, everywhere: StandIn
) -> None:
    answer = office.post(OFF, {"note": "refuses us since noon"})
    assert said(answer) == ["JioSaavn is off. Every process heeds it within two seconds."]
    everywhere.clear_log()
    body = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()
    assert body["answered_by"] == "youtube"
    assert everywhere.log("jiosaavn") == []
    assert told() == [("carol", "jiosaavn", "Switched from on to off: refuses us since noon. By carol.")]
    assert "Switched off by staff" in shown(office)["jiosaavn"]
    assert "refuses us since noon" in shown(office)["jiosaavn"]


def test_switching_on_again_takes_effect_too(office: Client, api: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": "away"})
    assert said(office.post(ON, {"note": ""}))[-1] == "JioSaavn is on. Every process heeds it within two seconds."
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["answered_by"] == "jiosaavn"
    assert told()[0] == ("carol", "jiosaavn", "Switched from off to on. By carol.")
    assert "away" not in shown(office)["jiosaavn"]


def test_a_switch_that_is_sent_twice_is_thrown_and_logged_once(office: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": "first"})
    assert said(office.post(OFF, {"note": "second"}))[-1] == "JioSaavn is off already; nothing changed."
    assert SourceSwitch.objects.get(source="jiosaavn").note == "first"
    assert len(told()) == 1


def test_a_note_that_is_too_long_is_refused(office: Client, everywhere: StandIn) -> None:
    answer = office.post(OFF, {"note": "n" * 201})
    assert answer.status_code == 200
    assert "at most 200 characters" in answer.content.decode()
    assert not SourceSwitch.objects.exists()


def test_a_note_with_markup_is_shown_as_text(office: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": "<script>alert(1)</script>\u202etxet"})
    page = office.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\u202etxet</bdi>" in page


def test_a_check_asks_each_part_of_the_service_now(office: Client, everywhere: StandIn) -> None:
    (message,) = said(office.post(CHECK))
    assert re.fullmatch(r"JioSaavn: search: answered in \d+ ms; audio: answered in \d+ ms\.", message)
    assert everywhere.log("jiosaavn", "media")
    assert re.fullmatch(r"Checked: search: answered .*; audio: answered .* By carol\.", told()[0][2])
    assert "Last canary answered just now" in shown(office)["jiosaavn"]


def test_a_check_that_fails_says_why_and_opens_the_breaker(office: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:403", "media")
    (message,) = said(office.post(CHECK))
    assert re.fullmatch(r"JioSaavn: search: answered in \d+ ms; audio: .*403.*\.", message)
    assert breaker_for("jiosaavn", "audio").rest is not None
    assert "Blocked" in shown(office)["jiosaavn"]


def test_a_check_that_succeeds_closes_the_breaker(office: Client, everywhere: StandIn) -> None:
    breaker_for("jiosaavn", "search").open(SourceBlocked("a firewall's page", 600))
    office.post(CHECK)
    assert breaker_for("jiosaavn", "search").rest is None


def test_a_source_whose_words_have_hosts_of_their_own_is_asked_for_them(office: Client, everywhere: StandIn) -> None:
    (message,) = said(office.post(f"{URL}spotify/check/"))
    assert re.fullmatch(r"Spotify: search: answered in \d+ ms; typed words: answered in \d+ ms\.", message)


def test_a_check_gives_up_at_its_deadline(office: Client, everywhere: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "CHECK_MS", 200)
    everywhere.fault("jiosaavn", "slow:1000")
    (message,) = said(office.post(CHECK))
    assert message == "JioSaavn: search: no answer within 0.2 s; audio: no answer within 0.2 s."
    everywhere.clear_faults()
    eventually(
        lambda: everywhere.log("jiosaavn", "media")
    )  # what was begun goes on to its end, and not in the next test


def test_a_check_without_a_free_thread_says_so(office: Client, everywhere: StandIn, settings: Settings) -> None:
    settings.FLAKS_SOURCE_THREADS = 1
    pool_for.cache_clear()
    everywhere.fault("jiosaavn", "slow:200")
    (message,) = said(office.post(CHECK))
    assert message.endswith("audio: not asked: all threads for this source are busy.")


def test_a_check_that_is_sent_twice_asks_once(office: Client, everywhere: StandIn) -> None:
    office.post(CHECK)
    eventually(lambda: everywhere.log("jiosaavn", "media"))  # the last that it asks, however slow the machine
    everywhere.clear_log()
    assert said(office.post(CHECK))[-1] == "JioSaavn was asked just now: its last canary tells how it went."
    assert everywhere.log("jiosaavn") == []
    assert len(told()) == 1


def test_a_source_that_is_off_is_not_checked(office: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": ""})
    assert said(office.post(CHECK))[-1] == "JioSaavn is off: it is not asked."
    assert everywhere.log("jiosaavn") == []


def test_a_check_is_no_link(office: Client, everywhere: StandIn) -> None:
    assert office.get(CHECK).status_code == 405
    assert everywhere.log("jiosaavn") == []


def test_a_source_that_no_longer_exists_is_shown_plainly(office: Client, everywhere: StandIn) -> None:
    SourceSwitch.objects.create(source="soundcave", is_on=False, note="from before")
    card = shown(office)["soundcave"]
    assert "This version of Flaks knows no source named soundcave : it is never asked" in card
    assert "Switch on" not in card


@pytest.mark.parametrize("name", ["soundcave", "nosuch", "%3Cscript%3E", "j" * 300])
@pytest.mark.parametrize("act", ["off", "on", "check"])
def test_nothing_can_be_done_to_a_source_that_no_longer_exists(
    office: Client, everywhere: StandIn, name: str, act: str
) -> None:
    SourceSwitch.objects.create(source="soundcave", is_on=False)
    assert office.post(f"{URL}{name}/{act}/", {"note": ""}).status_code == 404
    assert SourceSwitch.objects.count() == 1
    assert told() == []


def test_a_viewer_sees_the_sources_and_no_button(client_of: Callable[..., Client], everywhere: StandIn) -> None:
    client = client_of("view_sourceswitch")
    assert "JioSaavn Up" in shown(client)["jiosaavn"]
    page = client.get(URL).content.decode()
    assert not any(word in page for word in ("Switch off", "Switch on", "Check now"))
    assert not re.search(r'action="[^"]*sourceswitch', page)


@pytest.mark.parametrize("url", ADDRESSES)
@pytest.mark.parametrize("permissions", [(), ("view_sourceswitch",)])
def test_who_may_not_switch_is_refused(
    client_of: Callable[..., Client], everywhere: StandIn, url: str, permissions: tuple[str, ...]
) -> None:
    client = client_of(*permissions)
    assert client.post(url, {"note": ""}).status_code == 403
    assert client.get(url).status_code == 403
    assert not SourceSwitch.objects.exists()
    assert told() == []
    assert everywhere.log("jiosaavn") == []


def test_staff_without_the_permission_do_not_see_them(client_of: Callable[..., Client]) -> None:
    assert client_of().get(URL).status_code == 403


@pytest.mark.parametrize("url", ADDRESSES)
def test_another_sites_form_is_refused(staff: AdminUser, everywhere: StandIn, url: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post(url, {"note": ""}).status_code == 403
    assert not SourceSwitch.objects.exists()


def test_switches_are_neither_added_changed_nor_deleted_by_hand(office: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": ""})
    assert office.get(f"{URL}add/").status_code == 403
    assert office.post(f"{URL}jiosaavn/delete/", {"post": "yes"}).status_code == 403
    assert office.post(f"{URL}jiosaavn/change/", {"is_on": "on", "_save": "Save"})["Location"] == f"{URL}#jiosaavn"
    assert not SourceSwitch.objects.get().is_on


def test_a_sources_history_tells_who_did_what(office: Client, everywhere: StandIn) -> None:
    office.post(OFF, {"note": "away"})
    page = words(office.get(f"{URL}jiosaavn/history/").content.decode())
    assert "carol Switched from on to off: away. By carol." in page
