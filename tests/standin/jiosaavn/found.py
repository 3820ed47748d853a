"""What words find besides songs: the albums, playlists and artists that hold at least one of them."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TypeVar

from tests.standin.catalogue import songs
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.playlists import LISTED, Playlist
from tests.standin.search import words
from tests.standin.song import Album, Song

Thing = TypeVar("Thing")


@cache
def songs_of_artist() -> dict[str, tuple[Song, ...]]:
    """The songs in which an artist has a part, by the artist's name, the best known first."""
    parts: dict[str, dict[Song, None]] = {}
    for song in sorted(songs(), key=lambda song: song.play_count, reverse=True):
        for name in (*song.artists, *song.featured, *song.composers):
            parts.setdefault(name, {})[song] = None
    return {name: tuple(part) for name, part in parts.items()}


@lru_cache(maxsize=512)
def albums(query: str) -> tuple[Album, ...]:
    """The albums, by their titles and artists."""
    all_of_them = (tracks[0].album for tracks in ids.tracks_of_album().values())
    return _found(query, all_of_them, lambda album: f"{album.title} {album.artist}")


@lru_cache(maxsize=512)
def artists(query: str) -> tuple[str, ...]:
    """The artists' names."""
    return _found(query, songs_of_artist(), str)


@lru_cache(maxsize=512)
def playlists(query: str) -> tuple[Playlist, ...]:
    """The playlists that are open to all, by their titles."""
    return _found(query, LISTED, lambda playlist: playlist.title)


def _found(query: str, things: Iterable[Thing], text_of: Callable[[Thing], str]) -> tuple[Thing, ...]:
    wanted = set(words(query))
    counted = [(len(wanted.intersection(words(text_of(thing)))), thing) for thing in things]
    ranked = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])
    return tuple(thing for _, thing in ranked)
