"""Whole answers over libcurl: a short question costs it a third of what HTTP in Python costs.

Nothing of the environment is heeded, no redirect is followed, no cookie is kept. Every address is vetted when it is
dialled, and every question ends in its time, a name server's and a dripping head's included.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import certifi
import pycurl
from requests.structures import CaseInsensitiveDict

from music.guard import is_public, origin_in
from music.sources.base import BadAnswer, SourceError, SourceTimeout, SourceUnreachable
from music.wire import Answer, Question

BUFFER = 64 * 1024
BROKEN = (
    pycurl.E_GOT_NOTHING,
    pycurl.E_PARTIAL_FILE,
    pycurl.E_RECV_ERROR,
    pycurl.E_SEND_ERROR,
    pycurl.E_UNSUPPORTED_PROTOCOL,  # an answer without a head
    pycurl.E_FTP_WEIRD_SERVER_REPLY,  # libcurl's oldest name for a head that is none
    100,  # CURLE_TOO_LARGE, which pycurl has no name for: a head of over 300 KB or 5,000 lines
)
STATUS = re.compile(rb"HTTP/[0-9.]+ [0-9]{3}(?:\s|$)")
QUICK_EXIT = 322  # CURLOPT_QUICK_EXIT, likewise: else `close` waits for a name server that a question did not wait for


@dataclass(frozen=True)
class Bounds:
    """What a question may take: seconds to connect, seconds in all, and bytes of decoded body."""

    connect: float
    whole: float
    size: int


class Curls:
    """The connections to one service: handles of libcurl, each with one connection, as many as ask at once.

    `origin` (as in "http://127.0.0.1:9100") and the proxy are the operator's, and dialled wherever they are; what else
    is dialled is of the open internet. At most `kept` connections outlast their question, those used last.
    """

    def __init__(self, origin: str = "", proxy: str = "", ca_file: str = "", kept: int = 16) -> None:
        self._origin, self._proxy, self._kept = origin.lower(), proxy, kept
        self._ca_file = ca_file or certifi.where()
        self._idle: list[_Handle] = []
        self._lock = Lock()

    def ask(self, question: Question, bounds: Bounds) -> Answer:
        """The answer to a question. Raises `SourceTimeout`, `SourceUnreachable` and `BadAnswer`."""
        origin = origin_in(question.url).lower()
        handle = self._taken(origin)
        try:
            return handle.ask(question, bounds, bool(self._proxy) or origin == self._origin)
        finally:
            self._give_back(handle)

    def _taken(self, origin: str) -> _Handle:
        with self._lock:  # the last one back is the likeliest to be connected still
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place].origin == origin:
                    return self._idle.pop(place)
        return _Handle(origin, self._proxy, self._ca_file)

    def _give_back(self, handle: _Handle) -> None:
        with self._lock:
            self._idle.append(handle)
            oldest = self._idle.pop(0) if len(self._idle) > self._kept else None
        if oldest is not None:
            oldest.close()


class _Handle:
    """One handle of libcurl, for one origin, and one question at a time."""

    def __init__(self, origin: str, proxy: str, ca_file: str) -> None:
        self.origin = origin
        self._curl = pycurl.Curl()
        self._lines: list[bytes] = []
        self._chunks: list[bytes] = []
        self._dialled: list[socket.socket] = []
        self._left, self._vets, self._refused, self._has_dialled = 0, True, False, False
        for option, value in self._fixed(proxy, ca_file).items():
            self._curl.setopt(option, value)

    def _fixed(self, proxy: str, ca_file: str) -> dict[int, Any]:
        return {
            pycurl.NOSIGNAL: 1,
            QUICK_EXIT: 1,
            pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
            pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
            pycurl.PATH_AS_IS: 1,  # what was vetted is what is asked
            pycurl.PROXY: proxy,  # "" is none, whatever the environment says
            pycurl.NOPROXY: "",
            pycurl.CAINFO: ca_file,
            pycurl.PROXY_CAINFO: ca_file,
            pycurl.ACCEPT_ENCODING: "gzip, deflate",
            pycurl.BUFFERSIZE: BUFFER,
            pycurl.MAXCONNECTS: 1,
            pycurl.OPENSOCKETFUNCTION: self._dial,
            pycurl.HEADERFUNCTION: self._lines.append,
            pycurl.WRITEFUNCTION: self._write,
        }

    def ask(self, question: Question, bounds: Bounds, is_own: bool) -> Answer:
        self._left, self._vets, self._refused, self._has_dialled = bounds.size, not is_own, False, False
        try:
            self._put(question, bounds)
            self._curl.perform()
            return Answer(self._curl.getinfo(pycurl.RESPONSE_CODE), _headers(self._lines), b"".join(self._chunks))
        except pycurl.error as error:
            raise self._translated(int(error.args[0]), bounds) from error
        finally:
            self._tidy_up()

    def _tidy_up(self) -> None:
        """Hold nothing of an answer while nobody asks."""
        self._lines.clear()
        self._chunks.clear()
        while self._dialled:  # libcurl has its own copy
            self._dialled.pop().close()

    def _put(self, question: Question, bounds: Bounds) -> None:
        self._curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(bounds.connect * 1000)))
        self._curl.setopt(pycurl.TIMEOUT_MS, max(1, int(bounds.whole * 1000)))
        self._curl.setopt(pycurl.URL, question.url)
        self._curl.setopt(pycurl.HTTPHEADER, question.lines)
        if question.body is None:
            self._curl.setopt(pycurl.HTTPGET, 1)
        else:
            self._curl.setopt(pycurl.POSTFIELDS, question.body)

    def _dial(self, _purpose: int, address: tuple[int, int, int, tuple[Any, ...]]) -> socket.socket | int:
        family, kind, protocol, place = address
        if self._vets and not is_public(str(place[0])):
            self._refused = True
            return pycurl.SOCKET_BAD
        self._has_dialled = True
        self._dialled.append(socket.socket(family, kind, protocol))
        return self._dialled[-1]

    def _write(self, chunk: bytes) -> int | None:
        self._left -= len(chunk)
        if self._left < 0:
            return -1
        self._chunks.append(chunk)
        return None

    def _translated(self, code: int, bounds: Bounds) -> SourceError:
        if self._left < 0:
            return BadAnswer(f"an answer of over {bounds.size} bytes")
        if self._refused and not self._has_dialled:
            return SourceUnreachable("refused to connect: the name leads to an address that is not public")
        if code == pycurl.E_OPERATION_TIMEDOUT:
            return SourceTimeout("no answer in time")
        if code in (pycurl.E_BAD_CONTENT_ENCODING, pycurl.E_WRITE_ERROR):
            return BadAnswer("the body could not be decoded")
        return SourceUnreachable("the connection broke" if code in BROKEN else "no connection")

    def close(self) -> None:
        self._curl.close()


def _headers(lines: Sequence[bytes]) -> Mapping[str, str]:
    """The headers of the last head: those of a proxy and of a mere "continue" come before it, trailers after it."""
    found: CaseInsensitiveDict[str] = CaseInsensitiveDict()
    ended = True
    for line in lines:
        if ended and STATUS.match(line):
            found.clear()
            ended = False
            continue
        name, colon, value = line.decode("latin-1").partition(":")
        if colon and not ended:
            found[name] = value.strip()
        ended = ended or not line.strip()
    return found
