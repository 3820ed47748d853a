"""Bytes that are left to nginx: what Flaks tells it, and what the files of `deploy/nginx` make of it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey
from music.cache import held_link
from music.streaming.places import Places
from tests.music.streaming.conftest import PathOf, heard
from tests.music.streaming.hostile import Host, Serve, host, says
from tests.music.streaming.nginx import PROGRAM, nginx
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

needs_nginx = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")

# --- What Flaks says ------------------------------------------------------------------------------------------------


def test_a_carried_link_is_handed_over_and_takes_no_place(
    path_of: PathOf, settings: Settings, places: Places, key: tuple[ApiKey, str]
) -> None:
    path = path_of(catalogue.SHORT.title)
    settings.FLAKS_ACCEL = "nginx"
    answer = Client().get(path, headers={"Range": "bytes=5-9"})
    link = held_link(f"jiosaavn:{ids.pid(catalogue.SHORT)}", 320)
    assert link is not None
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer["X-Accel-Redirect"], answer["X-Flaks-Audio"]) == ("/_flaks_audio", link.url)
    assert answer["X-Flaks-Lineage"] == key[0].lineage.hex
    assert (answer["Content-Type"], answer["X-Flaks-Agent"][:8]) == ("audio/mp4", "Mozilla/")
    assert places.running() == []


def test_head_redirects_and_refusals_are_answered_by_flaks(
    api: Client, path_of: PathOf, settings: Settings, key: tuple[ApiKey, str]
) -> None:
    path = path_of(catalogue.SHORT.title)
    redirect = api.get("/api/v1/stream", {"q": catalogue.SHORT.title}).json()["stream"]["url"]
    settings.FLAKS_ACCEL = "nginx"
    for answer in (Client().head(path), Client().get(redirect), Client().get("/play/hello")):
        assert "X-Accel-Redirect" not in answer
    ApiKey.objects.update(enabled=False)
    assert Client().get(path).status_code == 404


def test_a_source_behind_a_proxy_is_carried_here(
    api: Client, everywhere: StandIn, settings: Settings, places: Places
) -> None:
    """nginx knows no proxies, and the audio is tied to the address that asked: the proxy's."""
    stream = api.get("/api/v1/stream", {"q": f"youtube:{youtube_ids.track_id(shelf.ONLY_HERE)}"}).json()["stream"]
    settings.FLAKS_ACCEL = "nginx"
    answer = Client().get(re.sub(r"^http://testserver", "", stream["url"]))
    assert "X-Accel-Redirect" not in answer
    assert len(heard(answer)) == stream["size"]


# --- What nginx makes of it -----------------------------------------------------------------------------------------


@contextmanager
def before(folder: Path, cdn: Serve, target: str = "{cdn}/a.m4a?sig=1&x=%2F") -> Iterator[tuple[str, Host]]:
    """nginx before something that hands every request over, and the media host that is named."""
    with host(cdn) as media:
        url = target.format(cdn=media.url)
        said = f"X-Accel-Redirect: /_flaks_audio|X-Flaks-Audio: {url}|X-Flaks-Agent: An app|X-Flaks-Lineage: abc"
        typed = "Content-Type: audio/mp4|Content-Disposition: inline|Cache-Control: no-store"
        handing = says(f"200 OK|{typed}|Content-Length: 0|{said}")
        with host(handing) as flaks, nginx(folder / "nginx", flaks.url, media.url) as front:
            yield f"{front}/play/token", media


AUDIO = "206 Partial Content|Content-Type: audio/mp4|Content-Range: bytes 5-9/100|Content-Length: 5"


@needs_nginx
def test_the_media_host_sees_nothing_of_the_listener_but_the_range(tmp_path: Path) -> None:
    with before(tmp_path, says(AUDIO, b"audio")) as (link, media):
        sent = {"Cookie": "a=b", "X-API-Key": "k", "Authorization": "Bearer k", "Range": "bytes=5-9", "Referer": "r"}
        answer = requests.get(link, headers={**sent, "User-Agent": "ffmpeg"}, timeout=10)
    assert (answer.status_code, answer.content) == (206, b"audio")
    lines = media.asked[0].decode().split("\r\n")
    assert lines[0] == "GET /a.m4a?sig=1&x=%2F HTTP/1.1"
    names = {line.partition(":")[0].lower() for line in lines[1:] if line}
    assert names == {"host", "user-agent", "accept-encoding", "range"}
    assert "User-Agent: An app" in lines


@needs_nginx
def test_the_listener_sees_nothing_of_the_media_host_but_the_audio(tmp_path: Path) -> None:
    evil = "Set-Cookie: a=b|Location: http://x/|X-Accel-Redirect: /secret|Content-Disposition: attachment|Refresh: 0"
    lies = AUDIO.replace("audio/mp4", "text/html") + "|Cache-Control: public|Expires: Thu, 01 Dec 2033 16:00:00 GMT"
    with before(tmp_path, says(f"{lies}|{evil}", b"audio")) as (link, _):
        answer = requests.get(link, headers={"Range": "bytes=5-9"}, timeout=10)
    assert (answer.status_code, answer.content) == (206, b"audio")
    shown = {name.lower() for name in answer.headers}
    assert not shown & {"set-cookie", "location", "x-accel-redirect", "refresh", "x-flaks-audio", "expires"}
    said = [answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")]
    assert said == ["audio/mp4", "inline", "no-store"]


@needs_nginx
@pytest.mark.parametrize(
    "target",
    [
        *(
            "http://169.254.169.254/latest",
            "http://127.0.0.1:1/a",
            "https://evil.example/saavncdn.com/a",
            "file:///etc",
        ),
        *("http://aac.saavncdn.com/a", "https://saavncdn.com.evil.example/a", "https://evilsaavncdn.com/a"),
        *("https://aac.saavncdn.com@evil.example/a", "https://aac.saavncdn.com:8443/a", ""),
    ],
)
def test_a_host_that_is_not_on_nginxs_list_is_not_asked(tmp_path: Path, target: str) -> None:
    with before(tmp_path, says(AUDIO, b"audio"), target) as (link, media):
        assert requests.get(link, timeout=10).status_code == 503
        assert media.asked == []


@needs_nginx
@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "429 Too Many Requests", "500 Oops"])
def test_a_media_host_that_refuses_is_a_failure_with_a_code(tmp_path: Path, status: str) -> None:
    with before(tmp_path, says(f"{status}|Content-Type: text/html", b"<html>secret")) as (link, _):
        answer = requests.get(link, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert (answer.json()["code"], answer.headers["Retry-After"]) == ("sources_unavailable", "5")


def moves(location: str) -> Serve:
    """A media host that sends the first one on, and answers audio to the next."""
    asked: list[bytes] = []

    def serve(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        port = connection.getsockname()[1]
        moved = f"302 Found|Location: {location.format(cdn=f'http://127.0.0.1:{port}')}|Content-Length: 0"
        says(moved if len(asked) == 1 else AUDIO, b"" if len(asked) == 1 else b"audio")(connection, request)

    return serve


@needs_nginx
def test_a_media_host_may_send_nginx_on_to_another_of_the_list(tmp_path: Path) -> None:
    with before(tmp_path, moves("{cdn}/b")) as (link, media):
        answer = requests.get(link, headers={"Range": "bytes=5-9"}, timeout=10)
        assert (answer.status_code, answer.content) == (206, b"audio")
        assert [request.split()[1] for request in media.asked] == [b"/a.m4a?sig=1&x=%2F", b"/b"]


@needs_nginx
@pytest.mark.parametrize("location", ["http://169.254.169.254/latest", "https://evil.example/", "/b", "//127.0.0.1:1/"])
def test_and_to_nobody_else(tmp_path: Path, location: str) -> None:
    with before(tmp_path, moves(location)) as (link, media):
        answer = requests.get(link, timeout=10, allow_redirects=False)
        assert answer.status_code == 503
        assert len(media.asked) == 1


@needs_nginx
def test_nobody_reaches_the_inner_address_from_outside(tmp_path: Path) -> None:
    with before(tmp_path, says(AUDIO, b"audio")) as (link, media):
        inner = link.replace("/play/token", "/_flaks_audio")
        answer = requests.get(inner, headers={"X-Flaks-Audio": f"{media.url}/a"}, timeout=10)
        assert (answer.status_code, media.asked) == (503, [])


@needs_nginx
def test_nginx_counts_the_streams_of_a_key(tmp_path: Path) -> None:
    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: audio/mp4\r\nContent-Length: 999999999\r\n\r\n")
        while True:
            connection.sendall(bytes(65536))

    with before(tmp_path, endless) as (link, _), ExitStack() as opened:
        running = [opened.enter_context(requests.get(link, stream=True, timeout=10)) for _ in range(20)]
        assert {answer.status_code for answer in running} == {200}
        full = requests.get(link, timeout=10)
        assert (full.status_code, full.json()["code"]) == (429, "too_many_streams")
