"""Sources that staff switch off and on, while everything runs."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from music import switches
from music.believed import BELIEVED_SECONDS
from music.models import SourceSwitch, SourceSwitchQuerySet
from music.sources.jiosaavn.client import JioSaavn
from tests.standin import catalogue
from tests.standin.process import StandIn

SEARCH = "/api/v1/search"


def switch(source: str, is_on: bool) -> None:
    """What staff do in the admin, in whichever process that is."""
    SourceSwitch.objects.update_or_create(source=source, defaults={"is_on": is_on})


def soon() -> None:
    """After the second for which a process believes what it has read."""
    time.sleep(BELIEVED_SECONDS + 0.05)


def answered_by(api: Client, query: str) -> str:
    return str(api.get(SEARCH, {"q": query}).json()["answered_by"])


def test_a_source_that_is_switched_off_is_not_asked_a_moment_later(api: Client, everywhere: StandIn) -> None:
    assert answered_by(api, catalogue.PLAIN.title) == "jiosaavn"
    switch("jiosaavn", is_on=False)
    everywhere.clear_log()
    soon()
    assert answered_by(api, catalogue.PLAIN.title) in ("spotify", "youtube"), "nor is what it said before handed out"
    assert everywhere.log("jiosaavn") == []
    switch("jiosaavn", is_on=True)
    soon()
    assert answered_by(api, catalogue.ACCENTED.title) == "jiosaavn"


@pytest.mark.parametrize("route", ["/api/v1/search?source=jiosaavn&q=love", "/api/v1/stream?q=jiosaavn:5WXAlMNt"])
def test_what_only_a_source_that_is_off_could_answer_says_so(
    api: Client, everywhere: StandIn, route: str, db: None
) -> None:
    switch("jiosaavn", is_on=False)
    answer = api.get(route)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), answer.content
    assert [(one["source"], one["outcome"]) for one in answer.json()["attempts"]] == [("jiosaavn", "skipped")]
    assert everywhere.log() == []


def test_one_that_is_off_does_not_count_among_those_that_fail(api: Client, everywhere: StandIn) -> None:
    switch("youtube", is_on=False)
    everywhere.fault("youtube", "http:500")
    answer = api.get("/api/v1/stream", {"q": "qqqq zzzz xxxx"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_match")


def test_with_every_source_of_audio_off_there_is_an_honest_problem(api: Client, everywhere: StandIn) -> None:
    for source in ("jiosaavn", "youtube"):
        switch(source, is_on=False)
    answer = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


def test_the_switches_are_read_once_a_second_however_many_ask(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            switches.read()
    assert len(queries) == 1


def test_a_database_that_is_away_leaves_them_as_they_were(
    db: None, everywhere: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    switch("jiosaavn", is_on=False)
    switches.refresh()
    assert "jiosaavn" not in switches.enabled()

    def away(_: object) -> None:
        raise OperationalError("mongodb://alice:hunter2@db is away")

    monkeypatch.setattr(SourceSwitchQuerySet, "off", away)
    switches.refresh()
    assert "jiosaavn" not in switches.enabled()
    assert list(switches.enabled()) == ["spotify", "youtube"]
    assert "could not be read" in caplog.text
    assert "hunter2" not in caplog.text


def test_an_error_of_our_own_is_not_taken_for_that(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SourceSwitchQuerySet, "off", wrong)
    with pytest.raises(ZeroDivisionError):
        switches.refresh()


def test_a_source_that_the_settings_do_not_name_is_not_switched_on(db: None, standin: StandIn) -> None:
    switch("youtube", is_on=True)
    switches.refresh()
    assert list(switches.enabled()) == ["jiosaavn"]


def test_the_threads_that_ask_sources_touch_no_database(
    api: Client, everywhere: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to see what is enabled: a connection would be opened for each, and none of them closed."""
    opened: list[set[str]] = []
    asked = JioSaavn.search

    def watched(self: JioSaavn, *question: object) -> object:
        found = asked(self, *question)  # type: ignore[arg-type] # as it came
        switches.enabled()
        assert threading.current_thread().name.startswith("source-jiosaavn")
        opened.append({made.alias for made in connections.all(initialized_only=True)})
        return found

    monkeypatch.setattr(JioSaavn, "search", watched)
    assert api.get(SEARCH, {"q": catalogue.PLAIN.title}).status_code == 200
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).status_code == 200
    assert opened == [set(), set()]
