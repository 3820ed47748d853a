"""What a caller's text is: a track id, a link, or words to search for. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

TRACK_ID = re.compile(r"(jiosaavn|spotify|youtube):[A-Za-z0-9_,-]{1,64}")
LINK = re.compile(r"(?i)(?:https?:|www\.)\S+")


class UnsupportedLink(ValueError):
    """A link where a name or an id is understood."""


@dataclass(frozen=True)
class TrackId:
    """A track by the id that this API gave it."""

    source: str
    native: str

    def __str__(self) -> str:
        return f"{self.source}:{self.native}"


@dataclass(frozen=True)
class Text:
    """Words to search for."""

    query: str


def read(text: str) -> TrackId | Text:
    """What the text is. Raises `UnsupportedLink` for a link; raises nothing else, whatever the text."""
    words = " ".join(text.split())
    if TRACK_ID.fullmatch(words):
        return track_id(words)
    if LINK.match(words):
        raise UnsupportedLink
    return Text(words)


def track_id(text: str) -> TrackId:
    """The parts of `source:native`. Raises `ValueError` where the text has another form."""
    if not TRACK_ID.fullmatch(text):
        raise ValueError("not of the form source:id")
    source, _, native = text.partition(":")
    return TrackId(source, native)
