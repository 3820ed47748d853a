"""Albums, playlists and artists: the page that is asked for, and no more requests than it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from music.deadline import Deadline
from music.domain import Listing, Page, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound
from music.sources.youtube import ids, parse
from music.sources.youtube.ytmusic import PLAYLIST_PAGE, Music
from music.text import whole_number

DEPTH = 1000  # tracks of a playlist; each hundred are a request, and its pages can only be walked


@dataclass(frozen=True)
class Part:
    """Page `page`, counted from 1, of `limit` rows."""

    page: int
    limit: int

    @property
    def start(self) -> int:
        """The first row."""
        return (self.page - 1) * self.limit

    @property
    def stop(self) -> int:
        """The row after the last."""
        return min(self.page * self.limit, DEPTH)

    @property
    def rows(self) -> int:
        """How many rows have to be fetched; of a part past the depth none, but the list itself is wanted."""
        return self.stop if self.start < DEPTH else 1


def album(music: Music, native: str, part: Part, targets: Targets, deadline: Deadline) -> Listing:
    """An album by either of its ids; the service sends it whole. Raises `NotFound`."""
    if ids.ALBUM_LIST.fullmatch(native):
        native = _page_of(music.playlist(native, 1, deadline), native)
    if not ids.ALBUM.fullmatch(native):
        raise ids.unknown(native)
    row = music.album(native, deadline)
    rows = _rows(row)
    tracks = _with_album(row, native, rows)
    try:
        item = parse.album_page(row, native, len(rows), targets)
    except parse.BadRow as error:
        raise BadAnswer(f"an album: {error}") from error
    return Listing(item, _page(tracks, len(rows), part, targets))


def playlist(music: Music, native: str, part: Part, targets: Targets, deadline: Deadline) -> Listing:
    """A playlist. Raises `NotFound`."""
    if not ids.PLAYLIST.fullmatch(native):
        raise ids.unknown(native)
    row = _fetched(music, native, part, deadline)
    total = _counted(row, native, part)
    try:
        item = parse.playlist_page(row, native, total, targets)
    except parse.BadRow as error:
        raise BadAnswer(f"a playlist: {error}") from error
    return Listing(item, _page(_rows(row), total, part, targets))


def artist(music: Music, native: str, part: Part, targets: Targets, deadline: Deadline) -> Listing:
    """An artist with the songs of the list behind the page, which alone says how long they are. Raises `NotFound`."""
    if not ids.CHANNEL.fullmatch(native):
        raise ids.unknown(native)
    row = music.artist(native, deadline)
    try:
        item = parse.artist_page(row, native, targets)
    except parse.BadRow as error:
        raise BadAnswer(f"an artist: {error}") from error
    songs = row.get("songs")
    browse = songs.get("browseId") if isinstance(songs, dict) else None
    listed = ids.matched(ids.PLAYLIST, browse.removeprefix("VL") if isinstance(browse, str) else "")
    return Listing(item, _songs(music, listed, part, targets, deadline))


def _songs(music: Music, listed: str, part: Part, targets: Targets, deadline: Deadline) -> Page[Track]:
    if not listed:
        return Page((), 0, has_more=False)
    try:
        row = _fetched(music, listed, part, deadline)
    except NotFound:
        return Page((), 0, has_more=False)
    return _page(_rows(row), _counted(row, listed, part), part, targets)


def _fetched(music: Music, native: str, part: Part, deadline: Deadline) -> dict[str, Any]:
    """The list with the rows of a part; without a count, one row more, which alone tells whether it goes on."""
    ends_a_page = part.rows % PLAYLIST_PAGE == 0 and part.rows < DEPTH
    counted = not ids.ALBUM_LIST.fullmatch(native)
    row = music.playlist(native, part.rows + (0 if counted else ends_a_page), deadline)
    if counted and ends_a_page and _rows(row) and _stated(row, native) is None:
        return music.playlist(native, part.rows + 1, deadline)
    return row


def _counted(row: dict[str, Any], native: str, part: Part) -> int | None:
    """How many tracks there are: as stated, else as fetched where the list ended before what was asked for."""
    stated, fetched = _stated(row, native), len(_rows(row))
    return fetched if stated is None and 0 < fetched < min(part.rows, DEPTH) else stated


def _stated(row: dict[str, Any], native: str) -> int | None:
    """How many tracks the service says there are; None where it does not, or says less than it sends.

    Of an album's list it says nothing: ytmusicapi puts in the count of what was fetched.
    """
    said = row.get("trackCount")
    if said is None or ids.ALBUM_LIST.fullmatch(native):
        return None
    total = whole_number(said)
    return total if total >= len(_rows(row)) else None


def _page(rows: list[Any], total: int | None, part: Part, targets: Targets) -> Page[Track]:
    """The tracks among the rows of a part; rows that cannot be played, or are gone, are left out."""
    tracks = tuple(parse.each(parse.track, rows[part.start : part.stop], targets))
    if total is None:
        deep = len(rows) >= (DEPTH if part.start < DEPTH else PLAYLIST_PAGE)
        return Page(tracks, None, has_more=part.stop < min(len(rows), DEPTH), truncated=deep)
    # After a part that came empty the service has no more, whatever it counts.
    more = part.stop < min(total, DEPTH) and len(rows) > part.start
    short = part.start < DEPTH and len(rows) < min(part.stop, total)
    return Page(tracks, total, has_more=more, truncated=total > DEPTH or short)


def _rows(row: dict[str, Any]) -> list[Any]:
    rows = row.get("tracks")
    return rows if isinstance(rows, list) else []


def _page_of(row: dict[str, Any], native: str) -> str:
    """The album page's id, which the rows of the album's list name."""
    for track in _rows(row):
        named = track.get("album") if isinstance(track, dict) else None
        found = ids.matched(ids.ALBUM, named.get("id")) if isinstance(named, dict) else ""
        if found:
            return found
    raise ids.unknown(native)


def _with_album(row: dict[str, Any], native: str, rows: list[Any]) -> list[Any]:
    """The rows of an album's page, which lack what the page says once: the album, its year and its cover."""
    said = {
        "album": {"id": native, "name": row.get("title")},
        "year": row.get("year"),
        "thumbnails": row.get("thumbnails"),
    }
    return [track | said for track in rows if isinstance(track, dict)]
