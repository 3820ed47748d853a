"""GET /api/v1/search."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey, KeyQuota
from music import switches
from tests.keys.roundtrips import UNIT, RoundTrips
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/api/v1/search"


def test_it_answers_songs_in_the_shape_of_the_reference(api: Client, standin: StandIn) -> None:
    answer = api.get(URL, {"q": catalogue.PLAIN.title, "limit": "5"})
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == [
        *("query", "type", "source", "answered_by", "results", "page"),
        *("has_more", "total", "attempts", "cached", "stale"),
    ]
    assert (body["query"], body["type"], body["source"]) == (catalogue.PLAIN.title, "track", "auto")
    assert (body["answered_by"], body["page"]) == ("jiosaavn", 1)
    assert len(body["results"]) == 5
    track = body["results"][0]
    assert list(track) == [
        *("id", "source", "title", "artist", "artists", "album", "duration"),
        *("year", "language", "explicit", "thumbnail", "url", "isrc"),
    ]
    assert track["id"].startswith("jiosaavn:")
    assert (track["title"], track["duration"]) == (catalogue.PLAIN.title, catalogue.PLAIN.duration)
    assert track["artist"] == ", ".join(catalogue.PLAIN.artists)
    assert track["album"]["title"] == catalogue.PLAIN.album.title
    assert "500x500" in track["thumbnail"]
    assert [attempt["outcome"] for attempt in body["attempts"]] == ["ok"]


def test_a_warm_search_is_one_upstream_request_and_one_query(api: Client, standin: StandIn) -> None:
    api.get(URL, {"q": "warm up"})  # makes the day's row
    standin.clear_log()
    switches.refresh()  # one more query, at most once a second a process
    # The day's unit; the key, and how many are used, were read within a second.
    with RoundTrips() as asked:
        assert api.get(URL, {"q": "love"}).status_code == 200
    asked.are(UNIT)
    assert [entry["path"] for entry in standin.log()] == ["/api.php"]


def test_pages_go_on_and_end(api: Client, standin: StandIn) -> None:
    seen: list[str] = []
    for page in range(1, 20):
        body = api.get(URL, {"q": "love", "limit": "5", "page": str(page)}).json()
        seen += [track["id"] for track in body["results"]]
        if not body["has_more"]:
            break
    assert len(seen) == len(set(seen)) == body["total"]


def test_entities_are_decoded_once(api: Client, standin: StandIn) -> None:
    body = api.get(URL, {"q": "raat dhoop chai samosa", "limit": "3"}).json()
    track = next(track for track in body["results"] if track["title"] == catalogue.ENTITIES.title)
    assert track["album"]["title"] == catalogue.ENTITIES.album.title
    assert set(catalogue.ENTITIES.artists) <= {artist["name"] for artist in track["artists"]}


def test_a_wished_language_goes_first(api: Client, standin: StandIn) -> None:
    query = {"q": catalogue.DUB_ORIGINAL.title, "limit": "10", "language": "telugu,hindi"}
    languages = [track["language"] for track in api.get(URL, query).json()["results"]]
    assert {"telugu", "hindi", "tamil"} <= set(languages)
    assert languages == sorted(languages, key=lambda name: {"telugu": 0, "hindi": 1}.get(name, 2))


def test_words_that_nobody_sings_find_nothing(api: Client, standin: StandIn) -> None:
    body = api.get(URL, {"q": "qqqq zzzz xxxx"}).json()
    assert (body["results"], body["total"], body["has_more"]) == ([], 0, False)
    assert body["attempts"][0]["outcome"] == "ok"


def test_white_space_is_folded_and_a_trailing_slash_is_the_same_route(api: Client, standin: StandIn) -> None:
    answer = api.get(f"{URL}/", {"q": "  paper   boat "})
    assert answer.status_code == 200
    assert answer.json()["query"] == "paper boat"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "   "}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "bell\x07"}, "q"),
        ({"q": "null\x00"}, "q"),
        ({"q": "a", "limit": "0"}, "limit"),
        ({"q": "a", "limit": "51"}, "limit"),
        ({"q": "a", "limit": "ten"}, "limit"),
        ({"q": "a", "page": "0"}, "page"),
        ({"q": "a", "page": "101"}, "page"),
        ({"q": "a", "page": "9" * 5000}, "page"),
        ({"q": "a", "source": "winamp"}, "source"),
        ({"q": "a", "type": "video"}, "type"),
        ({"q": "a", "language": "english;hindi"}, "language"),
    ],
)
def test_bad_input_is_named_and_costs_nothing(
    api: Client, standin: StandIn, query: dict[str, str], parameter: str
) -> None:
    answer = api.get(URL, query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (answer.json()["code"], answer.json()["parameter"]) == ("invalid_request", parameter)
    assert not KeyQuota.objects.exists()
    assert standin.log() == []


def test_a_body_where_none_belongs_is_refused(api: Client, standin: StandIn) -> None:
    answer = api.generic("GET", f"{URL}?q=love", b'{"q": "x"}', content_type="application/json")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "body")
    assert not KeyQuota.objects.exists()


def test_another_method_is_refused_and_costs_nothing(api: Client, standin: StandIn) -> None:
    answer = api.post(f"{URL}?q=love")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert not KeyQuota.objects.exists()


def test_without_a_key_nothing_is_asked(standin: StandIn, db: None) -> None:
    answer = Client().get(URL, {"q": "love"})
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")
    assert standin.log() == []


def test_a_failure_of_ours_gives_the_unit_back(
    api: Client, key: tuple[ApiKey, str], standin: StandIn, settings: Settings
) -> None:
    standin.fault("jiosaavn", "http:500")
    answer = api.get(URL, {"q": "love"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")
    assert answer["X-RateLimit-Remaining"] == "1000"
    assert KeyQuota.objects.get().used == 0
