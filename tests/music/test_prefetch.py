"""POST /api/v1/prefetch, and `prefetch=1` of /api/v1/search."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from keys.models import ApiKey, KeyQuota
from music.breaker import breaker_for
from music.sources.base import SourceTimeout
from tests.conftest import Answer
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

URL = "/api/v1/prefetch"


def ask(client: Client, queries: Any, **more: str) -> Answer:
    return client.post(URL, {"queries": queries, **more}, content_type="application/json")


def until(is_so: Callable[[], bool]) -> None:
    """Waits until something is so, for 5 s at most."""
    ends = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.01)


def test_a_song_that_was_resolved_ahead_is_answered_from_memory(api: Client, standin: StandIn) -> None:
    answer = ask(api, [catalogue.PLAIN.title, catalogue.ACCENTED.title])
    assert (answer.status_code, answer.json()) == (202, {"accepted": 2, "skipped": []})
    until(lambda: len(standin.log("jiosaavn", "media")) == 2)
    # Who comes while it is being resolved waits for that: it is asked for once.
    until(lambda: bool(api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["cached"]))
    assert len(standin.log("jiosaavn", "media")) == 2


def test_a_query_costs_one_unit(api: Client, standin: StandIn) -> None:
    ask(api, ["one", "two", "two", "https://music.example/x"])
    assert KeyQuota.objects.get().used == 2


def test_the_later_stream_of_a_query_is_paid_for(api: Client, standin: StandIn) -> None:
    ask(api, [catalogue.PLAIN.title])
    until(lambda: len(standin.log("jiosaavn", "media")) == 1)
    until(lambda: all(entry["elapsed_ms"] is not None for entry in standin.log()))
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title.upper()}).status_code == 200
    assert KeyQuota.objects.get().used == 1


def test_a_day_with_too_few_units_left_accepts_none(standin: StandIn, db: None) -> None:
    _, plain = ApiKey.objects.issue(name="frugal", daily_limit=3)
    client = Client(headers={"X-API-Key": plain})
    answer = ask(client, ["a", "b", "c", "d"])
    assert (answer.status_code, answer.json()["code"]) == (429, "daily_quota_exceeded")
    assert sum(KeyQuota.objects.values_list("used", flat=True)) == 0
    assert ask(client, ["a", "b", "c"]).status_code == 202


def test_what_is_no_song_is_skipped_with_its_code(api: Client, standin: StandIn) -> None:
    album = f"https://www.jiosaavn.com/album/x/{ids.album_token(catalogue.PLAIN.album)}"
    answer = ask(api, [catalogue.PLAIN.title, "https://music.example/x", album, "x" * 300])
    assert answer.json()["accepted"] == 1
    assert [row["code"] for row in answer.json()["skipped"]] == ["unsupported_link", "not_a_track", "invalid_request"]


@pytest.mark.parametrize("part", ["search", "audio"])
def test_nothing_is_resolved_ahead_from_a_source_that_fails(api: Client, standin: StandIn, part: Any) -> None:
    breaker_for("jiosaavn", part).open(SourceTimeout("hangs"))
    answer = ask(api, [catalogue.PLAIN.title])
    assert answer.json() == {
        "accepted": 0,
        "skipped": [{"query": catalogue.PLAIN.title, "code": "sources_unavailable"}],
    }
    assert standin.log() == []


@pytest.mark.parametrize("queries", [[], ["x"] * 26, "a song", None, [1, {}], [""], ["a\x00b"]])
def test_bad_input_is_named_and_costs_nothing(api: Client, standin: StandIn, queries: Any) -> None:
    answer = ask(api, queries)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request"), answer.content
    assert answer.json()["parameter"] == "queries"
    assert not KeyQuota.objects.exists()


@pytest.mark.parametrize(("body", "status"), [("[1]", 400), ("{", 400), ('"x"', 400)])
def test_a_body_that_is_no_object_is_refused(api: Client, standin: StandIn, body: str, status: int) -> None:
    assert api.post(URL, body, content_type="application/json").status_code == status


def test_other_ways_to_ask_are_refused(api: Client, standin: StandIn) -> None:
    assert api.get(URL).status_code == 405
    assert api.post(URL, {"queries": "a"}).status_code == 415
    assert ask(Client(), ["a"]).status_code == 401


def test_a_search_resolves_its_first_hit_ahead_where_asked(api: Client, standin: StandIn) -> None:
    found = api.get("/api/v1/search", {"q": catalogue.PLAIN.title, "prefetch": "1"}).json()["results"][0]
    until(lambda: len(standin.log("jiosaavn", "media")) == 1)
    until(lambda: bool(api.get(f"/api/v1/tracks/{found['id']}/stream").json()["cached"]))
    assert len(standin.log("jiosaavn", "media")) == 1


def test_a_search_resolves_nothing_ahead_by_itself(api: Client, standin: StandIn) -> None:
    api.get("/api/v1/search", {"q": catalogue.PLAIN.title})
    time.sleep(0.1)
    assert standin.log("jiosaavn", "media") == []


def test_a_search_that_resolves_ahead_wants_the_scope_of_streams(standin: StandIn, db: None) -> None:
    _, plain = ApiKey.objects.issue(name="reader", scopes="search metadata", daily_limit=10)
    client = Client(headers={"X-API-Key": plain})
    answer = client.get("/api/v1/search", {"q": catalogue.PLAIN.title, "prefetch": "1"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert not KeyQuota.objects.exists()
    assert standin.log() == []
    assert client.get("/api/v1/search", {"q": catalogue.PLAIN.title}).status_code == 200
