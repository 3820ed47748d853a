"""JioSaavn's answers as domain objects. Pure: bodies in, tracks and errors out.

The service answers in two shapes, called v4 (`api_version=4`) and v3; one normaliser reads both. Every field may be
missing or of another type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from music.domain import AlbumRef, ArtistRef, Track, TrackPage
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceRateLimited
from music.text import clean, whole_number

NAME = "jiosaavn"
SONG_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PERMA_LINK = re.compile(r"https?://[^/]+/(?:s/)?song/(?:[^/]+/){0,2}([A-Za-z0-9._~%-]{1,300})/([A-Za-z0-9_,-]{1,64})/?")
SMALL_IMAGE = re.compile(r"-(?:50x50|150x150)\.")
MAX_ARTISTS = 20
MAX_DURATION = 24 * 3600


class BadRow(ValueError):
    """A song row that cannot become a track; the message says what is missing."""


def decoded(status: int, body: bytes) -> Any:
    """The JSON of an answer.

    Raises `SourceRateLimited` on 429; `SourceBlocked` on 403, 451 and on a page in place of JSON, which is how the
    service's firewall answers; `BadAnswer` on anything else that is not JSON. The Content-Type is no help: the service
    sends JSON as text/html.
    """
    if status == 429:
        raise SourceRateLimited("HTTP 429")
    if status in (403, 451) or body.lstrip()[:1] == b"<":
        raise SourceBlocked(f"HTTP {status}" if status != 200 else "a page in place of an answer")
    if status != 200:
        raise BadAnswer(f"HTTP {status}")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("not JSON" if body.strip() else "an empty body") from error
    if isinstance(answer, dict) and answer.get("error"):
        raise BadAnswer("the service reported an error")
    return answer


def search_page(answer: Any, targets: Targets) -> TrackPage:
    """The tracks of `search.getResults`; rows that cannot become tracks are left out."""
    rows = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise BadAnswer("no list of results")
    return TrackPage(tuple(tracks(rows, targets)), whole_number(answer.get("total")))


def song_details(answer: Any, native: str, targets: Targets) -> Track:
    """The track of `song.getDetails`: v4 `{"songs": [row]}`, v3 `{"<id>": row}`. Raises `NotFound`."""
    for row in song_rows(answer):
        try:
            found = track(row, targets)
        except BadRow:
            continue
        if found.native == native:
            return found
    raise NotFound(f"{NAME}:{native} is not known")


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
    if not isinstance(row, dict):
        raise BadRow("not an object")
    nested = row.get("more_info")
    more = nested if isinstance(nested, dict) else row
    native, title = row.get("id"), clean(row.get("title")) or clean(row.get("song"))
    if not isinstance(native, str) or not SONG_ID.fullmatch(native):
        raise BadRow("no id")
    if not title:
        raise BadRow("no title")
    return Track(
        id=f"{NAME}:{native}",
        title=title,
        artists=_artists(row, more),
        album=_album(more),
        duration=_duration(more),
        year=whole_number(row.get("year"), 2200) or None,
        language=clean(row.get("language"), 30).lower(),
        explicit=str(row.get("explicit_content")) == "1",
        thumbnail=_thumbnail(row.get("image"), targets),
        url=_perma_link(row.get("perma_url")),
        handle=_handle(more.get("encrypted_media_url")),
    )


def _duration(more: dict[str, Any]) -> int:
    seconds = whole_number(more.get("duration"), MAX_DURATION)
    if not seconds:
        raise BadRow("no duration")
    return seconds


def _album(more: dict[str, Any]) -> AlbumRef | None:
    title = clean(more.get("album"))
    native = more.get("album_id") or more.get("albumid")
    return AlbumRef(clean(str(native or ""), 64), title) if title else None


def _artists(row: dict[str, Any], more: dict[str, Any]) -> tuple[ArtistRef, ...]:
    mapped = more.get("artistMap")
    found = _mapped_artists(mapped) if isinstance(mapped, dict) else ()
    named = found or _named_artists(more, "primary_artists") or _named_artists(more, "singers")
    artists = named or _named_artists(more, "music") or _subtitle_artist(row)
    if not artists:
        raise BadRow("no artist")
    return artists[:MAX_ARTISTS]


def _mapped_artists(mapped: dict[str, Any]) -> tuple[ArtistRef, ...]:
    """v4's map; in v3 it is `{name: id}` of everybody involved, which says nothing of who sings."""
    for group, roles in (("primary_artists", None), ("artists", {"singer"}), ("featured_artists", None)):
        entries = mapped.get(group)
        rows = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
        wanted = [entry for entry in rows if roles is None or entry.get("role") in roles]
        found = {
            clean(entry.get("name"), 200): ArtistRef(clean(entry.get("id"), 64), clean(entry.get("name"), 200))
            for entry in wanted
            if clean(entry.get("name"), 200)
        }
        if found:
            return tuple(found.values())
    return ()


def _named_artists(row: dict[str, Any], name: str) -> tuple[ArtistRef, ...]:
    """v3's `A, B` beside its `1, 2`; where the counts differ, a name holds a comma, and no id is sure."""
    names = [part for part in (clean(part, 200) for part in clean(row.get(name), 2000).split(", ")) if part]
    ids = [part.strip() for part in clean(row.get(f"{name}_id"), 2000).split(",") if part.strip()]
    paired = ids if len(ids) == len(names) else [""] * len(names)
    return tuple(ArtistRef(*pair) for pair in zip(paired, names, strict=True))


def _subtitle_artist(row: dict[str, Any]) -> tuple[ArtistRef, ...]:
    artist = clean(row.get("subtitle")).partition(" - ")[0].strip()
    return (ArtistRef("", artist),) if artist else ()


def _thumbnail(value: Any, targets: Targets) -> str:
    link = value.strip() if isinstance(value, str) else ""
    # The service mixes http and https; the origin that tests let through is plain http and stays so.
    if link.startswith("http://") and not targets.emitted(link):
        link = "https://" + link.removeprefix("http://")
    return targets.emitted(SMALL_IMAGE.sub("-500x500.", link))


def _perma_link(value: Any) -> str:
    """The song's page, rebuilt from its token: some rows name a host of the service's own network."""
    found = PERMA_LINK.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"https://www.jiosaavn.com/song/{found[1]}/{found[2]}" if found else ""


def _handle(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/=]{16,512}", value) else ""
