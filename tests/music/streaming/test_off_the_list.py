"""No request of a stream ever goes to an address off the source's list, whatever a link or a redirect says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey
from music.cache import hold_link
from music.deadline import Deadline
from music.domain import MediaLink
from music.sources import sources
from music.sources.base import BadAnswer, SourceError
from tests.music.conftest import forget_sources
from tests.music.streaming.hostile import SIZE, TRACK, WHOLE, Host, audio, host, play
from tests.music.streaming.served import await_true
from tests.standin.process import StandIn


@pytest.fixture(autouse=True)
def _sources(standin: StandIn) -> None:
    """The sources are pointed at a host by each test, and are forgotten after it."""


ATTACKS = [
    *("http://169.254.169.254/latest/meta-data/", "https://169.254.169.254/", "http://127.0.0.1:{port}/a"),
    *("http://localhost:{port}/a", "https://localhost/", "http://[::ffff:127.0.0.1]:{port}/a", "http://[::1]:{port}/"),
    *("http://2130706433:{port}/a", "http://0x7f.1:{port}/a", "http://0:{port}/", "http://127.1:{port}/"),
    *("https://aac.saavncdn.com@evil.example/a", "https://aac.saavncdn.com:443@evil.example/a"),
    *("https://aac.saavncdn.com.evil.example/a", "https://evilsaavncdn.com/a", "https://aac.saavncdn.com./a"),
    *("https://aac.saavncdn.com\\@evil.example/a", "https://evil.example\\.saavncdn.com/a", "https:\\\\evil.example/"),
    *(
        "https://аас.saavncdn.com.evil.example/a",
        "https://saavncdn。com/a",
        "https://xn--80aa0aec.example/saavncdn.com",
    ),
    *("https://evil.example/\r\nHost: aac.saavncdn.com", "https://aac.saavncdn.com\r\n.evil.example/a"),
    *("https://aac.saavncdn.com:8443/a", "http://aac.saavncdn.com/a", "https://user:word@aac.saavncdn.com/a"),
    *("https://evil.example#.saavncdn.com", "https://evil.example?.saavncdn.com", "//evil.example/a"),
    *("ftp://aac.saavncdn.com/a", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "data:audio/mp4,a", ""),
    *("https://10.0.0.1/", "https://100.64.0.1/", "https://[64:ff9b::7f00:1]/", "https://224.0.0.1/"),
]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A server that every name and every address leads to, whatever its port; it records who comes."""
    with host(audio("206 Partial Content", WHOLE, f"Content-Length: {SIZE}")) as noted:
        real = socket.getaddrinfo

        def misled(name: Any, port: Any, *rest: Any, **more: Any) -> Any:
            allowed = (name, port) == ("127.0.0.1", misled.allowed)  # type: ignore[attr-defined]
            return real(name if allowed else "127.0.0.1", port if allowed else noted.port, *rest, **more)

        misled.allowed = 0  # type: ignore[attr-defined]
        monkeypatch.setattr(socket, "getaddrinfo", misled)
        noted.misled = misled  # type: ignore[attr-defined]
        yield noted


def test_the_recorder_notes_whoever_comes_by_any_name(recorder: Host) -> None:
    """Else the tests below could not fail."""
    for name in ("evil.example", "aac.saavncdn.com", "localhost"):
        socket.create_connection((name, 443), 5).close()
    await_true(lambda: recorder.visits == 3, 5)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_link_to_elsewhere_is_not_opened(
    key: tuple[ApiKey, str], settings: Settings, recorder: Host, attack: str
) -> None:
    """Held as the service's own; names lead to the recorder, also those on the list, whose address is vetted then."""
    settings.JIOSAAVN_URL = "https://www.jiosaavn.com"
    forget_sources()
    url = attack.format(port=recorder.port)
    hold_link(TRACK, 320, MediaLink(url, 320, "audio/mp4", "aac", SIZE, None))
    token, _ = key[0].play_token(TRACK, 320, "proxy", datetime.now(UTC))
    answer = Client().get(f"/play/{token}")
    assert answer.status_code == 503
    assert (recorder.visits, recorder.asked) == (0, [])


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_redirect_to_elsewhere_is_not_followed(
    key: tuple[ApiKey, str], settings: Settings, recorder: Host, attack: str
) -> None:
    target = attack.format(port=recorder.port).encode("utf-8")

    def sends_on(connection: socket.socket, _: bytes) -> None:
        head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
        connection.sendall(head + target + b"\r\n\r\n")

    with host(sends_on) as cdn:
        recorder.misled.allowed = cdn.port  # type: ignore[attr-defined]
        assert play(key, cdn.url, settings).status_code == 503
        assert cdn.visits > 0
    assert (recorder.visits, recorder.asked) == (0, [])


@pytest.mark.parametrize("attack", ATTACKS)
def test_youtubes_media_servers_send_nobody_elsewhere(recorder: Host, settings: Settings, attack: str) -> None:
    """The one source whose media servers may send us on, to each other."""
    target = attack.format(port=recorder.port).encode("utf-8")

    def sends_on(connection: socket.socket, _: bytes) -> None:
        head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
        connection.sendall(head + target + b"\r\n\r\n")

    with host(sends_on) as cdn:
        recorder.misled.allowed = cdn.port  # type: ignore[attr-defined]
        settings.FLAKS_SOURCES, settings.YOUTUBE_URL = ["youtube"], cdn.url
        forget_sources()
        link = MediaLink(f"{cdn.url}/videoplayback", 129, "audio/mp4", "aac", SIZE, None, open_to_all=False)
        with pytest.raises(SourceError) as refused:
            sources()["youtube"].open(link, "bytes=0-9", Deadline.after(3000))
    assert isinstance(refused.value, BadAnswer) or attack == ""
    assert (recorder.visits, recorder.asked) == (0, [])


def test_a_listed_name_that_leads_to_this_machine_is_not_dialled(
    key: tuple[ApiKey, str], settings: Settings, recorder: Host
) -> None:
    """Rebinding: the name is on the list, its address is not of the open internet."""
    settings.JIOSAAVN_URL = "https://www.jiosaavn.com"
    forget_sources()
    link = MediaLink("https://aac.saavncdn.com/1/a_320.mp4", 320, "audio/mp4", "aac", SIZE, None)
    with pytest.raises(SourceError, match="refused"):
        sources()["jiosaavn"].open(link, "", Deadline.after(3000))
    assert recorder.visits == 0
