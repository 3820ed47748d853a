"""YouTube Music that gives one answer, whatever it is asked."""

from __future__ import annotations

import json
from typing import Any

from music.sources.youtube.transport import Wire, options
from music.sources.youtube.ytmusic import Music, Session
from music.wire import Answer


class CannedWire(Wire):
    """A wire on which one body comes back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("music.youtube.com", options("https://music.youtube.com"))
        self._canned = answer

    def post_body(self, *_: object, **__: object) -> Answer:
        """The body."""
        return self._canned


def music(body: bytes | dict[str, Any], status: int = 200, location: str = "") -> Music:
    """YouTube Music that answers this."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = Answer(status, {"Location": location} if location else {}, content)
    return Music(Session(CannedWire(answer), lambda: ""), "IN")
