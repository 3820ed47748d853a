"""The Web API's answers as domain objects, whatever is missing from them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Album, AlbumRef, Artist, ArtistRef, Kind, Playlist
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceError
from music.sources.spotify import parse_webapi as parse
from music.sources.spotify.shapes import Token
from tests.music.spotify.bodies import ALBUM, ARTIST, CDN, JSON, PLAYLIST, TRACK, cover, web_track


def paged(*rows: Any, following: str | None = None) -> dict[str, Any]:
    return {"items": list(rows), "total": 103, "next": following}


def test_a_track_has_its_album_its_year_and_its_isrc() -> None:
    track = parse.track_of(web_track(), CDN)
    assert (track.id, track.title, track.duration) == (f"spotify:{TRACK}", "Paper Boat", 156)
    assert (track.artists, track.album) == ((ArtistRef(ARTIST, "Linnet & Rook"),), AlbumRef(ALBUM, "Boats"))
    assert (track.year, track.isrc, track.thumbnail) == (2013, "QZABC2300001", cover()["url"])


def test_a_hollow_track_is_not_found() -> None:
    with pytest.raises(NotFound):
        parse.track_of(web_track(name="", duration_ms=0, artists=[{"name": ""}]), CDN)


def test_a_search_says_how_much_there_is() -> None:
    page = parse.search_page({"tracks": paged(web_track(), None, {}, following="https://x.example")}, "track", CDN)
    assert (len(page.items), page.total, page.has_more) == (1, 103, True)
    assert not parse.search_page({"tracks": paged(web_track())}, "track", CDN).has_more


@pytest.mark.parametrize(
    ("kind", "row", "made"),
    [
        (
            "album",
            {"uri": f"spotify:album:{ALBUM}", "name": "Boats", "artists": [{"name": "Rook"}], "total_tracks": 9},
            Album,
        ),
        ("playlist", {"uri": f"spotify:playlist:{PLAYLIST}", "name": "Boats", "tracks": {"total": 9}}, Playlist),
        ("artist", {"uri": f"spotify:artist:{ARTIST}", "name": "Rook", "images": [cover()]}, Artist),
    ],
)
def test_each_section_gives_its_kind(kind: Kind, row: dict[str, Any], made: type) -> None:
    page = parse.search_page({f"{kind}s": paged(row, None)}, kind, CDN)
    assert [type(item) for item in page.items] == [made]
    assert getattr(page.items[0], "total", 9) == 9


@pytest.mark.parametrize("name", ["item", "track"])
def test_a_playlist_is_read_in_its_newer_and_its_older_form(name: str) -> None:
    page = parse.tracks_page(paged({name: web_track(track=True)}, {name: None}, {"is_local": True}), CDN)
    assert (len(page.items), page.total) == (1, 103)


def test_an_album_lends_its_tracks_its_name_and_cover() -> None:
    album = Album(f"spotify:{ALBUM}", "Boats", (), 2013, "", False, "https://i.scdn.co/image/0", "", 9)
    row = {name: value for name, value in web_track().items() if name != "album"}
    track = parse.tracks_page(paged(row), CDN, album).items[0]
    assert (track.album, track.year, track.thumbnail) == (AlbumRef(ALBUM, "Boats"), 2013, "https://i.scdn.co/image/0")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b"", NotFound),
        (401, b"", SourceBlocked),
        (403, b"Active premium subscription required for the owner", SourceBlocked),
        (400, b'{"error":{"status":400,"message":"Invalid limit"}}', BadAnswer),
        (500, b"", BadAnswer),
        (200, b"<html>", BadAnswer),
        (200, b"", BadAnswer),
    ],
)
def test_what_is_no_answer_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse.answer_of(status, body)


def test_credentials_get_a_token_that_ends() -> None:
    body = b'{"access_token":"abc","token_type":"Bearer","expires_in":3600}'
    assert parse.token_of(200, body, 1000.0) == Token("abc", 4600.0)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"error":"invalid_client"}', SourceBlocked),
        (401, b"", SourceBlocked),
        (503, b"", BadAnswer),
        (200, b"[]", BadAnswer),
        (200, b'{"access_token":""}', BadAnswer),
        (200, b'{"access_token":"two\\nlines"}', BadAnswer),
        (200, b"x", BadAnswer),
    ],
)
def test_no_token_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse.token_of(status, body, 0.0)


@given(st.dictionaries(st.sampled_from([*web_track(), "images", "owner", "total_tracks", "tracks"]), JSON), JSON)
def test_no_answer_makes_the_readers_raise_anything_else(changes: dict[str, Any], value: Any) -> None:
    kinds: tuple[Kind, ...] = ("track", "album", "playlist", "artist")
    for answer in ({f"{kind}s": paged(web_track(**changes), value) for kind in kinds}, {"tracks": value}, value):
        for kind in kinds:
            with suppress(SourceError):
                assert all(item.id.startswith("spotify:") for item in parse.search_page(answer, kind, CDN).items)
    with suppress(SourceError):
        assert parse.track_of(web_track(**changes), CDN).title
    with suppress(SourceError):
        assert parse.tracks_page(value, CDN).items == ()


@given(st.integers(100, 599), st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_body_makes_the_readers_raise_anything_else(status: int, body: bytes) -> None:
    with suppress(SourceError):
        parse.answer_of(status, body)
        assert status == 200
    with suppress(SourceError):
        assert parse.token_of(status, body, 0.0).value
