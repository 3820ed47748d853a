"""Audio whose server sends the listener on to another: a real server on loopback that redirects."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from music.sources.base import BadAnswer
from music.sources.youtube.innertube import InnerTube, PlayerClient
from music.sources.youtube.transport import Wire, options
from music.upstream import OpenAnswer
from tests.music.youtube.conftest import soon

ELSEWHERE = {
    "/foreign": "https://media.example.net/a",
    "/plain": "http://rr1.googlevideo.com/a",
    "/inside": "http://10.0.0.1/a",
    "/file": "file:///a",
}


class Sender(BaseHTTPRequestHandler):
    """`/hops/N` sends on N times before it answers."""

    seen: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        """The audio, or the way to it."""
        self.seen.append((self.path, self.headers["Range"]))
        left = int(self.path.rpartition("/")[2]) if self.path.startswith("/hops/") else 0
        target = f"/hops/{left - 1}" if left else {**ELSEWHERE, "/broken": "http://["}.get(self.path, "")
        self.send_response(302 if target else 206)
        self.send_header("Content-Length", "5")
        if target:
            self.send_header("Location", target)
        self.end_headers()
        self.wfile.write(b"audio")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    Sender.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Sender) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def tube(origin: str) -> InnerTube:
    return InnerTube(Wire("www.youtube.com", options(origin)), PlayerClient(1, {"userAgent": "An app"}))


@pytest.mark.parametrize("hops", [0, 1, 3])
def test_it_goes_where_a_media_server_sends_it(tube: InnerTube, origin: str, hops: int) -> None:
    answer = tube.media(f"{origin}/hops/{hops}", "bytes=0-4", soon())
    assert (answer.status, b"".join(answer.chunks())) == (206, b"audio")
    answer.close()
    assert Sender.seen == [(f"/hops/{left}", "bytes=0-4") for left in range(hops, -1, -1)]


def test_it_does_not_go_on_and_on(tube: InnerTube, origin: str) -> None:
    with pytest.raises(BadAnswer):
        tube.media(f"{origin}/hops/4", "", soon())
    assert len(Sender.seen) == 4


@pytest.mark.parametrize("path", ELSEWHERE)
def test_it_goes_to_no_other_host(tube: InnerTube, origin: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    closed: list[int] = []
    monkeypatch.setattr(OpenAnswer, "close", lambda answer: closed.append(answer.status))
    with pytest.raises(BadAnswer):
        tube.media(origin + path, "", soon())
    assert closed == [302]
    assert [asked for asked, _ in Sender.seen] == [path]


def test_what_is_no_address_is_a_bad_answer(tube: InnerTube, origin: str) -> None:
    with pytest.raises(BadAnswer):
        tube.media(f"{origin}/broken", "", soon())
    assert [asked for asked, _ in Sender.seen] == ["/broken"]
