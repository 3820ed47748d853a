"""The answers of Spotify's official Web API as domain objects. Pure.

Since 2026 a playlist's rows lie under `items` with an `item` each, before under `tracks` with a `track`; apps with an
extended quota still get the older form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from music.domain import Album, AlbumRef, Artist, Item, Kind, Page, Playlist, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, SourceBlocked
from music.sources.spotify.shapes import (
    BadRow,
    Token,
    artists_of,
    count_of,
    cover_of,
    decoded,
    dig,
    id_of,
    isrc_of,
    native_of,
    page_of,
    readable,
    seconds_of,
    title_of,
    within,
    year_of,
)
from music.text import clean, whole_number

SECTIONS: dict[Kind, str] = {"track": "tracks", "album": "albums", "playlist": "playlists", "artist": "artists"}


def answer_of(status: int, body: bytes) -> Any:
    """The JSON of an answer.

    Raises `NotFound` on 404; `SourceBlocked` on 401, 403 and 451, which is how an app without rights is answered;
    `BadAnswer` on anything else that is no answer.
    """
    if status == 404:
        raise NotFound("the Web API answered HTTP 404")
    if status in (401, 403, 451):
        raise SourceBlocked(f"the Web API answered HTTP {status}")
    if status != 200:
        raise BadAnswer(f"the Web API answered HTTP {status}")
    return decoded(body)


def token_of(status: int, body: bytes, now: float) -> Token:
    """The token that the operator's credentials get; `now` is in seconds since the epoch.

    Raises `SourceBlocked` where the credentials are refused, or `BadAnswer`.
    """
    if status in (400, 401, 403):
        raise SourceBlocked("the credentials are refused")
    if status != 200:
        raise BadAnswer(f"the token service answered HTTP {status}")
    answer = decoded(body)
    value, life = dig(answer, "access_token"), whole_number(dig(answer, "expires_in"), 86400)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value:
        raise BadAnswer("an answer without a token")
    return Token(value, now + life)


def search_page(answer: Any, kind: Kind, targets: Targets) -> Page[Item]:
    """One page of what was found; rows may be null."""
    readers: dict[Kind, Callable[[Any], Item]] = {
        "track": lambda row: track(row, targets),
        "album": lambda row: _album(row, targets),
        "playlist": lambda row: _playlist(row, targets),
        "artist": lambda row: _artist(row, targets),
    }
    section = dig(answer, SECTIONS[kind])
    return Page(tuple(readable(_rows(section), readers[kind])), _total(section), _goes_on(section))


def track_of(answer: Any, targets: Targets) -> Track:
    """The track of `/tracks/<id>`. Raises `NotFound` for a hollow one, which has neither name nor length."""
    if dig(answer, "name") == "":
        raise NotFound("the Web API names no song")
    try:
        return track(answer, targets)
    except BadRow as error:
        raise BadAnswer(f"a track with {error}") from error


def tracks_page(answer: Any, targets: Targets, album: Album | None = None) -> Page[Track]:
    """One page of a playlist's items or of the tracks of `album`."""

    def read(row: Any) -> Track:
        nested = (dig(row, name) for name in ("item", "track"))
        found = track(next((inner for inner in nested if isinstance(inner, dict)), row), targets)
        return within(found, album) if album else found

    return Page(tuple(readable(_rows(answer), read)), _total(answer), _goes_on(answer))


def track(row: Any, targets: Targets) -> Track:
    """The track of a row. Raises `BadRow`."""
    native = native_of(row, "track")
    return Track(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        artists=artists_of(dig(row, "artists")),
        album=_album_ref(dig(row, "album")),
        duration=seconds_of(dig(row, "duration_ms")),
        year=year_of(dig(row, "album", "release_date")),
        language="",
        explicit=dig(row, "explicit") is True,
        thumbnail=cover_of(dig(row, "album", "images"), targets),
        url=page_of("track", native),
        isrc=isrc_of(dig(row, "external_ids", "isrc")),
    )


def _rows(section: Any) -> list[Any]:
    rows = dig(section, "items")
    if not isinstance(rows, list):
        raise BadAnswer("an answer without rows")
    return rows


def _total(section: Any) -> int | None:
    return count_of(dig(section, "total"))


def _goes_on(section: Any) -> bool:
    return isinstance(dig(section, "next"), str) and bool(_rows(section))


def _album_ref(album: Any) -> AlbumRef | None:
    title = clean(dig(album, "name"))
    if not title:
        return None
    try:
        return AlbumRef(native_of(album, "album"), title)
    except BadRow:
        return AlbumRef("", title)


def _album(row: Any, targets: Targets) -> Album:
    native = native_of(row, "album")
    return Album(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        artists=artists_of(dig(row, "artists")),
        year=year_of(dig(row, "release_date")),
        language="",
        explicit=False,
        thumbnail=cover_of(dig(row, "images"), targets),
        url=page_of("album", native),
        total=count_of(dig(row, "total_tracks")),
    )


def _playlist(row: Any, targets: Targets) -> Playlist:
    native = native_of(row, "playlist")
    return Playlist(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        owner=clean(dig(row, "owner", "display_name"), 200),
        thumbnail=cover_of(dig(row, "images"), targets),
        url=page_of("playlist", native),
        total=count_of(dig(row, "items", "total")) or count_of(dig(row, "tracks", "total")),
    )


def _artist(row: Any, targets: Targets) -> Artist:
    native = native_of(row, "artist")
    return Artist(
        id_of(native), title_of(dig(row, "name")), cover_of(dig(row, "images"), targets), page_of("artist", native)
    )
