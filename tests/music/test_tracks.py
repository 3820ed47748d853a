"""GET /api/v1/tracks/<id>."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import BaseCache, cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from keys.models import ApiKey, KeyQuota
from music import describing, switches
from music.models import SourceSwitch
from tests.conftest import Answer
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn
from tests.standin.youtube import specials

UNKNOWN = "/api/v1/tracks/jiosaavn:nobody00"


@pytest.fixture
def track_id(api: Client, standin: StandIn) -> str:
    found: str = api.get("/api/v1/search", {"q": catalogue.PLAIN.title}).json()["results"][0]["id"]
    return found


@pytest.mark.parametrize("slash", ["", "/"])
def test_it_answers_the_same_track_as_search(api: Client, standin: StandIn, track_id: str, slash: str) -> None:
    answer = api.get(f"/api/v1/tracks/{track_id}{slash}")
    assert answer.status_code == 200
    assert answer.json() == api.get("/api/v1/search", {"q": catalogue.PLAIN.title}).json()["results"][0]


def test_an_unknown_id_is_not_found_and_charged(api: Client, standin: StandIn) -> None:
    answer = api.get("/api/v1/tracks/jiosaavn:nobody00")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["attempts"][0]["outcome"] == "no_match"
    assert KeyQuota.objects.get().used == 1


@pytest.mark.parametrize(
    "bad", ["5WXAlMNt", "jiosaavn:", "deezer:123", "jiosaavn:a%20b", "jiosaavn:" + "x" * 65, "jiosaavn:%00"]
)
def test_an_id_of_the_wrong_form_is_named_and_costs_nothing(api: Client, standin: StandIn, bad: str) -> None:
    answer = api.get(f"/api/v1/tracks/{bad}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (answer.json()["code"], answer.json()["parameter"]) == ("invalid_request", "id")
    assert not KeyQuota.objects.exists()
    assert standin.log() == []


def test_a_source_that_fails_is_said(api: Client, standin: StandIn, track_id: str) -> None:
    standin.fault("jiosaavn", "html")
    answer = api.get(f"/api/v1/tracks/{track_id}")
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked")


# --- Many who ask at once -------------------------------------------------------------------------------------------


def descriptions(standin: StandIn) -> int:
    """How often the source was asked what an id names; that there is none it checks with a canary besides."""
    return sum(call["query"].get("__call") == "song.getDetails" for call in standin.log())


def asked_at_once(path: str, callers: int) -> list[Answer]:
    """What so many callers are answered who begin together."""
    _, plain = ApiKey.objects.issue(name="eager", burst_limit=None)
    together, answers = threading.Barrier(callers), []

    def ask() -> None:
        client = Client(headers={"X-API-Key": plain})
        together.wait()
        answers.append(client.get(path))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_for_a_track_one_asks_its_source(standin: StandIn) -> None:
    standin.set_latency(200)
    answers = asked_at_once(f"/api/v1/tracks/jiosaavn:{ids.pid(catalogue.PLAIN)}", 20)
    assert [(answer.status_code, answer.json()["title"]) for answer in answers] == [(200, catalogue.PLAIN.title)] * 20
    assert descriptions(standin) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_for_one_that_nobody_knows_one_asks_its_source(standin: StandIn) -> None:
    standin.set_latency(200)
    answers = asked_at_once(UNKNOWN, 20)
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not_found")] * 20
    assert descriptions(standin) == 1


# --- What is remembered ---------------------------------------------------------------------------------------------


def test_an_unknown_id_is_remembered_for_ten_minutes(api: Client, standin: StandIn) -> None:
    api.get(UNKNOWN)
    standin.clear_log()
    again = api.get(UNKNOWN)
    assert (again.status_code, again.json()["code"], again.json()["attempts"]) == (404, "not_found", [])
    assert standin.log() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        later = api.get(UNKNOWN)
    assert [attempt["outcome"] for attempt in later.json()["attempts"]] == ["no_match"]
    assert len(standin.log()) == 1


def test_a_video_that_is_not_played_is_remembered_with_its_reason(api: Client, everywhere: StandIn) -> None:
    path = f"/api/v1/tracks/youtube:{specials.PRIVATE.id}"
    first = api.get(path).json()
    everywhere.clear_log()
    again = api.get(path)
    assert (again.status_code, again.json()["code"], again.json()["reason"]) == (404, first["code"], first["reason"])
    assert (first["reason"], everywhere.log()) == ("private", [])


def test_what_another_process_has_found_out_is_believed(
    api: Client, standin: StandIn, shared_memory: BaseCache
) -> None:
    api.get(UNKNOWN)
    cache.clear()
    standin.clear_log()
    assert api.get(UNKNOWN).status_code == 404
    assert standin.log() == []


@pytest.mark.parametrize("fault", ["http:500", "reset"])
def test_a_source_that_fails_is_not_taken_for_one_that_knows_no_such_track(
    api: Client, standin: StandIn, fault: str
) -> None:
    standin.fault("jiosaavn", fault)
    assert api.get(UNKNOWN).status_code == 503
    standin.clear_faults()
    answer = api.get(UNKNOWN).json()
    assert (answer["code"], [attempt["outcome"] for attempt in answer["attempts"]]) == ("not_found", ["no_match"])


def test_of_a_source_that_is_switched_off_nothing_remembered_is_told(api: Client, standin: StandIn) -> None:
    api.get(UNKNOWN)
    SourceSwitch.objects.create(source="jiosaavn", is_on=False)
    switches.refresh()
    answer = api.get(UNKNOWN).json()
    assert "switched off" in answer["detail"]
    assert [attempt["outcome"] for attempt in answer["attempts"]] == ["skipped"]


def test_one_that_was_unknown_is_told_once_it_has_been_described(api: Client, standin: StandIn) -> None:
    api.get(UNKNOWN)
    describing.keep(describing.written_down("jiosaavn:nobody00", "A New Song", "Somebody", 100))
    assert api.get(UNKNOWN).json()["title"] == "A New Song"
