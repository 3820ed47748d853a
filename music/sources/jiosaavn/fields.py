"""The fields that songs, albums, playlists and artists of JioSaavn have in common. Pure.

Every field may be missing or of another type; text is HTML-escaped in both shapes of the service.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from music.domain import ArtistRef
from music.guard import Targets
from music.text import clean, whole_number

NAME = "jiosaavn"
PAGES = "https://www.jiosaavn.com"
SONG_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TOKEN = re.compile(r"[A-Za-z0-9_,-]{1,64}")
PAGE = re.compile(
    r"https?://[^/]+/(?:[sp]/)?(song|album|featured|playlist|artist)/(?:[^/]*/){0,2}([^/]*)/([A-Za-z0-9_,-]{1,64})/?"
)
SLUG = re.compile(r"[A-Za-z0-9._~%-]{1,300}")
SMALL_IMAGES = ("-50x50", "-150x150", "_50x50", "_150x150")
MAX_ARTISTS = 20

Row = dict[str, Any]


class BadRow(ValueError):
    """A row that cannot become what it should be; the message says what is missing."""


def more_of(row: Row) -> Row:
    """Where the details are: v4 nests them, v3 does not."""
    nested = row.get("more_info")
    return nested if isinstance(nested, dict) else row


def checked_row(row: Any, kind: str) -> Row:
    """A row of this kind, or of one that it does not name. Raises `BadRow`."""
    if not isinstance(row, dict):
        raise BadRow("not an object")
    if row.get("type") not in (None, "", kind):
        raise BadRow(f"no {kind}")
    return row


def identifier(row: Row, *names: str) -> str:
    """The first of the fields that is an id; a filler card in place of what is not there has "0". Raises `BadRow`."""
    for name in names:
        value = row.get(name)
        text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
        if SONG_ID.fullmatch(text) and text != "0":
            return text
    raise BadRow("no id")


def title(row: Row, *names: str) -> str:
    """The first of the fields that is a text. Raises `BadRow`."""
    for name in names:
        text = clean(row.get(name))
        if text:
            return text
    raise BadRow("no title")


def year(*values: Any) -> int | None:
    """The first year among the values."""
    return next((found for value in values if (found := whole_number(value, 2200))), None)


def language(*values: Any) -> str:
    """The first name of a language among the values."""
    return next((found for value in values if (found := clean(value, 30).lower())), "")


def thumbnail(value: Any, targets: Targets) -> str:
    """The cover at 500 x 500, or "" where it is not on the service's own hosts."""
    link = value.strip() if isinstance(value, str) else ""
    for size in SMALL_IMAGES:
        link = link.replace(f"{size}.", f"{size[0]}500x500.")
    # The service mixes http and https; the origin that tests let through is plain http and stays so.
    if link.startswith("http://"):
        return targets.emitted(link) or targets.emitted("https://" + link.removeprefix("http://"))
    return targets.emitted(link)


def page_link(value: Any, *sections: str) -> str:
    """A page in one of these sections, rebuilt from its token: some rows name a host of the service's own network."""
    found = PAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or found[1] not in sections:
        return ""
    slug = found[2] if SLUG.fullmatch(found[2]) else "-"
    return f"{PAGES}/{sections[0]}/{slug}/{found[3]}"


def mapped_artists(entries: Any, roles: Collection[str] | None = None) -> tuple[ArtistRef, ...]:
    """The people of one group of v4's `artistMap`, each once; of these roles alone, if any are given."""
    wanted = [
        entry
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and (roles is None or entry.get("role") in tuple(roles))
    ]
    return _once([ArtistRef(clean(entry.get("id"), 64), clean(entry.get("name"), 200)) for entry in wanted])


def named_artists(row: Row, name: str) -> tuple[ArtistRef, ...]:
    """v3's `A, B` beside its `1, 2`; where the counts differ, a name holds a comma, and no id is sure."""
    names = [part for part in (clean(part, 200) for part in clean(row.get(name), 2000).split(", ")) if part]
    ids = [part.strip() for part in clean(row.get(f"{name}_id"), 2000).split(",") if part.strip()]
    paired = ids if len(ids) == len(names) else [""] * len(names)
    return _once(ArtistRef(*pair) for pair in zip(paired, names, strict=True))


def _once(people: Iterable[ArtistRef]) -> tuple[ArtistRef, ...]:
    named = {person.name: person for person in people if person.name}
    return tuple(named.values())[:MAX_ARTISTS]
