"""A question as it goes on the wire, and the whole answer that comes back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

import requests
from requests.hooks import default_hooks

UNSENT = frozenset("\r\n\0")
FORM = "application/x-www-form-urlencoded"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """A whole answer: its status, its headers (names in any case) and its decoded body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Question:
    """What is sent: the address, the lines of the head, and the body of a POST, None for a GET."""

    url: str
    lines: tuple[str, ...]
    body: bytes | None = None


def question(
    url: str,
    headers: Headers,
    params: Mapping[str, str] | None = None,
    data: Mapping[str, str] | bytes | None = None,
) -> Question:
    """A question for an address of printable ASCII. `params` go behind its query; `data`, a form or a body as it is,
    makes it a POST.

    Of headers that differ in case alone, the last one counts. Raises ValueError for one that could be taken for two,
    and for one that is not ASCII.
    """
    if data is None:
        return Question(_with(url, params), _lines(headers))
    body = data if isinstance(data, bytes) else urlencode(data).encode()
    return Question(_with(url, params), _lines((("Content-Type", FORM), *headers)), body)


def opening(url: str, headers: Headers) -> requests.PreparedRequest:
    """A GET whose answer is read as it comes, for an adapter of requests.

    requests would prepare it for cookies, redirects and international names, none of which a song's address wants.
    """
    request = requests.PreparedRequest()
    request.method, request.url, request.hooks = "GET", url, default_hooks()
    request.headers = dict(_last_of_each(headers))  # type: ignore[assignment] # to be sent, any mapping will do
    return request


@lru_cache(maxsize=128)
def _lines(headers: Headers) -> tuple[str, ...]:
    """The lines as libcurl takes them; a service is asked with the same few headers over and over."""
    kept = _last_of_each(headers)
    if any(not UNSENT.isdisjoint(name + value) or not (name + value).isascii() for name, value in kept):
        raise ValueError("a header that could be taken for two, or for another")
    return tuple(f"{name}: {value}" if value else f"{name};" for name, value in kept)


def _last_of_each(headers: Headers) -> Headers:
    return tuple({name.lower(): (name, value) for name, value in headers}.values())


def _with(url: str, params: Mapping[str, str] | None) -> str:
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}"
