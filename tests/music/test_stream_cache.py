"""What GET /api/v1/stream remembers, for how long, and what it forgets."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from keys.models import ApiKey
from music import switches
from music.models import SourceSwitch
from tests.music.conftest import forget_sources
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.youtube import ids as youtube_ids

URL = "/api/v1/stream"
PLAIN = catalogue.PLAIN


def in_minutes(minutes: float) -> time_machine.travel:
    """The clock so much later."""
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def test_a_song_is_answered_from_what_is_known_once_its_link_has_ended(api: Client, standin: StandIn) -> None:
    first = api.get(URL, {"q": PLAIN.title}).json()
    standin.clear_log()
    with in_minutes(10):
        later = api.get(URL, {"q": PLAIN.title}).json()
        assert standin.log() == []
        assert later["cached"] is True
        known = ("mime", "codec", "bitrate", "size")
        assert [later["stream"][name] for name in known] == [first["stream"][name] for name in known]
        # The service's own link has ended; ours makes a new one when it is opened.
        assert (later["stream"]["direct_url"], later["stream"]["direct_expires_at"]) == ("", None)
        assert Client().get(urlsplit(later["stream"]["url"]).path).status_code == 302


def test_a_direct_link_is_made_anew_once_it_has_ended(api: Client, standin: StandIn) -> None:
    api.get(URL, {"q": PLAIN.title})
    standin.clear_log()
    with in_minutes(10):
        stream = api.get(URL, {"q": PLAIN.title, "delivery": "direct"}).json()["stream"]
    assert stream["direct_url"]
    assert "search.getResults" not in [entry["query"].get("__call") for entry in standin.log()]


def test_another_quality_asks_for_its_link_alone(api: Client, standin: StandIn) -> None:
    api.get(URL, {"q": PLAIN.title})
    standin.clear_log()
    body = api.get(URL, {"q": PLAIN.title, "quality": "96"}).json()
    assert (body["stream"]["bitrate"], body["cached"]) == (96, False)
    assert [attempt["detail"] for attempt in body["attempts"]] == ["link: 96 kbit/s"]


def test_links_are_signed_for_the_key_that_asks(api: Client, standin: StandIn) -> None:
    _, plain = ApiKey.objects.issue(name="bob's bot")
    first = api.get(URL, {"q": PLAIN.title}).json()["stream"]["url"]
    body = Client(headers={"X-API-Key": plain}).get(URL, {"q": PLAIN.title}).json()
    assert body["cached"] is True
    assert body["stream"]["url"] != first


def test_no_match_is_remembered_for_ten_minutes(api: Client, standin: StandIn) -> None:
    assert api.get(URL, {"q": "qqqq zzzz"}).status_code == 404
    standin.clear_log()
    again = api.get(URL, {"q": "qqqq zzzz"})
    assert (again.status_code, again.json()["code"], again.json()["attempts"]) == (404, "no_match", [])
    assert standin.log() == []
    with in_minutes(11):
        api.get(URL, {"q": "qqqq zzzz"})
    assert standin.log() != []


def test_no_match_is_not_remembered_where_a_source_failed(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("youtube", "http:500")
    assert api.get(URL, {"q": "periscope lullaby quillon haddersby"}).status_code == 503
    everywhere.clear_faults()
    assert api.get(URL, {"q": "periscope lullaby quillon haddersby"}).status_code == 200


def test_an_answer_in_place_of_a_failed_source_is_remembered_for_two_minutes(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:500")
    assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "youtube"
    everywhere.clear_faults()
    assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "youtube"
    with in_minutes(2.1):
        assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "jiosaavn"


def test_a_stale_answer_stands_in_where_every_source_fails(
    api: Client, everywhere: StandIn, settings: Settings
) -> None:
    settings.FLAKS_CACHE_SECONDS = 60
    first = api.get(URL, {"q": PLAIN.title}).json()
    for source in ("jiosaavn", "spotify", "youtube"):
        everywhere.fault(source, "http:500", "all")
    with in_minutes(1.5):
        body = api.get(URL, {"q": PLAIN.title}).json()
    assert (body["track"]["id"], body["stale"], body["cached"]) == (first["track"]["id"], True, False)
    assert {attempt["outcome"] for attempt in body["attempts"]} == {"error"}


def test_a_stale_answer_that_no_longer_plays_is_none(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.FLAKS_CACHE_SECONDS = 60
    api.get(URL, {"q": PLAIN.title})
    standin.fault("jiosaavn", "http:500", "all")
    with in_minutes(10):
        assert api.get(URL, {"q": PLAIN.title}).status_code == 503


def test_audio_that_is_gone_when_it_is_opened_is_forgotten(api: Client, everywhere: StandIn) -> None:
    stream = api.get(URL, {"q": PLAIN.title}).json()["stream"]
    with in_minutes(10):
        everywhere.fault("jiosaavn", "zero", "media")  # no such file
        assert Client().get(urlsplit(stream["url"]).path).status_code == 404
        assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "youtube"


def test_a_song_of_a_source_that_is_switched_off_is_not_answered_from_memory(api: Client, everywhere: StandIn) -> None:
    assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "jiosaavn"
    SourceSwitch.objects.create(source="jiosaavn", is_on=False)
    switches.refresh()
    assert api.get(URL, {"q": PLAIN.title}).json()["answered_by"] == "youtube"


def test_another_region_has_another_memory(api: Client, everywhere: StandIn, settings: Settings) -> None:
    api.get(URL, {"q": PLAIN.title})
    settings.YOUTUBE_REGION = "US"
    forget_sources()
    assert api.get(URL, {"q": PLAIN.title}).json()["cached"] is False


def test_a_video_that_was_described_costs_one_step_less(api: Client, everywhere: StandIn) -> None:
    video = f"youtube:{youtube_ids.track_id(PLAIN)}"
    api.get(f"/api/v1/tracks/{video}")
    everywhere.clear_log()
    body = api.get(URL, {"q": video}).json()
    assert body["track"]["id"] == f"jiosaavn:{jiosaavn_ids.pid(PLAIN)}"
    assert [attempt["source"] for attempt in body["attempts"]] == ["jiosaavn", "jiosaavn"]
    assert everywhere.log("youtube") == []


def test_a_video_and_the_name_of_its_song_share_the_link(api: Client, everywhere: StandIn) -> None:
    api.get(URL, {"q": PLAIN.title})
    everywhere.clear_log()
    api.get(URL, {"q": f"youtube:{youtube_ids.track_id(PLAIN)}"})
    assert [entry for entry in everywhere.log("jiosaavn") if entry["part"] == "media"] == []
