"""LRCLIB's records as lyrics. Pure: bodies in, lyrics and errors out. Every field may be missing or of another type."""

from __future__ import annotations

import re
from typing import Any

from flaks import jsontext
from music.domain import ArtistRef, Lyrics, Track
from music.matching import is_same_recording
from music.sources.base import BadAnswer, SourceBlocked, SourceRateLimited
from music.text import clean

NAME = "lrclib"
TIMED = re.compile(r"(?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]\s*)+")
ASIDE = re.compile(r"[(\[{][^)\]}]*[)\]}]|\b(?:feat|ft)\.? .*$", re.IGNORECASE)
MAX_LINES, MAX_LINE = 2000, 500


def decoded(status: int, body: bytes) -> Any:
    """The JSON of an answer; None for a record that is not there, which the service says with 404, in JSON.

    Raises `SourceRateLimited`, `SourceBlocked` for 403, 451 and a page, and `BadAnswer` for anything else.
    """
    if status == 429:
        raise SourceRateLimited("HTTP 429")
    if status in (403, 451) or body.lstrip()[:1] == b"<":
        raise SourceBlocked(f"HTTP {status}" if status != 200 else "a page in place of an answer")
    if status not in (200, 404):
        raise BadAnswer(f"HTTP {status}")
    try:
        answer = jsontext.read(body)
    except ValueError as error:
        raise BadAnswer("not JSON" if body.strip() else "an empty body") from error
    return answer if status == 200 else None


def main_artist(track: Track) -> str:
    """The first artist's name, or ""."""
    return track.artists[0].name if track.artists else ""


def bare_title(track: Track) -> str:
    """The title without what stands in brackets, such as the film that a song is from, and without guests."""
    return " ".join(ASIDE.sub(" ", track.title).split()) or track.title


def words_of(record: Any, track: Track) -> Lyrics | None:
    """The lyrics of a record, or None where it has none. Raises `BadAnswer` for what is no record."""
    if record is None:
        return None
    if not isinstance(record, dict):
        raise BadAnswer("no record")
    synced = _synced(record.get("syncedLyrics"))
    plain = _plain(record.get("plainLyrics")) or _without_times(synced)
    instrumental = record.get("instrumental") is True
    return Lyrics(track.id, plain, synced, instrumental, NAME) if plain or instrumental else None


def best_of(records: Any, track: Track) -> Lyrics | None:
    """The lyrics of the same recording among what was searched: timed ones first, then those of the nearest length."""
    if not isinstance(records, list):
        raise BadAnswer("no list of records")
    alike = [record for record in records if isinstance(record, dict) and _is_of(record, track)]
    found = [(lyrics, _seconds(record)) for record in alike if (lyrics := words_of(record, track)) is not None]
    best = min(found, key=lambda pair: (not pair[0].synced, abs(pair[1] - track.duration)), default=None)
    return best[0] if best else None


def _is_of(record: dict[str, Any], track: Track) -> bool:
    """Whether a record is of the track: by title, version, artist, and a duration within 3 s."""
    title, artist = clean(record.get("trackName")), clean(record.get("artistName"))
    described = Track(
        id=f"{NAME}:-",
        title=title,
        artists=(ArtistRef("", artist),) if artist else (),
        album=None,
        duration=_seconds(record),
        year=None,
        language="",
        explicit=False,
        thumbnail="",
        url="",
    )
    return bool(title) and is_same_recording(track, described)


def _seconds(record: dict[str, Any]) -> int:
    value = record.get("duration")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0
    return round(value) if 0 <= value < 10**6 else 0


def _lines(value: Any) -> list[str]:
    return [clean(line, MAX_LINE) for line in value.split("\n")[:MAX_LINES]] if isinstance(value, str) else []


def _plain(value: Any) -> str:
    return "\n".join(_lines(value)).strip()


def _synced(value: Any) -> str:
    """The lines that have a time, in the LRC format."""
    return "\n".join(line for line in _lines(value) if TIMED.match(line))


def _without_times(synced: str) -> str:
    return "\n".join(TIMED.sub("", line, count=1) for line in synced.splitlines()).strip()
