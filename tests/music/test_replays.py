"""A song that is remembered, whose link has ended, while its service fails: another one plays it."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from music.breaker import breaker_for
from music.sources.base import SourceBlocked
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/api/v1/stream"
DIRECT = {"q": catalogue.PLAIN.title, "delivery": "direct"}


@pytest.mark.parametrize("fault", ["hang", "reset", "http:403", "zero"])
def test_another_source_plays_it_in_time(api: Client, everywhere: StandIn, settings: Settings, fault: str) -> None:
    settings.FLAKS_DEADLINE_MS, settings.FLAKS_HEDGE_MS = 3000, 300
    assert api.get(URL, DIRECT).json()["answered_by"] == "jiosaavn"
    everywhere.fault("jiosaavn", fault, "all")
    with time_machine.travel(time.time() + 600):
        answer = api.get(URL, DIRECT)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["answered_by"], answer.json()["track"]["title"]) == ("youtube", catalogue.PLAIN.title)


def test_what_is_remembered_of_a_source_that_is_left_alone_is_not_handed_out(api: Client, everywhere: StandIn) -> None:
    query = {"q": catalogue.PLAIN.title}
    assert api.get(URL, query).json()["answered_by"] == "jiosaavn"
    breaker_for("jiosaavn", "audio").open(SourceBlocked("HTTP 403", 600))
    assert api.get(URL, query).json()["cached"] is True, "while a link is held, it plays"
    with time_machine.travel(time.time() + 300):
        body = api.get(URL, query).json()
        opened = Client().get(urlsplit(body["stream"]["url"]).path)
    assert (body["answered_by"], opened.status_code) == ("youtube", 200)
    opened.close()
