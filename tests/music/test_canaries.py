"""Canaries: what closes a breaker again, so that no caller's question has to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import Settings

from music import breaker as breakers
from music import canaries, moment
from music.breaker import Breaker, breaker_for
from music.deadline import Deadline
from music.health import health_of
from music.pools import pool_for
from music.sources import sources
from music.sources.base import BaseSource, Part, SourceBlocked, SourceError
from tests.music.conftest import eventually
from tests.standin import catalogue
from tests.standin.process import StandIn

PATIENCE = 5.0  # seconds that a test waits for what has to come
SEARCH, STREAM = "/api/v1/search", "/api/v1/stream"
REST = 0.05


class Bird(BaseSource):
    """A source whose canary answers, or raises, what a test says; its audio cannot be asked."""

    name = "jiosaavn"

    def __init__(self, error: SourceError | None = None) -> None:
        self.error = error

    def ping(self, deadline: Deadline) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> Callable[[Part], Breaker]:
    """Makes the breaker of JioSaavn open, with a rest that is over at once."""
    monkeypatch.setattr(breakers, "FIRST_REST", REST)

    def opened(part: Part) -> Breaker:
        made = breaker_for("jiosaavn", part)
        made.open(SourceBlocked("HTTP 403"))
        return made

    return opened


def until_over(breaker: Breaker) -> None:
    """Wait for the end of its rest."""
    eventually(lambda: breaker.rest is not None and breaker.rest.remaining <= 0)


def until_sung(breaker: Breaker) -> None:
    """Wait until the canary has closed the breaker."""
    eventually(lambda: breaker.rest is None)


def test_a_canary_that_sings_closes_the_breaker() -> None:
    breaker = breaker_for("jiosaavn", "search")
    breaker.open(SourceBlocked("HTTP 403", 600))
    assert canaries.sing(Bird(), "search") is None
    breaker.check()
    sung = health_of("jiosaavn").last_canary
    assert sung is not None
    assert sung.sang


def test_a_canary_that_does_not_sing_opens_it_at_once() -> None:
    error = SourceBlocked("HTTP 403")
    assert canaries.sing(Bird(error), "search") is error
    assert breaker_for("jiosaavn", "search").rest is not None
    sung = health_of("jiosaavn").last_canary
    assert sung is not None
    assert (sung.sang, sung.reason) == (False, "search: HTTP 403")


def test_what_cannot_be_asked_says_nothing() -> None:
    breaker = breaker_for("jiosaavn", "audio")
    breaker.open(SourceBlocked("HTTP 403", 600))
    assert canaries.sing(Bird(), "audio") is None
    assert breaker.rest is not None
    assert health_of("jiosaavn").last_canary is None


def test_a_full_pool_sends_none(settings: Settings) -> None:
    settings.FLAKS_SOURCE_THREADS = 1
    pool_for.cache_clear()
    released = threading.Event()
    held = pool_for("jiosaavn").start(lambda: released.wait(PATIENCE))
    assert canaries.send(Bird(), "search") is None
    released.set()
    assert held.result(PATIENCE)


def test_the_end_of_a_rest_sends_the_canary_and_not_the_callers_question(
    api: Client, standin: StandIn, resting: Callable[[Part], Breaker]
) -> None:
    breaker = resting("search")
    until_over(breaker)
    refused = api.get(SEARCH, {"q": catalogue.PLAIN.title})
    assert (refused.status_code, refused.json()["code"]) == (503, "sources_blocked")
    assert [attempt["outcome"] for attempt in refused.json()["attempts"]] == ["skipped"]
    until_sung(breaker)
    assert [entry["query"]["q"] for entry in standin.log()] == ["love"]
    answered = api.get(SEARCH, {"q": catalogue.PLAIN.title})
    assert answered.status_code == 200


def test_while_it_rests_the_service_is_asked_nothing(
    api: Client, standin: StandIn, resting: Callable[[Part], Breaker]
) -> None:
    breaker_for("jiosaavn", "search").open(SourceBlocked("HTTP 403", 600))
    for number in range(10):
        assert api.get(SEARCH, {"q": f"{catalogue.PLAIN.title} {number}"}).status_code == 503
    assert standin.log() == []


def test_a_canary_that_fails_too_makes_the_rest_twice_as_long(
    api: Client, standin: StandIn, resting: Callable[[Part], Breaker]
) -> None:
    breaker = resting("search")
    until_over(breaker)
    standin.fault("jiosaavn", "http:403")
    api.get(SEARCH, {"q": catalogue.PLAIN.title})
    eventually(lambda: breaker.rest is not None and breaker.rest.seconds == 2 * REST)


def test_files_that_are_refused_close_the_audio_alone(
    api: Client, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaker, passed = breaker_for("jiosaavn", "audio"), [0.0]
    steady = SimpleNamespace(time=time.time, monotonic=lambda: time.monotonic() + passed[0])
    monkeypatch.setattr(moment, "time", steady)
    breaker.open(SourceBlocked("HTTP 403"))
    assert api.get(SEARCH, {"q": catalogue.PLAIN.title}).status_code == 200
    refused = api.get(STREAM, {"q": catalogue.PLAIN.title})
    assert (refused.status_code, refused.json()["code"]) == (503, "sources_blocked")
    passed[0] = breakers.FIRST_REST
    api.get(STREAM, {"q": catalogue.PLAIN.title})
    until_sung(breaker)
    assert api.get(STREAM, {"q": catalogue.PLAIN.title}).status_code == 200


def test_at_the_start_every_source_is_asked_how_it_is(everywhere: StandIn) -> None:
    everywhere.fault("youtube", "http:403")
    canaries.wake()
    eventually(lambda: all(health_of(name).last_canary for name in sources()))
    sang = {name: canary.sang for name in sources() if (canary := health_of(name).last_canary)}
    assert sang == {"jiosaavn": True, "spotify": True, "youtube": False}
    assert breaker_for("youtube", "search").rest is not None


@pytest.mark.parametrize("part", ["search", "audio"])
@pytest.mark.parametrize("source", ["jiosaavn", "youtube"])
def test_the_canaries_of_services_that_are_well_sing(everywhere: StandIn, source: str, part: Part) -> None:
    assert canaries.sing(sources()[source], part) is None
    assert breaker_for(source, part).rest is None


@pytest.mark.parametrize("fault", ["http:403", "http:429", "http:500", "html", "empty", "zero", "truncated", "reset"])
@pytest.mark.parametrize("source", ["jiosaavn", "spotify", "youtube"])
def test_no_fault_makes_a_canary_sing(everywhere: StandIn, source: str, fault: str) -> None:
    everywhere.fault(source, fault)
    assert canaries.sing(sources()[source], "search") is not None
    assert breaker_for(source, "search").rest is not None
