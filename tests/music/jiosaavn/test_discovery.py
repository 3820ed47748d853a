"""JioSaavn's suggestions, stations and trends, whatever is missing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given

from music.sources.base import BadAnswer, SourceError
from music.sources.jiosaavn import discovery, parse
from tests.music.jiosaavn.rows import CDN, JSON, album, v4


def suggested(**groups: list[Any]) -> dict[str, Any]:
    """An answer of `autocomplete.get` with these groups."""
    return {name: {"data": rows, "position": number} for number, (name, rows) in enumerate(groups.items())}


def test_suggested_songs_stand_once_with_the_likeliest_first() -> None:
    answer = suggested(
        albums=[{"id": "4711", "type": "album"}],
        songs=[{"id": "one", "type": "song"}, {"id": "two", "type": "song"}, {"id": "one"}],
        topquery=[{"id": "two", "type": "song"}],
    )
    assert discovery.suggested_ids(answer) == ("two", "one")


def test_a_suggested_album_is_no_song() -> None:
    answer = suggested(topquery=[{"id": "4711", "type": "album"}], songs=[{"id": "one"}])
    assert discovery.suggested_ids(answer) == ("one",)


@pytest.mark.parametrize("row", [None, 7, {}, {"id": 7}, {"id": "a,b"}, {"id": "x" * 65}, {"id": "../x"}])
def test_a_suggestion_without_an_id_is_left_out(row: Any) -> None:
    assert discovery.suggested_ids(suggested(songs=[row])) == ()


def test_songs_are_put_in_the_order_of_their_suggestions() -> None:
    found = list(parse.tracks([v4(id="one"), v4(id="two")], CDN))
    assert [track.native for track in discovery.in_order(found, ("two", "gone", "one"))] == ["two", "one"]


def test_trends_are_read_for_their_songs_each_once() -> None:
    found = discovery.song_list([album(), v4(), {"type": "playlist", "id": "1"}, v4(), v4(id="two")], CDN)
    assert [track.native for track in found] == ["aB3_-xYz", "two"]


@pytest.mark.parametrize("answer", [[], {}, None, False])
def test_nothing_is_no_songs(answer: Any) -> None:
    assert discovery.song_list(answer, CDN) == ()


@pytest.mark.parametrize("answer", [{"songs": [v4()]}, "text", 7])
def test_what_is_no_list_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(BadAnswer):
        discovery.song_list(answer, CDN)


@pytest.mark.parametrize(
    ("answer", "name"), [({"stationid": "Ci_"}, "Ci_"), ({"stationid": ""}, ""), ({}, ""), ([], "")]
)
def test_a_station_has_a_name_or_is_none(answer: Any, name: str) -> None:
    assert discovery.station(answer) == name


def test_a_station_s_songs_are_numbered_but_for_a_single_one() -> None:
    many = {"0": {"song": v4(id="one")}, "1": {"song": v4(id="two")}, "stationid": "Ci_"}
    assert [track.native for track in discovery.station_songs(many, CDN)] == ["one", "two"]
    single = {"song": v4(id="one", play_count=14), "stationid": "Ci_"}
    assert [track.native for track in discovery.station_songs(single, CDN)] == ["one"]
    assert discovery.station_songs({"stationid": ""}, CDN) == ()


@given(JSON)
def test_no_answer_makes_the_readers_raise_anything_else(answer: Any) -> None:
    for read in (discovery.suggested_ids, discovery.station):
        with suppress(SourceError):
            assert read(answer) is not None
    for songs in (discovery.song_list, discovery.station_songs):
        with suppress(SourceError):
            assert songs(answer, CDN) == ()
