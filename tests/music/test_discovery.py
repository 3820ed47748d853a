"""Routes that lead to the next song: related, lyrics, suggest, trending, and search over all sources."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import KeyQuota
from tests.music.conftest import forget_sources
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import ids as youtube_ids

PLAIN = catalogue.PLAIN
ON_EACH = [
    f"jiosaavn:{jiosaavn_ids.pid(PLAIN)}",
    f"spotify:{spotify_ids.track_id(PLAIN)}",
    f"youtube:{youtube_ids.track_id(PLAIN)}",
]


@pytest.mark.parametrize("track", ON_EACH)
def test_a_track_of_each_service_is_described(api: Client, everywhere: StandIn, track: str) -> None:
    body = api.get(f"/api/v1/tracks/{track}").json()
    assert (body["id"], body["title"]) == (track, PLAIN.title)
    assert abs(body["duration"] - PLAIN.duration) <= 1


@pytest.mark.parametrize("track", ON_EACH)
def test_related_songs_go_on_from_a_track(api: Client, everywhere: StandIn, track: str) -> None:
    body = api.get(f"/api/v1/tracks/{track}/related", {"limit": "5"}).json()
    assert 1 <= len(body["results"]) <= 5
    assert PLAIN.title not in [found["title"] for found in body["results"]]


@pytest.mark.parametrize("track", ON_EACH)
def test_lyrics_are_found_by_title_artist_and_duration(api: Client, everywhere: StandIn, track: str) -> None:
    answer = api.get(f"/api/v1/tracks/{track}/lyrics")
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == ["track", "plain", "synced", "instrumental", "source", "attempts"]
    assert (body["track"], body["instrumental"], body["source"]) == (track, False, "lrclib")
    assert body["plain"].startswith(f"{PLAIN.title}, said the postman")
    assert body["synced"].startswith("[")


def test_lyrics_that_nobody_wrote_down_are_not_found(api: Client, everywhere: StandIn) -> None:
    answer = api.get(f"/api/v1/tracks/jiosaavn:{jiosaavn_ids.pid(catalogue.NO_320)}/lyrics")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_lyrics_service_that_fails_is_said(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("lrclib", "http:500")
    answer = api.get(f"/api/v1/tracks/{ON_EACH[0]}/lyrics")
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


def test_suggestions_can_be_shown_at_once(api: Client, everywhere: StandIn) -> None:
    body = api.get("/api/v1/suggest", {"q": "marmalade tel"}).json()
    assert body["results"]
    assert all(track["duration"] and track["title"] and track["artist"] for track in body["results"])


@pytest.mark.parametrize("query", [{}, {"q": ""}])
def test_no_word_yet_suggests_what_trends(api: Client, everywhere: StandIn, query: dict[str, str]) -> None:
    assert api.get("/api/v1/suggest", query).json()["results"] == api.get("/api/v1/trending").json()["results"][:15]


@pytest.mark.parametrize("language", ["hindi", "tamil", "Hindi", "hindi,english"])
def test_trends_are_of_the_language_that_was_asked_for(api: Client, everywhere: StandIn, language: str) -> None:
    body = api.get("/api/v1/trending", {"language": language, "limit": "5"}).json()
    assert len(body["results"]) == 5
    assert {track["language"] for track in body["results"]} == {language.lower().partition(",")[0]}


def test_trends_of_no_source_that_answers_are_503(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "html")
    answer = api.get("/api/v1/trending")
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked"), answer.content


@pytest.mark.parametrize("kind", ["track", "album", "playlist", "artist"])
@pytest.mark.parametrize("source", ["jiosaavn", "spotify", "youtube"])
def test_each_kind_is_searched_on_each_source(api: Client, everywhere: StandIn, kind: str, source: str) -> None:
    query = {"track": "love", "album": "marmalade drawer", "playlist": "evening", "artist": "orla fenwright"}[kind]
    query = {("playlist", "jiosaavn"): "lanterns", ("playlist", "spotify"): "marmalade"}.get((kind, source), query)
    body = api.get("/api/v1/search", {"q": query, "type": kind, "source": source}).json()
    assert (body["type"], body["source"], body["answered_by"]) == (kind, source, source)
    assert body["results"], body
    assert all(result["source"] == source for result in body["results"])


def test_all_sources_are_asked_side_by_side_and_a_recording_is_named_once(api: Client, everywhere: StandIn) -> None:
    body = api.get("/api/v1/search", {"q": PLAIN.title, "source": "all", "limit": "12"}).json()
    assert body["answered_by"] == "all"
    assert {attempt["source"] for attempt in body["attempts"]} == {"jiosaavn", "spotify", "youtube"}
    assert len(body["results"]) <= 12
    assert [track["title"] for track in body["results"]].count(PLAIN.title) == 1
    assert body["results"][0]["source"] == "jiosaavn"


def test_one_source_of_all_may_fail(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:500")
    body = api.get("/api/v1/search", {"q": PLAIN.title, "source": "all"}).json()
    assert body["results"]
    assert "error" in [attempt["outcome"] for attempt in body["attempts"]]


def test_auto_goes_on_to_the_next_source_where_one_fails(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:500")
    body = api.get("/api/v1/search", {"q": PLAIN.title}).json()
    assert body["answered_by"] in ("spotify", "youtube")  # asked at once, side by side
    assert [attempt["outcome"] for attempt in body["attempts"]][:2] == ["error", "ok"]


def test_nothing_is_only_said_to_be_found_where_every_source_said_so(api: Client, everywhere: StandIn) -> None:
    assert api.get("/api/v1/search", {"q": "qqqq zzzz xxxx"}).json()["results"] == []
    everywhere.fault("jiosaavn", "http:500")
    answer = api.get("/api/v1/search", {"q": "qqqq zzzz wwww"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/api/v1/tracks/12345/related", "id"),
        (f"/api/v1/tracks/{ON_EACH[0]}/related?limit=0", "limit"),
        ("/api/v1/tracks/deezer:1/lyrics", "id"),
        ("/api/v1/suggest?q=" + "x" * 201, "q"),
        ("/api/v1/suggest?q=a&limit=51", "limit"),
        ("/api/v1/trending?language=hi;ndi", "language"),
        ("/api/v1/trending?limit=x", "limit"),
    ],
)
def test_bad_input_is_named_and_costs_nothing(api: Client, everywhere: StandIn, path: str, parameter: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["parameter"] == parameter
    assert not KeyQuota.objects.exists()


def test_a_source_that_is_switched_off_is_not_asked_again_and_again(
    api: Client, everywhere: StandIn, settings: Settings
) -> None:
    settings.FLAKS_SOURCES = ["jiosaavn"]
    forget_sources()
    answer = api.get("/api/v1/search", {"q": "love", "source": "spotify"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["attempts"][0]["outcome"] == "skipped"
    assert "Retry-After" not in answer


@pytest.mark.parametrize("limit", ["1", "2", "3"])
def test_all_sources_never_answer_more_than_was_asked_for(api: Client, everywhere: StandIn, limit: str) -> None:
    body = api.get("/api/v1/search", {"q": "love", "source": "all", "limit": limit}).json()
    assert 1 <= len(body["results"]) <= int(limit)
