"""A request as it goes on the wire, and the whole answer that comes back. Pure.

requests prepares every request for cookies, redirects, the environment and international names, none of which a
service's own addresses want: of three calls for a song that was a quarter of all that the song cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import requests
from requests.hooks import default_hooks

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """A whole answer: its status, its headers (names in any case) and its decoded body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def prepared(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    params: Mapping[str, str] | None = None,
    data: Mapping[str, str] | bytes | None = None,
) -> requests.PreparedRequest:
    """A request for an address of printable ASCII. `params` go behind its query; `data` is a form, or a body as it is.

    Of headers that differ in case alone, the last one counts.
    """
    request = requests.PreparedRequest()
    request.method, request.url, request.hooks = method, _with(url, params), default_hooks()
    sent = {name.lower(): (name, value) for name, value in headers}
    if data is not None:
        request.body = data if isinstance(data, bytes) else urlencode(data).encode()
        sent.setdefault("content-type", ("Content-Type", FORM))
        sent["content-length"] = ("Content-Length", str(len(request.body)))
    request.headers = dict(sent.values())  # type: ignore[assignment] # to be sent, any mapping will do
    return request


def _with(url: str, params: Mapping[str, str] | None) -> str:
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}"
