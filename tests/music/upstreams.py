"""Services of one answer, on loopback, and how they are asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from music.upstream import Upstream, UpstreamOptions


@contextmanager
def server(serve: Callable[[socket.socket], None], seen: list[bytes] | None = None) -> Iterator[str]:
    """A server on loopback that hands each connection, its request read (and noted), to `serve`; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    request = connection.recv(65536)
                    if seen is not None:
                        seen.append(request)
                    try:
                        serve(connection)
                    except OSError:
                        continue  # the client has left, as it should

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def upstream(url: str, read_ms: int = 5000) -> Upstream:
    """The way to a service at the address, and to the hosts of its media; `read_ms` is how long it may be silent."""
    return Upstream(UpstreamOptions(url, ("saavncdn.com",), read_ms=read_ms))
