"""A song as the service's rows show it, in the shape of `api_version=4`."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.media import media_field
from tests.standin.song import Song, pick

Row = dict[str, object]


def text(plain: str) -> str:
    """A text as the service shows it: escaped for HTML, once, the apostrophe as `&#039;`."""
    return escape(plain, quote=False).replace('"', "&quot;").replace("'", "&#039;")


def names(artists: tuple[str, ...]) -> str:
    """Names in one string."""
    return text(", ".join(artists))


def image(song: Song, addresses: Addresses, size: int = 150) -> str:
    """The cover's address."""
    album = song.album
    stem = f"{ids.slug(album.title)}-{song.language}-{album.year}-{ids.album_id(album)}"
    return f"{addresses.images}/image/{stem}-{size}x{size}.jpg"


def song_link(song: Song, addresses: Addresses) -> str:
    """The song's page; for a few songs a link into the service's internal site."""
    page = f"song/{ids.slug(song.title)}/{ids.song_token(song)}"
    if has_internal_link(song):
        return f"https://internal-site.jiosaavn.com/s/{page}"
    return f"{addresses.pages}/{page}"


def album_link(song: Song, addresses: Addresses) -> str:
    """The page of the song's album."""
    return f"{addresses.pages}/album/{ids.slug(song.album.title)}/{ids.album_token(song.album)}"


def has_internal_link(song: Song) -> bool:
    """Whether the row's `perma_url` leads into the service's internal site (about 1 in 100)."""
    return pick(1, 100, "internal link", song.key) == 1


def has_singers_only(song: Song) -> bool:
    """Whether the row names its artists under the role "singer" only (about 1 in 60)."""
    return pick(1, 60, "singers only", song.key) == 1


def flag(value: bool) -> str:
    """A truth value as the service writes most of them."""
    return "true" if value else "false"


def vlink(song: Song) -> str:
    """The address of the caller tune; empty where there is none. It is not the song."""
    code = ids.vcode(song)
    return f"https://jiotunepreview.jio.com/content/Converted/{code}.mp3" if code else ""


def _artist(name: str, role: str, addresses: Addresses) -> Row:
    return {
        "id": ids.artist_id(name),
        "name": text(name),
        "role": role,
        "image": "",
        "type": "artist",
        "perma_url": f"{addresses.pages}/artist/{ids.slug(name)}-songs/{ids.artist_token(name)}",
    }


def primary_artists(song: Song) -> tuple[str, ...]:
    """Whom the row calls primary artists: composers of film songs first; nobody, in rows that have singers only."""
    if has_singers_only(song):
        return ()
    return tuple(dict.fromkeys((*song.composers, *song.artists)))


def _credits(song: Song, addresses: Addresses) -> Iterator[Row]:
    for role, people in (
        ("music", song.composers),
        ("singer", (*song.artists, *song.featured)),
        ("lyricist", song.composers[:1]),
    ):
        for name in people:
            yield _artist(name, role, addresses)


def _artist_map(song: Song, addresses: Addresses) -> Row:
    return {
        "primary_artists": [_artist(name, "primary_artists", addresses) for name in primary_artists(song)],
        "featured_artists": [_artist(name, "featured_artists", addresses) for name in song.featured],
        "artists": list(_credits(song, addresses)),
    }


def _rights() -> Row:
    return {"code": "0", "cacheable": "true", "delete_cached_object": "false", "reason": ""}


def _more_info(song: Song, addresses: Addresses, origin: str) -> Row:
    more: Row = {
        "music": names(song.composers),
        "album_id": ids.album_id(song.album),
        "album": text(song.album.title),
        "label": text(song.album.label),
        "label_id": None if pick(1, 3, "label id", song.key) == 1 else ids.artist_id(song.album.label),
        "origin": origin,
        "is_dolby_content": False,
        "320kbps": flag(song.best_bitrate >= 320),
        "encrypted_media_url": media_field(song, addresses.media),
        "encrypted_cache_url": "",
        "encrypted_drm_cache_url": "",
        "encrypted_drm_media_url": "",
        "album_url": album_link(song, addresses),
        "duration": str(song.duration),
        "rights": _rights(),
        "cache_state": "false",
        "has_lyrics": "false",
        "lyrics_snippet": "",
        "starred": "false",
        "copyright_text": f"℗ {song.album.year} {text(song.album.label)}",
        "artistMap": _artist_map(song, addresses),
        "release_date": f"{song.album.year}-06-01",
        "label_url": f"/label/{ids.slug(song.album.label)}-albums/",
        "vcode": ids.vcode(song),
        "vlink": vlink(song),
        "triller_available": False,
        "request_jiotune_flag": False,
        "webp": "true",
    }
    return more if ids.vcode(song) else {name: value for name, value in more.items() if name not in ("vcode", "vlink")}


@lru_cache(maxsize=8192)
def row(song: Song, addresses: Addresses, origin: str = "none") -> Row:
    """The song's row; `origin` is "search" in search results. The caller must not change what it gets."""
    return {
        "id": ids.pid(song),
        "title": text(song.title),
        "subtitle": f"{names(song.artists)} - {text(song.album.title)}",
        "header_desc": "",
        "type": "song",
        "perma_url": song_link(song, addresses),
        "image": image(song, addresses),
        "language": song.language,
        "year": str(song.album.year),
        "play_count": str(song.play_count),
        "explicit_content": "1" if song.explicit else "0",
        "list_count": "0",
        "list_type": "",
        "list": "",
        "more_info": _more_info(song, addresses, origin),
        "button_tooltip_info": [],
    }
