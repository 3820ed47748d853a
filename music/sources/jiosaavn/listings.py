"""JioSaavn's lists: what a search finds, and albums, playlists and artists with a page of their songs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from music.domain import Album, Artist, ArtistRef, Collection, Item, Kind, Listing, Page, Playlist, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound
from music.sources.jiosaavn import fields
from music.sources.jiosaavn.fields import NAME, BadRow, Row
from music.sources.jiosaavn.parse import track, tracks
from music.text import clean, whole_number

# Where a detailed answer has its songs, by its kind: the name in v4, then the one in v3.
SONGS: Mapping[Kind, tuple[str, ...]] = {
    "album": ("list", "songs"),
    "playlist": ("list", "songs"),
    "artist": ("topSongs",),
}


def search_page(answer: Any, kind: Kind, page: int, limit: int, targets: Targets) -> Page[Item]:
    """What a search found; rows that cannot become what was searched for are left out."""
    rows = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise BadAnswer("no list of results")
    total = whole_number(answer.get("total"))
    found = tuple(item for row in rows if (item := _item(row, kind, targets)) is not None)
    return Page(found, total, has_more=bool(rows) and page * limit < total)


def listing(answer: Any, kind: Kind, page: int, limit: int, targets: Targets) -> Listing:
    """An album, playlist or artist with one page of its songs. Raises `NotFound` for the service's empty card."""
    if answer and not isinstance(answer, dict):
        raise BadAnswer(f"no {kind}")
    try:
        item = COLLECTIONS[kind](answer, targets)
    except BadRow as error:
        raise NotFound(f"no such {kind}: {error}") from error
    rows = _song_rows(answer, SONGS[kind])
    if kind == "album":
        return Listing(item, _part_of_whole(rows, _total(answer) or 0, page, limit, targets))
    return Listing(item, _page_as_sent(rows, _total(answer), page, limit, targets))


def album(row: Any, targets: Targets) -> Album:
    """An album: a row of a search, or a detailed answer. Raises `BadRow`."""
    row = fields.checked_row(row, "album")
    more = fields.more_of(row)
    return Album(
        id=f"{NAME}:{fields.identifier(row, 'id', 'albumid')}",
        title=fields.title(row, "title", "name", "album"),
        artists=_album_artists(row, more),
        year=fields.year(row.get("year"), more.get("year")),
        language=fields.language(row.get("language"), more.get("language")),
        explicit=str(row.get("explicit_content")) == "1",
        thumbnail=fields.thumbnail(row.get("image"), targets),
        url=fields.page_link(row.get("perma_url"), "album"),
        total=_total(row),
    )


def playlist(row: Any, targets: Targets) -> Playlist:
    """A playlist: a row of a search, or a detailed answer. Raises `BadRow`."""
    row = fields.checked_row(row, "playlist")
    more = fields.more_of(row)
    return Playlist(
        id=f"{NAME}:{fields.identifier(row, 'id', 'listid')}",
        title=fields.title(row, "title", "listname"),
        owner=" ".join(filter(None, (clean(more.get("firstname"), 100), clean(more.get("lastname"), 100)))),
        thumbnail=fields.thumbnail(row.get("image"), targets),
        url=fields.page_link(row.get("perma_url"), "featured", "playlist"),
        total=_total(row),
    )


def artist(row: Any, targets: Targets) -> Artist:
    """An artist: a row of a search, or a detailed answer, which has its link elsewhere. Raises `BadRow`."""
    row = fields.checked_row(row, "artist")
    links = row.get("urls")
    link = links.get("overview") if isinstance(links, dict) else row.get("perma_url")
    return Artist(
        id=f"{NAME}:{fields.identifier(row, 'artistId', 'artistid', 'id')}",
        name=fields.title(row, "name", "title"),
        thumbnail=fields.thumbnail(row.get("image"), targets),
        url=fields.page_link(link, "artist"),
    )


COLLECTIONS: Mapping[Kind, Callable[[Any, Targets], Collection]] = {
    "album": album,
    "playlist": playlist,
    "artist": artist,
}


def _item(row: Any, kind: Kind, targets: Targets) -> Item | None:
    try:
        return track(row, targets) if kind == "track" else COLLECTIONS[kind](row, targets)
    except BadRow:
        return None


def _album_artists(row: Row, more: Row) -> tuple[ArtistRef, ...]:
    """Whom the album names first; a list of new albums names nobody first, and everybody without a role."""
    people = more.get("artistMap")
    groups = people if isinstance(people, dict) else {}
    mapped = fields.mapped_artists(groups.get("primary_artists")) or fields.mapped_artists(groups.get("artists"), {""})
    named = mapped or fields.named_artists(more, "primary_artists") or fields.named_artists(more, "music")
    return named or fields.named_artists(row, "subtitle")


def _total(row: Row) -> int | None:
    """How many songs the list has; a row that is not detailed says "0" in one place and the number in another."""
    more = fields.more_of(row)
    songs = row.get("topSongs")
    said = (row.get("list_count"), more.get("song_count"), row.get("count"), row.get("numsongs"))
    counted = [value for value in (*said, songs.get("total") if isinstance(songs, dict) else None) if _is_count(value)]
    return max((whole_number(value) for value in counted), default=None)


def _is_count(value: Any) -> bool:
    return whole_number(value) > 0 or value in (0, "0")


def _song_rows(answer: Row, names: tuple[str, ...]) -> list[Any]:
    for name in names:
        rows = answer.get(name)
        if isinstance(rows, dict):
            rows = rows.get("songs")
        if isinstance(rows, list):
            return rows
    return []


def _part_of_whole(rows: list[Any], said: int, page: int, limit: int, targets: Targets) -> Page[Track]:
    """A page of an answer that holds every song; `truncated` where it holds fewer than it says, or one is no song."""
    total, first = max(said, len(rows)), (page - 1) * limit
    shown = tuple(tracks(rows[first : first + limit], targets))
    return Page(shown, total, page * limit < len(rows), len(shown) < _expected(total, page, limit))


def _page_as_sent(rows: list[Any], total: int | None, page: int, limit: int, targets: Targets) -> Page[Track]:
    """A page that the service has cut out; `truncated` where it holds fewer songs than it should."""
    shown = tuple(tracks(rows[:limit], targets))
    if total is None:
        return Page(shown, None, len(rows) >= limit, len(shown) < min(limit, len(rows)))
    return Page(shown, total, bool(rows) and page * limit < total, len(shown) < _expected(total, page, limit))


def _expected(total: int, page: int, limit: int) -> int:
    return max(0, min(limit, total - (page - 1) * limit))
