"""When two calls of `stream` are the same call. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from music.cache import normalised
from music.links import Link, ShortLink, Text, TrackId


def call_name(wanted: TrackId | Link | ShortLink | Text, quality: str, languages: Sequence[str]) -> str:
    """A name for the song that is asked for, the ceiling and the languages, however the question was spelled."""
    asked = normalised(wanted.query) if isinstance(wanted, Text) else repr(wanted)
    return repr((type(wanted).__name__, asked, quality, tuple(languages)))
