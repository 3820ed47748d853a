"""Ids of songs, albums and artists on the service, made from the keys of the catalogue: the same on every start."""

from functools import cache
from hashlib import blake2b

from tests.standin.song import Album, Song

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _letters(count: int, *of: str) -> str:
    number = int.from_bytes(blake2b("\0".join(of).encode()).digest(), "big")
    letters = []
    for _ in range(count):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


@cache
def track_id(song: Song) -> str:
    """The song's video: 11 characters."""
    return _letters(11, "youtube video", song.key)


@cache
def album_id(album: Album) -> str:
    """The album's page."""
    return "MPREb_" + _letters(11, "youtube album", album.key)


@cache
def album_list_id(album: Album) -> str:
    """The album as a playlist."""
    return "OLAK5uy_" + _letters(33, "youtube album list", album.key)


@cache
def artist_id(name: str) -> str:
    """The artist's channel."""
    return "UC" + _letters(22, "youtube channel", name)


@cache
def artist_list_id(name: str) -> str:
    """The list of an artist's songs."""
    return "PL" + _letters(32, "youtube artist's songs", name)


@cache
def playlist_id(title: str) -> str:
    """A playlist that the service's editors made."""
    return "RDCLAK5uy_" + _letters(33, "youtube playlist", title)
