"""Albums, playlists and artists: one page at a time, at the least cost, and what is left when a way fails."""

from __future__ import annotations

import pytest

from music.deadline import Deadline
from music.domain import Album, Artist, Listing, Playlist
from music.pools import SourcePool
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceError
from music.sources.spotify.client import Spotify
from tests.music.spotify.conftest import paths, queries, soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids, playlists

SINGER = catalogue.PLAIN.artists[0]


def natives(listing: Listing) -> list[str]:
    return [track.native for track in listing.tracks.items]


def wanted(playlist: playlists.Playlist, offset: int, limit: int) -> list[str]:
    return [ids.track_id(song) for song in playlist.entries(offset, limit) if song]


def test_an_album_is_one_request(client: Spotify, standin: StandIn) -> None:
    listing = client.album(ids.album_id(catalogue.PLAIN.album), 1, 10, soon())
    assert isinstance(listing.item, Album)
    assert (listing.item.title, listing.item.artist) == (catalogue.PLAIN.album.title, SINGER)
    assert ids.track_id(catalogue.PLAIN) in natives(listing)
    assert {track.album.title for track in listing.tracks.items if track.album} == {catalogue.PLAIN.album.title}
    assert listing.item.total == listing.tracks.total == len(listing.tracks.items)
    assert paths(standin) == [f"/embed/album/{ids.album_id(catalogue.PLAIN.album)}"]


def test_an_artist_has_the_top_songs_in_pages(client: Spotify, standin: StandIn) -> None:
    first, second = (client.artist(ids.artist_id(SINGER), page, 6, soon()) for page in (1, 2))
    assert (
        first.item
        == second.item
        == Artist(f"spotify:{ids.artist_id(SINGER)}", SINGER, first.item.thumbnail, first.item.url)
    )
    assert (len(first.tracks.items), len(second.tracks.items)) == (6, 4)
    assert (first.tracks.has_more, second.tracks.has_more, first.tracks.total) == (True, False, 10)
    assert not set(natives(first)) & set(natives(second))
    assert queries(standin) == []


def test_a_short_playlist_is_one_request_and_leaves_out_what_is_no_song(client: Spotify, standin: StandIn) -> None:
    listing = client.playlist(playlists.ORDINARY.native, 1, 50, soon())
    assert isinstance(listing.item, Playlist)
    assert (listing.item.title, listing.item.owner) == (playlists.ORDINARY.title, playlists.ORDINARY.owner)
    assert natives(listing) == wanted(playlists.ORDINARY, 0, 50)
    assert (len(natives(listing)), listing.tracks.total, listing.tracks.truncated) == (30, 32, False)
    assert paths(standin) == [f"/embed/playlist/{playlists.ORDINARY.native}"]


def test_an_empty_playlist_is_empty_and_whole(client: Spotify) -> None:
    tracks = client.playlist(playlists.EMPTY.native, 1, 20, soon()).tracks
    assert (tracks.items, tracks.total, tracks.has_more, tracks.truncated) == ((), 0, False, False)


def test_a_deleted_playlist_is_not_found_by_any_way(client: Spotify, standin: StandIn) -> None:
    for page in (1, 2):
        with pytest.raises(NotFound):
            client.playlist(playlists.DELETED, page, 20, soon())
        client.ping(soon())  # from here on a token is held, and pathfinder is asked
    assert queries(standin)


def test_a_playlist_of_500_answers_its_first_page_without_the_rest(client: Spotify, standin: StandIn) -> None:
    listing = client.playlist(playlists.LONG.native, 1, 20, soon())
    assert isinstance(listing.item, Playlist)
    assert (listing.item.total, listing.tracks.total, listing.tracks.has_more) == (500, 500, True)
    assert natives(listing) == wanted(playlists.LONG, 0, 20)
    assert all(track.album and track.thumbnail for track in listing.tracks.items)
    assert paths(standin)[0] == f"/embed/playlist/{playlists.LONG.native}"
    assert len(paths(standin)) == 3  # the page, a hash that is not known, and the one that is


def test_a_later_page_is_one_query(client: Spotify, standin: StandIn) -> None:
    client.playlist(playlists.LONG.native, 1, 50, soon())
    standin.clear_log()
    listing = client.playlist(playlists.LONG.native, 4, 50, soon())
    assert natives(listing) == wanted(playlists.LONG, 150, 50)
    assert paths(standin) == ["/pathfinder/v1/query"]


def test_a_later_page_without_a_token_takes_that_of_the_playlists_page(client: Spotify, standin: StandIn) -> None:
    assert natives(client.playlist(playlists.LONG.native, 4, 50, soon())) == wanted(playlists.LONG, 150, 50)
    assert [path for path in paths(standin) if "embed" in path] == [f"/embed/playlist/{playlists.LONG.native}"]


def test_the_last_page_of_ten_thousand_is_asked_for_alone(client: Spotify, standin: StandIn) -> None:
    listing = client.playlist(playlists.HUGE.native, 200, 50, soon())
    assert natives(listing) == wanted(playlists.HUGE, 9950, 50)
    assert (listing.tracks.total, listing.tracks.has_more) == (10_000, False)
    beyond = client.playlist(playlists.HUGE.native, 201, 50, soon()).tracks
    assert (beyond.items, beyond.total, beyond.has_more) == ((), 10_000, False)
    assert sum(entry["bytes"] for entry in standin.log("spotify")) < 200_000


@pytest.mark.parametrize("fault", ["http:403", "http:429", "http:500", "html", "empty", "zero", "reset", "truncated"])
def test_without_pathfinder_the_page_gives_what_it_has(apart: Spotify, rest: StandIn, fault: str) -> None:
    rest.fault("spotify", fault)
    near = Deadline.after(4000)
    listing = apart.playlist(playlists.LONG.native, 1, 20, near)
    assert natives(listing) == wanted(playlists.LONG, 0, 20)
    tracks = listing.tracks
    assert (tracks.total, tracks.has_more, tracks.truncated) == (None, True, True)
    assert isinstance(listing.item, Playlist)
    assert listing.item.total is None


def test_a_pathfinder_that_hangs_leaves_time_for_what_the_page_has(apart: Spotify, rest: StandIn) -> None:
    rest.fault("spotify", "hang")
    pool, deadline = SourcePool("spotify", 1), Deadline.after(3000)
    listing = pool.wait(pool.start(lambda: apart.playlist(playlists.LONG.native, 1, 20, deadline)), deadline)
    assert (len(listing.tracks.items), listing.tracks.truncated) == (20, True)


def test_without_pathfinder_a_later_page_says_that_the_list_was_cut(apart: Spotify, rest: StandIn) -> None:
    apart.ping(soon())
    rest.fault("spotify", "http:500")
    third, fourth = (apart.playlist(playlists.LONG.native, page, 20, soon()).tracks for page in (3, 4))
    assert (len(third.items), third.has_more, third.truncated) == (10, False, True)
    assert (len(fourth.items), fourth.has_more, fourth.truncated) == (0, False, True)
    whole = apart.playlist(playlists.ORDINARY.native, 2, 20, soon()).tracks
    assert (len(whole.items), whole.total, whole.truncated) == (12, 32, False)


def test_a_page_past_a_short_list_that_pathfinder_denies_is_empty(
    apart: Spotify, standin: StandIn, rest: StandIn
) -> None:
    apart.ping(soon())
    rest.fault("spotify", "zero")
    second = apart.playlist(playlists.ORDINARY.native, 2, 50, soon()).tracks
    assert (second.items, second.total, second.has_more, second.truncated) == ((), 32, False, False)
    album = apart.album(ids.album_id(catalogue.PLAIN.album), 2, 50, soon()).tracks
    assert (album.items, album.has_more) == ((), False)
    long = apart.playlist(playlists.LONG.native, 2, 20, soon()).tracks
    assert (len(long.items), long.total, long.truncated) == (20, None, True)
    standin.fault("spotify", "http:500")
    with pytest.raises(NotFound):
        apart.playlist(playlists.ORDINARY.native, 2, 50, soon())


def test_without_its_page_a_list_is_asked_of_pathfinder_while_a_token_is_held(apart: Spotify, standin: StandIn) -> None:
    apart.ping(soon())
    standin.fault("spotify", "http:500")
    album = apart.album(ids.album_id(catalogue.PLAIN.album), 1, 10, soon())
    assert isinstance(album.item, Album)
    assert album.item.year == catalogue.PLAIN.album.year
    assert ids.track_id(catalogue.PLAIN) in natives(album)
    assert natives(apart.playlist(playlists.LONG.native, 1, 20, soon())) == wanted(playlists.LONG, 0, 20)
    assert len(apart.artist(ids.artist_id(SINGER), 1, 4, soon()).tracks.items) == 4
    assert apart.track(ids.track_id(catalogue.PLAIN), soon()).album
    for ask in (apart.album, apart.artist):
        with pytest.raises(NotFound):
            ask("0" * 22, 1, 5, soon())
    with pytest.raises(NotFound):
        apart.track("0" * 22, soon())


@pytest.mark.parametrize(("fault", "error"), [("http:500", BadAnswer), ("html", SourceBlocked), ("zero", NotFound)])
def test_without_page_and_token_a_list_fails_as_its_page_does(
    client: Spotify, standin: StandIn, fault: str, error: type[SourceError]
) -> None:
    standin.fault("spotify", fault)
    for ask in (client.album, client.playlist, client.artist):
        with pytest.raises(error):
            ask(playlists.LONG.native, 1, 20, soon())


def test_where_both_fail_a_track_says_why_its_page_did(client: Spotify, standin: StandIn) -> None:
    client.ping(soon())
    standin.fault("spotify", "html")
    with pytest.raises(SourceBlocked, match="firewall"):
        client.track(ids.track_id(catalogue.PLAIN), soon())
