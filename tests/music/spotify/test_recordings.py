"""Every recorded body of the service becomes what it is, or the error that it should."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from music.domain import Album, Artist, Kind, Listing, Playlist, Track
from music.sources.base import BadAnswer, NotFound
from music.sources.spotify import parse_embed, parse_webapi
from music.sources.spotify import parse_pathfinder as parse
from music.sources.spotify.hosts import LONGEST, QUOTA, wait_stated
from music.wire import Answer
from tests.music.spotify.bodies import CDN, html

FOLDER = os.environ.get("FLAKS_RECORDINGS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="FLAKS_RECORDINGS names no folder")
Json = dict[str, Any]
KINDS: tuple[Kind, ...] = ("track", "album", "playlist", "artist")


def body(folder: str, begins: str) -> bytes:
    """The recorded body whose file's name begins so."""
    files = sorted(Path(FOLDER or ".", "spotify", folder).glob(f"{begins}*"))
    return files[0].read_bytes()


def native_in(uri: str) -> str:
    return uri.rpartition(":")[2]


def agrees(track: Track, row: Json, title: str, milliseconds: int, artists: list[str]) -> bool:
    """Whether the track is what the recorded row says."""
    shown = (track.native, track.title, track.duration, [artist.name for artist in track.artists])
    return shown == (native_in(row["uri"]), title, milliseconds // 1000, artists)


def names(row: Json) -> list[str]:
    return [artist["profile"]["name"] for artist in row["artists"]["items"]]


def entity(kind: str) -> Json:
    found: Json = json.loads(body("embed", f"embed-{kind}-"))["props"]["pageProps"]["state"]["data"]["entity"]
    return found


def page(kind: str, wanted: Kind) -> parse_embed.EmbedPage:
    return parse_embed.embed_page(200, html(json.loads(body("embed", f"embed-{kind}-"))), wanted)


def data(operation: str) -> Json:
    return parse.data_of(200, body("pathfinder", operation))


def test_the_page_of_a_track() -> None:
    found, row = page("track", "track"), entity("track")
    track = parse_embed.track(found.entity, CDN)
    assert agrees(track, row, row["name"], row["duration"], [artist["name"] for artist in row["artists"]])
    assert track.artists[0].id == native_in(row["artists"][0]["uri"])
    assert (track.year, track.album) == (int(row["releaseDate"]["isoString"][:4]), None)
    assert "scdn.co" in track.thumbnail or "spotifycdn.com" in track.thumbnail
    assert found.token
    assert found.token.expires_at > 1_700_000_000


@pytest.mark.parametrize(("kind", "made"), [("album", Album), ("playlist", Playlist), ("artist", Artist)])
def test_the_page_of_a_list(kind: Kind, made: type) -> None:
    row = entity(kind)
    shown = parse_embed.collection(page(kind, kind).entity, kind, CDN)
    listing = shown.listing(1, 100)
    assert type(listing.item) is made
    assert listing.item.id == f"spotify:{row['id']}"
    assert (getattr(listing.item, "title", None) or getattr(listing.item, "name", None)) == row["name"]
    assert listing.item.thumbnail.startswith("https://")
    assert len(listing.tracks.items) == len(row["trackList"])
    for track, listed in zip(listing.tracks.items, row["trackList"], strict=True):
        assert agrees(track, listed, listed["title"], listed["duration"], listed["subtitle"].split(",\u00a0"))
    assert shown.is_whole == (kind != "playlist")


@pytest.mark.parametrize("kind", ["show", "episode"])
def test_a_page_of_a_podcast_is_not_found(kind: str) -> None:
    for wanted in KINDS:
        with pytest.raises(NotFound):
            page(kind, wanted)


def test_a_search() -> None:
    sections = json.loads(body("pathfinder", "search-desktop-"))["data"]["searchV2"]
    tracks = parse.search_page(data("search-desktop-"), "track", 0, 3, CDN)
    assert (tracks.total, tracks.has_more) == (sections["tracksV2"]["totalCount"], True)
    for track, entry in zip(tracks.items, sections["tracksV2"]["items"], strict=True):
        row = entry["item"]["data"]
        assert isinstance(track, Track)
        assert agrees(track, row, row["name"], row["duration"]["totalMilliseconds"], names(row))
        assert track.album
        assert (track.album.id, track.album.title) == (row["albumOfTrack"]["id"], row["albumOfTrack"]["name"])


@pytest.mark.parametrize(("kind", "section"), [("album", "albumsV2"), ("playlist", "playlists"), ("artist", "artists")])
def test_the_other_sections_of_a_search(kind: Kind, section: str) -> None:
    rows = json.loads(body("pathfinder", "search-desktop-"))["data"]["searchV2"][section]
    found = parse.search_page(data("search-desktop-"), kind, 0, 3, CDN)
    assert found.total == rows["totalCount"]
    assert [item.id for item in found.items] == [f"spotify:{native_in(row['data']['uri'])}" for row in rows["items"]]
    assert all(item.thumbnail for item in found.items)


def test_a_track() -> None:
    track, row = (
        parse.track_of(data("get-track-"), CDN),
        json.loads(body("pathfinder", "get-track-"))["data"]["trackUnion"],
    )
    first = [artist["profile"]["name"] for artist in row["firstArtist"]["items"]]
    assert agrees(track, row, row["name"], row["duration"]["totalMilliseconds"], first)
    assert track.album
    assert (track.album.title, track.year) == (row["albumOfTrack"]["name"], row["albumOfTrack"]["date"]["year"])


def check(listing: Listing, rows: list[Json], duration: str) -> None:
    assert len(listing.tracks.items) == len(rows)
    for track, row in zip(listing.tracks.items, rows, strict=True):
        assert agrees(track, row, row["name"], row[duration]["totalMilliseconds"], names(row))
        assert track.thumbnail


def test_an_album() -> None:
    union = json.loads(body("pathfinder", "get-album-"))["data"]["albumUnion"]
    listing = parse.album_listing(data("get-album-"), 0, 50, CDN)
    assert isinstance(listing.item, Album)
    assert (listing.item.title, listing.item.artist) == (union["name"], names(union)[0])
    assert (listing.item.year, listing.item.total) == (1987, union["tracksV2"]["totalCount"])
    assert not listing.tracks.has_more
    check(listing, [entry["track"] for entry in union["tracksV2"]["items"]], "duration")


def test_a_playlist() -> None:
    union = json.loads(body("pathfinder", "fetch-playlist-"))["data"]["playlistV2"]
    listing = parse.playlist_listing(data("fetch-playlist-"), 0, 25, CDN)
    assert isinstance(listing.item, Playlist)
    assert (listing.item.title, listing.item.owner) == (union["name"], union["ownerV2"]["data"]["name"])
    assert (listing.item.total, listing.tracks.has_more) == (50, True)
    check(listing, [entry["itemV2"]["data"] for entry in union["content"]["items"]], "trackDuration")
    assert all(track.album and track.album.id for track in listing.tracks.items)


def test_an_artist() -> None:
    union = json.loads(body("pathfinder", "query-artist-overview-"))["data"]["artistUnion"]
    listing = parse.artist_listing(data("query-artist-overview-"), 0, 10, CDN)
    assert isinstance(listing.item, Artist)
    assert (listing.item.name, listing.item.id) == (union["profile"]["name"], f"spotify:{union['id']}")
    check(listing, [entry["track"] for entry in union["discography"]["topTracks"]["items"]], "duration")


def test_every_other_answer_of_pathfinder_is_refused_by_every_reader() -> None:
    folder = Path(FOLDER or ".", "spotify", "pathfinder")
    known = ("requests", "search-desktop-", "get-track-", "get-album-", "fetch-playlist-", "query-artist-overview-")
    others = [file for file in sorted(folder.glob("*.json")) if not file.name.startswith((*known, "api-", "spclient-"))]
    assert others
    for file in others:
        answer = parse.data_of(200, file.read_bytes())
        for read in (parse.album_listing, parse.playlist_listing, parse.artist_listing):
            with pytest.raises((NotFound, BadAnswer)):
                read(answer, 0, 5, CDN)
        with pytest.raises(BadAnswer):
            parse.search_page(answer, "track", 0, 5, CDN)


def test_the_web_api() -> None:
    row = json.loads(body("webapi", "track-bleed-"))
    track = parse_webapi.track_of(parse_webapi.answer_of(200, body("webapi", "track-bleed-")), CDN)
    assert agrees(track, row, row["name"], row["duration_ms"], [artist["name"] for artist in row["artists"]])
    assert (track.isrc, track.year) == (row["external_ids"]["isrc"], int(row["album"]["release_date"][:4]))
    found = parse_webapi.search_page(json.loads(body("webapi", "search-track-")), "track", CDN)
    assert (len(found.items), found.total, found.has_more) == (10, 103, True)
    albums = parse_webapi.search_page(json.loads(body("webapi", "search-album-")), "album", CDN)
    assert albums.items
    assert all(isinstance(item, Album) and item.year for item in albums.items)
    listed = parse_webapi.tracks_page(json.loads(body("webapi", "album-tracks-ncs-")), CDN)
    assert len(listed.items) == listed.total


def test_entries_of_a_playlist_that_were_taken_down_are_left_out() -> None:
    listed = json.loads(body("webapi", "playlist-"))["tracks"]
    known = [entry["track"] for entry in listed["items"] if entry["track"]["name"]]
    page_ = parse_webapi.tracks_page(listed, CDN)
    assert [track.native for track in page_.items] == [row["id"] for row in known]
    assert page_.total == len(listed["items"])


def test_both_forms_of_a_429() -> None:
    assert wait_stated(Answer(429, {"Retry-After": "86400"}, body("errors", "webapi-429-rate-")), 0) == LONGEST
    assert wait_stated(Answer(429, {}, body("errors", "webapi-429-quota-")), 0) == QUOTA
