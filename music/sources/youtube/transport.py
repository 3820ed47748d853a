"""HTTP to YouTube: JSON in, JSON out, and every refusal of the service as one of our errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flaks import jsontext
from music.deadline import Deadline
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceRateLimited
from music.sources.youtube.errors import Unreadable
from music.upstream import Upstream, UpstreamOptions
from music.wire import Answer

MEDIA_HOSTS = ("googlevideo.com", "ytimg.com", "googleusercontent.com", "ggpht.com")


class Wire(Upstream):
    """One of the service's hosts. Whatever asks for `https://<that host>/...` is answered by the base address."""

    def __init__(self, host: str, options: UpstreamOptions) -> None:
        super().__init__(options)
        self._named = f"https://{host}"

    def rebased(self, url: str) -> str:
        """The URL at the base address, which an operator or a test may have moved; other hosts' are as they were."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self._named:
            return url
        return self.base_url.rstrip("/") + url.removeprefix(self._named)

    def post_body(self, url: str, deadline: Deadline, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to a POST of JSON."""
        return self.post(
            self.rebased(url), deadline, data=body, headers={"Content-Type": "application/json", **headers}
        )


def options(base_url: str, **given: Any) -> UpstreamOptions:
    """How the service's hosts want to be asked."""
    headers = {"Accept": "*/*", "Accept-Language": "en"}
    return UpstreamOptions(base_url=base_url, media_hosts=MEDIA_HOSTS, headers=headers, **given)


def decoded(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises `SourceRateLimited` on 429; `SourceBlocked` on 403, 451, on a page in place of JSON and on the way to one;
    `NotFound` where the service says in JSON that it knows no such thing; `Unreadable` on anything but a JSON object
    with something in it; `BadAnswer` on any other status.
    """
    _refuse(answer)
    if answer.status == 200:
        return _object(answer.body)
    if answer.status in (400, 404) and _tells_an_error(answer.body):
        raise NotFound(f"the service knows no such id (HTTP {answer.status})")
    raise BadAnswer(f"HTTP {answer.status}")


def _refuse(answer: Answer) -> None:
    if answer.status == 429:
        raise SourceRateLimited("HTTP 429")
    if answer.status in (403, 451):
        raise SourceBlocked(f"HTTP {answer.status}")
    if answer.status in (301, 302, 303, 307) and _leads_to_a_page(answer.headers.get("Location", "")):
        raise SourceBlocked("sent to a page for humans")
    if answer.status == 200 and answer.body.lstrip()[:1] == b"<":
        raise SourceBlocked("a page in place of an answer")


def _leads_to_a_page(location: str) -> bool:
    """Google's page with a puzzle (`www.google.com/sorry/`), or the one that asks for consent."""
    parts = urlsplit(location)
    host = parts.hostname or ""
    return host.startswith("consent.") or (host.endswith("google.com") and parts.path.startswith("/sorry"))


def _tells_an_error(body: bytes) -> bool:
    try:
        return "error" in _object(body)
    except Unreadable:
        return False


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = jsontext.read(body)
    except ValueError as error:
        raise Unreadable("not JSON" if body.strip() else "an empty body") from error
    if not isinstance(value, dict) or not value:
        raise Unreadable("not an object, or an empty one")
    return value
