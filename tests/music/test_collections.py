"""GET /api/v1/albums/<id>, /playlists/<id> and /artists/<id>, on every service."""

from __future__ import annotations

import pytest
from django.test import Client

from keys.models import KeyQuota
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.jiosaavn import playlists as jiosaavn_playlists
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.spotify import playlists as spotify_playlists
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

ALBUM, SINGER = catalogue.PLAIN.album, catalogue.PLAIN.artists[0]
ALBUMS = [
    f"jiosaavn:{jiosaavn_ids.album_id(ALBUM)}",
    f"spotify:{spotify_ids.album_id(ALBUM)}",
    f"youtube:{youtube_ids.album_id(ALBUM)}",
]
ARTISTS = [
    f"jiosaavn:{jiosaavn_ids.artist_id(SINGER)}",
    f"spotify:{spotify_ids.artist_id(SINGER)}",
    f"youtube:{youtube_ids.artist_id(SINGER)}",
]
LONG_LISTS = [
    (f"jiosaavn:{jiosaavn_playlists.LONG.id}", 500),
    (f"jiosaavn:{jiosaavn_playlists.ENDLESS.id}", 10_000),
    (f"spotify:{spotify_playlists.LONG.native}", 500),
    (f"spotify:{spotify_playlists.HUGE.native}", 10_000),
]
EMPTY_LISTS = [
    f"jiosaavn:{jiosaavn_playlists.EMPTY.id}",
    f"spotify:{spotify_playlists.EMPTY.native}",
    f"youtube:{shelf.EMPTY.id}",
]
GONE = [
    ("albums", "jiosaavn:99999999"),
    ("albums", "spotify:0000000000000000000000"),
    ("albums", "youtube:MPREb_nothing0000"),
    ("playlists", f"jiosaavn:{jiosaavn_playlists.PRIVATE.id}"),
    ("playlists", f"spotify:{spotify_playlists.DELETED}"),
    ("playlists", "youtube:PLnothingnothingnothing00000000000"),
    ("artists", "jiosaavn:99999999"),
    ("artists", "spotify:0000000000000000000000"),
    ("artists", "youtube:UCnothingnothingnothing0"),
]


@pytest.mark.parametrize("album", ALBUMS)
def test_an_album_and_its_tracks(api: Client, everywhere: StandIn, album: str) -> None:
    answer = api.get(f"/api/v1/albums/{album}")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["id"], body["title"], body["artist"]) == (album, ALBUM.title, SINGER)
    assert catalogue.PLAIN.title in [track["title"] for track in body["tracks"]]
    assert (body["page"], body["has_more"], body["cached"]) == (1, False, False)
    assert {"source", "artists", "year", "language", "explicit", "thumbnail", "url", "total"} <= set(body)
    assert [attempt["outcome"] for attempt in body["attempts"]] == ["ok"]


@pytest.mark.parametrize("artist", ARTISTS)
def test_an_artist_and_the_top_songs(api: Client, everywhere: StandIn, artist: str) -> None:
    body = api.get(f"/api/v1/artists/{artist}", {"limit": "5"}).json()
    assert (body["id"], body["name"]) == (artist, SINGER)
    assert 1 <= len(body["tracks"]) <= 5
    assert SINGER in body["tracks"][0]["artist"]


@pytest.mark.parametrize(("playlist", "total"), LONG_LISTS)
def test_a_long_playlist_answers_its_first_page_alone_and_says_its_total(
    api: Client, everywhere: StandIn, playlist: str, total: int
) -> None:
    api.get(f"/api/v1/playlists/{playlist}", {"limit": "10"})  # whatever a token or a cookie takes, once
    everywhere.clear_log()
    body = api.get(f"/api/v1/playlists/{playlist}", {"limit": "10"}).json()
    assert len(body["tracks"]) == 10
    assert (body["total"], body["has_more"]) == (total, True)
    assert len([entry for entry in everywhere.log() if entry["part"] == "api"]) <= 2


@pytest.mark.parametrize(("playlist", "total"), LONG_LISTS[::2])
def test_the_last_page_of_a_long_playlist_ends_it(api: Client, everywhere: StandIn, playlist: str, total: int) -> None:
    body = api.get(f"/api/v1/playlists/{playlist}", {"limit": "50", "page": "10"}).json()
    assert (len(body["tracks"]), body["has_more"], body["total"]) == (50, False, total)


@pytest.mark.parametrize("playlist", EMPTY_LISTS)
def test_an_empty_playlist_is_empty_and_no_error(api: Client, everywhere: StandIn, playlist: str) -> None:
    answer = api.get(f"/api/v1/playlists/{playlist}")
    assert answer.status_code == 200, answer.content
    assert (answer.json()["tracks"], answer.json()["has_more"]) == ([], False)


@pytest.mark.parametrize(("route", "gone"), GONE)
def test_what_is_deleted_or_private_is_not_found(api: Client, everywhere: StandIn, route: str, gone: str) -> None:
    answer = api.get(f"/api/v1/{route}/{gone}")
    assert (answer.status_code, answer.json()["code"]) in ((404, "not_found"), (404, "not_playable")), answer.content


@pytest.mark.parametrize("route", ["albums", "playlists", "artists"])
@pytest.mark.parametrize(
    ("tail", "parameter"),
    [("12345", "id"), ("deezer:1", "id"), ("jiosaavn:1?page=0", "page"), ("jiosaavn:1?limit=51", "limit")],
)
def test_bad_input_is_named_and_costs_nothing(
    api: Client, everywhere: StandIn, route: str, tail: str, parameter: str
) -> None:
    answer = api.get(f"/api/v1/{route}/{tail}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["parameter"] == parameter
    assert not KeyQuota.objects.exists()


@pytest.mark.parametrize("album", ALBUMS)
def test_a_source_that_is_blocked_is_said(api: Client, everywhere: StandIn, album: str) -> None:
    everywhere.fault(album.partition(":")[0], "http:429", "all")
    answer = api.get(f"/api/v1/albums/{album}")
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked"), answer.content
