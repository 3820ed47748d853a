"""Embed pages as tracks, lists and tokens, whatever is missing from them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Album, AlbumRef, Artist, ArtistRef, Kind, Playlist
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceError, SourceRateLimited
from music.sources.spotify import parse_embed as parse
from music.sources.spotify.shapes import Token
from tests.music.spotify.bodies import (
    ALBUM,
    ARTIST,
    CDN,
    JSON,
    TRACK,
    cover,
    embed_list,
    embed_row,
    embed_track,
    html,
    page,
)

SESSION = {"accessToken": "abc.DEF-1_2~3", "accessTokenExpirationTimestampMs": 1_800_000_000_500, "isAnonymous": True}


def read(entity: Any, kind: Kind = "track") -> parse.EmbedPage:
    return parse.embed_page(200, page(entity, SESSION), kind)


def test_a_track_of_its_page() -> None:
    track = parse.track(read(embed_track()).entity, CDN)
    assert (track.id, track.title, track.duration) == (f"spotify:{TRACK}", "Paper Boat", 213)
    assert track.artists == (ArtistRef(ARTIST, "Linnet & Rook"), ArtistRef("", "Tobin, Son of Ash"))
    assert (track.album, track.year, track.explicit, track.language) == (None, 1998, True, "")
    assert track.thumbnail == cover(640)["url"]
    assert (track.url, track.isrc, track.handle) == (f"https://open.spotify.com/track/{TRACK}", None, "")


def test_the_page_brings_a_token_along() -> None:
    assert read(embed_track()).token == Token("abc.DEF-1_2~3", 1_800_000_000.5)


@pytest.mark.parametrize("end", [{}, {"expiresAtMs": 1}, {"accessTokenExpirationTimestampMs": "soon"}])
def test_a_token_whose_end_cannot_be_read_is_one_all_the_same(end: dict[str, Any]) -> None:
    session = {"accessToken": SESSION["accessToken"], **end}
    assert parse.embed_page(200, page(embed_track(), session), "track").token == Token("abc.DEF-1_2~3", 0.0)


@pytest.mark.parametrize(
    "session",
    [None, {}, {"accessToken": ""}, {"accessToken": "two\r\nlines"}, {"accessToken": 7}, {"accessToken": "x" * 5000}],
)
def test_a_page_without_a_usable_token_has_none(session: Any) -> None:
    assert parse.embed_page(200, page(embed_track(), session), "track").token is None


def test_a_token_is_not_shown_in_a_log() -> None:
    assert "abc" not in repr(read(embed_track()))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b"", NotFound),
        (400, b"", NotFound),
        (410, b"", NotFound),
        (403, b"<h1>Error 403 URL Blocked</h1>", SourceBlocked),
        (451, b"", SourceBlocked),
        (302, b"", BadAnswer),
        (503, b"", BadAnswer),
        (200, b"", BadAnswer),
        (200, b"<html><title>A page</title></html>", BadAnswer),
        (200, b"<HTML><HEAD>\n<TITLE>Access Denied</TITLE>", SourceBlocked),
        (200, b'<script id="__NEXT_DATA__" type="application/json">{"props":', BadAnswer),
        (200, b'<script id="__NEXT_DATA__" type="application/json">{"props":</script>', BadAnswer),
        (200, b'<script id="__NEXT_DATA__"></script>', BadAnswer),
        (200, html([]), BadAnswer),
        (200, html({"props": {"pageProps": 7}}), BadAnswer),
        (200, page(None), BadAnswer),
        (200, page([]), BadAnswer),
        (200, page(None, status=404), NotFound),
        (200, page(None, forbiddenReason="private"), NotFound),
        (200, page(None, status=429), SourceRateLimited),
        (200, page(None, status=503), BadAnswer),
        (200, page(embed_list("album")), NotFound),
        (200, page(embed_track(type="episode")), NotFound),
    ],
)
def test_what_is_no_page_of_a_track_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse.embed_page(status, body, "track")


def test_a_hollow_track_is_not_found() -> None:
    with pytest.raises(NotFound):
        parse.track(embed_track(name="", title="", artists=[]), CDN)


@pytest.mark.parametrize("changes", [{"artists": []}, {"duration": 0}, {"uri": "x"}, {"name": None, "title": None}])
def test_a_track_without_the_essentials_is_a_bad_answer(changes: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer, match="no "):
        parse.track(embed_track(**changes), CDN)


def test_the_artists_of_a_row_are_parted_where_the_service_joins_them() -> None:
    assert parse.row_track(embed_row(), CDN).artists == (
        ArtistRef("", "Linnet & Rook"),
        ArtistRef("", "Tobin, Son of Ash"),
    )


def test_an_album_and_its_tracks_name_the_album() -> None:
    shown = parse.collection(read(embed_list("album"), "album").entity, "album", CDN)
    assert isinstance(shown.item, Album)
    assert (shown.item.title, shown.item.artist, shown.item.total) == ("Boats of All Sizes", "Juno Marchbanks", 2)
    track = shown.listing(1, 10).tracks.items[0]
    assert (track.album, track.thumbnail) == (AlbumRef(ALBUM, "Boats of All Sizes"), cover(640)["url"])


def test_an_album_is_explicit_where_a_row_is() -> None:
    shown = parse.collection(embed_list("album", trackList=[embed_row(), embed_row(isExplicit=True)]), "album", CDN)
    assert isinstance(shown.item, Album)
    assert shown.item.explicit


def test_a_playlist_names_its_owner() -> None:
    shown = parse.collection(embed_list(), "playlist", CDN)
    assert isinstance(shown.item, Playlist)
    assert (shown.item.owner, shown.item.total, shown.item.thumbnail) == ("Juno Marchbanks", 2, cover(640)["url"])


def test_an_artist_has_the_top_songs() -> None:
    listing = parse.collection(embed_list("artist", rows=10), "artist", CDN).listing(2, 4)
    assert isinstance(listing.item, Artist)
    assert (len(listing.tracks.items), listing.tracks.total, listing.tracks.has_more) == (4, 10, True)


def test_a_cover_is_found_in_the_older_place_too() -> None:
    entity = embed_list(visualIdentity=None, coverArt={"sources": [cover()]})
    assert parse.collection(entity, "playlist", CDN).item.thumbnail == cover()["url"]


@pytest.mark.parametrize(
    ("rows", "page", "given", "total", "has_more", "truncated"),
    [
        (0, 1, 0, 0, False, False),
        (49, 1, 20, 49, True, False),
        (49, 3, 9, 49, False, False),
        (49, 4, 0, 49, False, False),
        (50, 1, 20, None, True, True),
        (50, 3, 10, None, False, True),
        (100, 5, 20, None, False, True),
    ],
)
def test_a_list_as_long_as_a_page_can_show_may_go_on(
    rows: int, page: int, given: int, total: int | None, has_more: bool, truncated: bool
) -> None:
    listing = parse.collection(embed_list(rows=rows), "playlist", CDN).listing(page, 20)
    tracks = listing.tracks
    assert (len(tracks.items), tracks.total, tracks.has_more, tracks.truncated) == (given, total, has_more, truncated)
    assert isinstance(listing.item, Playlist)
    assert listing.item.total == total


def test_rows_that_are_no_tracks_are_left_out_and_counted() -> None:
    others = [
        None,
        3,
        {},
        embed_row(uri=f"spotify:episode:{TRACK}"),
        embed_row(uri="spotify:local:a:b:c:1"),
        embed_row(subtitle=""),
    ]
    tracks = parse.collection(embed_list(trackList=[*others, embed_row()]), "playlist", CDN).listing(1, 20).tracks
    assert (len(tracks.items), tracks.total) == (1, 7)


@pytest.mark.parametrize("changes", [{"trackList": None}, {"trackList": {}}, {"name": "", "title": ""}, {"uri": "x"}])
def test_a_list_of_another_shape_is_a_bad_answer(changes: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer):
        parse.collection(embed_list(**changes), "playlist", CDN)


def test_endless_text_is_cut() -> None:
    people = [{"name": f"{number} " + "y" * 5000} for number in range(500)]
    track = parse.track(embed_track(name="x" * 10**6, artists=people), CDN)
    assert (len(track.title), len(track.artists)) == (300, 20)
    row = parse.row_track(embed_row(subtitle=",\u00a0".join(["z" * 900] * 500)), CDN)
    assert len(row.artists) <= 20
    assert all(len(artist.name) <= 200 for artist in (*track.artists, *row.artists))


def test_many_openings_without_an_end_are_read_in_one_go() -> None:
    with pytest.raises(BadAnswer):
        parse.embed_page(200, b'<script id="__NEXT_DATA__">' * 100_000 + b"<script " * 100_000, "track")


FIELDS = st.dictionaries(st.sampled_from([*embed_track(), *embed_list(), "coverArt"]), JSON)


@given(FIELDS, st.sampled_from(["track", "album", "playlist", "artist"]))
def test_no_page_makes_the_parser_raise_anything_else(changes: dict[str, Any], kind: Kind) -> None:
    entity = (embed_track() if kind == "track" else embed_list(kind)) | changes
    with suppress(SourceError):
        found = read(entity, kind).entity
        if kind == "track":
            assert parse.track(found, CDN).title
        else:
            assert parse.collection(found, kind, CDN).listing(1, 5).item.id.startswith("spotify:")


@given(JSON)
def test_no_row_makes_the_parser_raise_anything_else(value: Any) -> None:
    for field in embed_row():
        entity = embed_list(trackList=[embed_row(**{field: value}), value])
        tracks = parse.collection(entity, "playlist", CDN).listing(1, 5).tracks.items
        assert all(track.title and track.artist and track.duration for track in tracks)


@given(st.integers(100, 599), st.binary(max_size=200), JSON)
def test_no_body_makes_the_reader_raise_anything_else(status: int, body: bytes, data: Any) -> None:
    for made in (body, html(data), html({"props": {"pageProps": data}}), page(data, data)):
        with suppress(SourceError):
            assert parse.embed_page(status, made, "track").entity["type"] == "track"
