"""A song, an album, an artist and a playlist as pathfinder shows them; what the other interfaces have in common."""

import re

from tests.standin.song import Album, Song, pick
from tests.standin.spotify import ids
from tests.standin.spotify.playlists import Playlist

Row = dict[str, object]
SIZES = (300, 64, 640)
_FILM = re.compile(r' \(From "(.*)"\)$')


def title(song: Song) -> str:
    """The song's title in the service's own style: the film after a dash."""
    return _FILM.sub(r' - From "\1"', song.title)


def credited(song: Song) -> tuple[str, ...]:
    """Everybody whom the service names as an artist of the song."""
    return tuple(dict.fromkeys((*song.artists, *song.featured)))


def milliseconds(song: Song) -> int:
    """The song's length."""
    return song.duration * 1000 + pick(0, 999, "milliseconds", song.key)


def images(key: str, origin: str) -> list[tuple[str, int]]:
    """Address and size of a cover, in three sizes."""
    return [(f"{origin}/image/{size:08x}{ids.gid(ids.native_id('cover', key))}", size) for size in SIZES]


def sources(key: str, origin: str) -> list[Row]:
    """A cover as pathfinder shows it."""
    return [{"height": size, "url": url, "width": size} for url, size in images(key, origin)]


def artist_items(names: tuple[str, ...]) -> Row:
    """Artists as pathfinder lists them."""
    return {"items": [{"profile": {"name": name}, "uri": f"spotify:artist:{ids.artist_id(name)}"} for name in names]}


def album_of_track(album: Album, origin: str) -> Row:
    """The album in a track's row."""
    native = ids.album_id(album)
    cover = {"sources": sources(album.key, origin)}
    return {"coverArt": cover, "id": native, "name": album.title, "uri": f"spotify:album:{native}"}


def track(song: Song, origin: str) -> Row:
    """A track as in search."""
    native = ids.track_id(song)
    return {
        "__typename": "Track",
        "albumOfTrack": album_of_track(song.album, origin),
        "artists": artist_items(credited(song)),
        "contentRating": {"label": "EXPLICIT" if song.explicit else "NONE"},
        "duration": {"totalMilliseconds": milliseconds(song)},
        "id": native,
        "name": title(song),
        "playability": {"playable": True, "reason": "PLAYABLE"},
        "uri": f"spotify:track:{native}",
    }


def album(of: Album, origin: str) -> Row:
    """An album as in search."""
    return {
        "__typename": "Album",
        "artists": artist_items((of.artist,)),
        "coverArt": {"sources": sources(of.key, origin)},
        "date": {"year": of.year},
        "name": of.title,
        "playability": {"playable": True, "reason": "PLAYABLE"},
        "type": "ALBUM",
        "uri": f"spotify:album:{ids.album_id(of)}",
    }


def artist(name: str, origin: str) -> Row:
    """An artist as in search."""
    return {
        "__typename": "Artist",
        "profile": {"name": name},
        "uri": f"spotify:artist:{ids.artist_id(name)}",
        "visuals": {"avatarImage": {"sources": sources(name, origin)}},
    }


def playlist(of: Playlist, origin: str) -> Row:
    """A playlist as in search; its images have no stated size."""
    image = {"height": None, "url": images(of.title, origin)[0][0], "width": None}
    return {
        "__typename": "Playlist",
        "attributes": [],
        "description": "",
        "format": "",
        "images": {"items": [{"sources": [image]}]},
        "name": of.title,
        "ownerV2": {"data": {"__typename": "User", "name": of.owner, "username": of.owner.lower().replace(" ", "")}},
        "uri": f"spotify:playlist:{of.native}",
    }
