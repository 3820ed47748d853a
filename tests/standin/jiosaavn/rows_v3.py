"""A song as the service's rows show it without `api_version`: other names, other types."""

from functools import lru_cache

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.media import media_field
from tests.standin.jiosaavn.rows import (
    Row,
    album_link,
    flag,
    has_singers_only,
    image,
    names,
    primary_artists,
    song_link,
    text,
    vlink,
)
from tests.standin.song import Song


def _ids(artists: tuple[str, ...]) -> str:
    return ", ".join(map(ids.artist_id, artists))


def _people(song: Song) -> Row:
    primary, singers = primary_artists(song), song.artists
    everybody = dict.fromkeys((*primary, *singers, *song.featured))
    return {
        "music": names(song.composers),
        "music_id": _ids(song.composers),
        "primary_artists": names(primary),
        "primary_artists_id": _ids(primary),
        "featured_artists": names(song.featured),
        "featured_artists_id": _ids(song.featured),
        "singers": names(singers) if has_singers_only(song) or not song.composers else "",
        "starring": "",
        "artistMap": {text(name): ids.artist_id(name) for name in everybody},
    }


def _media(song: Song, addresses: Addresses) -> Row:
    return {
        "320kbps": flag(song.best_bitrate >= 320),
        "encrypted_media_url": media_field(song, addresses.media),
        "encrypted_media_path": "",
        "media_preview_url": f"https://preview.saavncdn.com/{ids.file_stem(song)}_96_p.mp4",
        "rights": {"code": 0, "reason": "", "cacheable": True, "delete_cached_object": False},
        "duration": str(song.duration),
    }


@lru_cache(maxsize=8192)
def row_v3(song: Song, addresses: Addresses, origin: str = "none") -> Row:
    """The song's row; `origin` is "search" in search results. The caller must not change what it gets."""
    made: Row = {
        "id": ids.pid(song),
        "type": "",
        "song": text(song.title),
        "album": text(song.album.title),
        "year": str(song.album.year),
        "image": image(song, addresses),
        "label": text(song.album.label),
        "albumid": ids.album_id(song.album),
        "language": song.language,
        "origin": origin,
        "play_count": song.play_count,
        "copyright_text": f"© {song.album.year} {text(song.album.label)}",
        "explicit_content": int(song.explicit),
        "has_lyrics": "false",
        "lyrics_snippet": "",
        "perma_url": song_link(song, addresses),
        "album_url": album_link(song, addresses),
        "cache_state": "false",
        "starred": "false",
        "release_date": f"{song.album.year}-06-01",
        "label_url": f"/label/{ids.slug(song.album.label)}-albums/",
        "triller_available": False,
        "webp": True,
        **_people(song),
        **_media(song, addresses),
    }
    return {**made, "vcode": ids.vcode(song), "vlink": vlink(song)} if ids.vcode(song) else made
