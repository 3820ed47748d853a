"""Spotify's ids of the catalogue, made from its keys and so the same on every start; and which songs are not there.

`track_id(song)`, `album_id(album)`, `artist_id(name)`; playlists are in `playlists.py`. As in the real one, a number of
songs is missing: ringtones, and about one in twelve of those without a name of their own in the catalogue.
"""

import string
from functools import cache
from hashlib import blake2b

from tests.standin.catalogue import NAMED, songs
from tests.standin.song import Album, Kind, Song, pick

_BASE62 = string.digits + string.ascii_lowercase + string.ascii_uppercase
CANARY_TRACK, CANARY_ARTIST = "4uLU6hMCjMI75M1A2tKUQC", "0gxyHStUsqpMadRV0Di1Qt"
"""Ids that clients ask for when they want no item in particular; here, of a song and an artist of the catalogue."""

STRAY_SHORT_CODE = "strayCode01"
"""The short link of an address that is not the service's."""


@cache
def native_id(*of: str) -> str:
    """22 base62 characters for 128 bits."""
    number, letters = int.from_bytes(blake2b("\0".join(of).encode(), digest_size=16).digest(), "big"), ""
    for _ in range(22):
        number, letter = divmod(number, 62)
        letters = _BASE62[letter] + letters
    return letters


def track_id(song: Song) -> str:
    """The song's id."""
    return native_id("track", song.key)


def album_id(album: Album) -> str:
    """The album's id."""
    return native_id("album", album.key)


def artist_id(name: str) -> str:
    """The artist's id."""
    return native_id("artist", name)


def gid(native: str) -> str:
    """The id as 32 hex digits."""
    number = 0
    for letter in native:
        number = number * 62 + _BASE62.index(letter)
    return f"{number:032x}"


def isrc(song: Song) -> str:
    """The recording's code: the same for a single and its album track."""
    return f"QZ{pick(100, 999, 'registrant', song.recording)}{pick(10**6, 10**7 - 1, 'isrc', song.recording)}"


def short_code(native: str) -> str:
    """The last part of the short link of a track, an album or a playlist."""
    return native_id("short", native)[:11]


def is_missing(song: Song) -> bool:
    """Whether the service does not have the song."""
    if song.kind is Kind.RINGTONE:
        return True
    return song not in NAMED and pick(1, 12, "not on spotify", song.key) == 1


@cache
def present() -> tuple[Song, ...]:
    """The songs that the service has."""
    return tuple(song for song in songs() if not is_missing(song))


@cache
def song_of_track() -> dict[str, Song]:
    """Every song by its id."""
    return {track_id(song): song for song in present()} | {CANARY_TRACK: present()[0]}


@cache
def tracks_of_album() -> dict[str, tuple[Song, ...]]:
    """The songs of every album by the album's id."""
    albums: dict[str, list[Song]] = {}
    for song in present():
        albums.setdefault(album_id(song.album), []).append(song)
    return {native: tuple(tracks) for native, tracks in albums.items()}


@cache
def top_of_artist() -> dict[str, tuple[str, tuple[Song, ...]]]:
    """Every artist's name and best known songs, at most ten, by the artist's id."""
    sung: dict[str, list[Song]] = {}
    for song in sorted(present(), key=lambda song: song.play_count, reverse=True):
        for name in (*song.artists, *song.featured):
            sung.setdefault(name, []).append(song)
    known = {artist_id(name): (name, tuple(songs[:10])) for name, songs in sung.items()}
    return known | {CANARY_ARTIST: next(iter(known.values()))}
