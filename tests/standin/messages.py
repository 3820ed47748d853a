"""What goes between the connection and the services: a request that was read, and an answer to be sent."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from gzip import compress
from typing import Protocol
from urllib.parse import parse_qsl, unquote

Buffer = bytes | memoryview


class Body(Protocol):
    """Bytes that need not be in memory at once."""

    @property
    def size(self) -> int:
        """How many there are."""

    def chunks(self, start: int, stop: int) -> Iterator[Buffer]:
        """Bytes `start` to `stop`, in order, in pieces that fit into memory."""


@dataclass(frozen=True, slots=True)
class Text:
    """A body that is in memory."""

    content: bytes

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)

    def chunks(self, start: int, stop: int) -> Iterator[Buffer]:
        """All of it in one piece."""
        if start < stop:
            yield self.content[start:stop]


@dataclass(frozen=True)
class Arrival:
    """When the first bytes of a request were read: Unix time, and the steady clock, both in seconds."""

    wall: float = field(default_factory=time.time)
    steady: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Request:
    """A request. `host` has no port and is the tunnel's host where there is one; header names are in lower case."""

    method: str
    host: str
    authority: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    tunnelled: bool = False
    arrival: Arrival = field(default_factory=Arrival)

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The query's parameters and, with POST, the form's; the last one of a name wins."""
        pairs = parse_qsl(self.query, keep_blank_values=True)
        if self.method == "POST":
            pairs += parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return dict(pairs)

    @property
    def accepts_gzip(self) -> bool:
        """Whether the client takes compressed answers."""
        return "gzip" in self.headers.get("accept-encoding", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: of `body`, the bytes from `start` to `stop` are sent (all of them unless told otherwise)."""

    status: int
    headers: Mapping[str, str]
    body: Body = field(default_factory=lambda: Text(b""))
    start: int = 0
    stop: int = -1

    @property
    def length(self) -> int:
        """How many bytes the answer's body has."""
        return (self.body.size if self.stop < 0 else self.stop) - self.start


def split_target(target: str) -> tuple[str, str, str]:
    """Authority (empty unless the target is absolute), decoded path and raw query of a request target."""
    authority = ""
    if not target.startswith("/") and "://" in target:
        authority, _, target = target.partition("://")[2].partition("/")
        target = "/" + target
    path, _, query = target.partition("?")
    return authority, unquote(path), query


def host_of(authority: str) -> str:
    """The host of `host:port`, in lower case."""
    return authority.rpartition(":")[0].lower() if ":" in authority else authority.lower()


def text_answer(status: int, content: str, kind: str = "text/plain; charset=utf-8", **headers: str) -> Answer:
    """An answer of a few words; underscores in the names of `headers` stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"Content-Type": kind, **named}, Text(content.encode()))


def json_bytes(value: object) -> bytes:
    """`value` as compact JSON in ASCII."""
    return json.dumps(value, separators=(",", ":")).encode()


def json_answer(value: object, status: int = 200) -> Answer:
    """An answer with `value` as JSON, uncompressed."""
    return Answer(status, {"Content-Type": "application/json"}, Text(json_bytes(value)))


@lru_cache(maxsize=512)
def squeeze(content: bytes) -> bytes:
    """`content` compressed with gzip: quickly rather than well; answers that come again are kept."""
    return compress(content, compresslevel=1, mtime=0)
