"""Spotify as the stand-in plays it: pages, queries, tokens, the Web API and short links, over real HTTP."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import CONTROL, ids, pathfinder, playlists, webapi

_FOLDER = os.environ.get("FLAKS_RECORDINGS")
_recorded = pytest.mark.skipif(not _FOLDER, reason="FLAKS_RECORDINGS names no folder")
_SCRIPT = re.compile(r'<script id="__NEXT_DATA__" type="application/json">(.*?)</script>', re.DOTALL)
_ALBUM, _ARTIST = ids.album_id(catalogue.PLAIN.album), ids.artist_id(catalogue.PLAIN.artists[0])
_TRACK = ids.track_id(catalogue.PLAIN)


class Visitor:
    """Asks as the documentation of the shapes says, no more."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.url = url
        self.session = session

    def page(self, path: str) -> Any:
        """The properties of an embed page."""
        answer = self.session.get(self.url + path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        found = _SCRIPT.search(answer.text)
        assert found
        return json.loads(found[1])["props"]["pageProps"]

    def entity(self, kind: str, native: str) -> Any:
        """The data of an embed page."""
        return self.page(f"/embed/{kind}/{native}")["state"]["data"]["entity"]

    def token(self) -> str:
        """A token for anonymous visitors."""
        return str(self.page(f"/embed/track/{_TRACK}")["state"]["settings"]["session"]["accessToken"])

    def query(self, operation: str, hash_: str = "", token: str = "", **variables: Any) -> requests.Response:
        """Pathfinder's answer."""
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": hash_ or pathfinder.HASHES[operation]}}
        params = {
            "operationName": operation,
            "variables": json.dumps(variables),
            "extensions": json.dumps(persisted),
        }
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        return self.session.get(f"{self.url}/pathfinder/v1/query", params=params, headers=headers)

    def app_token(self, secret: str = webapi.CLIENT_SECRET) -> requests.Response:
        """The answer to credentials."""
        form = {"grant_type": "client_credentials"}
        return self.session.post(f"{self.url}/api/token", data=form, auth=(webapi.CLIENT_ID, secret))

    def official(self, path: str, token: str = "", **params: str) -> requests.Response:
        """The Web API's answer."""
        headers = {"Authorization": f"Bearer {token or self.app_token().json()['access_token']}"}
        return self.session.get(f"{self.url}/v1/{path}", params=params, headers=headers)


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn() as started:
        yield started


@pytest.fixture
def standin(running: StandIn) -> Iterator[StandIn]:
    yield running
    running.clear_faults()


@pytest.fixture(scope="module")
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def visitor(standin: StandIn, http: requests.Session) -> Iterator[Visitor]:
    yield Visitor(standin.url, http)
    http.post(standin.url + CONTROL, json={"reset": True})


def test_the_page_of_a_track_is_that_song(visitor: Visitor) -> None:
    entity = visitor.entity("track", ids.track_id(catalogue.FEATURED))
    assert (entity["type"], entity["id"]) == ("track", ids.track_id(catalogue.FEATURED))
    assert entity["name"] == catalogue.FEATURED.title
    assert entity["duration"] // 1000 == catalogue.FEATURED.duration
    assert [artist["name"] for artist in entity["artists"]] == [
        *catalogue.FEATURED.artists,
        *catalogue.FEATURED.featured,
    ]


def test_film_songs_are_titled_in_the_services_own_style(visitor: Visitor) -> None:
    assert visitor.entity("track", ids.track_id(catalogue.ENTITIES))["name"] == 'Raat & Dhoop - From "Chai & Samosa"'


def test_the_artists_of_a_row_are_joined_by_a_space_that_does_not_break(visitor: Visitor) -> None:
    rows = visitor.entity("album", ids.album_id(catalogue.FEATURED.album))["trackList"]
    joined = ",\u00a0".join((*catalogue.FEATURED.artists, *catalogue.FEATURED.featured))
    assert joined in [row["subtitle"] for row in rows]


def test_a_playlists_page_shows_fifty_rows_at_most(visitor: Visitor) -> None:
    lengths = {one: len(visitor.entity("playlist", one.native)["trackList"]) for one in playlists.PLAYLISTS}
    assert lengths == {playlists.ORDINARY: 32, playlists.LONG: 50, playlists.HUGE: 50, playlists.EMPTY: 0}


def test_an_ordinary_playlist_holds_entries_that_are_no_songs(visitor: Visitor) -> None:
    rows = visitor.entity("playlist", playlists.ORDINARY.native)["trackList"]
    assert [row["entityType"] for row in rows].count("episode") == playlists.OTHER_ENTRIES


@pytest.mark.parametrize(
    ("kind", "native"), [("playlist", playlists.DELETED), ("track", "0" * 22), ("album", _TRACK), ("show", _TRACK)]
)
def test_what_is_not_there_is_a_page_with_a_status_in_it(visitor: Visitor, kind: str, native: str) -> None:
    assert visitor.page(f"/embed/{kind}/{native}")["status"] == 404


def test_some_songs_are_not_there(visitor: Visitor) -> None:
    share = len(ids.present()) / len(catalogue.songs())
    assert 0.8 < share < 0.97
    assert ids.is_missing(catalogue.RINGTONE)
    assert not any(ids.is_missing(song) for song in (catalogue.PLAIN, *catalogue.LOVE, *catalogue.COVERS))
    missing = next(song for song in catalogue.songs() if ids.is_missing(song))
    assert visitor.page(f"/embed/track/{ids.track_id(missing)}")["status"] == 404


def test_ids_are_22_characters_and_no_two_the_same() -> None:
    natives = [ids.track_id(song) for song in catalogue.songs()]
    assert all(re.fullmatch("[0-9A-Za-z]{22}", native) and len(ids.gid(native)) == 32 for native in natives)
    assert len(set(natives)) == len(natives)


def test_ids_that_clients_ask_for_without_a_wish_are_there(visitor: Visitor) -> None:
    assert visitor.entity("track", ids.CANARY_TRACK)["type"] == "track"
    assert visitor.entity("artist", ids.CANARY_ARTIST)["type"] == "artist"


def test_a_query_wants_a_token(visitor: Visitor) -> None:
    for token in ("nonsense", "anonymous.9.9", str(visitor.app_token().json()["access_token"])):
        answer = visitor.query("searchDesktop", token=token, searchTerm="love", offset=0, limit=1)
        assert (answer.status_code, answer.json()["error"]["status"]) == (401, 401)


def test_a_revoked_token_is_refused_and_a_new_one_taken(visitor: Visitor) -> None:
    token = visitor.token()
    assert visitor.query("getTrack", token=token, uri=f"spotify:track:{_TRACK}").status_code == 200
    visitor.session.post(visitor.url + CONTROL, json={"revoke": True})
    assert visitor.query("getTrack", token=token, uri=f"spotify:track:{_TRACK}").status_code == 401
    assert visitor.query("getTrack", uri=f"spotify:track:{_TRACK}").status_code == 200


def test_only_one_hash_of_an_operation_is_known(visitor: Visitor) -> None:
    refused = visitor.query("searchDesktop", hash_="ab" * 32, searchTerm="love", offset=0, limit=1)
    assert refused.json() == {"errors": [{"message": "PersistedQueryNotFound"}]}
    visitor.session.post(visitor.url + CONTROL, json={"hashes": {"searchDesktop": "ab" * 32}})
    assert "data" in visitor.query("searchDesktop", hash_="ab" * 32, searchTerm="love", offset=0, limit=1).json()


def test_a_search_has_its_sections_in_pages(visitor: Visitor) -> None:
    first, second = (
        visitor.query("searchDesktop", searchTerm="love", offset=offset, limit=3).json()["data"]["searchV2"]
        for offset in (0, 3)
    )
    assert {"tracksV2", "albumsV2", "artists", "playlists"} <= first.keys()
    assert first["tracksV2"]["totalCount"] == second["tracksV2"]["totalCount"]
    uris = [row["item"]["data"]["uri"] for part in (first, second) for row in part["tracksV2"]["items"]]
    assert len(set(uris)) == 6


def test_a_page_of_the_longest_playlist(visitor: Visitor) -> None:
    uri = f"spotify:playlist:{playlists.HUGE.native}"
    content = visitor.query("fetchPlaylist", uri=uri, offset=9990, limit=50).json()["data"]["playlistV2"]["content"]
    assert (content["totalCount"], len(content["items"])) == (10_000, 10)


@pytest.mark.parametrize("operation", ["getTrack", "getAlbum", "fetchPlaylist", "queryArtistOverview"])
def test_a_query_for_what_is_not_there_has_a_hollow_union(visitor: Visitor, operation: str) -> None:
    (union,) = visitor.query(operation, uri=f"spotify:x:{'0' * 22}").json()["data"].values()
    assert union is None or union.keys() == {"__typename", "message"}


def test_a_request_that_is_no_query_is_refused(visitor: Visitor) -> None:
    headers = {"Authorization": f"Bearer {visitor.token()}"}
    assert visitor.session.get(f"{visitor.url}/pathfinder/v1/query", headers=headers).status_code == 400


def test_the_code_of_a_recording_is_that_of_all_its_releases() -> None:
    assert ids.isrc(catalogue.ORIGINAL_RELEASE) == ids.isrc(catalogue.COMPILATION)
    assert ids.isrc(catalogue.ORIGINAL_RELEASE) != ids.isrc(catalogue.PLAIN)


def test_the_web_api_wants_credentials(visitor: Visitor) -> None:
    assert visitor.app_token().json()["expires_in"] == 3600
    refused = visitor.app_token("wrong")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_client")
    assert visitor.official("search", token=visitor.token(), q="love", type="track").status_code == 401


def test_the_web_api_finds_ten_at_most(visitor: Visitor) -> None:
    assert visitor.official("search", q="love", type="track", limit="11").json()["error"]["message"] == "Invalid limit"
    found = visitor.official("search", q="love", type="track", limit="10").json()["tracks"]
    assert (len(found["items"]), found["total"] > 10) == (10, True)
    assert found["items"][0]["external_ids"]["isrc"]
    assert visitor.official("search", q="love", type="noise", limit="1").status_code == 400


def test_the_web_api_lists_a_playlist_and_an_album(visitor: Visitor) -> None:
    listed = visitor.official(f"playlists/{playlists.ORDINARY.native}/items", limit="50").json()
    assert (listed["total"], len([row for row in listed["items"] if row["item"]])) == (32, 30)
    assert visitor.official(f"albums/{_ALBUM}/tracks").json()["total"] == len(ids.tracks_of_album()[_ALBUM])
    assert visitor.official(f"tracks/{_TRACK}").json()["name"] == catalogue.PLAIN.title
    for path in (f"playlists/{playlists.DELETED}/items", f"albums/{_TRACK}/tracks", f"tracks/{_ALBUM}"):
        assert visitor.official(path).status_code == 404


@pytest.mark.parametrize("host", ["spotify.link", "spotify.app.link"])
def test_a_short_link_redirects_to_the_services_page(visitor: Visitor, host: str) -> None:
    for kind, native in (("track", _TRACK), ("album", _ALBUM), ("playlist", playlists.LONG.native)):
        link = f"{visitor.url}/{host}/{ids.short_code(native)}"
        answer = visitor.session.get(link, allow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["Location"].startswith(f"https://open.spotify.com/{kind}/{native}?si=")
    assert visitor.session.get(f"{visitor.url}/{host}/nobody", allow_redirects=False).status_code == 404


def test_covers_are_pictures(visitor: Visitor, standin: StandIn) -> None:
    for image in visitor.entity("track", _TRACK)["visualIdentity"]["image"]:
        answer = visitor.session.get(image["url"])
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert standin.log("spotify", "image")


def test_the_real_hosts_are_played_through_the_tunnel(standin: StandIn) -> None:
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": standin.url}
        session.verify = str(standin.ca_file)
        visitor = Visitor("https://open.spotify.com", session)
        image = visitor.entity("album", _ALBUM)["visualIdentity"]["image"][0]["url"]
        assert image.startswith("https://i.scdn.co/image/")
        assert session.get(image).headers["Content-Type"] == "image/png"
        link = f"https://spotify.link/{ids.short_code(_TRACK)}"
        assert session.get(link, allow_redirects=False).status_code == 307


def test_nothing_found_is_said_in_each_interfaces_own_way(visitor: Visitor, standin: StandIn) -> None:
    token, official = visitor.token(), str(visitor.app_token().json()["access_token"])
    standin.fault("spotify", "zero")
    assert visitor.page(f"/embed/track/{_TRACK}")["status"] == 404
    found = visitor.query("searchDesktop", token=token, searchTerm="love").json()["data"]["searchV2"]["tracksV2"]
    assert found == {"items": [], "totalCount": 0}
    assert visitor.query("getTrack", token=token).json() == {"data": {"trackUnion": None}}
    assert visitor.official("search", token=official, q="love", type="track").json()["tracks"]["items"] == []


def keys_of(value: Any, at: str = "") -> Iterator[str]:
    """Every key of a body, by the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}.{name}"
            yield from keys_of(inner, f"{at}.{name}")
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, at)


def recorded(folder: str, begins: str) -> Any:
    """The recorded body whose file's name begins so."""
    return json.loads(next(Path(_FOLDER or ".", "spotify", folder).glob(f"{begins}*")).read_bytes())


@_recorded
@pytest.mark.parametrize(
    ("kind", "native"),
    [("track", _TRACK), ("album", _ALBUM), ("playlist", playlists.LONG.native), ("artist", _ARTIST)],
)
def test_a_page_holds_no_field_that_the_recorded_one_has_not(visitor: Visitor, kind: str, native: str) -> None:
    real = recorded("embed", f"embed-{kind}-")["props"]["pageProps"]["state"]["data"]["entity"]
    assert set(keys_of(visitor.entity(kind, native))) <= set(keys_of(real))


@_recorded
@pytest.mark.parametrize(
    ("operation", "begins", "variables"),
    [
        ("searchDesktop", "search-desktop-", {"searchTerm": "marmalade orla", "offset": 0, "limit": 5}),
        ("getTrack", "get-track-", {"uri": f"spotify:track:{_TRACK}"}),
        ("getAlbum", "get-album-", {"uri": f"spotify:album:{_ALBUM}", "offset": 0, "limit": 5}),
        ("fetchPlaylist", "fetch-playlist-", {"uri": f"spotify:playlist:{playlists.LONG.native}", "limit": 5}),
        ("queryArtistOverview", "query-artist-overview-", {"uri": f"spotify:artist:{_ARTIST}"}),
    ],
)
def test_an_answer_holds_no_field_that_the_recorded_one_has_not(
    visitor: Visitor, operation: str, begins: str, variables: dict[str, Any]
) -> None:
    made = visitor.query(operation, **variables).json()
    assert set(keys_of(made)) <= set(keys_of(recorded("pathfinder", begins)))


@_recorded
def test_a_track_of_the_web_api_holds_no_field_that_the_recorded_one_has_not(visitor: Visitor) -> None:
    made = visitor.official(f"tracks/{_TRACK}").json()
    assert set(keys_of(made)) <= set(keys_of(recorded("webapi", "track-bleed-")))


@_recorded
def test_recorded_bodies_are_answered_where_they_fit(http: requests.Session) -> None:
    with StandIn(recordings=Path(_FOLDER or ".")) as standin:
        visitor = Visitor(standin.url, http)
        real = recorded("embed", "embed-album-")["props"]["pageProps"]["state"]["data"]["entity"]
        assert visitor.entity("album", real["id"]) == real
        variables = {"uri": real["uri"], "locale": "", "offset": 0, "limit": 50}
        assert visitor.query("getAlbum", **variables).json() == recorded("pathfinder", "get-album-")
        assert visitor.entity("track", _TRACK)["name"] == catalogue.PLAIN.title
