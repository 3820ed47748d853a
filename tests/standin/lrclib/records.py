"""The records of LRCLIB: of most songs of the catalogue, some with times, some without words, some missing."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tests.standin import catalogue
from tests.standin.catalogue import songs
from tests.standin.search import words
from tests.standin.song import Kind, Song, pick

_CREDIT = re.compile(r' \(From "[^"]*"\)')
_TIME_BETWEEN_LINES = 7.25  # seconds
_SLACK = 2  # seconds by which a duration may differ


class Holds(StrEnum):
    """What there is of a song."""

    NOTHING = "nothing"
    PLAIN = "words without times"
    SYNCED = "words with times"
    INSTRUMENTAL = "that it has no words"


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `duration` is in seconds."""

    number: int
    song: Song
    title: str
    artist: str
    duration: float
    holds: Holds

    def shown(self) -> dict[str, object]:
        """As the service's JSON shows it."""
        lines = lines_of(self.song)
        has_words = self.holds in (Holds.PLAIN, Holds.SYNCED)
        return {
            "id": self.number,
            "name": self.title,
            "trackName": self.title,
            "artistName": self.artist,
            "albumName": self.song.album.title,
            "duration": self.duration,
            "instrumental": self.holds is Holds.INSTRUMENTAL,
            "plainLyrics": "\n".join(lines) + "\n" if has_words else None,
            "syncedLyrics": _timed(lines) if self.holds is Holds.SYNCED else None,
        }


def lines_of(song: Song) -> tuple[str, ...]:
    """The invented words of a song: lines made of its title, a blank one among them."""
    first, *rest = song.title.split()
    sung = " ".join((*rest, first))
    return (f"{song.title}, said the postman", f"{sung}, said the sea", "", f"Oh {first}, and then {first} again")


def holds(song: Song) -> Holds:
    """What there is of a song, always the same."""
    if song.kind in (Kind.INSTRUMENTAL, Kind.KARAOKE):
        return Holds.INSTRUMENTAL
    known = {catalogue.PLAIN: Holds.SYNCED, catalogue.ENTITIES: Holds.SYNCED, catalogue.ACCENTED: Holds.PLAIN}
    chances = (Holds.NOTHING, Holds.PLAIN, Holds.SYNCED, Holds.SYNCED)
    return Holds.NOTHING if song == catalogue.NO_320 else known.get(song, chances[pick(0, 3, "lyrics", song.recording)])


def matching(title: str, artist: str, length: float | None, album: str) -> Record | None:
    """The first record with this title and artist, but for case and punctuation, and of about this length."""
    for record in _records():
        if words(record.title) != words(title) or words(record.artist) != words(artist):
            continue
        if album and words(record.song.album.title) != words(album):
            continue
        if length is None or abs(record.duration - length) <= _SLACK:
            return record
    return None


def found(text: str, title: str, artist: str) -> tuple[Record, ...]:
    """The records that hold all words of `text`, or of the title in their title and of the artist in their artist."""
    if not words(text) and not words(title):
        return ()
    return tuple(record for record in _records() if _holds_words(record, text, title, artist))


def _holds_words(record: Record, text: str, title: str, artist: str) -> bool:
    named, sung_by = set(words(record.title)), set(words(record.artist))
    if text:
        return set(words(text)) <= named | sung_by
    return set(words(title)) <= named and set(words(artist)) <= sung_by


@cache
def _records() -> tuple[Record, ...]:
    known = (song for song in songs() if holds(song) is not Holds.NOTHING)
    return tuple(_record(number, song) for number, song in enumerate(known, 1))


def _record(number: int, song: Song) -> Record:
    length = song.duration + pick(-1, 1, "record", song.key)
    return Record(number, song, _CREDIT.sub("", song.title), ", ".join(song.artists), float(length), holds(song))


def _timed(lines: tuple[str, ...]) -> str:
    made = []
    for number, line in enumerate(lines, 1):
        minutes, seconds = divmod(number * _TIME_BETWEEN_LINES, 60)
        made.append(f"[{int(minutes):02}:{seconds:05.2f}] {line}")
    return "\n".join(made)
