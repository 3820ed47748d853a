"""Every fault of a service as a caller sees it: the right code within the deadline, and never a 500."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import KeyQuota
from music.pools import pool_for
from tests.standin import catalogue
from tests.standin.process import Part, StandIn

DEADLINE_MS = 700
UNAVAILABLE, BLOCKED = "sources_unavailable", "sources_blocked"
FAULTS: list[tuple[Part, str, str]] = [
    ("api", "hang", UNAVAILABLE),
    ("api", "slow:5000", UNAVAILABLE),
    ("api", "http:500", UNAVAILABLE),
    ("api", "http:503", UNAVAILABLE),
    ("api", "http:404", UNAVAILABLE),
    ("api", "http:302", UNAVAILABLE),
    ("api", "http:403", BLOCKED),
    ("api", "http:451", BLOCKED),
    ("api", "http:429", BLOCKED),
    ("api", "html", BLOCKED),
    ("api", "empty", UNAVAILABLE),
    ("api", "zero", BLOCKED),
    ("api", "truncated", UNAVAILABLE),
    ("api", "reset", UNAVAILABLE),
    ("media", "hang", UNAVAILABLE),
    ("media", "slow:5000", UNAVAILABLE),
    ("media", "http:500", UNAVAILABLE),
    ("media", "http:403", BLOCKED),
    ("media", "http:429", BLOCKED),
    ("media", "html", BLOCKED),
    ("media", "empty", UNAVAILABLE),
    ("media", "truncated", UNAVAILABLE),
    ("media", "reset", UNAVAILABLE),
]


@pytest.mark.parametrize(("part", "fault", "code"), FAULTS)
def test_stream_says_what_failed_within_its_deadline(
    api: Client, standin: StandIn, settings: Settings, part: Part, fault: str, code: str
) -> None:
    settings.FLAKS_DEADLINE_MS = DEADLINE_MS
    standin.fault("jiosaavn", fault, part)
    started = time.monotonic()
    answer = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title})
    # Far under the 5 s for which a single call would wait: it is the deadline that ended it.
    assert time.monotonic() - started < 3
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] == code
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["attempts"][-1]["outcome"] not in ("ok", "no_match")
    assert KeyQuota.objects.get().used == 0


def test_a_song_whose_files_are_all_gone_is_no_match(api: Client, standin: StandIn) -> None:
    standin.fault("jiosaavn", "zero", "media")
    answer = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_match")
    assert answer.json()["alternatives"][0]["track"]["title"] == catalogue.PLAIN.title


@pytest.mark.parametrize(("part", "fault", "code"), [row for row in FAULTS if row[0] == "api"])
def test_search_says_the_same(
    api: Client, standin: StandIn, settings: Settings, part: Part, fault: str, code: str
) -> None:
    settings.FLAKS_DEADLINE_MS = DEADLINE_MS
    standin.fault("jiosaavn", fault, part)
    answer = api.get("/api/v1/search", {"q": catalogue.PLAIN.title})
    assert (answer.status_code, answer.json()["code"]) == (503, code)


def test_a_slow_service_is_waited_for(api: Client, standin: StandIn) -> None:
    standin.fault("jiosaavn", "slow:150", "all")
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).status_code == 200


def test_zero_results_are_believed_once_the_canary_sang(api: Client, standin: StandIn) -> None:
    assert api.get("/api/v1/search", {"q": "qqqq zzzz"}).status_code == 200
    assert [entry["query"]["q"] for entry in standin.log()] == ["qqqq zzzz", "love"]
    standin.clear_log()
    assert api.get("/api/v1/search", {"q": "xxxx zzzz"}).status_code == 200
    assert [entry["query"]["q"] for entry in standin.log()] == ["xxxx zzzz"]


def test_a_service_that_comes_back_is_asked_again(api: Client, standin: StandIn) -> None:
    standin.fault("jiosaavn", "reset", "all")
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).status_code == 503
    standin.clear_faults()
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).status_code == 200


def test_a_full_pool_answers_at_once(api: Client, standin: StandIn, settings: Settings) -> None:
    settings.FLAKS_SOURCE_THREADS, settings.FLAKS_DEADLINE_MS = 1, 300
    pool_for.cache_clear()
    standin.fault("jiosaavn", "hang")
    api.get("/api/v1/search", {"q": "one"})
    busy = api.get("/api/v1/search", {"q": "two"})
    pool_for.cache_clear()
    assert (busy.status_code, busy.json()["code"]) == (503, UNAVAILABLE)
    assert busy.json()["attempts"][0]["outcome"] in ("skipped", "timeout")
