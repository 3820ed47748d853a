"""What the client sends to JioSaavn, and which links it refuses from it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from music.domain import Track
from music.sources.base import BadAnswer, NotFound, NotPlayable, SourceBlocked
from music.sources.jiosaavn.client import JioSaavn
from music.upstream import Upstream
from music.wire import Answer
from tests.music.jiosaavn.conftest import calls, soon
from tests.standin import catalogue
from tests.standin.process import StandIn


def plain(client: JioSaavn) -> Track:
    found = client.search(catalogue.PLAIN.title, "track", 1, 5, soon()).items[0]
    assert isinstance(found, Track)
    return found


def test_it_asks_as_a_browser_would(client: JioSaavn, standin: StandIn) -> None:
    client.search("paper boat", "track", 2, 7, soon())
    entry = standin.log("jiosaavn")[0]
    wanted = {
        "__call": "search.getResults",
        "q": "paper boat",
        "p": "2",
        "n": "7",
        "api_version": "4",
        "_format": "json",
    }
    assert wanted.items() <= entry["query"].items()
    headers = {name.lower(): value for name, value in entry["headers"].items()}
    assert headers["user-agent"].startswith("Mozilla/5.0")
    assert headers["referer"] == "https://www.jiosaavn.com/"
    assert headers["cookie"] == "L=hindi,english"
    assert headers["connection"] == "keep-alive"


def test_a_track_by_its_id(client: JioSaavn) -> None:
    found = plain(client)
    assert client.track(found.native, soon()) == found
    with pytest.raises(NotFound):
        client.track("nobody00", soon())


def test_a_link_at_each_quality(client: JioSaavn) -> None:
    found = plain(client)
    assert [client.link(found, quality, soon()).bitrate for quality in (320, 160, 96)] == [320, 160, 96]


def test_a_track_without_media_field_is_not_playable(client: JioSaavn) -> None:
    with pytest.raises(NotPlayable):
        client.link(replace(plain(client), handle=""), 320, soon())


def test_ping_returns_where_the_canary_sings(client: JioSaavn, standin: StandIn) -> None:
    client.ping(soon())
    standin.fault("jiosaavn", "zero")
    with pytest.raises(SourceBlocked):
        client.ping(soon())


@pytest.mark.parametrize("native", ["a,b", "", "x" * 65, "../x", "nobody 0"])
def test_what_is_no_id_is_never_asked(client: JioSaavn, standin: StandIn, native: str) -> None:
    for look in (client.track, lambda native, until: client.related(native, 5, until)):
        with pytest.raises(NotFound):
            look(native, soon())
    assert calls(standin) == []


def test_an_unknown_song_is_believed_once_the_canary_sang(client: JioSaavn, standin: StandIn) -> None:
    for _ in range(2):
        with pytest.raises(NotFound):
            client.track("nobody00", soon())
    assert calls(standin) == ["song.getDetails", "search.getResults", "song.getDetails"]


def test_the_audio_behind_a_link_is_opened_in_part_and_whole(client: JioSaavn) -> None:
    link = client.link(plain(client), 96, soon())
    part = client.open(link, "bytes=4-7", soon())
    assert (part.status, b"".join(part.chunks())) == (206, b"ftyp")
    whole = client.open(link, "", soon())
    assert (whole.status, int(whole.headers["Content-Length"])) == (200, link.size)
    whole.close()


def test_a_held_link_to_elsewhere_is_never_opened(client: JioSaavn, standin: StandIn) -> None:
    link = replace(client.link(plain(client), 96, soon()), url="https://evil.example/x_96.mp4")
    standin.clear_log()
    with pytest.raises(BadAnswer):
        client.open(link, "", soon())
    assert standin.log() == []


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest_320.mp4",
        "https://evil.example/x_320.mp4",
        "https://saavncdn.com.evil.example/x_320.mp4",
        'https://aac.saavncdn.com/"; rm -rf_320.mp4',
        "file:///etc/passwd",
    ],
)
def test_a_link_to_elsewhere_is_never_asked(
    client: JioSaavn, standin: StandIn, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    found = plain(client)
    standin.clear_log()
    body = json.dumps({"auth_url": link, "status": "success"}).encode()
    monkeypatch.setattr(Upstream, "post", lambda *_, **__: Answer(200, {}, body))
    with pytest.raises(BadAnswer):
        client.link(found, 320, soon())
    assert standin.log() == []


@pytest.mark.parametrize("body", [b'{"auth_url": false, "status": "failure"}', b"[]", b'{"auth_url": 7}', b"{}"])
def test_no_issued_link_is_not_playable(client: JioSaavn, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    found = plain(client)
    monkeypatch.setattr(Upstream, "post", lambda *_, **__: Answer(200, {}, body))
    with pytest.raises(NotPlayable):
        client.link(found, 320, soon())
