"""The answers of pathfinder, the GraphQL interface of Spotify's web player, as domain objects. Pure.

An item lies under `data` in a union named after its kind; a union of null is an item that is not there, and
`__typename` tells what a value really is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from music.domain import Album, AlbumRef, Artist, ArtistRef, Item, Kind, Listing, Page, Playlist, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, SourceBlocked
from music.sources.spotify.shapes import (
    BadRow,
    artists_of,
    count_of,
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
    year_of,
)
from music.text import clean

SECTIONS: dict[Kind, str] = {"track": "tracksV2", "album": "albumsV2", "playlist": "playlists", "artist": "artists"}
NOT_FOUND = "PersistedQueryNotFound"


class QueryUnknown(BadAnswer):
    """The service does not know the query by this hash (any more)."""


def data_of(status: int, body: bytes) -> dict[str, Any]:
    """What lies under `data`.

    Raises `QueryUnknown`, whatever the status; `SourceBlocked` on 401, 403, 451 and on a page in place of JSON;
    `BadAnswer` on anything else that is no answer.
    """
    answer = _json_or_none(body)
    if any(dig(error, "message") == NOT_FOUND for error in rows_of(dig(answer, "errors"))):
        raise QueryUnknown("the query is not known by this hash")
    if status in (401, 403, 451):
        raise SourceBlocked(f"pathfinder answered HTTP {status}")
    if status != 200:
        raise BadAnswer(f"pathfinder answered HTTP {status}")
    if body.lstrip()[:1] == b"<":
        raise SourceBlocked("a page in place of an answer")
    data = dig(answer, "data")
    if not isinstance(data, dict):
        raise BadAnswer("an answer without data")
    return data


def _json_or_none(body: bytes) -> Any:
    try:
        return decoded(body)
    except BadAnswer:
        return None


def search_page(data: dict[str, Any], kind: Kind, offset: int, limit: int, targets: Targets) -> Page[Item]:
    """One page of the section of the kind; rows that cannot become items are left out."""
    section = dig(data, "searchV2", SECTIONS[kind])
    rows = dig(section, "items")
    if not isinstance(rows, list):
        raise BadAnswer("search results of another shape")
    readers: dict[Kind, Callable[[Any], Item]] = {
        "track": lambda row: track(dig(row, "item", "data"), targets),
        "album": lambda row: _album(dig(row, "data"), None, targets),
        "playlist": lambda row: _playlist(dig(row, "data"), None, targets),
        "artist": lambda row: _artist(dig(row, "data"), targets),
    }
    total = count_of(dig(section, "totalCount"))
    return Page(tuple(readable(rows, readers[kind])), total, _goes_on(offset, limit, total, rows))


def track_of(data: dict[str, Any], targets: Targets) -> Track:
    """The track of `getTrack`. Raises `NotFound`."""
    try:
        return track(_union(data, "trackUnion", "Track"), targets)
    except BadRow as error:
        raise BadAnswer(f"a track with {error}") from error


def album_listing(data: dict[str, Any], offset: int, limit: int, targets: Targets) -> Listing:
    """The album of `getAlbum` with the rows from `offset` on. Raises `NotFound`."""
    union = _union(data, "albumUnion", "Album")
    rows, total = _list_in(dig(union, "tracksV2"))
    try:
        album = _album(union, total, targets, rows)
    except BadRow as error:
        raise BadAnswer(f"an album with {error}") from error
    found = readable(rows, lambda row: track(dig(row, "track"), targets, union))
    return Listing(album, Page(tuple(found), total, _goes_on(offset, limit, total, rows)))


def playlist_listing(data: dict[str, Any], offset: int, limit: int, targets: Targets) -> Listing:
    """The playlist of `fetchPlaylist` with the rows from `offset` on. Raises `NotFound`."""
    union = _union(data, "playlistV2", "Playlist")
    rows, total = _list_in(dig(union, "content"))
    try:
        playlist = _playlist(union, total, targets)
    except BadRow as error:
        raise BadAnswer(f"a playlist with {error}") from error
    found = readable(rows, lambda row: track(dig(row, "itemV2", "data"), targets))
    return Listing(playlist, Page(tuple(found), total, _goes_on(offset, limit, total, rows)))


def artist_listing(data: dict[str, Any], offset: int, limit: int, targets: Targets) -> Listing:
    """The artist of `queryArtistOverview` with the top songs from `offset` on. Raises `NotFound`."""
    union = _union(data, "artistUnion", "Artist")
    rows, _ = _list_in(dig(union, "discography", "topTracks"))
    try:
        artist = _artist(union, targets)
    except BadRow as error:
        raise BadAnswer(f"an artist with {error}") from error
    found = readable(rows[offset : offset + limit], lambda row: track(dig(row, "track"), targets))
    return Listing(artist, Page(tuple(found), len(rows), offset + limit < len(rows)))


def _union(data: dict[str, Any], name: str, typename: str) -> dict[str, Any]:
    union = data.get(name)
    if union is None and all(value is None for value in data.values()):
        raise NotFound(f"there is no such {typename.lower()}")
    if not isinstance(union, dict):
        raise BadAnswer("an answer to another question")
    found = union.get("__typename", typename)
    if found == "GenericError":
        raise BadAnswer("pathfinder reported an error")
    if found != typename:
        raise NotFound(f"there is no such {typename.lower()}")
    return union


def _list_in(content: Any) -> tuple[list[Any], int | None]:
    rows = dig(content, "items")
    if not isinstance(rows, list):
        raise BadAnswer("a list without rows")
    return rows, count_of(dig(content, "totalCount"))


def _goes_on(offset: int, limit: int, total: int | None, rows: list[Any]) -> bool:
    """Whether a further page holds anything; an empty page ends the list, whatever the total says."""
    if total is None:
        return len(rows) >= limit
    return bool(rows) and offset + limit < total


def track(row: Any, targets: Targets, album: Any = None) -> Track:
    """The track of a row, of the given album where the row names none. Raises `BadRow`."""
    if dig(row, "__typename") not in (None, "Track"):
        raise BadRow("no track")
    native = native_of(row, "track")
    of = dig(row, "albumOfTrack") or album
    return Track(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        artists=_artists(row),
        album=_album_ref(of),
        duration=seconds_of(
            dig(row, "duration", "totalMilliseconds") or dig(row, "trackDuration", "totalMilliseconds")
        ),
        year=_year(of),
        language="",
        explicit=_is_explicit(row),
        thumbnail=cover_of(dig(of, "coverArt", "sources"), targets),
        url=page_of("track", native),
    )


def _artists(row: Any) -> tuple[ArtistRef, ...]:
    """A row's `artists`, or the first and the other artists, as `getTrack` has them."""
    several = rows_of(dig(row, "firstArtist", "items")) + rows_of(dig(row, "otherArtists", "items"))
    return artists_of(dig(row, "artists", "items") or several)


def _album_ref(album: Any) -> AlbumRef | None:
    title = clean(dig(album, "name"))
    try:
        return AlbumRef(native_of(album, "album"), title) if title else None
    except BadRow:
        return AlbumRef("", title)


def _year(album: Any) -> int | None:
    return year_of(dig(album, "date", "year")) or year_of(dig(album, "date", "isoString"))


def _is_explicit(row: Any) -> bool:
    label: object = dig(row, "contentRating", "label")
    return label == "EXPLICIT"


def _album(row: Any, total: int | None, targets: Targets, tracks: list[Any] | None = None) -> Album:
    if dig(row, "__typename") not in (None, "Album"):
        raise BadRow("no album")
    native = native_of(row, "album")
    return Album(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        artists=artists_of(dig(row, "artists", "items")),
        year=_year(row),
        language="",
        explicit=any(_is_explicit(dig(entry, "track")) for entry in tracks or []),
        thumbnail=cover_of(dig(row, "coverArt", "sources"), targets),
        url=page_of("album", native),
        total=total,
    )


def _playlist(row: Any, total: int | None, targets: Targets) -> Playlist:
    if dig(row, "__typename") not in (None, "Playlist"):
        raise BadRow("no playlist")
    native = native_of(row, "playlist")
    images = next(iter(rows_of(dig(row, "images", "items"))), None)
    return Playlist(
        id=id_of(native),
        title=title_of(dig(row, "name")),
        owner=clean(dig(row, "ownerV2", "data", "name"), 200),
        thumbnail=cover_of(dig(images, "sources"), targets),
        url=page_of("playlist", native),
        total=total,
    )


def _artist(row: Any, targets: Targets) -> Artist:
    native = native_of(row, "artist")
    cover = cover_of(dig(row, "visuals", "avatarImage", "sources"), targets)
    return Artist(id_of(native), title_of(dig(row, "profile", "name")), cover, page_of("artist", native))
