"""Ids, link tokens and slugs, made from the keys of the catalogue and so the same on every start."""

import re
from functools import cache
from hashlib import blake2b

from tests.standin.catalogue import songs
from tests.standin.song import Album, Song, pick

_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TOKEN_LETTERS = _ID_LETTERS + ","


def _letters(alphabet: str, count: int, *of: str) -> str:
    number = int.from_bytes(blake2b("\0".join(of).encode()).digest(), "big")
    letters = []
    for _ in range(count):
        number, letter = divmod(number, len(alphabet))
        letters.append(alphabet[letter])
    return "".join(letters)


@cache
def pid(song: Song) -> str:
    """The song's id: 8 characters, at times with `-` or `_` in front."""
    return _letters(_ID_LETTERS, 8, "pid", song.key)


@cache
def song_token(song: Song) -> str:
    """The last part of the song's link: 11 characters, commas among them."""
    return _letters(_TOKEN_LETTERS, 11, "song token", song.key)


@cache
def album_id(album: Album) -> str:
    """The album's id: 8 digits."""
    return str(pick(10_000_000, 99_999_999, "album id", album.key))


@cache
def album_token(album: Album) -> str:
    """The last part of the album's link."""
    return _letters(_TOKEN_LETTERS, 11, "album token", album.key) + "_"


@cache
def artist_id(name: str) -> str:
    """The artist's id: 6 digits."""
    return str(pick(400_000, 999_999, "artist id", name))


@cache
def artist_token(name: str) -> str:
    """The last part of the artist's link."""
    return _letters(_TOKEN_LETTERS, 11, "artist token", name) + "_"


@cache
def playlist_id(title: str) -> str:
    """The playlist's id: 9 digits."""
    return str(pick(100_000_000, 999_999_999, "playlist id", title))


@cache
def playlist_token(title: str) -> str:
    """The last part of the playlist's link."""
    return _letters(_TOKEN_LETTERS, 22, "playlist token", title) + "__"


@cache
def station_id(song: Song) -> str:
    """The station that begins with the song."""
    return _letters(_ID_LETTERS, 54, "station", song.key) + "__"


@cache
def vcode(song: Song) -> str:
    """15 digits, the same for the same recording in the same language; empty for the few rows that lack it."""
    if pick(1, 18, "no vcode", song.key) == 1:
        return ""
    return "0109" + str(pick(10**10, 10**11 - 1, "vcode", song.recording, song.language))


@cache
def file_stem(song: Song) -> str:
    """What the song's files begin with on the CDN: `<3 digits>/<32 hex>`."""
    return f"{pick(100, 999, 'folder', song.key)}/{blake2b(song.key.encode(), digest_size=16).hexdigest()}"


def slug(text: str) -> str:
    """The readable part of a link."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "-"


@cache
def song_of_pid() -> dict[str, Song]:
    """Every song by its id."""
    return {pid(song): song for song in songs()}


@cache
def song_of_token() -> dict[str, Song]:
    """Every song by its link token."""
    return {song_token(song): song for song in songs()}


@cache
def song_of_file() -> dict[str, Song]:
    """Every song by what its files begin with."""
    return {file_stem(song): song for song in songs()}


@cache
def tracks_of_album() -> dict[str, tuple[Song, ...]]:
    """The songs of every album by the album's id."""
    albums: dict[str, list[Song]] = {}
    for song in songs():
        albums.setdefault(album_id(song.album), []).append(song)
    return {number: tuple(tracks) for number, tracks in albums.items()}


@cache
def tracks_of_album_token() -> dict[str, tuple[Song, ...]]:
    """The songs of every album by the album's link token."""
    return {album_token(tracks[0].album): tracks for tracks in tracks_of_album().values()}
