"""What ytmusicapi and oEmbed answer, as domain objects. Pure: rows in, tracks, albums, playlists and artists out.

The rows are those of ytmusicapi 1.12; each field may be missing, None or of another type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from music.domain import Album, AlbumRef, Artist, ArtistRef, Playlist, Track
from music.guard import Targets
from music.sources.youtube import ids
from music.text import clean, whole_number

NAME = ids.NAME
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})", re.ASCII)
MAX_ARTISTS = 20
MAX_DURATION = 24 * 3600  # seconds

Made = TypeVar("Made")
Row = dict[str, Any]


class BadRow(ValueError):
    """A row that cannot become what it should; the message says what is missing."""


def each(make: Callable[[Row, Targets], Made], rows: Any, targets: Targets) -> Iterator[Made]:
    """What `make` makes of the rows; those that it cannot use are left out."""
    for row in rows if isinstance(rows, list) else ():
        try:
            yield make(row if isinstance(row, dict) else {}, targets)
        except BadRow:
            continue


def track(row: Row, targets: Targets) -> Track:
    """A song of a search, a list, an album or a watch list. Raises `BadRow`."""
    native, title = ids.matched(ids.VIDEO, row.get("videoId")), clean(row.get("title"))
    if not native:
        raise BadRow("no video")
    if row.get("isAvailable") is False:
        raise BadRow("greyed out")
    if not title:
        raise BadRow("no title")
    return Track(
        id=f"{NAME}:{native}",
        title=title,
        artists=_artists(row.get("artists")),
        album=_album_of(row.get("album")),
        duration=_duration(row),
        year=whole_number(row.get("year"), 2200) or None,
        language="",
        explicit=row.get("isExplicit") is True,
        thumbnail=picture(row.get("thumbnails") or row.get("thumbnail"), targets) or ids.video_picture(native),
        url=ids.video_page(native),
        is_video=_is_video(row),
    )


def _is_video(row: Row) -> bool:
    """Whether a row is a video and not the audio of an album: ytmusicapi names the type, or at least what was found."""
    kind = row.get("videoType")
    if isinstance(kind, str) and kind:
        return kind != ids.ALBUM_AUDIO
    return row.get("resultType") == "video"


def watched(rows: Any, native: str, targets: Targets) -> Track | None:
    """The track `native` in a watch list: a row of its own, or the video of a song, or the song of a video."""
    for row in rows if isinstance(rows, list) else ():
        for found in (row, row.get("counterpart")) if isinstance(row, dict) else ():
            if isinstance(found, dict) and found.get("videoId") == native:
                return next(each(track, [found], targets), None)
    return None


def embedded(answer: Row) -> tuple[str, str]:
    """Title and channel of an oEmbed answer; "" for what is missing."""
    return clean(answer.get("title")), clean(answer.get("author_name"), 200)


def album(row: Row, targets: Targets) -> Album:
    """An album of a search (with `browseId`). Raises `BadRow`."""
    native = ids.matched(ids.ALBUM, row.get("browseId"))
    if not native:
        raise BadRow("no album")
    return album_page(row, native, None, targets)


def album_page(row: Row, native: str, total: int | None, targets: Targets) -> Album:
    """An album by its own page or by a row. Raises `BadRow`."""
    title = clean(row.get("title"))
    if not title:
        raise BadRow("no title")
    return Album(
        id=f"{NAME}:{native}",
        title=title,
        artists=_artists(row.get("artists")),
        year=whole_number(row.get("year"), 2200) or None,
        language="",
        explicit=row.get("isExplicit") is True,
        thumbnail=picture(row.get("thumbnails"), targets),
        url=ids.album_page(native),
        total=total,
    )


def playlist(row: Row, targets: Targets) -> Playlist:
    """A playlist of a search (with `browseId`). Raises `BadRow`."""
    browse = row.get("browseId")
    native = ids.matched(ids.PLAYLIST, browse.removeprefix("VL") if isinstance(browse, str) else "")
    if not native:
        raise BadRow("no playlist")
    return playlist_page(row, native, whole_number(row.get("itemCount")) or None, targets)


def playlist_page(row: Row, native: str, total: int | None, targets: Targets) -> Playlist:
    """A playlist by its own page or by a row. Raises `BadRow`."""
    title, author = clean(row.get("title")), row.get("author")
    if not title:
        raise BadRow("no title")
    return Playlist(
        id=f"{NAME}:{native}",
        title=title,
        owner=clean(author.get("name") if isinstance(author, dict) else author, 200),
        thumbnail=picture(row.get("thumbnails"), targets),
        url=ids.playlist_page(native),
        total=total,
    )


def artist(row: Row, targets: Targets) -> Artist:
    """An artist of a search (with `browseId`). Raises `BadRow`."""
    native = ids.matched(ids.CHANNEL, row.get("browseId"))
    if not native:
        raise BadRow("no channel")
    return artist_page(row | {"name": row.get("artist")}, native, targets)


def artist_page(row: Row, native: str, targets: Targets) -> Artist:
    """An artist by the own page. Raises `BadRow`."""
    name = clean(row.get("name"), 200)
    if not name:
        raise BadRow("no name")
    return Artist(f"{NAME}:{native}", name, picture(row.get("thumbnails"), targets), ids.artist_page(native))


def picture(thumbnails: Any, targets: Targets) -> str:
    """The largest of the pictures, which are listed from small to large; "" where none may be shown."""
    listed = (
        [entry.get("url") for entry in thumbnails if isinstance(entry, dict)] if isinstance(thumbnails, list) else []
    )
    links = (targets.emitted(ids.large(link)) for link in reversed(listed) if isinstance(link, str))
    return next(filter(None, links), "")


def unique(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """The tracks without repetitions, in their order."""
    return tuple({track.id: track for track in tracks}.values())


def _artists(rows: Any) -> tuple[ArtistRef, ...]:
    found = {
        clean(row.get("name"), 200): ArtistRef(ids.matched(ids.CHANNEL, row.get("id")), clean(row.get("name"), 200))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and clean(row.get("name"), 200)
    }
    if not found:
        raise BadRow("no artist")
    return tuple(found.values())[:MAX_ARTISTS]


def _album_of(value: Any) -> AlbumRef | None:
    """An album page's rows name it by its title alone."""
    row = value if isinstance(value, dict) else {"name": value}
    title = clean(row.get("name"))
    return AlbumRef(ids.matched(ids.ALBUM, row.get("id")), title) if title else None


def _duration(row: Row) -> int:
    seconds = whole_number(row.get("duration_seconds"), MAX_DURATION) or clock(row.get("duration") or row.get("length"))
    if not seconds:
        raise BadRow("no duration")
    return seconds


def clock(value: Any) -> int:
    """The seconds of `3:07` or `1:02:03`; 0 for anything else."""
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= MAX_DURATION else 0
