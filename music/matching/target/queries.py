"""What to search a service for, for a song that is known. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from music.domain import Track
from music.matching.language.words import words
from music.matching.reading import titles
from music.matching.reading.people import without_topic
from music.matching.target import likeness


def queries_for(target: Track) -> Iterator[str]:
    """What to search for a known song: its main artist and title, then its title alone.

    A video's title often names the artist, and its channel a label.
    """
    read = titles.read(target.title, target.is_video)
    pieces = read.name.split(" - ")
    name = _searched(read, read.name)
    if target.artists and not likeness.channel_is_label(target) and not (read.video and len(pieces) > 1):
        yield f"{name} {without_topic(target.artists[0].name)}"
        yield name
        return
    yield name
    if read.video and len(pieces) > 1:
        yield _searched(read, pieces[-1])


def _searched(read: titles.Title, name: str) -> str:
    kept = [word for word in name.split() if word != "-" and not read.free.issuperset(words(word) or ["-"])]
    beside = sorted(read.versions | ({read.language} if read.language else set()))
    return " ".join([*kept, *beside]) or name
