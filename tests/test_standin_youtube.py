"""The stand-in's YouTube: what its answers say, and that the installed ytmusicapi and yt-dlp are led through it."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from ytmusicapi import YTMusic

from music.sources.youtube.neighbours import unchanged
from tests.standin import catalogue
from tests.standin.messages import Request
from tests.standin.process import StandIn
from tests.standin.youtube import ids, media, pages, shelf, specials
from tests.standin.youtube.addresses import SERVICE
from tests.standin.youtube.asked import BadToken, Call, read_token, token
from tests.standin.youtube.recorded import Recorded

with unchanged():
    import yt_dlp

PLAIN = catalogue.PLAIN
LEAN = {"player_client": ["visionos"], "player_skip": ["webpage", "configs", "js"], "skip": ["hls", "dash"]}
MANY = "ki ke se wali"  # words of half of the Hindi songs
Json = dict[str, Any]


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture
def session(standin: StandIn) -> Iterator[requests.Session]:
    """A session through the stand-in's tunnel, which trusts its authority."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(standin.ca_file)
        session.proxies = {"https": standin.url}
        yield session


@pytest.fixture
def music(session: requests.Session) -> YTMusic:
    return YTMusic(requests_session=session)


def player(session: requests.Session, video: str, client: str = "VISIONOS") -> Json:
    """What an app is told of a video."""
    body = {"context": {"client": {"clientName": client}}, "videoId": video}
    answer: Json = session.post("https://www.youtube.com/youtubei/v1/player", json=body).json()
    return answer


def audio(session: requests.Session, video: str, place: int = -1) -> str:
    """The address of a file."""
    return str(player(session, video)["streamingData"]["adaptiveFormats"][place]["url"])


@pytest.fixture(autouse=True)
def _visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    # The page from which ytmusicapi would take it is none of the API, and is not played.
    monkeypatch.setattr("ytmusicapi.ytmusic.get_visitor_id", lambda _: {"X-Goog-Visitor-Id": "stand-in"})


def test_the_installed_ytmusicapi_reads_its_search(music: YTMusic) -> None:
    row = music.search(PLAIN.title, filter="songs", limit=20)[0]
    assert (row["videoId"], row["title"], row["duration_seconds"]) == (ids.track_id(PLAIN), PLAIN.title, PLAIN.duration)
    assert row["artists"] == [{"name": PLAIN.artists[0], "id": ids.artist_id(PLAIN.artists[0])}]
    assert row["album"] == {"name": PLAIN.album.title, "id": ids.album_id(PLAIN.album)}
    assert len(music.search(MANY, filter="songs", limit=40)) == 40
    assert music.search("qqqq zzzz", filter="songs") == []


def test_the_installed_ytmusicapi_reads_its_pages(music: YTMusic) -> None:
    album = music.get_album(ids.album_id(PLAIN.album))
    assert (album["title"], album["trackCount"], album["year"]) == (PLAIN.album.title, 2, "2019")
    assert album["audioPlaylistId"] == ids.album_list_id(PLAIN.album)
    playlist = music.get_playlist(shelf.endless().id, limit=150)
    assert (playlist["trackCount"], len(playlist["tracks"])) == (10_000, 300)
    artist = music.get_artist(ids.artist_id(PLAIN.artists[0]))
    assert artist["name"] == PLAIN.artists[0]
    assert artist["songs"]["browseId"] == f"VL{ids.artist_list_id(PLAIN.artists[0])}"


def test_the_installed_ytmusicapi_reads_what_plays_next(music: YTMusic) -> None:
    tracks = music.get_watch_playlist(ids.track_id(PLAIN))["tracks"]
    assert isinstance(tracks, list)
    assert (tracks[0]["videoId"], tracks[0]["length"], len(tracks)) == (ids.track_id(PLAIN), "3:33", 50)


def test_the_installed_yt_dlp_finds_the_audio(standin: StandIn) -> None:
    options = {
        "quiet": True,
        "proxy": standin.url,
        "nocheckcertificate": True,
        "js_runtimes": {},
        "extractor_args": {"youtube": LEAN},
    }
    with yt_dlp.YoutubeDL(options, auto_init=False) as downloader:
        downloader.add_info_extractor(downloader.get_info_extractor("Youtube"))
        info = downloader.extract_info(f"https://www.youtube.com/watch?v={ids.track_id(PLAIN)}", download=False)
    assert (info["title"], info["duration"]) == (PLAIN.title, PLAIN.duration)
    assert [each["format_id"] for each in info["formats"]] == ["139", "140"]


def test_the_audio_plays_as_long_as_the_song(session: requests.Session, tmp_path: Path) -> None:
    if not shutil.which("ffprobe"):
        pytest.skip("ffprobe is not installed")
    file = tmp_path / "song.m4a"
    answer = session.get(audio(session, ids.track_id(PLAIN)))
    assert answer.headers["Content-Type"] == "audio/mp4"
    file.write_bytes(answer.content)
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "json", str(file)]
    probed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert probed["streams"][0]["codec_name"] == "aac"
    assert abs(float(probed["format"]["duration"]) - PLAIN.duration) < 0.1


def test_a_part_of_the_audio(session: requests.Session) -> None:
    url = audio(session, ids.track_id(PLAIN))
    whole = session.get(url).content
    part = session.get(url, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, whole[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    assert session.get(url, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert session.head(url).headers["Content-Length"] == str(len(whole))


@pytest.mark.parametrize(
    ("old", "new"),
    [("ip=127.0.0.1", "ip=192.0.2.1"), ("itag=140", "itag=139"), ("sig=", "sig=0"), ("expire=1", "expire=2")],
)
def test_an_address_that_was_changed_is_refused(session: requests.Session, old: str, new: str) -> None:
    url = audio(session, ids.track_id(PLAIN))
    assert old in url
    assert session.get(url.replace(old, new)).status_code == 403


def test_an_address_ends(session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.standin.youtube.media.time.time", lambda: 1_000_000.0)
    ended = media.address(ids.track_id(PLAIN), "140", 213, 1, "https://rr1---sn-standin.googlevideo.com")
    monkeypatch.undo()
    assert int(ended.partition("expire=")[2].partition("&")[0]) < time.time()
    assert session.get(ended).status_code == 403


def test_no_other_address_of_the_media_host_holds_a_file(session: requests.Session) -> None:
    assert session.get("https://rr1---sn-standin.googlevideo.com/elsewhere").status_code == 404
    absent = media.address("A1234567890", "140", 1, 1, "https://rr1---sn-standin.googlevideo.com")
    assert session.get(absent).status_code == 404


@pytest.mark.parametrize("special", specials.SPECIALS.values(), ids=lambda special: special.title)
def test_each_made_up_video_is_told_as_it_is(session: requests.Session, special: specials.Special) -> None:
    state = player(session, special.id).get("playabilityStatus", {})
    if special is specials.KIDS:
        assert state == {"status": "UNPLAYABLE", "reason": "This video is not available"}
        assert player(session, special.id, "WEB_EMBEDDED_PLAYER")["playabilityStatus"]["status"] == "OK"
    elif special is specials.SHAPE:
        assert state == {}
    else:
        assert (state["status"], state.get("reason", "")) == (special.status, special.reason)


def test_an_unknown_video_is_unavailable(session: requests.Session) -> None:
    assert player(session, "A1234567890")["playabilityStatus"] == {"status": "ERROR", "reason": "Video unavailable"}


@pytest.mark.parametrize(
    ("video", "status"),
    [(ids.track_id(PLAIN), 200), (specials.OFF_MUSIC.id, 200), (specials.PRIVATE.id, 403), ("A1234567890", 404)],
)
def test_oembed_tells_what_there_is(session: requests.Session, video: str, status: int) -> None:
    asked = {"url": f"https://www.youtube.com/watch?v={video}", "format": "json"}
    assert session.get("https://www.youtube.com/oembed", params=asked).status_code == status


@pytest.mark.parametrize(
    ("call", "body", "status"),
    [
        ("browse", {"browseId": "VLPLnothing"}, 404),
        ("browse", {"continuation": token(list="PLnothing", start=100)}, 404),
        ("browse", {"continuation": "%%%"}, 400),
        ("search", {"continuation": token(kind="songs")}, 400),
        ("nothing", {}, 404),
    ],
)
def test_a_wrong_call_is_an_error_in_json(session: requests.Session, call: str, body: Json, status: int) -> None:
    answer = session.post(f"https://music.youtube.com/youtubei/v1/{call}", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, status)


def test_a_body_that_is_no_json_is_an_error(session: requests.Session) -> None:
    answer = session.post("https://music.youtube.com/youtubei/v1/browse", data=b"not JSON")
    assert answer.status_code == 404


def test_a_token_is_read_back() -> None:
    assert read_token(token(list="x", start=100)) == {"list": "x", "start": 100}
    for wrong in ("%%%", "YWJj", "WzFd"):
        with pytest.raises(BadToken):
            read_token(wrong)


def test_covers_and_pictures_are_there(session: requests.Session) -> None:
    for url in (
        "https://lh3.googleusercontent.com/cover-the-marmalade-drawer=w544-h544-l90-rj",
        f"https://i.ytimg.com/vi/{ids.track_id(PLAIN)}/hqdefault.jpg",
    ):
        assert session.get(url).headers["Content-Type"] == "image/png"
    assert session.get("https://i.ytimg.com/elsewhere").status_code == 404


def test_asked_directly_its_answers_lead_back_to_it(standin: StandIn) -> None:
    with requests.Session() as session:
        session.trust_env = False
        body = {"context": {"client": {"clientName": "VISIONOS"}}, "videoId": ids.track_id(PLAIN)}
        answer = session.post(f"{standin.url}/youtubei/v1/player", json=body).json()
        url = answer["streamingData"]["adaptiveFormats"][0]["url"]
        assert url.startswith(f"{standin.url}/videoplayback?")
        assert session.get(url).status_code == 200


def test_faults_reach_its_parts(standin: StandIn, session: requests.Session) -> None:
    url = audio(session, ids.track_id(PLAIN))
    try:
        standin.fault("youtube", "http:429")
        post = session.post("https://www.youtube.com/youtubei/v1/visitor_id", json={})
        assert (post.status_code, session.get(url).status_code) == (429, 200)
        standin.fault("youtube", "zero", "all")
        standin.fault("youtube", "none", "api")
        assert session.get(url).status_code == 404
    finally:
        standin.clear_faults()


def test_the_service_lacks_some_songs_and_has_one_of_its_own() -> None:
    missing = [song for song in catalogue.songs() if not shelf.is_here(song)]
    assert 10 < len(missing) < len(catalogue.songs()) / 5
    assert not set(missing) & set(catalogue.NAMED)
    assert shelf.ONLY_HERE not in catalogue.songs()
    assert shelf.matching("periscope lullaby") == (shelf.ONLY_HERE,)


def test_ids_look_like_the_services_and_differ() -> None:
    natives = [ids.track_id(song) for song in shelf.songs()]
    assert len(set(natives)) == len(natives)
    assert all(len(native) == 11 for native in (*natives, *specials.SPECIALS))
    assert not set(natives) & set(specials.SPECIALS)
    assert pages.CHANNEL not in shelf.artists()


def recorded_call(video: str) -> Call:
    """What the player is asked for a video."""
    body = json.dumps({"videoId": video}).encode()
    request = Request("POST", "www.youtube.com", "www.youtube.com", "/youtubei/v1/player", "", {}, body)
    return Call("player", request, SERVICE)


def test_a_recorded_answer_goes_before_a_made_up_one(tmp_path: Path) -> None:
    folder = tmp_path / "player"
    folder.mkdir()
    listed = {"player-visionos-x.json": {"kind": "recorded", "request_body": {"videoId": "A1234567890"}}}
    (folder / "requests.json").write_text(json.dumps(listed))
    (folder / "player-visionos-x.json").write_text(json.dumps({"playerResponse": {"url": "x?expire=1&y"}}))
    found = Recorded(tmp_path).find(recorded_call("A1234567890"))
    assert found
    assert int(found["url"].removeprefix("x?expire=").removesuffix("&y")) > time.time()
    assert Recorded(tmp_path).find(recorded_call("B1234567890")) is None
    assert Recorded(None).find(recorded_call("A1234567890")) is None
