"""JioSaavn as the stand-in plays it: the shapes of its API, over real HTTP."""

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.standin import catalogue
from tests.standin.catalogue import songs
from tests.standin.client import Caller
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.rows import has_internal_link, has_singers_only
from tests.standin.process import StandIn

_V4_KEYS = (
    "id title subtitle header_desc type perma_url image language year play_count explicit_content list_count list_type"
    " list more_info button_tooltip_info"
)
_V4_MORE_KEYS = (
    "music album_id album label label_id origin is_dolby_content 320kbps encrypted_media_url encrypted_cache_url"
    " encrypted_drm_cache_url encrypted_drm_media_url album_url duration rights cache_state has_lyrics lyrics_snippet"
    " starred copyright_text artistMap release_date label_url vcode vlink triller_available request_jiotune_flag webp"
)
_V3_KEYS = (
    "id type song album year music music_id primary_artists primary_artists_id featured_artists featured_artists_id"
    " singers starring image label albumid language origin play_count copyright_text 320kbps explicit_content"
    " has_lyrics lyrics_snippet encrypted_media_url encrypted_media_path media_preview_url perma_url album_url duration"
    " rights cache_state starred artistMap release_date vcode vlink label_url triller_available webp"
)
_ESCAPED = re.compile(r"&(?:amp|quot|lt|gt|#039);")


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture(scope="module")
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def call(standin: StandIn, http: requests.Session) -> Caller:
    return Caller(standin.url, http)


def test_search_answers_rows_of_version_4(call: Caller) -> None:
    answer = call("search.getResults", q="marmalade telescope", p=1, n=3, api_version=4)
    assert set(answer) == {"total", "start", "results"}
    assert (answer["start"], len(answer["results"])) == (1, 3)
    row = answer["results"][0]
    assert set(row) == set(_V4_KEYS.split())
    assert set(row["more_info"]) == set(_V4_MORE_KEYS.split())
    assert set(row["more_info"]["artistMap"]) == {"primary_artists", "featured_artists", "artists"}
    assert (row["title"], row["more_info"]["duration"], row["play_count"]) == ("Marmalade Telescope", "213", "42000000")


def test_search_answers_rows_of_version_3_without_api_version(call: Caller) -> None:
    row = call("search.getResults", q="marmalade telescope", p=1, n=3)["results"][0]
    assert set(row) == set(_V3_KEYS.split())
    assert (row["song"], row["duration"], row["play_count"]) == ("Marmalade Telescope", "213", 42_000_000)
    assert row["artistMap"] == {"Orla Fenwright": row["primary_artists_id"]}


def test_search_pages_do_not_overlap_and_together_are_everything(call: Caller) -> None:
    total = call("search.getResults", q="love", n=5, api_version=4)["total"]
    pages = [call("search.getResults", q="love", p=page, n=5, api_version=4)["results"] for page in range(1, 5)]
    seen = [row["id"] for page in pages for row in page]
    assert total >= 10
    assert (len(seen), len(set(seen))) == (total, total)


def test_search_for_what_nobody_sings_answers_zero_results(call: Caller) -> None:
    assert call("search.getResults", q="qqqq", api_version=4) == {"total": 0, "start": 1, "results": []}


def test_the_api_can_be_asked_with_a_form(standin: StandIn, http: requests.Session) -> None:
    form = {"__call": "search.getResults", "q": "love", "api_version": "4"}
    assert http.post(f"{standin.url}/api.php", data=form).json()["total"] >= 10


def test_entities_are_escaped_exactly_once_in_every_text(call: Caller) -> None:
    row = call.row(catalogue.ENTITIES)
    assert row["title"] == "Raat &amp; Dhoop (From &quot;Chai &amp; Samosa&quot;)"
    assert row["more_info"]["album"] == "Chai &amp; Samosa - It&#039;s Showtime"
    names = [artist["name"] for artist in row["more_info"]["artistMap"]["primary_artists"]]
    assert "O&#039;Dell Street Band" in names
    for text in (row["title"], row["subtitle"], row["more_info"]["album"], *names):
        assert not _ESCAPED.search(html.unescape(text))


def test_version_3_escapes_as_version_4_does(call: Caller) -> None:
    pid = ids.pid(catalogue.ENTITIES)
    row = call("song.getDetails", pids=pid)[pid]
    assert html.unescape(row["song"]) == catalogue.ENTITIES.title
    assert "Linnet &amp; Rook, O&#039;Dell Street Band" in row["primary_artists"]


def test_details_answer_the_known_ones_of_the_ids_in_order(call: Caller) -> None:
    wanted = [ids.pid(catalogue.LONG), "-------X", ids.pid(catalogue.PLAIN)]
    rows = call("song.getDetails", pids=",".join(wanted), api_version=4)["songs"]
    assert [row["id"] for row in rows] == [wanted[0], wanted[2]]


def test_details_of_unknown_ids_are_empty_in_the_manner_of_each_version(call: Caller) -> None:
    assert call("song.getDetails", pids="-------X", api_version=4) == {"songs": []}
    assert call("song.getDetails", pids="-------X") == []


@pytest.mark.parametrize("name", ["", "song.inventHit"])
@pytest.mark.parametrize("version", ["", "4"])
def test_an_unknown_call_answers_the_error_shape(call: Caller, name: str, version: str) -> None:
    assert set(call(name, api_version=version)["error"]) == {"code", "msg"}


@pytest.mark.parametrize("name", ["search.getResults", "song.getDetails", "webapi.get"])
def test_a_call_without_its_parameter_answers_the_error_shape(call: Caller, name: str) -> None:
    assert call(name, api_version=4)["error"]["code"] == "INPUT_MISSING"


def test_odd_rows_are_odd_as_the_service_s_are(call: Caller) -> None:
    lone = call.row(next(filter(has_singers_only, songs())))["more_info"]["artistMap"]
    assert lone["primary_artists"] == []
    assert "singer" in {artist["role"] for artist in lone["artists"]}
    inner = call.row(next(filter(has_internal_link, songs())))
    assert inner["perma_url"].startswith("https://internal-site.jiosaavn.com/s/song/")
    bare = call.row(next(song for song in songs() if not ids.vcode(song)))
    assert "vcode" not in bare["more_info"]


def test_a_guest_is_a_featured_artist(call: Caller) -> None:
    people = call.row(catalogue.FEATURED)["more_info"]["artistMap"]
    assert [artist["name"] for artist in people["featured_artists"]] == list(catalogue.FEATURED.featured)


def test_explicit_and_320_are_told_in_the_types_of_each_version(call: Caller) -> None:
    row = call.row(catalogue.EXPLICIT)
    assert (row["explicit_content"], row["more_info"]["320kbps"]) == ("1", "true")
    pid = ids.pid(catalogue.NO_320)
    older = call("song.getDetails", pids=pid)[pid]
    assert (older["explicit_content"], older["320kbps"]) == (0, "false")


def test_autocomplete_suggests_without_the_media_field(call: Caller) -> None:
    answer = call("autocomplete.get", query="marmalade", api_version=4)
    assert set(answer) == {"topquery", "artists", "albums", "songs", "playlists", "shows", "episodes"}
    assert answer["topquery"]["data"][0]["title"] == "Marmalade Telescope"
    assert "encrypted_media_url" not in json.dumps(answer)
    assert call("autocomplete.get", query="marmalade")["songs"]["data"][0]["url"].startswith("http")
    assert call("autocomplete.get", query="qqqq", api_version=4)["songs"]["data"] == []


def test_a_link_token_leads_to_its_song_and_an_unknown_one_to_a_filler(call: Caller) -> None:
    row = call.row(catalogue.PLAIN)
    token = row["perma_url"].rpartition("/")[2]
    assert call("webapi.get", token=token, type="song", api_version=4)["songs"][0]["id"] == row["id"]
    assert list(call("webapi.get", token=token, type="song")) == [row["id"]]
    filler = call("webapi.get", token="12345", type="album", api_version=4)
    assert (filler["id"], filler["title"], filler["list"]) == ("0", "", [])


def test_an_album_is_found_by_token_and_by_id_with_its_songs(call: Caller) -> None:
    info = call.row(catalogue.PLAIN)["more_info"]
    token = info["album_url"].rpartition("/")[2]
    by_token = call("webapi.get", token=token, type="album", api_version=4)
    assert by_token == call("content.getAlbumDetails", albumid=info["album_id"], api_version=4)
    assert by_token["title"] == "The Marmalade Drawer"
    assert ids.pid(catalogue.PLAIN) in {row["id"] for row in by_token["list"]}
    older = call("content.getAlbumDetails", albumid=info["album_id"])
    assert (older["albumid"], older["name"], len(older["songs"])) == (by_token["id"], by_token["title"], 2)


def test_answers_are_compressed_only_for_clients_that_say_so(standin: StandIn, http: requests.Session) -> None:
    asked = {"__call": "search.getResults", "q": "love", "api_version": "4"}
    plain = http.get(f"{standin.url}/api.php", params=asked, headers={"Accept-Encoding": "identity"})
    squeezed = http.get(f"{standin.url}/api.php", params=asked, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert plain.content == squeezed.content


def test_recorded_bodies_go_before_the_catalogue_where_one_fits(http: requests.Session, tmp_path: Path) -> None:
    folder = tmp_path / "jiosaavn"
    folder.mkdir()
    parameters = {"q": "love", "api_version": "4"}
    listed = {"a.json": {"call": "search.getResults", "parameters": parameters, "kind": "recorded"}}
    (folder / "requests.json").write_text(json.dumps(listed))
    (folder / "a.json").write_text('{"total": 1, "start": 1, "results": ["as recorded"]}')
    with StandIn(recordings=tmp_path) as running:
        call = Caller(running.url, http)
        asked = {"__call": "search.getResults", **parameters}
        assert http.get(f"{running.url}/api.php", params=asked).json()["results"] == ["as recorded"]
        assert call("search.getResults", q="love", api_version=4)["total"] >= 10


def test_every_recorded_answer_is_played_back_byte_for_byte(http: requests.Session) -> None:
    if not os.environ.get("FLAKS_RECORDINGS"):
        pytest.skip("FLAKS_RECORDINGS names no folder of recorded bodies")
    recordings = Path(os.environ["FLAKS_RECORDINGS"])
    listed = json.loads((recordings / "jiosaavn" / "requests.json").read_bytes())
    recorded = {name: request for name, request in listed.items() if request.get("kind") == "recorded"}
    assert recorded
    with StandIn(recordings=recordings) as running:
        for name, request in recorded.items():
            asked = {"__call": request["call"], **request["parameters"]}
            answer = http.get(f"{running.url}/api.php", params=asked)
            assert answer.content == (recordings / "jiosaavn" / name).read_bytes()
