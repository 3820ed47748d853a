"""The official Web API: asked only with credentials, and only where the other ways have failed."""

from __future__ import annotations

from typing import Any

import pytest

from music.deadline import Deadline
from music.domain import Album, AlbumRef, Playlist, Track
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceRateLimited
from music.sources.spotify.addresses import Addresses, hosts_at
from music.sources.spotify.client import Spotify
from music.sources.spotify.hosts import Host
from music.sources.spotify.webapi import WebApi
from music.wire import Answer
from tests.music.spotify.conftest import Steer, paths, queries, soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids, playlists
from tests.standin.spotify.webapi import CLIENT_ID, CLIENT_SECRET


@pytest.fixture
def webapi(rest: StandIn) -> WebApi:
    hosts = hosts_at(Addresses(api=rest.url))
    return WebApi(hosts.api, hosts.accounts, CLIENT_ID, CLIENT_SECRET)


def test_it_is_not_asked_while_pathfinder_answers(official: Spotify, rest: StandIn) -> None:
    assert official.search("love", "track", 1, 5, soon()).items
    assert official.track(ids.track_id(catalogue.PLAIN), soon())
    assert official.playlist(playlists.LONG.native, 1, 5, soon()).tracks.total == 500
    assert rest.log() == []


def test_without_credentials_it_is_never_asked(apart: Spotify, standin: StandIn, rest: StandIn) -> None:
    standin.fault("spotify", "http:500")
    with pytest.raises(BadAnswer):
        apart.search("love", "track", 1, 5, soon())
    assert rest.log() == []


def test_a_search_follows_where_pathfinder_fails(official: Spotify, standin: StandIn, rest: StandIn) -> None:
    standin.fault("spotify", "http:500")
    page = official.search("marmalade telescope", "track", 1, 3, soon())
    track = page.items[0]
    assert isinstance(track, Track)
    assert (track.native, track.isrc) == (ids.track_id(catalogue.PLAIN), ids.isrc(catalogue.PLAIN))
    assert (len(page.items), page.has_more, page.truncated) == (3, True, False)
    assert paths(rest) == ["/api/token", "/v1/search"]
    official.search("love", "track", 1, 3, soon())
    assert paths(rest)[2:] == ["/v1/search"]


def test_a_search_follows_where_no_hash_is_known(official: Spotify, steer: Steer) -> None:
    steer(hashes={})
    for _ in range(2):
        assert official.search("love", "track", 1, 3, soon()).items


def searched(rest: StandIn) -> list[tuple[int, int]]:
    """Offset and limit of every search, in order."""
    asked = [entry["query"] for entry in rest.log("spotify") if entry["path"] == "/v1/search"]
    return [(int(query["offset"]), int(query["limit"])) for query in asked]


def test_a_longer_search_takes_ten_rows_a_call_and_leaves_none_out(webapi: WebApi, rest: StandIn) -> None:
    page = webapi.search("of", "track", 5, 25, soon())
    assert (len(page.items), page.truncated, page.has_more) == (25, False, True)
    assert searched(rest) == [(5, 10), (15, 10), (25, 5)]
    parts = [webapi.search("of", "track", offset, 5, soon()) for offset in range(5, 30, 5)]
    assert page.items == tuple(item for part in parts for item in part.items)


def test_a_search_that_finds_less_than_a_page_asks_no_further(webapi: WebApi, rest: StandIn) -> None:
    short = webapi.search("marmalade drawer", "album", 0, 50, soon())
    assert (short.truncated, short.has_more, len(short.items)) == (False, False, short.total)
    assert len(searched(rest)) == 1
    assert len(webapi.search("love", "track", 0, 50, soon()).items) == 12
    assert searched(rest)[1:] == [(0, 10), (10, 10)]


def test_a_search_whose_later_call_fails_gives_what_came_before_and_says_so(
    webapi: WebApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Host.get

    def fail_from_the_second_on(host: Host, path: str, deadline: Deadline, **options: Any) -> Answer:
        is_first = options["params"].get("offset") == "0"
        return ask(host, path, deadline, **options) if is_first else Answer(500, {}, b"")

    monkeypatch.setattr(Host, "get", fail_from_the_second_on)
    page = webapi.search("love", "track", 0, 50, soon())
    assert (len(page.items), page.truncated, page.has_more) == (10, True, True)
    with pytest.raises(BadAnswer):
        webapi.search("love", "track", 10, 50, soon())


def test_albums_and_artists_are_found_too(webapi: WebApi) -> None:
    album = webapi.search("marmalade drawer", "album", 0, 5, soon()).items[0]
    assert isinstance(album, Album)
    assert (album.title, album.year) == (catalogue.PLAIN.album.title, catalogue.PLAIN.album.year)
    assert webapi.search("orla fenwright", "artist", 0, 5, soon()).items[0].thumbnail
    assert webapi.search("orla fenwright", "playlist", 0, 5, soon()).items == ()


def test_a_long_playlist_follows_where_pathfinder_fails(official: Spotify, steer: Steer, rest: StandIn) -> None:
    steer(hashes={})
    for page, first in ((1, 0), (4, 60)):
        listing = official.playlist(playlists.LONG.native, page, 20, soon())
        assert isinstance(listing.item, Playlist)
        assert (listing.item.total, listing.tracks.total, listing.tracks.truncated) == (500, 500, False)
        assert [track.native for track in listing.tracks.items] == [
            ids.track_id(song) for song in playlists.LONG.entries(first, 20) if song
        ]
    assert paths(rest)[-1] == f"/v1/playlists/{playlists.LONG.native}/items"


def test_without_the_web_api_too_the_page_gives_what_it_has(official: Spotify, steer: Steer, rest: StandIn) -> None:
    steer(hashes={})
    rest.fault("spotify", "http:403")
    tracks = official.playlist(playlists.LONG.native, 1, 20, soon()).tracks
    assert (len(tracks.items), tracks.total, tracks.truncated) == (20, None, True)


def test_a_track_follows_where_its_page_fails(official: Spotify, standin: StandIn, rest: StandIn) -> None:
    standin.fault("spotify", "http:500")
    track = official.track(ids.track_id(catalogue.PLAIN), soon())
    assert (track.album, track.isrc) == (
        AlbumRef(ids.album_id(catalogue.PLAIN.album), catalogue.PLAIN.album.title),
        ids.isrc(catalogue.PLAIN),
    )
    assert queries(standin) == []
    with pytest.raises(NotFound):
        official.track("0" * 22, soon())
    rest.fault("spotify", "http:500")
    with pytest.raises(BadAnswer, match="the page"):
        official.track(ids.track_id(catalogue.PLAIN), soon())


def test_an_albums_tracks_name_the_album(webapi: WebApi) -> None:
    album = webapi.search("marmalade drawer", "album", 0, 1, soon()).items[0]
    assert isinstance(album, Album)
    listing = webapi.listing(album, 0, 50, soon())
    assert {track.album for track in listing.tracks.items} == {AlbumRef(album.id.partition(":")[2], album.title)}


def test_wrong_credentials_are_refused(rest: StandIn) -> None:
    hosts = hosts_at(Addresses(api=rest.url))
    with pytest.raises(SourceBlocked, match="credentials"):
        WebApi(hosts.api, hosts.accounts, CLIENT_ID, "wrong").search("love", "track", 0, 5, soon())


def test_an_app_whose_premium_has_lapsed_is_left_alone(
    webapi: WebApi, rest: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    webapi.search("love", "track", 0, 1, soon())
    rest.clear_log()
    lapsed = Answer(403, {}, b"Active premium subscription required for the owner of the app.")
    with monkeypatch.context() as patched:
        patched.setattr(Host, "get", lambda *_, **__: lapsed)
        with pytest.raises(SourceBlocked):
            webapi.search("love", "track", 0, 1, soon())
    with pytest.raises(SourceRateLimited, match="left alone"):
        webapi.search("love", "track", 0, 1, soon())
    assert rest.log() == []
