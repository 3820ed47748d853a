"""Tracks of which only some things matter."""

from dataclasses import replace

from music.domain import AlbumRef, ArtistRef, Track


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
