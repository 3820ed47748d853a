"""HTTP to the services: every call ends in time, and every answer is bounded.

A question goes over libcurl (`music/curl.py`), which is what a listener waits for several times; a song's bytes come
over a session of requests, since they are read as they arrive and may be broken off by another thread.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import DecodeError, HTTPError, ProtocolError, ReadTimeoutError
from urllib3.util import Retry

from music.curl import Bounds, Curls
from music.deadline import Deadline
from music.guard import AddressRefused, GuardedAdapter, Targets, host_port, is_loopback, origin_of
from music.sources.base import BadAnswer, SourceTimeout, SourceUnreachable
from music.wire import Answer, opening, question

MAX_BODY = 4 * 1024 * 1024
CHUNK = 64 * 1024
RECEIVE_BUFFER = 128 * 1024  # bytes, which the kernel doubles: left alone it grows to 6 MB for each song
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@dataclass(frozen=True)
class UpstreamOptions:
    """How a source is reached: its base address, the hosts of its media, its proxy, and time-outs in ms.

    `connect_ms` is for all of a connection, names and TLS included; `read_ms` for a whole answer, and for each silence
    within one that is read as it comes.
    """

    base_url: str
    media_hosts: tuple[str, ...]
    proxy: str = ""
    connect_ms: int = 3000
    read_ms: int = 5000
    connections: int = 16
    ca_file: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class OpenAnswer:
    """An answer whose body is read while it comes; has to be closed, which drops the connection."""

    def __init__(self, response: requests.Response, read_seconds: float) -> None:
        self._response, self._read_seconds = response, read_seconds
        self._lock, self._is_closed = Lock(), False
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """The body as it arrives, at most `size` bytes at a time. Raises `SourceTimeout` or `SourceUnreachable`."""
        try:
            with _translated():
                self._bound(self._read_seconds)
                while chunk := self._response.raw.read1(size, decode_content=False):
                    yield chunk
        except (OSError, ValueError, AttributeError) as error:
            raise SourceUnreachable("closed while it was read") from error

    def _bound(self, seconds: float) -> None:
        """Let each read take so long, since what was left of the call's time is not the song's; and hold little."""
        connection = getattr(self._response.raw, "_connection", None)
        if connection is not None and connection.sock is not None:
            connection.sock.settimeout(seconds)
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)

    def close(self) -> None:
        """Leave the rest of the body unread; wakes a thread that is waiting for more of it. May be called again, and
        from any thread.

        The other side is told at once: a socket that is only closed stays open while a reader still holds its file.
        """
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        raw: Any = self._response.raw
        with suppress(ValueError, RuntimeError, OSError, AttributeError, TypeError):  # it is over already
            if raw._connection is not None:  # read to its end, the connection may be another answer's by now
                raw._pool = None  # a reader who is woken sees the end, and would give it back to be used again
                raw._sock_shutdown(socket.SHUT_RDWR)
        raw.close()


class Upstream:
    """A service's HTTP: keep-alive, no environment, no cookies kept, no redirects followed, vetted addresses only.

    Raises `SourceTimeout`, `SourceUnreachable` and `BadAnswer`; no exception of requests or urllib3 leaves it.
    """

    def __init__(self, options: UpstreamOptions) -> None:
        self.base_url = options.base_url
        self.targets = _targets(options)
        self.is_proxied = bool(options.proxy)
        self._timeouts = (options.connect_ms / 1000, options.read_ms / 1000)
        self._session = _session(options)
        self._curls = Curls(self.targets.origin, options.proxy, options.ca_file, options.connections)
        self._headers = tuple((name, str(value)) for name, value in self._session.headers.items())

    def get(self, url: str, deadline: Deadline, *, limit: int = MAX_BODY, **request: Mapping[str, str]) -> Answer:
        """The answer to a GET; `request` may hold `params` and `headers`. At most `limit` bytes of body are read."""
        return self._ask(url, deadline, limit, request)

    def post(
        self,
        url: str,
        deadline: Deadline,
        *,
        data: Mapping[str, str] | bytes,
        limit: int = MAX_BODY,
        **request: Mapping[str, str],
    ) -> Answer:
        """The answer to a POST of a form, or of a body as it is; `request` may hold `params` and `headers`."""
        return self._ask(url, deadline, limit, request, data)

    def open(self, url: str, deadline: Deadline, headers: Mapping[str, str]) -> OpenAnswer:
        """The answer to a GET, its body still to come; only its head has to be there by the deadline."""
        with _translated():
            return OpenAnswer(self._opened(url, deadline, headers), self._timeouts[1])

    def _ask(
        self,
        url: str,
        deadline: Deadline,
        limit: int,
        request: Mapping[str, Mapping[str, str]],
        data: Mapping[str, str] | bytes | None = None,
    ) -> Answer:
        headers = (*self._headers, *(request.get("headers") or {}).items())
        with _translated():
            self.targets.check(url)
            asked = question(url, headers, request.get("params"), data)
        connect, read = self._timeouts_until(deadline)
        return self._curls.ask(asked, Bounds(connect, read, limit))

    def _opened(self, url: str, deadline: Deadline, headers: Mapping[str, str]) -> requests.Response:
        self.targets.check(url)
        connect, read = self._timeouts_until(deadline)
        return self._session.get_adapter(url).send(
            opening(url, (*self._headers, *headers.items())),
            stream=True,
            timeout=(min(connect, deadline.remaining() / 2), read),  # a connect may be tried twice
            proxies=self._session.proxies,
        )

    def _timeouts_until(self, deadline: Deadline) -> tuple[float, float]:
        remaining = deadline.remaining()
        if remaining <= 0:
            raise SourceTimeout("no time was left")
        connect, read = self._timeouts
        return min(connect, remaining), min(read, remaining)


@contextmanager
def _translated() -> Iterator[None]:
    """Every error of the HTTP client as one of ours."""
    try:
        yield
    except AddressRefused as error:
        raise SourceUnreachable(f"refused to connect: {error}") from error
    except (requests.Timeout, ReadTimeoutError) as error:
        raise SourceTimeout("no answer in time") from error
    except (ProtocolError, requests.exceptions.ChunkedEncodingError) as error:
        raise SourceUnreachable("the connection broke") from error
    except (DecodeError, requests.exceptions.ContentDecodingError) as error:
        raise BadAnswer("the body could not be decoded") from error
    except (requests.RequestException, HTTPError) as error:
        raise SourceUnreachable("no connection") from error
    except ValueError as error:  # of http.client, for a header that could be taken for two
        raise SourceUnreachable("not a request that can be sent") from error


def _targets(options: UpstreamOptions) -> Targets:
    base = urlsplit(options.base_url)
    host = base.hostname or ""
    origin = origin_of(base) if is_loopback(host) else ""
    return Targets((host, *options.media_hosts) if not origin else options.media_hosts, origin)


def _session(options: UpstreamOptions) -> requests.Session:
    """What holds the connections; requests go to its adapters, past all that a session does for a browser's sake."""
    session = requests.Session()
    # libcurl reads no more than these two; requests would add whatever else is installed.
    session.headers.update({"User-Agent": BROWSER, "Accept-Encoding": "gzip, deflate", **options.headers})
    let_through = {host_port(options.base_url)} if is_loopback(urlsplit(options.base_url).hostname or "") else set()
    if options.proxy:
        session.proxies = {"http": options.proxy, "https": options.proxy}
        let_through.add(host_port(options.proxy))
    # Only what never reached the service is sent again. A time-out is not: `False` raises it as it is.
    retries = Retry(None, connect=1, read=False, redirect=False, status=0, other=0, respect_retry_after_header=False)
    pools = {"pool_connections": 8, "pool_maxsize": options.connections}
    adapter = GuardedAdapter(let_through, options.ca_file, max_retries=retries, **pools)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
