"""A service that answers garbage is never cached as truth: once it is well again, so are the answers."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from music.cache import NOTHING_LIFE
from tests.music.conftest import forget_sources
from tests.music.fault_table import FAST, PLACES, SEARCH, SONG, SONG_IDS, WISHES, Place, Wish, expected
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import shelf

SOURCES = ("jiosaavn", "spotify", "youtube")
BELIEVED = ("http:404", "zero")  # a service that says in its own words that there is no such thing is believed


@pytest.fixture
def patient(everywhere: StandIn, settings: Settings) -> StandIn:
    """Nothing is late: a fault is met because it is there, and not because of the time."""
    settings.FLAKS_DEADLINE_MS, settings.FLAKS_HEDGE_MS = 4000, 2000
    return everywhere


def answers_right(api: Client, wish: Wish) -> bool:
    """Whether a process that has only just started, with what others remember, answers the wanted song."""
    forget_sources()
    answer = api.get(wish.path, {"q": wish.query})
    if answer.status_code != 200:
        return False
    body = answer.json()
    track = body["results"][0] if wish is SEARCH else body["track"]
    return (track["id"], track["title"]) == (SONG_IDS[body["answered_by"]], SONG.title)


@pytest.mark.parametrize("fault", FAST)
@pytest.mark.parametrize("place", PLACES[:4], ids=" ".join)
def test_after_one_fault_the_next_call_is_right(api: Client, patient: StandIn, place: Place, fault: str) -> None:
    for wish in WISHES:
        for memory in ("default", "pages"):
            caches[memory].clear()
        patient.fault(place[0], fault, place[1])
        forget_sources()
        failed = api.get(wish.path, {"q": wish.query}).status_code
        patient.clear_faults()
        if failed == 404:
            assert fault in BELIEVED, wish
            assert expected(wish, {place: fault}).status == 404, wish
            continue
        assert answers_right(api, wish), wish


@pytest.mark.parametrize("fault", FAST)
def test_after_all_failed_at_once_the_next_call_is_right(api: Client, patient: StandIn, fault: str) -> None:
    for wish in WISHES:
        for source in SOURCES:
            patient.fault(source, fault, "all")
        forget_sources()
        failed = api.get(wish.path, {"q": wish.query})
        assert failed.status_code in (404, 503), failed.content
        assert failed.status_code == 503 or fault in BELIEVED
        patient.clear_faults()
        assert failed.status_code == 404 or answers_right(api, wish), wish


@pytest.mark.parametrize("place", [("spotify", "api"), ("youtube", "api")], ids=" ".join)
@pytest.mark.parametrize("fault", BELIEVED)
def test_that_there_is_no_such_song_is_believed_for_ten_minutes(
    api: Client, patient: StandIn, place: Place, fault: str
) -> None:
    wish = next(wish for wish in WISHES if wish.described_by == place[0])
    patient.fault(place[0], fault, place[1])
    assert api.get(wish.path, {"q": wish.query}).json()["code"] == "not_found"
    patient.clear_faults()
    with time_machine.travel(time.time() + NOTHING_LIFE + 1):
        assert answers_right(api, wish)


@pytest.mark.parametrize("fault", [fault for fault in FAST if fault != "zero"])
def test_a_failure_of_one_source_does_not_make_a_song_of_it_unknown(api: Client, patient: StandIn, fault: str) -> None:
    """JioSaavn answers cleanly that it has no such song; that YouTube fails must not be forgotten over it."""
    query = {"q": f"{shelf.ONLY_HERE.title} {shelf.ONLY_HERE.artists[0]}"}
    patient.fault("youtube", fault)
    assert api.get("/api/v1/stream", query).status_code == 503
    patient.clear_faults()
    forget_sources()
    assert api.get("/api/v1/stream", query).json()["track"]["title"] == shelf.ONLY_HERE.title


@pytest.mark.parametrize("fault", FAST)
def test_zero_hits_for_a_song_that_is_there_are_not_remembered(api: Client, standin: StandIn, fault: str) -> None:
    """With JioSaavn alone: the firewall's empty lists look like an honest answer."""
    standin.fault("jiosaavn", fault)
    assert api.get("/api/v1/search", {"q": catalogue.ACCENTED.title}).status_code == 503
    standin.clear_faults()
    forget_sources()
    body = api.get("/api/v1/search", {"q": catalogue.ACCENTED.title}).json()
    assert (body["results"][0]["title"], body["cached"]) == (catalogue.ACCENTED.title, False)
