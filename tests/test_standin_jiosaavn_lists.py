"""JioSaavn's albums, playlists, artists, stations and trends as the stand-in plays them, over real HTTP."""

import json
from collections.abc import Iterator

import pytest
import requests

from tests.standin import catalogue
from tests.standin.catalogue import songs
from tests.standin.client import Caller
from tests.standin.jiosaavn import ids, playlists, radio
from tests.standin.jiosaavn.found import songs_of_artist
from tests.standin.process import StandIn

_ORLA = catalogue.PLAIN.artists[0]


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def call(standin: StandIn) -> Iterator[Caller]:
    with requests.Session() as session:
        session.trust_env = False
        yield Caller(standin.url, session)


@pytest.mark.parametrize(
    ("name", "query", "wanted"),
    [
        ("search.getAlbumResults", "marmalade drawer", ids.album_id(catalogue.PLAIN.album)),
        ("search.getPlaylistResults", "lanterns tide", playlists.ORDINARY.id),
        ("search.getArtistResults", "orla fenwright", ids.artist_id(_ORLA)),
    ],
)
def test_a_search_of_each_kind_has_the_envelope_of_songs(call: Caller, name: str, query: str, wanted: str) -> None:
    answer = call(name, q=query, p=1, n=1, api_version=4)
    assert set(answer) == {"total", "start", "results"}
    assert [row["id"] for row in answer["results"]] == [wanted]
    assert call(name, q="qqqq", api_version=4)["total"] == 0
    assert call(name, api_version=4)["error"]["code"] == "INPUT_MISSING"


def test_a_playlist_is_sent_a_page_at_a_time_and_names_all_its_songs(call: Caller) -> None:
    answer = call("playlist.getDetails", listid=playlists.LONG.id, p=3, n=20, api_version=4)
    assert [row["id"] for row in answer["list"]] == [ids.pid(song) for song in playlists.LONG.songs[40:60]]
    assert (answer["list_count"], len(answer["more_info"]["contents"].split(","))) == ("500", 500)
    assert call("playlist.getDetails", listid=playlists.LONG.id, p=26, n=20, api_version=4)["list"] == []


def test_a_playlist_may_count_songs_that_it_does_not_send(call: Caller) -> None:
    answer = call("playlist.getDetails", listid=playlists.CUT.id, p=1, n=50, api_version=4)
    assert (answer["list_count"], len(answer["list"])) == ("20", 12)


def test_a_private_playlist_is_refused_and_in_no_search(call: Caller) -> None:
    assert set(call("playlist.getDetails", listid=playlists.PRIVATE.id, api_version=4)) == {"error"}
    found = call("search.getPlaylistResults", q=playlists.PRIVATE.title, n=50, api_version=4)["results"]
    assert playlists.PRIVATE.id not in [row["id"] for row in found]


def test_an_artist_s_pages_count_from_0_and_are_uncounted_but_in_version_3(call: Caller) -> None:
    wanted = [ids.pid(song) for song in songs_of_artist()[_ORLA]]
    asked: dict[str, str | int] = {"artistId": ids.artist_id(_ORLA), "n_song": 4}
    pages = [
        [row["id"] for row in call("artist.getArtistPageDetails", **asked, page=page, api_version=4)["topSongs"]]
        for page in (0, 1)
    ]
    assert pages == [wanted[:4], wanted[4:8]]
    older = call("artist.getArtistPageDetails", **asked)
    assert (older["topSongs"]["total"], len(older["topSongs"]["songs"])) == (len(wanted), 4)


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        ("album", ids.album_token(catalogue.PLAIN.album)),
        ("playlist", playlists.ORDINARY.token),
        ("artist", ids.artist_token(_ORLA)),
    ],
)
def test_a_token_leads_to_its_kind_alone(call: Caller, kind: str, token: str) -> None:
    found = call("webapi.get", token=token, type=kind, n=5, n_song=5, api_version=4)
    assert found["type"] == kind
    assert found.get("title") or found["name"]
    for other in {"song", "album", "playlist", "artist", "label"} - {kind}:
        filler = call("webapi.get", token=token, type=other, api_version=4)
        assert (filler.get("title", ""), filler.get("name", "")) == ("", "")


def test_what_trends_is_of_the_language_or_a_mix_of_kinds(call: Caller) -> None:
    tamil = call("content.getTrending", entity_type="song", entity_language="tamil", api_version=4)
    assert {row["language"] for row in tamil} == {"tamil"}
    assert {row["type"] for row in call("content.getTrending", api_version=4)} == {"song", "album", "playlist"}


def test_some_songs_have_recommendations_and_some_only_a_station(call: Caller) -> None:
    known = next(filter(radio.has_recommendations, songs()))
    unknown = next(song for song in songs() if not radio.has_recommendations(song) and radio.has_station(song))
    assert len(call("reco.getreco", pid=ids.pid(known), api_version=4)) == 16
    assert call("reco.getreco", pid=ids.pid(unknown), api_version=4) == []
    seed: dict[str, str | int] = {"entity_type": "queue", "entity_id": json.dumps([ids.pid(unknown)]), "api_version": 4}
    assert call("webradio.createEntityStation", **seed, ctx="web6dot0") == {"stationid": ""}
    station = call("webradio.createEntityStation", **seed, ctx="android")["stationid"]
    asked: dict[str, str | int] = {"stationid": station, "ctx": "android", "api_version": 4}
    assert call("webradio.getSong", **asked, k=1)["song"]["id"] == ids.pid(unknown)
    assert set(call("webradio.getSong", **asked, k=3)) == {"0", "1", "2", "stationid"}


def test_covers_of_playlists_and_artists_are_pictures(standin: StandIn, call: Caller) -> None:
    rows = (
        call("search.getPlaylistResults", q="tide", n=1, api_version=4)["results"][0],
        call("search.getArtistResults", q="orla", n=1, api_version=4)["results"][0],
    )
    for row in rows:
        assert call.session.get(row["image"]).headers["Content-Type"] == "image/png"


def test_autocomplete_suggests_every_kind(call: Caller) -> None:
    answer = call("autocomplete.get", query="lanterns orla", api_version=4)
    kinds = {name: {row["type"] for row in answer[name]["data"]} for name in ("playlists", "artists", "songs")}
    assert kinds == {"playlists": {"playlist"}, "artists": {"artist"}, "songs": {"song"}}
