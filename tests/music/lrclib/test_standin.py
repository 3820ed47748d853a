"""LRCLIB as the stand-in plays it: the shapes of its API, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.standin import catalogue
from tests.standin.lrclib.records import Holds, holds
from tests.standin.process import StandIn

KEYS = "id name trackName artistName albumName duration instrumental plainLyrics syncedLyrics"
NAMED = {"track_name": catalogue.PLAIN.title, "artist_name": catalogue.PLAIN.artists[0]}


@pytest.fixture
def http(standin: StandIn) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def asked(http: requests.Session, standin: StandIn, path: str, **given: Any) -> requests.Response:
    return http.get(f"{standin.url}/api/{path}", params=given)


def test_a_record_has_the_fields_of_the_service(http: requests.Session, standin: StandIn) -> None:
    record = asked(http, standin, "get", **NAMED).json()
    assert set(record) == set(KEYS.split())
    assert isinstance(record["duration"], float)
    assert record["syncedLyrics"].startswith("[00:07.25] ")


def test_case_accents_and_punctuation_do_not_matter(http: requests.Session, standin: StandIn) -> None:
    answer = asked(http, standin, "get", track_name="CAFE - deja bleu!", artist_name="zoe farberg")
    assert answer.json()["trackName"] == "Café Déjà Bleu"


@pytest.mark.parametrize(("off", "status"), [(0, 200), (1, 200), (4, 404), (-60, 404)])
def test_a_length_may_be_off_by_two_seconds(http: requests.Session, standin: StandIn, off: int, status: int) -> None:
    answer = asked(http, standin, "get", **NAMED, duration=catalogue.PLAIN.duration + off)
    assert answer.status_code == status


def test_an_album_must_be_the_same_where_it_is_named(http: requests.Session, standin: StandIn) -> None:
    assert asked(http, standin, "get", **NAMED, album_name="The Marmalade Drawer").status_code == 200
    assert asked(http, standin, "get", **NAMED, album_name="Odds & Ends").status_code == 404


def test_an_unknown_song_is_404_in_json(http: requests.Session, standin: StandIn) -> None:
    answer = asked(http, standin, "get", track_name="qqqq", artist_name="zzzz")
    assert (answer.status_code, answer.json()["name"]) == (404, "TrackNotFound")


@pytest.mark.parametrize(
    "given", [{"track_name": "x"}, {"artist_name": "x"}, {**NAMED, "duration": 0}, {**NAMED, "duration": "3601"}]
)
def test_bad_input_is_400(http: requests.Session, standin: StandIn, given: dict[str, Any]) -> None:
    assert asked(http, standin, "get", **given).status_code == 400


def test_a_search_finds_all_versions_and_at_most_twenty(http: requests.Session, standin: StandIn) -> None:
    titles = [hit["trackName"] for hit in asked(http, standin, "search", track_name="marmalade telescope").json()]
    assert catalogue.PLAIN.title in titles
    assert catalogue.INSTRUMENTAL.title in titles
    assert len(asked(http, standin, "search", q="a").json()) <= 20
    assert asked(http, standin, "search", artist_name="Orla").json() == []


def test_the_catalogue_has_songs_with_each_kind_of_record() -> None:
    assert {holds(song) for song in catalogue.songs()} == set(Holds)
