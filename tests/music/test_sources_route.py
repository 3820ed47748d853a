"""GET /api/v1/sources."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import KeyQuota
from music.breaker import breaker_for
from music.models import SourceSwitch
from music.sources.base import SourceBlocked, SourceTimeout
from tests.music.conftest import forget_sources
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/api/v1/sources"
FIELDS = [
    *("source", "state", "p50_ms", "p95_ms", "success", "calls"),
    *("last_success", "last_canary", "reason"),
]


def shown(api: Client) -> dict[str, dict[str, object]]:
    """Each source's row by its name."""
    answer = api.get(URL)
    assert answer.status_code == 200, answer.content
    return {row["source"]: row for row in answer.json()["results"]}


def test_every_source_is_shown_before_anything_is_known_of_it(api: Client, everywhere: StandIn) -> None:
    rows = shown(api)
    assert list(rows) == ["jiosaavn", "spotify", "youtube"]
    assert list(rows["jiosaavn"]) == FIELDS
    assert [row["state"] for row in rows.values()] == ["up", "up", "up"]
    assert (rows["jiosaavn"]["p50_ms"], rows["jiosaavn"]["success"], rows["jiosaavn"]["calls"]) == (None, None, 0)


def test_what_was_asked_is_measured(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "slow:60")
    api.get("/api/v1/stream", {"q": catalogue.PLAIN.title})
    row = shown(api)["jiosaavn"]
    assert (row["state"], row["success"], row["calls"]) == ("up", 1.0, 2)
    assert isinstance(row["p50_ms"], int)
    assert row["p50_ms"] >= 60
    assert datetime.fromisoformat(str(row["last_success"]))


def test_it_costs_nothing_and_wants_a_key(api: Client, everywhere: StandIn) -> None:
    shown(api)
    assert not KeyQuota.objects.exists()
    assert Client().get(URL).status_code == 401
    assert api.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("error", "state"), [(SourceBlocked("a firewall's page"), "blocked"), (SourceTimeout("no answer"), "down")]
)
def test_a_source_that_is_left_alone_says_why(
    api: Client, everywhere: StandIn, error: SourceBlocked | SourceTimeout, state: str
) -> None:
    breaker_for("jiosaavn", "search").open(error)
    row = shown(api)["jiosaavn"]
    assert row["state"] == state
    assert str(error) in str(row["reason"])
    assert "asked again in" in str(row["reason"])


def test_audio_that_is_refused_is_told_apart_from_search(api: Client, everywhere: StandIn) -> None:
    breaker_for("youtube", "audio").open(SourceBlocked("a bot check"))
    row = shown(api)["youtube"]
    assert row["state"] == "blocked"
    assert str(row["reason"]).startswith("audio: a bot check")


def test_a_source_that_often_fails_is_degraded(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:500")
    for number in range(2):
        api.get("/api/v1/search", {"q": f"song {number}", "source": "jiosaavn"})
    assert shown(api)["jiosaavn"]["state"] == "up"  # two calls say little
    api.get("/api/v1/search", {"q": "song 2", "source": "jiosaavn"})
    row = shown(api)["jiosaavn"]
    assert (row["state"], row["success"]) == ("degraded", 0.0)
    assert row["reason"] == "failing: 100% of 3 calls"


def test_a_source_is_off_by_setting_or_by_staff(api: Client, everywhere: StandIn, settings: Settings) -> None:
    settings.FLAKS_SOURCES = ["jiosaavn", "youtube"]
    SourceSwitch.objects.create(source="youtube", is_on=False)

    forget_sources()
    rows = shown(api)
    assert (rows["spotify"]["state"], rows["spotify"]["reason"]) == ("off", "not among FLAKS_SOURCES")
    assert (rows["youtube"]["state"], rows["youtube"]["reason"]) == ("off", "switched off by staff")
    assert rows["jiosaavn"]["state"] == "up"
