"""Which hash of a query is asked, and what is remembered of it."""

from __future__ import annotations

import json
import re
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from music.sources import spotify as package
from music.sources.base import NotSupported
from music.sources.spotify import hashes
from music.sources.spotify.client import Spotify
from music.sources.spotify.hashes import Hashes, overrides
from tests.music.spotify.conftest import Steer, queries, soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids

OWN, OTHER = "ab" * 32, "cd" * 32
SEARCH = hashes.KNOWN["searchDesktop"]


def asked(standin: StandIn) -> list[str]:
    """The hashes that were asked, in order."""
    extensions = (entry["query"].get("extensions") for entry in standin.log("spotify"))
    return [json.loads(text)["persistedQuery"]["sha256Hash"] for text in extensions if text]


def test_all_shipped_hashes_have_the_form_of_one() -> None:
    assert all(re.fullmatch("[0-9a-f]{64}", one) for several in hashes.KNOWN.values() for one in several)
    assert all(len(set(several)) == len(several) for several in hashes.KNOWN.values())


def test_the_operators_hashes_go_first() -> None:
    ordered = Hashes(overrides(f"searchDesktop={OWN}, searchDesktop={OTHER},")).of("searchDesktop")
    assert ordered == (OWN, OTHER, *SEARCH)
    assert Hashes().of("searchDesktop") == SEARCH


def test_a_shipped_hash_that_the_operator_names_is_asked_once() -> None:
    assert Hashes(overrides(f"searchDesktop={SEARCH[2]}")).of("searchDesktop") == (SEARCH[2], *SEARCH[:2])


@pytest.mark.parametrize(
    "word",
    ["searchDesktop", f"searchDesktop={OWN}0", f"searchDesktop={OWN.upper()}", f"unknown={OWN}", f"={OWN}", OWN],
)
def test_hashes_of_another_form_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="64 hex digits"):
        overrides(word)


def test_no_hashes_of_the_operators_own_are_none() -> None:
    assert overrides("") == overrides(" , ") == {}


def test_a_bad_setting_is_named(settings: Settings) -> None:
    settings.SPOTIFY_HASHES = "searchDesktop=x"
    with pytest.raises(ImproperlyConfigured, match="SPOTIFY_HASHES"):
        package.build()


def test_the_next_hash_is_asked_and_what_worked_is_asked_first_from_then_on(client: Spotify, standin: StandIn) -> None:
    client.search("love", "track", 1, 1, soon())
    client.search("love", "track", 1, 1, soon())
    assert asked(standin) == [SEARCH[0], SEARCH[1], SEARCH[1]]


def test_a_hash_that_stops_to_work_is_followed_by_the_others(client: Spotify, standin: StandIn, steer: Steer) -> None:
    client.search("love", "track", 1, 1, soon())
    steer(hashes={"searchDesktop": SEARCH[2]})
    standin.clear_log()
    assert client.search("love", "track", 1, 1, soon()).items
    assert asked(standin) == [SEARCH[1], SEARCH[0], SEARCH[2]]


def test_an_operation_that_no_hash_opens_is_left_alone_for_a_while(
    client: Spotify, standin: StandIn, steer: Steer, caplog: pytest.LogCaptureFixture
) -> None:
    steer(hashes={})
    for _ in range(3):
        with pytest.raises(NotSupported, match="searchDesktop"):
            client.search("love", "track", 1, 1, soon())
    assert queries(standin) == ["searchDesktop"] * 3  # each of the three hashes once
    assert "SPOTIFY_HASHES" in caplog.text
    assert client.track(ids.track_id(catalogue.PLAIN), soon()).title


def test_what_was_given_up_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Hashes()
    known.give_up("searchDesktop")
    with pytest.raises(NotSupported):
        known.of("searchDesktop")
    assert known.of("getTrack")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + hashes.GIVEN_UP + 1)
    assert known.of("searchDesktop") == SEARCH
