"""Search in the catalogue: by word, in titles, artists and albums, whatever the case and the accents."""

import re
import unicodedata
from functools import cache, lru_cache

from tests.standin.catalogue import songs
from tests.standin.song import Song

_APOSTROPHES = re.compile(r"['’]")
_WORD = re.compile(r"[^\W_]+")
_TITLE, _ARTIST, _ALBUM = 4, 3, 1


def words(text: str) -> tuple[str, ...]:
    """The words of `text` without case, accents and apostrophes."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return tuple(_WORD.findall(_APOSTROPHES.sub("", plain.casefold())))


def _weights(song: Song) -> dict[str, int]:
    places = (
        (_ALBUM, (song.album.title,)),
        (_ARTIST, (*song.artists, *song.featured, *song.composers)),
        (_TITLE, (song.title,)),
    )
    return {word: weight for weight, texts in places for text in texts for word in words(text)}


@cache
def _index() -> dict[str, list[tuple[Song, int]]]:
    index: dict[str, list[tuple[Song, int]]] = {}
    for song in songs():
        for word, weight in _weights(song).items():
            index.setdefault(word, []).append((song, weight))
    return index


@lru_cache(maxsize=2048)
def found(query: str) -> tuple[Song, ...]:
    """The songs that hold at least one word of `query`: first by how many they hold, then where, then by plays."""
    matched: dict[Song, tuple[int, int]] = {}
    for word in dict.fromkeys(words(query)):
        for song, weight in _index().get(word, ()):
            count, weights = matched.get(song, (0, 0))
            matched[song] = (count + 1, weights + weight)
    return tuple(sorted(matched, key=lambda song: (*matched[song], song.play_count), reverse=True))
