"""Media hosts that mean no good, and one that notes whoever comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey
from music.cache import hold_link
from music.domain import MediaLink
from tests.music.conftest import forget_sources

Serve = Callable[[socket.socket, bytes], None]
SONG = b"\0\0\0\x1cftypM4A " + bytes(range(256)) * 40
SIZE = len(SONG)
TRACK = "jiosaavn:M41n7Mqo"
WHOLE = f"Content-Range: bytes 0-{SIZE - 1}/{SIZE}"
REST = f"Content-Range: bytes {{first}}-{SIZE - 1}/{SIZE}"


class Host:
    """A server on loopback that hands each request to `serve`; `asked` are the requests, `visits` the connections."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.asked: list[bytes] = []
        self.visits = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client leaves as soon as it has had enough
            request = connection.recv(65536)
            self.asked.append(request)
            self._serve(connection, request)

    def close(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def host(serve: Serve) -> Iterator[Host]:
    """A host that answers so."""
    made = Host(serve)
    try:
        yield made
    finally:
        made.close()


def says(head: str, body: bytes = b"") -> Serve:
    """Answers every request with this head, its lines parted by `|`, and this body, and closes."""
    lines = head.replace("|", "\r\n")
    return lambda connection, _: connection.sendall(f"HTTP/1.1 {lines}\r\nConnection: close\r\n\r\n".encode() + body)


def audio(status: str, *headers: str, kind: str = "audio/mp4", body: bytes = SONG) -> Serve:
    """Answers as a media host does."""
    return says("|".join((status, f"Content-Type: {kind}", *headers)), body)


def play(key: tuple[ApiKey, str], url: str, settings: Settings, *, size: int | None = SIZE, asked: str = "") -> Any:
    """The answer of a carried link whose service's link is held, and leads to the host at `url`."""
    settings.JIOSAAVN_URL = url
    forget_sources()
    hold_link(TRACK, 320, MediaLink(f"{url}/1/a_320.mp4", 320, "audio/mp4", "aac", size, None))
    token, _ = key[0].play_token(TRACK, 320, "proxy", datetime.now(UTC))
    return Client().get(f"/play/{token}", headers={"Range": asked} if asked else {})
