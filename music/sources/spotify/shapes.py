"""What all of Spotify's answers have in common: ids, addresses, artists, durations, covers. Pure.

An item is known by 22 base62 characters, the same for every kind; its address names the kind. Every field of an answer
may be missing or of another type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from flaks import jsontext
from music.domain import Album, AlbumRef, ArtistRef, Item, Kind, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound
from music.text import clean, whole_number

NAME = "spotify"
NATIVE = re.compile(r"[0-9A-Za-z]{22}")
URI = re.compile(r"spotify:([a-z]{1,20}):([0-9A-Za-z]{22})")
ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
MAX_ARTISTS = 20
MAX_DURATION = 24 * 3600 * 1000  # milliseconds

Read = TypeVar("Read", bound=Item)


class BadRow(ValueError):
    """A row that cannot become an item; the message says what is missing."""


@dataclass(frozen=True)
class Token:
    """A bearer token, and when it ends, in seconds since the epoch."""

    value: str = field(repr=False)
    expires_at: float


def checked(native: str) -> str:
    """The id, where it has the form of one. Raises `NotFound`."""
    if not NATIVE.fullmatch(native):
        raise NotFound(f"{NAME}: not an id of the service")
    return native


def decoded(body: bytes) -> Any:
    """The JSON of a body. Raises `BadAnswer`."""
    try:
        return jsontext.read(body)
    except ValueError as error:
        raise BadAnswer("not JSON" if body.strip() else "an empty body") from error


def dig(value: Any, *keys: str) -> Any:
    """What lies at the end of the keys; None where the way there is not one of objects."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def rows_of(value: Any) -> list[Any]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def readable(rows: list[Any], read: Callable[[Any], Read]) -> Iterator[Read]:
    """The items of those rows that can become one."""
    for row in rows:
        try:
            yield read(row)
        except BadRow:
            continue


def native_of(row: Any, kind: Kind) -> str:
    """The id of a row, which has to be of the kind. Raises `BadRow`."""
    uri, native = dig(row, "uri"), dig(row, "id")
    if isinstance(uri, str):
        found = URI.fullmatch(uri)
        if found and found[1] == kind:
            return found[2]
    elif isinstance(native, str) and NATIVE.fullmatch(native):
        return native
    raise BadRow(f"no id of a {kind}")


def id_of(native: str) -> str:
    """The id under which this API shows an item."""
    return f"{NAME}:{native}"


def page_of(kind: Kind, native: str) -> str:
    """The address of an item's page."""
    return f"https://open.spotify.com/{kind}/{native}"


def title_of(*values: Any) -> str:
    """The first text that is one. Raises `BadRow`."""
    for value in values:
        if title := clean(value):
            return title
    raise BadRow("no title")


def seconds_of(milliseconds: Any) -> int:
    """Whole seconds, as the service's own pages show a length. Raises `BadRow`."""
    seconds = whole_number(milliseconds, MAX_DURATION) // 1000
    if not seconds:
        raise BadRow("no duration")
    return seconds


def year_of(date: Any) -> int | None:
    """The year of a date in ISO form, or of a number."""
    return whole_number(date[:4] if isinstance(date, str) else date, 2200) or None


def count_of(value: Any) -> int | None:
    """A count that the service states, None where it states none."""
    is_stated = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**9
    return int(value) if is_stated else None


def isrc_of(value: Any) -> str | None:
    """An ISRC without hyphens, None for what is none."""
    code = value.replace("-", "").upper() if isinstance(value, str) else ""
    return code if ISRC.fullmatch(code) else None


def artists_of(rows: Any) -> tuple[ArtistRef, ...]:
    """Artists with their ids: `{uri, profile{name}}` or `{uri, name}`. Raises `BadRow` where there is none."""
    named = [(clean(dig(row, "profile", "name") or dig(row, "name"), 200), row) for row in rows_of(rows)[:MAX_ARTISTS]]
    found = tuple(ArtistRef(_artist_id(row), name) for name, row in named if name)
    if not found:
        raise BadRow("no artist")
    return found


def _artist_id(row: Any) -> str:
    try:
        return native_of(row, "artist")
    except BadRow:
        return ""


def within(track: Track, album: Album) -> Track:
    """The track of an album's row, which names neither the album nor its cover."""
    native = album.id.partition(":")[2]
    cover = track.thumbnail or album.thumbnail
    return replace(track, album=AlbumRef(native, album.title), year=track.year or album.year, thumbnail=cover)


def cover_of(images: Any, targets: Targets) -> str:
    """The largest image of `{url, height}` or `{url, maxHeight}`; sizes may be null, and the first one wins then."""
    known = [image for image in rows_of(images) if isinstance(dig(image, "url"), str)]
    largest = max(known, key=_height, default=None)
    return targets.emitted(largest["url"]) if largest else ""


def _height(image: dict[str, Any]) -> int:
    return whole_number(image.get("height") or image.get("maxHeight"))
