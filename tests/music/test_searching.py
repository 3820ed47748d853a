"""Who is asked for typed words, in what order, and whose page it is; through GET /api/v1/search."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from music.cache import NOTHING_LIFE, PROVISIONAL_LIFE
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import shelf

NOBODY = "qqqq zzzz xxxx"
ONLY_YOUTUBE = f"{shelf.ONLY_HERE.title} {shelf.ONLY_HERE.artists[0]}"
SOURCES = ("jiosaavn", "spotify", "youtube")


def ask(api: Client, **query: str) -> dict[str, Any]:
    answer = api.get("/api/v1/search", query)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def outcomes(body: dict[str, Any]) -> dict[str, str]:
    """How the last step of each source went."""
    return {attempt["source"]: attempt["outcome"] for attempt in body["attempts"]}


def test_the_first_source_with_hits_is_the_only_one_asked(api: Client, everywhere: StandIn) -> None:
    body = ask(api, q=catalogue.PLAIN.title)
    assert (body["answered_by"], outcomes(body)) == ("jiosaavn", {"jiosaavn": "ok"})
    assert everywhere.log("spotify") == everywhere.log("youtube") == []


def test_where_the_first_has_none_the_next_answers(api: Client, everywhere: StandIn) -> None:
    body = ask(api, q=ONLY_YOUTUBE)
    assert (body["answered_by"], body["results"][0]["title"]) == ("youtube", shelf.ONLY_HERE.title)
    assert outcomes(body)["jiosaavn"] == "ok"


def test_nothing_is_said_to_be_found_once_all_have_said_so(api: Client, everywhere: StandIn) -> None:
    body = ask(api, q=NOBODY)
    assert (body["results"], body["has_more"]) == ([], False)
    assert outcomes(body) == dict.fromkeys(SOURCES, "ok")


@pytest.mark.parametrize("source", ["jiosaavn", "youtube"])
def test_nothing_is_not_said_where_a_source_of_audio_failed(api: Client, everywhere: StandIn, source: str) -> None:
    everywhere.fault(source, "http:500")
    answer = api.get("/api/v1/search", {"q": NOBODY})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")
    assert outcomes(answer.json())[source] == "error"


def test_a_spotify_that_fails_hides_no_empty_answer(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("spotify", "http:500")
    assert ask(api, q=NOBODY)["results"] == []


def test_nothing_is_remembered_for_ten_minutes(api: Client, everywhere: StandIn) -> None:
    ask(api, q=NOBODY)
    assert ask(api, q=f"  {NOBODY.upper()} ")["cached"] is True
    with time_machine.travel(time.time() + NOTHING_LIFE + 1):
        assert ask(api, q=NOBODY)["cached"] is False


def test_hits_in_place_of_a_failed_source_are_remembered_for_two_minutes(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:500")
    assert ask(api, q=catalogue.PLAIN.title)["answered_by"] != "jiosaavn"
    everywhere.clear_faults()
    assert ask(api, q=catalogue.PLAIN.title)["cached"] is True
    with time_machine.travel(time.time() + PROVISIONAL_LIFE + 1):
        assert ask(api, q=catalogue.PLAIN.title)["answered_by"] == "jiosaavn"


def test_a_page_past_the_end_is_not_filled_up_by_another_source(api: Client, everywhere: StandIn) -> None:
    body = ask(api, q=catalogue.PLAIN.title, page="40", limit="50")
    assert (body["answered_by"], body["results"], body["has_more"]) == ("jiosaavn", [], False)
    assert everywhere.log("youtube") == []


@pytest.mark.parametrize("source", SOURCES)
def test_one_source_by_its_name_is_asked_alone(api: Client, everywhere: StandIn, source: str) -> None:
    body = ask(api, q=catalogue.PLAIN.title, source=source)
    assert (body["answered_by"], outcomes(body)) == (source, {source: "ok"})
    assert {track["source"] for track in body["results"]} == {source}
    everywhere.fault(source, "http:403")
    answer = api.get("/api/v1/search", {"q": catalogue.ACCENTED.title, "source": source})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked")


def test_all_sources_together_name_one_recording_once(api: Client, everywhere: StandIn) -> None:
    body = ask(api, q=catalogue.ACCENTED.title, source="all", limit="30")
    assert (body["answered_by"], outcomes(body)) == ("all", dict.fromkeys(SOURCES, "ok"))
    same = [track for track in body["results"] if track["title"] == catalogue.ACCENTED.title]
    assert [track["source"] for track in same] == ["jiosaavn"]


@pytest.mark.parametrize("failing", SOURCES)
def test_all_together_go_on_without_one_that_fails_and_say_so(api: Client, everywhere: StandIn, failing: str) -> None:
    everywhere.fault(failing, "http:403")
    body = ask(api, q=catalogue.PLAIN.title, source="all", limit="30")
    assert outcomes(body) == {**dict.fromkeys(SOURCES, "ok"), failing: "blocked"}
    assert body["results"]
    everywhere.clear_faults()
    with time_machine.travel(time.time() + PROVISIONAL_LIFE + 1):
        assert ask(api, q=catalogue.PLAIN.title, source="all", limit="30")["cached"] is False


def test_all_together_fail_where_each_does(api: Client, everywhere: StandIn) -> None:
    for source in SOURCES:
        everywhere.fault(source, "http:429")
    answer = api.get("/api/v1/search", {"q": catalogue.PLAIN.title, "source": "all"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked")
    assert outcomes(answer.json()) == dict.fromkeys(SOURCES, "rate_limited")


def test_all_together_with_nothing_to_show_and_a_failure_is_no_empty_answer(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("youtube", "http:500")
    answer = api.get("/api/v1/search", {"q": NOBODY, "source": "all"})
    assert (answer.status_code, answer.json().get("code")) == (503, "sources_unavailable"), answer.content
