"""GET /api/v1/stream."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey, KeyQuota
from music.sources import sources
from tests.standin import catalogue
from tests.standin.jiosaavn.media import MEDIA_KEY
from tests.standin.process import StandIn

URL = "/api/v1/stream"
SEARCH = "search.getResults"


def calls(standin: StandIn) -> list[str]:
    """The names of the calls that the stand-in saw, with its media host's as "media"."""
    log = standin.log("jiosaavn")
    return [entry["query"]["__call"] if entry["part"] == "api" else "media" for entry in log]


def test_a_song_name_answers_the_song_and_a_link(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": catalogue.PLAIN.title})
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == [
        *("track", "stream", "match", "answered_by", "attempts", "cached", "stale", "elapsed_ms"),
    ]
    assert body["track"]["title"] == catalogue.PLAIN.title
    assert (body["match"]["score"], body["match"]["requested"]) == (1.0, None)
    assert [attempt["detail"].partition(":")[0] for attempt in body["attempts"]] == ["search", "link"]


def test_the_stream_says_truly_what_plays(api: Client, standin: StandIn) -> None:
    stream = api.get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]
    assert list(stream) == [
        *("url", "delivery", "mime", "codec", "bitrate", "size"),
        *("expires_at", "direct_url", "direct_expires_at"),
    ]
    assert (stream["delivery"], stream["mime"], stream["codec"]) == ("redirect", "audio/mp4", "aac")
    served = requests.get(stream["direct_url"], headers={"Range": "bytes=0-0"}, timeout=5)
    assert served.headers["Content-Range"] == f"bytes 0-0/{stream['size']}"
    assert stream["bitrate"] == 320
    assert abs(stream["size"] * 8 / catalogue.PLAIN.duration / 1000 - 320) < 16
    assert datetime.fromisoformat(stream["direct_expires_at"]) < datetime.fromisoformat(stream["expires_at"])


def test_one_search_one_token_and_one_probe_are_asked(api: Client, standin: StandIn) -> None:
    api.get(URL, {"q": catalogue.PLAIN.title})
    assert sorted(calls(standin)) == ["media", "search.getResults", "song.generateAuthToken"]


def pages(standin: StandIn) -> list[str]:
    return [entry["query"]["p"] for entry in standin.log("jiosaavn") if entry["query"].get("__call", "") == SEARCH]


def test_a_song_beyond_the_first_rows_is_found_on_the_next_page(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": "Kotli Chhaan"})
    assert (answer.status_code, answer.json()["track"]["title"]) == (200, "Chann Da Gall")
    assert pages(standin) == ["1", "2"]


def test_where_the_first_rows_are_all_no_more_are_asked_for(api: Client, standin: StandIn) -> None:
    assert api.get(URL, {"q": "qqqq zzzz marmalade"}).status_code == 404
    assert pages(standin) == ["1"]


def test_the_same_wish_again_asks_nobody(api: Client, standin: StandIn) -> None:
    first = api.get(URL, {"q": catalogue.PLAIN.title}).json()
    standin.clear_log()
    again = api.get(URL, {"q": f"  {catalogue.PLAIN.title.upper()} "}).json()
    assert again["stream"]["direct_url"] == first["stream"]["direct_url"]
    assert (first["cached"], again["cached"], again["attempts"]) == (False, True, [])
    assert calls(standin) == []


def test_a_held_link_is_not_asked_for_again(api: Client, standin: StandIn) -> None:
    first = api.get(URL, {"q": catalogue.PLAIN.title}).json()
    standin.clear_log()
    by_id = api.get(URL, {"q": first["track"]["id"]}).json()
    assert by_id["stream"]["direct_url"] == first["stream"]["direct_url"]
    assert calls(standin) == []


def test_an_id_answers_that_track(api: Client, standin: StandIn) -> None:
    track_id = api.get("/api/v1/search", {"q": catalogue.LIVE.title}).json()["results"][0]["id"]
    body = api.get(URL, {"q": track_id}).json()
    assert (body["track"]["id"], body["track"]["title"]) == (track_id, catalogue.LIVE.title)
    assert body["match"]["score"] == 1.0


@pytest.mark.parametrize(("quality", "bitrate"), [("auto", 320), ("320", 320), ("160", 160), ("96", 96)])
def test_quality_is_a_ceiling(api: Client, standin: StandIn, quality: str, bitrate: int) -> None:
    stream = api.get(URL, {"q": catalogue.PLAIN.title, "quality": quality}).json()["stream"]
    assert stream["bitrate"] == bitrate
    assert f"_{bitrate}.mp4" in stream["direct_url"]


def test_a_song_without_320_says_what_it_has(api: Client, standin: StandIn) -> None:
    assert api.get(URL, {"q": catalogue.NO_320.title}).json()["stream"]["bitrate"] == 160


def test_the_operators_key_gives_a_link_that_does_not_expire(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.JIOSAAVN_MEDIA_KEY = MEDIA_KEY
    sources.cache_clear()
    stream = api.get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]
    assert (stream["bitrate"], stream["direct_expires_at"]) == (320, None)
    assert urlsplit(stream["direct_url"]).query == ""
    assert sorted(calls(standin)) == ["media", "search.getResults"]


def test_a_key_that_does_not_fit_falls_back_to_an_issued_link(
    api: Client, standin: StandIn, settings: Settings
) -> None:
    settings.JIOSAAVN_MEDIA_KEY = "wrongkey"
    sources.cache_clear()
    stream = api.get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]
    assert "Signature=" in stream["direct_url"]


def test_every_link_is_made_of_safe_characters(api: Client, standin: StandIn) -> None:
    body = api.get(URL, {"q": catalogue.ENTITIES.title}).json()
    for link in (body["stream"]["url"], body["stream"]["direct_url"], body["track"]["thumbnail"], body["track"]["url"]):
        assert re.fullmatch(r"[A-Za-z0-9\-._~:/?&=%,+@]+", link), link


def test_our_link_stands_on_the_public_address(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.FLAKS_PUBLIC_URL = "https://music.example"
    url = api.get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]["url"]
    assert re.fullmatch(r"https://music\.example/play/[A-Za-z0-9_-]+/Marmalade-Telescope-Orla-Fenwright\.m4a", url)


def test_our_link_ends_with_its_key(standin: StandIn, db: None) -> None:
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    _, plain = ApiKey.objects.issue(name="ends soon", expires_at=ends)
    stream = Client(headers={"X-API-Key": plain}).get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]
    assert datetime.fromisoformat(stream["expires_at"]) == ends


def test_our_link_lives_the_hours_that_the_operator_set(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.FLAKS_LINK_HOURS = 3
    stream = api.get(URL, {"q": catalogue.PLAIN.title}).json()["stream"]
    left = datetime.fromisoformat(stream["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=2, minutes=58) < left <= timedelta(hours=3)


def test_words_that_nobody_sings_are_no_match(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": "qqqq zzzz xxxx"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_match")
    assert answer.json()["alternatives"] == []
    assert KeyQuota.objects.get().used == 1


def test_a_song_that_is_only_near_is_no_match_but_an_alternative(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": "marmalade submarine kitchen window sonata"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_match")
    assert "Marmalade" in answer.json()["alternatives"][0]["track"]["title"]
    assert answer.json()["alternatives"][0]["score"] < 0.6


def test_an_unknown_id_is_not_found(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": "jiosaavn:nobody00"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_an_id_of_a_source_that_is_switched_off_is_not_found(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": "youtube:dQw4w9WgXcQ"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["attempts"][0]["outcome"] == "skipped"


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ({}, "q", "invalid_request"),
        ({"q": "x" * 201}, "q", "invalid_request"),
        ({"q": "a\tb\x1b"}, "q", "invalid_request"),
        ({"q": "a", "quality": "128"}, "quality", "invalid_request"),
        ({"q": "a", "delivery": "pigeon"}, "delivery", "invalid_request"),
        ({"q": "https://music.example/track/1"}, "q", "unsupported_link"),
    ],
)
def test_bad_input_is_named_and_costs_nothing(
    api: Client, standin: StandIn, query: dict[str, str], parameter: str, code: str
) -> None:
    answer = api.get(URL, query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (answer.json()["code"], answer.json()["parameter"]) == (code, parameter)
    assert not KeyQuota.objects.exists()
    assert standin.log() == []
