"""Spotify's embed pages as domain objects: bodies in, tracks, lists and tokens out. Pure.

The page of a track, album, playlist or artist holds its data, and a token for anonymous callers, as JSON in a script
element. The rows of a list name the artists in one text and no album. A playlist's page was recorded with 50 rows;
others report 100 as the most. A list of fewer is whole, a longer one may go on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from music.domain import Album, Artist, ArtistRef, Collection, Kind, Listing, Page, Playlist, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceRateLimited
from music.sources.spotify.shapes import (
    MAX_ARTISTS,
    BadRow,
    Token,
    artists_of,
    cover_of,
    decoded,
    dig,
    id_of,
    native_of,
    page_of,
    readable,
    rows_of,
    seconds_of,
    title_of,
    within,
    year_of,
)
from music.text import clean, whole_number

SCRIPT = re.compile(rb'<script[^>]{0,200}\bid="__NEXT_DATA__"[^>]{0,200}>')
REFUSAL = re.compile(rb"<title>\s*(?:Access Denied|Error 403|URL Blocked|Attention Required)", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4000}")
JOINT = ",\u00a0"  # between the artists of a row; a comma with an ordinary space belongs to a name
LEAST_CAP = 50  # rows


@dataclass(frozen=True)
class EmbedPage:
    """What a page holds: the item's data, and a token where there is one."""

    entity: dict[str, Any]
    token: Token | None


@dataclass(frozen=True)
class Shown:
    """An album, playlist or artist with the rows that its page shows."""

    item: Collection
    rows: tuple[Any, ...]
    is_whole: bool
    targets: Targets

    def listing(self, page: int, limit: int) -> Listing:
        """One page of what is shown; `truncated`, and without a total, where the list may go on."""
        start = (page - 1) * limit
        tracks = tuple(readable(list(self.rows[start : start + limit]), self._track))
        total = len(self.rows) if self.is_whole else None
        return Listing(self.item, Page(tracks, total, start + limit < len(self.rows), truncated=not self.is_whole))

    def _track(self, row: Any) -> Track:
        track = row_track(row, self.targets)
        return within(track, self.item) if isinstance(self.item, Album) else track


def embed_page(status: int, body: bytes, kind: Kind) -> EmbedPage:
    """The page of an item of the kind.

    Raises `NotFound` on 404, 410, on a page that says so and on one of another kind; `SourceBlocked` on 403, 451 and
    on a firewall's page; `SourceRateLimited` and `BadAnswer` as the page says, and `BadAnswer` on any other shape.
    """
    if status in (400, 404, 410):
        raise NotFound(f"the page answered HTTP {status}")
    if status in (403, 451):
        raise SourceBlocked(f"the page answered HTTP {status}")
    if status != 200:
        raise BadAnswer(f"the page answered HTTP {status}")
    props = dig(_next_data(body), "props", "pageProps")
    _refuse_what_is_unavailable(props)
    entity = dig(props, "state", "data", "entity")
    if not isinstance(entity, dict):
        raise BadAnswer("a page without an item")
    if entity.get("type") != kind:
        raise NotFound(f"the page is not one of a {kind}")
    return EmbedPage(entity, _token(dig(props, "state", "settings", "session")))


def _next_data(body: bytes) -> Any:
    opened = SCRIPT.search(body)
    closed = body.find(b"</script>", opened.end()) if opened else -1
    if opened is None or closed < 0:
        if REFUSAL.search(body):
            raise SourceBlocked("a firewall's page in place of the embed page")
        raise BadAnswer("a page without data" if body.strip() else "an empty body")
    return decoded(body[opened.end() : closed])


def _refuse_what_is_unavailable(props: Any) -> None:
    """A deleted or private item is answered with HTTP 200 and a status inside the page."""
    if not isinstance(props, dict):
        raise BadAnswer("a page without properties")
    status = whole_number(props.get("status"), 599)
    if status == 429:
        raise SourceRateLimited("the page says HTTP 429")
    if status >= 500:
        raise BadAnswer(f"the page says HTTP {status}")
    if "status" in props or "forbiddenReason" in props:
        raise NotFound("the page says that the item is not there")


def _token(session: Any) -> Token | None:
    value, expires = dig(session, "accessToken"), dig(session, "accessTokenExpirationTimestampMs")
    if not isinstance(value, str) or not TOKEN.fullmatch(value):
        return None
    return Token(value, whole_number(expires, 10**14) / 1000)


def track(entity: dict[str, Any], targets: Targets) -> Track:
    """The track of a track's page; the page names no album. Raises `NotFound` for a hollow one, or `BadAnswer`."""
    if entity.get("name") == "":
        raise NotFound("the page names no song")
    try:
        native = native_of(entity, "track")
        return Track(
            id=id_of(native),
            title=title_of(entity.get("name"), entity.get("title")),
            artists=artists_of(entity.get("artists")),
            album=None,
            duration=seconds_of(entity.get("duration")),
            year=year_of(dig(entity, "releaseDate", "isoString")),
            language="",
            explicit=entity.get("isExplicit") is True,
            thumbnail=cover_of(dig(entity, "visualIdentity", "image"), targets),
            url=page_of("track", native),
        )
    except BadRow as error:
        raise BadAnswer(f"a track's page with {error}") from error


def row_track(row: Any, targets: Targets) -> Track:
    """The track of a row of a list. Raises `BadRow`, also for an episode and for a file of the owner's own."""
    native = native_of(row, "track")
    return Track(
        id=id_of(native),
        title=title_of(dig(row, "title")),
        artists=_named_artists(dig(row, "subtitle")),
        album=None,
        duration=seconds_of(dig(row, "duration")),
        year=None,
        language="",
        explicit=dig(row, "isExplicit") is True,
        thumbnail=cover_of(dig(row, "visualIdentity", "image"), targets),
        url=page_of("track", native),
    )


def _named_artists(subtitle: Any) -> tuple[ArtistRef, ...]:
    parts = subtitle[:8000].split(JOINT) if isinstance(subtitle, str) else []
    found = tuple(ArtistRef("", name) for name in (clean(part, 200) for part in parts) if name)[:MAX_ARTISTS]
    if not found:
        raise BadRow("no artist")
    return found


def collection(entity: dict[str, Any], kind: Kind, targets: Targets) -> Shown:
    """The album, playlist or artist of a page, with its rows. Raises `BadAnswer`."""
    rows = entity.get("trackList")
    if not isinstance(rows, list):
        raise BadAnswer(f"a page of a {kind} without rows")
    is_whole = kind == "artist" or len(rows) < LEAST_CAP
    try:
        item = _item(entity, kind, len(rows) if is_whole else None, targets)
    except BadRow as error:
        raise BadAnswer(f"a page of a {kind} with {error}") from error
    return Shown(item, tuple(rows), is_whole, targets)


def _item(entity: dict[str, Any], kind: Kind, total: int | None, targets: Targets) -> Collection:
    native = native_of(entity, kind)
    id_, url, title = id_of(native), page_of(kind, native), title_of(entity.get("name"), entity.get("title"))
    sources = dig(entity, "visualIdentity", "image") or dig(entity, "coverArt", "sources")
    cover = cover_of(sources, targets)
    if kind == "album":
        explicit = any(dig(row, "isExplicit") is True for row in rows_of(entity.get("trackList")))
        year = year_of(dig(entity, "releaseDate", "isoString"))
        return Album(id_, title, _named_artists(entity.get("subtitle")), year, "", explicit, cover, url, total)
    if kind == "playlist":
        return Playlist(id_, title, clean(entity.get("subtitle"), 200), cover, url, total)
    return Artist(id_, title, cover, url)
