"""Playlists, and how the service shows them: with a page of their songs, or as a row of a search."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.rows import Row, row, text
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.song import Song


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist; `hidden` songs are counted and never sent, as those that a region may not hear."""

    title: str
    songs: tuple[Song, ...]
    language: str = ""
    first_name: str = "Odette"
    last_name: str = "Farraway"
    hidden: int = 0
    is_private: bool = False

    @property
    def id(self) -> str:
        """Nine digits."""
        return ids.playlist_id(self.title)

    @property
    def token(self) -> str:
        """The last part of its link."""
        return ids.playlist_token(self.title)

    @property
    def count(self) -> int:
        """How many songs it says it has."""
        return len(self.songs) + self.hidden


def _repeated(count: int) -> tuple[Song, ...]:
    known = catalogue.songs()
    return tuple(known[number % len(known)] for number in range(count))


def _favourites(language: str) -> Playlist:
    known = [song for song in catalogue.songs() if song.language == language]
    best = sorted(known, key=lambda song: song.play_count, reverse=True)[:30]
    return Playlist(f"{language.title()} Evergreens", tuple(best), language, "JioSaavn", "")


ORDINARY = Playlist('Lanterns & "Low" Tide', catalogue.NAMED[:24], "english")
"""24 songs, with entities in its title."""

LONG = Playlist("Five Hundred Umbrellas", _repeated(500))
"""500 songs, some of them twice."""

ENDLESS = Playlist("Ten Thousand Teacups", _repeated(10_000))
"""10,000 songs."""

EMPTY = Playlist("Nothing in the Teapot", ())
"""No song."""

CUT = Playlist("Half an Orchard", catalogue.NAMED[:12], hidden=8)
"""20 songs, of which 12 are sent."""

PRIVATE = Playlist("A Locked Umbrella Stand", catalogue.NAMED[:3], is_private=True)
"""In no search, and refused to all who ask for it."""

LISTED = (ORDINARY, LONG, ENDLESS, EMPTY, CUT, *map(_favourites, ("english", "hindi", "tamil", "punjabi")))
"""Those that are open to all."""

BY_ID = {playlist.id: playlist for playlist in (*LISTED, PRIVATE)}
BY_TOKEN = {playlist.token: playlist for playlist in (*LISTED, PRIVATE)}


def _image(playlist: Playlist, addresses: Addresses) -> str:
    return f"{addresses.images}/editorial/{ids.slug(playlist.title)}_{playlist.id}_150x150.jpg"


def _link(playlist: Playlist, addresses: Addresses) -> str:
    return f"{addresses.pages}/featured/{ids.slug(playlist.title)}/{playlist.token}"


def playlist_row(playlist: Playlist, addresses: Addresses) -> Row:
    """The playlist among search results."""
    return {
        "id": playlist.id,
        "title": text(playlist.title),
        "subtitle": f"{playlist.count} Songs",
        "type": "playlist",
        "image": _image(playlist, addresses),
        "perma_url": _link(playlist, addresses),
        "more_info": {
            "uid": "standin_user",
            "firstname": playlist.first_name,
            "artist_name": None,
            "entity_type": "playlist",
            "entity_sub_type": "",
            "video_available": False,
            "is_dolby_content": None,
            "sub_types": None,
            "images": None,
            "lastname": playlist.last_name,
            "song_count": str(playlist.count),
            "language": playlist.language,
        },
        "explicit_content": "0",
        "mini_obj": True,
        "numsongs": None,
    }


def playlist_v4(playlist: Playlist, part: Sequence[Song], addresses: Addresses) -> Row:
    """The playlist with those of its songs that are on a page."""
    return {
        "id": playlist.id,
        "title": text(playlist.title),
        "subtitle": "Just Updated",
        "header_desc": f"{playlist.count} songs.",
        "type": "playlist",
        "perma_url": _link(playlist, addresses),
        "image": _image(playlist, addresses),
        "language": "",
        "year": "",
        "play_count": "",
        "explicit_content": "0",
        "list_count": str(playlist.count),
        "list_type": "",
        "list": [row(song, addresses, "playlist") for song in part],
        "more_info": {
            "uid": "standin_user",
            "contents": ",".join(map(ids.pid, playlist.songs)),
            "is_dolby_content": False,
            "username": "standin_user",
            "firstname": playlist.first_name,
            "lastname": playlist.last_name,
            "follower_count": "5651",
            "fan_count": "5,635",
            "playlist_type": "playlist",
            "share": "1",
            "video_count": "0",
            "artists": [],
        },
        "button_tooltip_info": [],
        "modules": {},
    }


def playlist_v3(playlist: Playlist, part: Sequence[Song], addresses: Addresses) -> Row:
    """The same in the older shape."""
    return {
        "listid": playlist.id,
        "listname": text(playlist.title),
        "firstname": playlist.first_name,
        "lastname": playlist.last_name,
        "perma_url": _link(playlist, addresses),
        "image": _image(playlist, addresses),
        "list_count": str(playlist.count),
        "songs": [row_v3(song, addresses, "playlist") for song in part],
    }
