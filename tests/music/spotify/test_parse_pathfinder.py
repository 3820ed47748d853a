"""Pathfinder's answers as domain objects, whatever is missing from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Album, AlbumRef, Artist, ArtistRef, Kind, Listing, Playlist, Track
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceError
from music.sources.spotify import parse_pathfinder as parse
from music.sources.spotify.shapes import BadRow
from tests.music.spotify import bodies
from tests.music.spotify.bodies import ALBUM, ARTIST, CDN, JSON, PLAYLIST, TRACK, artists, cover, found, row

UNKNOWN = b'{"errors":[{"message":"PersistedQueryNotFound"}]}'


def section(*rows: Any, total: Any = 3) -> dict[str, Any]:
    return {"items": list(rows), "totalCount": total}


def test_a_row_of_a_search_is_a_track() -> None:
    track = parse.track(row(), CDN)
    assert (track.id, track.title, track.duration) == (f"spotify:{TRACK}", "Paper Boat", 320)
    assert track.artists == (ArtistRef(ARTIST, "Linnet & Rook"),)
    assert (track.album, track.explicit, track.thumbnail) == (AlbumRef(ALBUM, "Boats"), True, cover()["url"])


def test_the_first_and_the_other_artists_are_the_artists() -> None:
    track = parse.track(row(artists=None, firstArtist=artists("Linnet"), otherArtists=artists("Rook", "Ash")), CDN)
    assert track.artist == "Linnet, Rook, Ash"


def test_a_row_of_a_playlist_has_its_length_elsewhere() -> None:
    assert parse.track(row(duration=None, trackDuration={"totalMilliseconds": 61_000}), CDN).duration == 61


@pytest.mark.parametrize(
    "changes", [{"__typename": "Episode"}, {"uri": None, "id": None}, {"name": ""}, {"artists": {}}]
)
def test_a_row_without_the_essentials_is_no_track(changes: dict[str, Any]) -> None:
    with pytest.raises(BadRow, match="no "):
        parse.track(row(**changes), CDN)


@pytest.mark.parametrize(
    ("kind", "data", "made"),
    [
        ("track", found(tracksV2=section({"item": {"data": row()}})), Track),
        ("album", found(albumsV2=section({"data": bodies.album_row()})), Album),
        ("playlist", found(playlists=section({"data": bodies.playlist_row()})), Playlist),
        ("artist", found(artists=section({"data": bodies.artist_row()})), Artist),
    ],
)
def test_each_section_gives_its_kind(kind: Kind, data: dict[str, Any], made: type) -> None:
    page = parse.search_page(data, kind, 0, 1, CDN)
    assert [type(item) for item in page.items] == [made]
    assert page.items[0].url == f"https://open.spotify.com/{kind}/{page.items[0].id.partition(':')[2]}"
    assert page.items[0].thumbnail.startswith("https://i.scdn.co/image/")
    assert (page.total, page.has_more, page.truncated) == (3, True, False)


def test_an_album_of_a_search_has_its_year_and_no_total() -> None:
    item = parse.search_page(found(albumsV2=section({"data": bodies.album_row()})), "album", 0, 1, CDN).items[0]
    assert isinstance(item, Album)
    assert (item.title, item.artist, item.year, item.total) == ("Boats", "Linnet & Rook", 2013, None)


def test_rows_of_another_type_are_left_out_of_a_search() -> None:
    rows = [None, {"data": bodies.album_row(__typename="PreRelease")}, {"data": {"__typename": "NotFound"}}]
    page = parse.search_page(found(albumsV2=section(*rows, {"data": bodies.album_row()}, total=4)), "album", 0, 4, CDN)
    assert (len(page.items), page.total, page.has_more) == (1, 4, False)


@pytest.mark.parametrize(
    "data", [{}, {"searchV2": None}, {"searchV2": []}, found(tracksV2=None), found(tracksV2={"items": None})]
)
def test_search_results_of_another_shape_are_bad(data: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer):
        parse.search_page(data, "track", 0, 10, CDN)


@pytest.mark.parametrize(
    ("total", "offset", "rows", "has_more"),
    [
        (100, 0, 10, True),
        (10, 0, 10, False),
        (100, 90, 10, False),
        (100, 20, 0, False),
        (None, 0, 10, True),
        (None, 0, 9, False),
    ],
)
def test_whether_a_list_goes_on(total: Any, offset: int, rows: int, has_more: bool) -> None:
    data = found(tracksV2=section(*[{"item": {"data": row()}}] * rows, total=total))
    page = parse.search_page(data, "track", offset, 10, CDN)
    assert (page.total, page.has_more) == (total, has_more)


def album(**changes: Any) -> dict[str, Any]:
    track = {name: value for name, value in row().items() if name not in ("albumOfTrack", "id", "__typename")}
    date = {"isoString": "1987-11-12T00:00:00Z"}
    return {"albumUnion": bodies.album_row(date=date, tracksV2=section({"track": track}, total=40)) | changes}


def playlist(**changes: Any) -> dict[str, Any]:
    content = section({"itemV2": {"data": row()}}, {"itemV2": {"data": {"__typename": "NotFound"}}}, total=500)
    return {"playlistV2": bodies.playlist_row(content=content) | changes}


def artist(**changes: Any) -> dict[str, Any]:
    top = {"topTracks": {"items": [{"track": row()}] * 10}}
    return {"artistUnion": bodies.artist_row(discography=top) | changes}


def test_an_album_lends_its_tracks_its_name_year_and_cover() -> None:
    listing = parse.album_listing(album(), 0, 1, CDN)
    assert isinstance(listing.item, Album)
    assert (listing.item.year, listing.item.total, listing.item.explicit) == (1987, 40, True)
    track = listing.tracks.items[0]
    assert (track.album, track.year, track.thumbnail) == (AlbumRef(ALBUM, "Boats"), 1987, cover(640)["url"])
    assert (listing.tracks.total, listing.tracks.has_more) == (40, True)


def test_a_page_of_a_playlist_says_how_long_the_whole_is() -> None:
    listing = parse.playlist_listing(playlist(), 498, 2, CDN)
    assert isinstance(listing.item, Playlist)
    assert (listing.item.owner, listing.item.total, listing.item.id) == ("Juno Marchbanks", 500, f"spotify:{PLAYLIST}")
    assert (len(listing.tracks.items), listing.tracks.total, listing.tracks.has_more) == (1, 500, False)


def test_an_artist_has_the_top_songs() -> None:
    listing = parse.artist_listing(artist(), 8, 4, CDN)
    assert (listing.item.id, len(listing.tracks.items)) == (f"spotify:{ARTIST}", 2)
    assert (listing.tracks.total, listing.tracks.has_more) == (10, False)


READERS: list[tuple[str, Callable[[dict[str, Any]], Listing | Track]]] = [
    ("trackUnion", lambda data: parse.track_of(data, CDN)),
    ("albumUnion", lambda data: parse.album_listing(data, 0, 5, CDN)),
    ("playlistV2", lambda data: parse.playlist_listing(data, 0, 5, CDN)),
    ("artistUnion", lambda data: parse.artist_listing(data, 0, 5, CDN)),
]


@pytest.mark.parametrize(("name", "read"), READERS)
def test_an_item_that_is_not_there_is_not_found(name: str, read: Callable[[dict[str, Any]], Listing | Track]) -> None:
    for data in ({name: None}, {}, {name: {"__typename": "NotFound"}}, {name: {"__typename": "RestrictedContent"}}):
        with pytest.raises(NotFound):
            read(data)


@pytest.mark.parametrize(("name", "read"), READERS)
def test_an_item_of_another_shape_is_bad(name: str, read: Callable[[dict[str, Any]], Listing | Track]) -> None:
    unions: list[Any] = [[], {}, {"__typename": "GenericError"}, {"name": "x"}]
    for data in (*({name: union} for union in unions), {"other": {}}):
        with pytest.raises(BadAnswer):
            read(data)


@pytest.mark.parametrize("status", [200, 400, 403, 404, 500])
def test_an_unknown_query_is_seen_whatever_the_status(status: int) -> None:
    with pytest.raises(parse.QueryUnknown):
        parse.data_of(status, UNKNOWN)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b'{"error":{"status":401}}', SourceBlocked),
        (403, b"", SourceBlocked),
        (451, b"", SourceBlocked),
        (200, b"<HTML><TITLE>Access Denied</TITLE>", SourceBlocked),
        (500, b'{"data":{}}', BadAnswer),
        (500, b"", BadAnswer),
        (302, b"", BadAnswer),
        (200, b"", BadAnswer),
        (200, b"[]", BadAnswer),
        (200, b'{"data":null}', BadAnswer),
        (200, b'{"errors":[{"message":"boom"}]}', BadAnswer),
        (200, b'{"errors":{"message":"PersistedQueryNotFound"}}', BadAnswer),
        (200, b'{"cut":', BadAnswer),
    ],
)
def test_what_is_no_answer_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error) as raised:
        parse.data_of(status, body)
    assert not isinstance(raised.value, parse.QueryUnknown)


FIELDS = st.dictionaries(
    st.sampled_from([*row(), *bodies.album_row(), *bodies.playlist_row(), *bodies.artist_row(), "content", "tracksV2"]),
    JSON,
)


@given(FIELDS)
def test_no_row_makes_the_parser_raise_anything_else(changes: dict[str, Any]) -> None:
    rows: dict[Kind, tuple[str, dict[str, Any]]] = {
        "track": ("tracksV2", {"item": {"data": row(**changes)}}),
        "album": ("albumsV2", {"data": bodies.album_row(**changes)}),
        "playlist": ("playlists", {"data": bodies.playlist_row(**changes)}),
        "artist": ("artists", {"data": bodies.artist_row(**changes)}),
    }
    for kind, (name, entry) in rows.items():
        page = parse.search_page(found(**{name: section(entry)}), kind, 0, 5, CDN)
        assert all(item.id.startswith("spotify:") for item in page.items)
        assert json.loads(json.dumps([item.url for item in page.items])) == [item.url for item in page.items]


@given(FIELDS, JSON)
def test_no_union_makes_the_parser_raise_anything_else(changes: dict[str, Any], value: Any) -> None:
    unions = album(**changes) | playlist(**changes) | artist(**changes) | {"trackUnion": row(**changes)}
    for name, read in READERS:
        for union in (unions[name], value):
            with suppress(SourceError):
                assert read({name: union})


@given(st.integers(100, 599), st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_body_makes_the_reader_raise_anything_else(status: int, body: bytes) -> None:
    with suppress(SourceError):
        assert isinstance(parse.data_of(status, body), dict)
