"""Old answers in place of none, where every source fails: said to be old, and only while they still play."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
import time_machine
from django.test import Client
from pytest_django import Settings

from music import cache
from tests.music.fault_table import FAST
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import ids as youtube_ids

STREAM, SEARCH = "/api/v1/stream", "/api/v1/search"
QUERY = {"q": catalogue.PLAIN.title}
KEPT = 60  # seconds for which an answer is fresh here
SOURCES = ("jiosaavn", "spotify", "youtube")


@pytest.fixture
def failing(everywhere: StandIn, settings: Settings) -> StandIn:
    """All three sources; `fail` has them all fail."""
    settings.FLAKS_CACHE_SECONDS = KEPT
    return everywhere


def fail(standin: StandIn, fault: str = "reset") -> None:
    for source in SOURCES:
        standin.fault(source, fault)


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(time.time() + seconds)


@pytest.mark.parametrize("fault", [fault for fault in FAST if fault != "zero"])
def test_the_link_of_a_stale_answer_still_plays(api: Client, failing: StandIn, fault: str) -> None:
    first = api.get(STREAM, QUERY).json()
    fail(failing, fault)
    with later(KEPT + 1):
        body = api.get(STREAM, QUERY).json()
        opened = Client().get(urlsplit(body["stream"]["url"]).path)
    assert (body["stale"], body["cached"], body["track"]) == (True, False, first["track"])
    assert {attempt["source"] for attempt in body["attempts"]} >= {"jiosaavn", "youtube"}
    assert requests.get(body["stream"]["direct_url"], timeout=5).status_code == 200
    assert (opened.status_code, opened["Location"]) == (302, first["stream"]["direct_url"])


def test_it_is_not_stale_while_it_is_fresh_nor_where_one_source_is_well(api: Client, failing: StandIn) -> None:
    api.get(STREAM, QUERY)
    fail(failing)
    assert (api.get(STREAM, QUERY).json()["stale"], api.get(STREAM, QUERY).json()["cached"]) == (False, True)
    failing.fault("youtube", "none")
    with later(KEPT + 1):
        body = api.get(STREAM, QUERY).json()
    assert (body["answered_by"], body["stale"]) == ("youtube", False)


def test_a_link_that_has_ended_does_not_stand_in(api: Client, failing: StandIn) -> None:
    api.get(STREAM, QUERY)
    fail(failing)
    with later(KEPT + 200):
        answer = api.get(STREAM, QUERY)
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


@pytest.mark.parametrize(("seconds", "status"), [(cache.DAY - 100, 200), (cache.DAY + 1, 503)])
def test_an_answer_stands_in_for_a_day_and_no_longer(api: Client, failing: StandIn, seconds: int, status: int) -> None:
    """With a link that would play for two, so that it is not the link which ends it."""
    track = api.get(STREAM, QUERY).json()["track"]["id"]
    link = cache.held_link(track, 320)
    assert link is not None
    cache.hold_link(track, 320, replace(link, expires_at=int(time.time()) + 2 * cache.DAY))
    fail(failing)
    with later(seconds):
        answer = api.get(STREAM, QUERY)
    assert (answer.status_code, answer.json().get("stale", False)) == (status, status == 200)


@pytest.mark.parametrize(("seconds", "status"), [(cache.DAY - 100, 200), (cache.DAY + 1, 503)])
def test_hits_stand_in_for_a_day_and_no_longer(api: Client, failing: StandIn, seconds: int, status: int) -> None:
    first = api.get(SEARCH, QUERY).json()
    fail(failing)
    with later(seconds):
        answer = api.get(SEARCH, QUERY)
    assert (answer.status_code, answer.json().get("stale", False)) == (status, status == 200)
    assert answer.json().get("results", first["results"]) == first["results"]


def test_silent_sources_are_not_waited_for_to_the_end(
    api: Client, failing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "STALE_PATIENCE_MS", 200)
    api.get(STREAM, QUERY)
    api.get(SEARCH, QUERY)
    fail(failing, "hang")
    with later(KEPT + 1):
        for route in (STREAM, SEARCH):
            started = time.monotonic()
            body = api.get(route, QUERY).json()
            assert body["stale"] is True
            # Far under the 6 s that a caller with nothing at hand would wait.
            assert time.monotonic() - started < 3


def test_a_stale_answer_is_not_remembered_as_a_new_one(api: Client, failing: StandIn) -> None:
    api.get(STREAM, QUERY)
    fail(failing)
    with later(KEPT + 1):
        assert api.get(STREAM, QUERY).json()["stale"] is True
        assert api.get(STREAM, QUERY).json()["stale"] is True
        failing.clear_faults()
        body = api.get(STREAM, {**QUERY, "language": "english"}).json()
        assert (body["stale"], body["cached"]) == (False, False)


def test_no_such_song_does_not_stand_in(api: Client, failing: StandIn) -> None:
    nobody = {"q": "qqqq zzzz xxxx"}
    assert api.get(STREAM, nobody).json()["code"] == "no_match"
    fail(failing)
    with later(cache.NOTHING_LIFE + 1):
        answer = api.get(STREAM, nobody)
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


def test_what_a_video_is_called_stands_in_where_its_service_fails(api: Client, failing: StandIn) -> None:
    link = {"q": f"https://youtu.be/{youtube_ids.track_id(catalogue.PLAIN)}"}
    api.get(STREAM, link)
    failing.fault("youtube", "reset")
    with later(cache.DAY + 60):
        body = api.get(STREAM, link).json()
    assert (body.get("answered_by"), body["track"]["title"]) == ("jiosaavn", catalogue.PLAIN.title)
