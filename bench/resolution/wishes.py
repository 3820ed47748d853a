"""What the callers ask for, all of it from the stand-in's catalogue, and by what their requests are known again."""

from __future__ import annotations

from collections import Counter
from functools import cache
from urllib.parse import urlencode

from bench.resolution.figures import Marks
from tests.standin import catalogue
from tests.standin.catalogue import Kind, Song
from tests.standin.jiosaavn import ids as jiosaavn
from tests.standin.jiosaavn.media import media_field
from tests.standin.youtube import ids as youtube
from tests.standin.youtube import shelf

BEST = 320  # kbit/s: songs without such a file take another round trip, and are left out


@cache
def songs() -> tuple[Song, ...]:
    """Ordinary songs, each with a title like no other, that JioSaavn and YouTube both have."""
    titles = Counter(song.title for song in catalogue.songs())
    return tuple(
        song
        for song in catalogue.songs()
        if song.kind is Kind.ORIGINAL
        and titles[song.title] == 1
        and song.best_bitrate == BEST
        and song is not catalogue.LONG
        and shelf.is_here(song)
    )


def name_of(song: Song) -> str:
    """How somebody types a song's name."""
    return f"{song.title} {song.artists[0]}"


def search_path(query: str) -> str:
    """A search for songs."""
    return f"/api/v1/search?{urlencode({'q': query})}"


def stream_path(query: str) -> str:
    """One song by its name or its link."""
    return f"/api/v1/stream?{urlencode({'q': query})}"


def video_of(song: Song) -> str:
    """The song's page on YouTube."""
    return f"https://www.youtube.com/watch?v={youtube.track_id(song)}"


def description_path(song: Song) -> str:
    """The description of the song's video."""
    return f"/api/v1/tracks/youtube:{youtube.track_id(song)}"


def id_of(song: Song) -> str:
    """The song's id on JioSaavn, as the API writes it."""
    return f"jiosaavn:{jiosaavn.pid(song)}"


def marks_of(query: str, track_id: str, origin: str) -> Marks:
    """By what the requests of a stream that was answered with `track_id` are known; KeyError for an unknown one."""
    song = jiosaavn.song_of_pid()[track_id.removeprefix("jiosaavn:")]
    return Marks(query, media_field(song, origin), f"/{jiosaavn.file_stem(song)}_{BEST}.mp4")


def numbered(count: int, start: int = 0) -> list[str]:
    """So many queries, no two alike, each of which finds songs."""
    known = songs()
    return [f"{known[number % len(known)].title} {start + number}" for number in range(count)]


@cache
def for_warming_up() -> tuple[str, ...]:
    """Names of songs that nobody asks for later."""
    later = set(songs())
    return tuple(name_of(song) for song in catalogue.songs() if song not in later and song.kind is Kind.ORIGINAL)
