"""Answers that are kept as the bytes that were sent: of searches, which hold nothing that is one key's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches
from rest_framework.response import Response

from flaks.renderers import PLAIN  # what may be kept; a caller may ask for indented JSON, which is that caller's own
from music.cache import PAGES
from music.store import Entry


@dataclass(frozen=True)
class Body:
    """The JSON of an answer from memory, and the source that it names."""

    json: bytes
    answered_by: str


class RenderedResponse(Response):
    """An answer that was rendered before; its `data` are no more than what is counted of it."""

    def __init__(self, body: Body) -> None:
        super().__init__({"cached": True, "answered_by": body.answered_by})
        self._body = body.json

    @property
    def rendered_content(self) -> bytes:  # type: ignore[override] # as DRF's own, which is only declared to be text
        """What is sent."""
        self["Content-Type"] = PLAIN
        return self._body


def recall(key: str) -> Response | None:
    """The answer that this process keeps under a key of `cache.key_of`, while it is as good as new."""
    entry = caches[PAGES].get(key)
    return RenderedResponse(entry.value) if entry is not None and entry.is_fresh else None


def keep_once_sent(key: str, response: Response, answered_by: str, seconds: float) -> Response:
    """Have an answer from memory kept as it is sent, for so long as what it was made of is as good as new."""

    def keep(sent: Response) -> None:
        caches[PAGES].set(key, Entry(Body(sent.content, answered_by), seconds, seconds), seconds)

    if seconds > 0:
        response.add_post_render_callback(keep)
    return response
