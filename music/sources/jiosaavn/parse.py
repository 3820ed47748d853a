"""JioSaavn's songs as tracks. Pure: decoded bodies in, tracks and errors out.

The service answers in two shapes, called v4 (`api_version=4`) and v3; one normaliser reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from music.domain import AlbumRef, ArtistRef, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound
from music.sources.jiosaavn import fields
from music.sources.jiosaavn.fields import NAME, BadRow, Row
from music.text import clean, whole_number

MEDIA_FIELD = re.compile(r"[A-Za-z0-9+/=]{16,512}")
CONTENT_CODE = re.compile(r"[A-Za-z0-9]{4,40}")
MAX_DURATION = 24 * 3600


def song_details(answer: Any, native: str, targets: Targets) -> Track:
    """The track of `song.getDetails`: v4 `{"songs": [row]}`, v3 `{"<id>": row}`. Raises `NotFound`."""
    for found in tracks(song_rows(answer), targets):
        if found.native == native:
            return found
    raise NotFound(f"{NAME}:{native} is not known")


def song_by_token(answer: Any, targets: Targets) -> Track:
    """The track of `webapi.get` with `type=song`; an unknown token answers an empty card. Raises `NotFound`."""
    for found in tracks(song_rows(answer), targets):
        return found
    raise NotFound("no song has this token")


def song_rows(answer: Any) -> list[Any]:
    """The song rows of either shape of `song.getDetails`."""
    if not isinstance(answer, (dict, list)):
        raise BadAnswer("no songs")
    if isinstance(answer, list):
        return answer
    songs = answer.get("songs")
    return songs if isinstance(songs, list) else list(answer.values())


def tracks(rows: list[Any], targets: Targets) -> Iterator[Track]:
    """The tracks of those rows that can become one."""
    for row in rows:
        try:
            yield track(row, targets)
        except BadRow:
            continue


def track(row: Any, targets: Targets) -> Track:
    """The track of one song row, v4 or v3. Raises `BadRow`."""
    row = fields.checked_row(row, "song")
    more = fields.more_of(row)
    return Track(
        id=f"{NAME}:{_song_id(row)}",
        title=fields.title(row, "title", "song"),
        artists=_artists(row, more),
        album=_album(more),
        duration=_duration(more),
        year=fields.year(row.get("year")),
        language=fields.language(row.get("language")),
        explicit=str(row.get("explicit_content")) == "1",
        thumbnail=fields.thumbnail(row.get("image"), targets),
        url=fields.page_link(row.get("perma_url"), "song"),
        handle=_handle(more.get("encrypted_media_url")),
        recording=_recording(more.get("vcode")),
    )


def _song_id(row: Row) -> str:
    if not isinstance(row.get("id"), str):
        raise BadRow("no id")
    return fields.identifier(row, "id")


def _duration(more: Row) -> int:
    seconds = whole_number(more.get("duration"), MAX_DURATION)
    if not seconds:
        raise BadRow("no duration")
    return seconds


def _album(more: Row) -> AlbumRef | None:
    title = clean(more.get("album"))
    native = more.get("album_id") or more.get("albumid")
    return AlbumRef(clean(str(native or ""), 64), title) if title else None


def _artists(row: Row, more: Row) -> tuple[ArtistRef, ...]:
    named = _mapped(more.get("artistMap")) or fields.named_artists(more, "primary_artists")
    artists = named or fields.named_artists(more, "singers") or fields.named_artists(more, "music")
    if not artists:
        return _subtitle_artist(row)
    return artists


def _mapped(people: Any) -> tuple[ArtistRef, ...]:
    """v4's map; in v3 it is `{name: id}` of everybody involved, which says nothing of who sings."""
    if not isinstance(people, dict):
        return ()
    return (
        fields.mapped_artists(people.get("primary_artists"))
        or fields.mapped_artists(people.get("artists"), {"singer"})
        or fields.mapped_artists(people.get("featured_artists"))
    )


def _subtitle_artist(row: Row) -> tuple[ArtistRef, ...]:
    artist = clean(row.get("subtitle")).partition(" - ")[0].strip()
    if not artist:
        raise BadRow("no artist")
    return (ArtistRef("", artist),)


def _handle(value: Any) -> str:
    return value if isinstance(value, str) and MEDIA_FIELD.fullmatch(value) else ""


def _recording(value: Any) -> str:
    """The code that all rows of one recording in one language share; some rows have none."""
    return value if isinstance(value, str) and CONTENT_CODE.fullmatch(value) else ""
