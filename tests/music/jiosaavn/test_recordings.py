"""Every recorded body of the service: each becomes the right kind, ids, titles, artists and durations.

What is expected is read from the bodies themselves, by their documented fields; a row that is no track says why.
"""

from __future__ import annotations

import html
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from music.domain import Album, Artist, Item, Kind, Playlist, Track
from music.sources.jiosaavn import discovery, listings, parse
from music.sources.jiosaavn.answers import decoded
from music.sources.jiosaavn.fields import BadRow
from tests.music.jiosaavn.rows import CDN

FOLDER = os.environ.get("FLAKS_RECORDINGS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="FLAKS_RECORDINGS names no folder")
# Suggestions name songs without saying how long they are: they can be shown, not matched.
BRIEF = ("autocomplete-", "content-get-top-searches-")
SEARCHES: dict[str, tuple[Kind, type[Item]]] = {
    "search-get-results-": ("track", Track),
    "search-get-album-results-": ("album", Album),
    "search-get-playlist-results-": ("playlist", Playlist),
    "search-get-artist-results-": ("artist", Artist),
    "search-top-albums-": ("album", Album),
}
LISTINGS: dict[str, Kind] = {
    "content-get-album-details-": "album",
    "webapi-get-album-": "album",
    "playlist-get-details-": "playlist",
    "webapi-get-playlist-": "playlist",
    "artist-get-artist-page-details-": "artist",
    "webapi-get-artist-": "artist",
}


def bodies() -> list[Path]:
    """The recorded answers, without the index and the file of expected results."""
    files = sorted(Path(FOLDER or ".", "jiosaavn").glob("*.json"))
    return [file for file in files if file.name != "requests.json" and "expected-results" not in file.name]


def recorded(start: str) -> Any:
    """The decoded body of the file whose name starts so."""
    return decoded(200, next(file for file in bodies() if file.name.startswith(start)).read_bytes())


def song_rows(answer: Any) -> Iterator[dict[str, Any]]:
    """Every song row of an answer, however deep; v3 rows have no type and are known by their media field."""
    if isinstance(answer, dict):
        if "id" in answer and (answer.get("type") == "song" or "encrypted_media_url" in answer):
            yield answer
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from song_rows(part)


def lists_of(answer: Any) -> Iterator[list[Any]]:
    """Every list of an answer, however deep."""
    if isinstance(answer, list):
        yield answer
    for part in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from lists_of(part)


def agrees(track: Track, row: dict[str, Any]) -> bool:
    """Whether a track is what a v4 row documents."""
    more = row["more_info"]
    people = more["artistMap"]["primary_artists"]
    named = [html.unescape(person["name"]).strip() for person in people]
    return (
        track.id == f"jiosaavn:{row['id']}"
        and track.title == " ".join(html.unescape(row["title"]).split())
        and track.duration == int(more["duration"])
        and (not named or [artist.name for artist in track.artists] == list(dict.fromkeys(named)))
    )


def test_every_recorded_song_row_becomes_a_track_or_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    tracks, listed = 0, []
    for file in bodies():
        for row in song_rows(json.loads(file.read_bytes())):
            try:
                track = parse.track(row, CDN)
            except BadRow as reason:
                listed.append((file.name, row.get("id"), str(reason)))
                continue
            tracks += 1
            assert track.native == row["id"]
            assert all((track.title, track.artist, track.duration, track.thumbnail, track.url, track.handle)), row["id"]
            assert "&quot;" not in track.title
            assert "&amp;" not in track.title + track.artist
            assert "more_info" not in row or agrees(track, row), row["id"]
    with capsys.disabled():
        print(f"\nrecorded rows: {tracks} tracks; not tracks: {Counter(reason for _, _, reason in listed)}")
        for line in listed:
            print("  ", *line)
    assert tracks > 100
    assert all(name.startswith(BRIEF) and reason == "no duration" for name, _, reason in listed)


@pytest.mark.parametrize("start", SEARCHES)
def test_a_recorded_search_is_a_page_of_its_kind(start: str) -> None:
    answer, (kind, made) = recorded(start), SEARCHES[start]
    if isinstance(answer, list):  # the albums of a year are a list of rows, as a search holds them
        answer = {"total": len(answer), "results": answer}
    page = listings.search_page(answer, kind, 1, 1, CDN)
    assert page.total == answer["total"]
    assert len(page.items) == len(answer["results"]) > 0
    for item, row in zip(page.items, answer["results"], strict=True):
        assert isinstance(item, made)
        assert item.id == f"jiosaavn:{row['id']}"
        assert (
            getattr(item, "title", getattr(item, "name", "")) == html.unescape(row.get("title") or row["name"]).strip()
        )
        assert item.thumbnail
        assert item.url


@pytest.mark.parametrize("start", LISTINGS)
def test_a_recorded_list_is_its_kind_with_its_songs(start: str) -> None:
    answer, kind = recorded(start), LISTINGS[start]
    rows = answer["topSongs" if kind == "artist" else "list"]
    found = listings.listing(answer, kind, 1, len(rows), CDN)
    assert found.item.id == f"jiosaavn:{answer.get('artistId') or answer['id']}"
    assert found.item.thumbnail
    assert found.item.url
    assert all(agrees(track, row) for track, row in zip(found.tracks.items, rows, strict=True))
    assert found.tracks.total == (None if kind == "artist" else int(answer["list_count"]))
    assert not found.tracks.truncated
    if isinstance(found.item, Playlist):
        assert found.item.owner == "JioSaavn"
    if isinstance(found.item, Album):
        assert found.item.artists
        assert found.item.year == int(answer["year"])


@pytest.mark.parametrize(
    ("kind", "made", "least"), [("album", Album, 100), ("playlist", Playlist, 40), ("artist", Artist, 1)]
)
def test_every_recorded_row_of_an_album_or_a_playlist_becomes_one(kind: Kind, made: type[Item], least: int) -> None:
    lists = [rows for file in bodies() for rows in lists_of(json.loads(file.read_bytes()))]
    rows = [row for part in lists for row in part if isinstance(row, dict) and row.get("type") == kind and "id" in row]
    named = [row for row in rows if kind != "artist" or "entity" in row]  # the other artists are credits of songs
    assert len(named) >= least
    for row in named:
        item = listings.COLLECTIONS[kind](row, CDN)
        assert isinstance(item, made)
        assert item.id == f"jiosaavn:{row['id']}"
        assert item.url or not row.get("perma_url")
        assert item.thumbnail or not row.get("image")


def test_recorded_details_are_found_by_their_ids() -> None:
    answer = recorded("song-get-details-two-songs-")
    rows = parse.song_rows(answer)
    assert [parse.song_details(answer, row["id"], CDN).native for row in rows] == [row["id"] for row in rows]


def test_the_recorded_song_of_a_token_is_that_song() -> None:
    answer = recorded("webapi-get-song-")
    assert agrees(parse.song_by_token(answer, CDN), answer["songs"][0])


@pytest.mark.parametrize("start", ["reco-get-reco-song-", "content-get-trending-songs-", "content-get-trending-all-"])
def test_recorded_recommendations_and_trends_are_their_songs(start: str) -> None:
    answer = recorded(start)
    rows = [row for row in answer if row["type"] == "song"]
    found = discovery.song_list(answer, CDN)
    assert [track.native for track in found] == [row["id"] for row in rows] != []
    assert all(agrees(track, row) for track, row in zip(found, rows, strict=True))


@pytest.mark.parametrize("start", ["content-get-trending-albums-", "content-get-trending-playlists-"])
def test_recorded_trends_of_albums_and_playlists_hold_no_song(start: str) -> None:
    assert discovery.song_list(recorded(start), CDN) == ()


def test_recorded_suggestions_name_their_songs() -> None:
    answer = recorded("autocomplete-get-kesariya-")
    songs = [row["id"] for row in answer["songs"]["data"]]
    top = [row["id"] for row in answer["topquery"]["data"] if row["type"] == "song"]
    assert discovery.suggested_ids(answer) == tuple(dict.fromkeys((*top, *songs)))


def test_the_recorded_station_plays_its_songs() -> None:
    station = recorded("webradio-create-entity-station-")["stationid"]
    assert discovery.station({"stationid": station}) == station
    single, two = (recorded(f"webradio-get-song-k-{count}-") for count in (1, 2))
    assert [track.native for track in discovery.station_songs(single, CDN)] == [single["song"]["id"]]
    assert [track.native for track in discovery.station_songs(two, CDN)] == [
        two[number]["song"]["id"] for number in ("0", "1")
    ]
