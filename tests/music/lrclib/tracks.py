"""Tracks of the catalogue, as a source would describe them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from music.domain import AlbumRef, ArtistRef, Track
from tests.standin.song import Song


def track_of(song: Song, **changes: Any) -> Track:
    """The song as a track."""
    made = Track(
        id="jiosaavn:aB3_-xYz",
        title=song.title,
        artists=tuple(ArtistRef("", name) for name in song.artists),
        album=AlbumRef("", song.album.title),
        duration=song.duration,
        year=song.album.year,
        language=song.language,
        explicit=song.explicit,
        thumbnail="",
        url="",
    )
    return replace(made, **changes)
