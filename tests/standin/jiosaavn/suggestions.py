"""The answer of `autocomplete.get`: a few songs, albums, playlists and artists in a short form."""

from dataclasses import dataclass

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.artists import artist_row
from tests.standin.jiosaavn.playlists import Playlist, playlist_row
from tests.standin.jiosaavn.rows import Row, album_link, image, names, primary_artists, song_link, text, vlink
from tests.standin.song import Song

_MOST = 3
_GROUPS = ("topquery", "artists", "albums", "songs", "playlists", "shows", "episodes")


def _credits(song: Song) -> Row:
    return {
        "vcode": ids.vcode(song),
        "vlink": vlink(song),
        "primary_artists": names(primary_artists(song)),
        "singers": names(song.artists),
        "triller_available": False,
        "language": song.language,
    }


def _song(song: Song, addresses: Addresses) -> Row:
    album = text(song.album.title)
    return {
        "id": ids.pid(song),
        "title": text(song.title),
        "subtitle": album,
        "type": "song",
        "image": image(song, addresses),
        "perma_url": song_link(song, addresses),
        "more_info": {
            "album": album,
            "album_id": ids.album_id(song.album),
            "ctr": song.play_count % 5000,
            "score": str(song.play_count / 36),
            "video_available": None,
            **_credits(song),
        },
        "explicit_content": "1" if song.explicit else "0",
        "mini_obj": True,
        "description": f"{album} · {names(song.artists)}",
    }


def _song_v3(song: Song, position: int, addresses: Addresses) -> Row:
    return {
        "id": ids.pid(song),
        "title": text(song.title),
        "image": image(song, addresses, 50),
        "album": text(song.album.title),
        "url": song_link(song, addresses),
        "type": "song",
        "description": f"{text(song.album.title)} · {names(song.artists)}",
        "ctr": song.play_count % 5000,
        "position": position,
        "more_info": {"video_available": False, **_credits(song)},
    }


def _album_info(song: Song) -> Row:
    pids = ", ".join(map(ids.pid, ids.tracks_of_album()[ids.album_id(song.album)]))
    film = "1" if song.album.film else ""
    return {"year": str(song.album.year), "is_movie": film, "language": song.album.language, "song_pids": pids}


def _album(song: Song, addresses: Addresses) -> Row:
    album, artist = song.album, text(song.album.artist)
    return {
        "id": ids.album_id(album),
        "title": text(album.title),
        "subtitle": "",
        "type": "album",
        "image": image(song, addresses),
        "perma_url": album_link(song, addresses),
        "more_info": {"music": artist, "ctr": song.play_count % 3000, **_album_info(song)},
        "explicit_content": "0",
        "mini_obj": True,
        "description": f"{album.year} · {album.language.title()} Album · {artist}",
    }


def _album_v3(song: Song, position: int, addresses: Addresses) -> Row:
    album, artist = song.album, text(song.album.artist)
    return {
        "id": ids.album_id(album),
        "title": text(album.title),
        "image": image(song, addresses, 50),
        "music": artist,
        "url": album_link(song, addresses),
        "type": "album",
        "description": f"{album.year} · {album.language.title()} Album · {artist}",
        "ctr": song.play_count % 3000,
        "position": position,
        "more_info": _album_info(song),
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best first."""

    songs: tuple[Song, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    artists: tuple[str, ...] = ()


def suggestions(found: Found, addresses: Addresses, v4: bool) -> Row:
    """Suggestions out of what was found; of the older shape, songs and albums alone are played."""
    songs = found.songs
    albums = list({song.album: song for song in songs[: 4 * _MOST]}.values())[:_MOST]
    groups: dict[str, list[Row]] = {name: [] for name in _GROUPS}
    if v4:
        groups["topquery"] = [_song(song, addresses) for song in songs[:1]]
        groups["songs"] = [_song(song, addresses) for song in songs[:_MOST]]
        groups["albums"] = [_album(song, addresses) for song in albums]
        groups["playlists"] = [playlist_row(playlist, addresses) for playlist in found.playlists[:_MOST]]
        groups["artists"] = [artist_row(name, addresses) for name in found.artists[:_MOST]]
    else:
        groups["songs"] = [_song_v3(song, place, addresses) for place, song in enumerate(songs[:_MOST], 1)]
        groups["albums"] = [_album_v3(song, place, addresses) for place, song in enumerate(albums, 1)]
    return {name: {"data": groups[name], "position": place} for place, name in enumerate(_GROUPS)}
