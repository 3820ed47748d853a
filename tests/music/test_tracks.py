"""GET /api/v1/tracks/<id>."""

from __future__ import annotations

import pytest
from django.test import Client

from keys.models import KeyQuota
from tests.standin import catalogue
from tests.standin.process import StandIn


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
