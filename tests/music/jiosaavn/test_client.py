"""What the client sends to JioSaavn, and which links it refuses from it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from music.deadline import Deadline
from music.domain import Track
from music.sources.base import BadAnswer, NotFound, NotPlayable, SourceBlocked
from music.sources.jiosaavn.client import JioSaavn, upstream_options
from music.upstream import Answer, Upstream
from tests.standin import catalogue
from tests.standin.process import StandIn


@pytest.fixture
def client(standin: StandIn) -> JioSaavn:
    return JioSaavn(Upstream(upstream_options(standin.url)), ("hindi", "english"))


def soon() -> Deadline:
    return Deadline.after(5000)


def plain(client: JioSaavn) -> Track:
    return client.search(catalogue.PLAIN.title, 1, 5, soon()).tracks[0]


def test_it_asks_as_a_browser_would(client: JioSaavn, standin: StandIn) -> None:
    client.search("paper boat", 2, 7, soon())
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
