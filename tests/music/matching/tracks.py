"""Tracks of which only some things matter."""

from dataclasses import replace

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text
from music.matching.target.likeness import compare


def song(title: str, artist: str = "Orla Fenwright", album: str = "", number: int = 0) -> Track:
    """A track of which only the words matter."""
    return Track(
        id=f"jiosaavn:{number}",
        title=title,
        artists=(ArtistRef("", artist),),
        album=AlbumRef("", album) if album else None,
        duration=200,
        year=None,
        language="english",
        explicit=False,
        thumbnail="",
        url="",
    )


def known(title: str, artist: str = "Orla Fenwright", duration: int = 200, language: str = "english") -> Track:
    """A song that is known by its title, artist, duration and language."""
    return replace(song(title, artist), duration=duration, language=language)


TARGET = known("Paper Boat")


def text_score(query: str, track: Track) -> float:
    """How well a track that is listed alone answers typed words, from 0 to 1."""
    return best_for_text(query, [track])[1].score


def track_score(target: Track, candidate: Track) -> float:
    """How sure it is that a candidate is the target, from 0 to 1; 0 where a gate is shut."""
    return compare(target, candidate).score
