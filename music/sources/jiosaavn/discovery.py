"""JioSaavn's songs that nobody asked for by name: suggestions, radio stations, trends. Pure."""

from __future__ import annotations

from typing import Any

from music.domain import Track
from music.guard import Targets
from music.sources.base import BadAnswer
from music.sources.jiosaavn.fields import SONG_ID
from music.sources.jiosaavn.parse import tracks
from music.text import clean


def suggested_ids(answer: Any) -> tuple[str, ...]:
    """The ids of the songs of `autocomplete.get`, the likeliest first; it says no more of them than their names."""
    if not isinstance(answer, dict):
        raise BadAnswer("no suggestions")
    rows = [row for group in ("topquery", "songs") for row in _rows_of(answer.get(group))]
    ids = [row.get("id") for row in rows if isinstance(row, dict) and row.get("type") in (None, "", "song")]
    return tuple(dict.fromkeys(native for native in ids if isinstance(native, str) and SONG_ID.fullmatch(native)))


def in_order(found: list[Track], natives: tuple[str, ...]) -> tuple[Track, ...]:
    """The tracks in the order of these ids; those that are not there are left out."""
    known = {track.native: track for track in found}
    return tuple(known[native] for native in natives if native in known)


def song_list(answer: Any, targets: Targets) -> tuple[Track, ...]:
    """The songs, each once, of an answer that is a bare list: `reco.getreco`, `content.getTrending`.

    Trends hold albums and playlists too, which are left out.
    """
    if answer and not isinstance(answer, list):
        raise BadAnswer("no list of songs")
    return _once(answer or [], targets)


def station(answer: Any) -> str:
    """The station of `webradio.createEntityStation`, or "" where none is made."""
    return clean(answer.get("stationid"), 200) if isinstance(answer, dict) else ""


def station_songs(answer: Any, targets: Targets) -> tuple[Track, ...]:
    """The songs of `webradio.getSong`: `{"0": {"song": row}, ...}`, or for one song `{"song": row}`."""
    if not isinstance(answer, dict):
        raise BadAnswer("no songs of a station")
    entries = [answer, *answer.values()]
    return _once([entry.get("song") for entry in entries if isinstance(entry, dict)], targets)


def _rows_of(group: Any) -> list[Any]:
    rows = group.get("data") if isinstance(group, dict) else None
    return rows if isinstance(rows, list) else []


def _once(rows: list[Any], targets: Targets) -> tuple[Track, ...]:
    found = {track.id: track for track in tracks(rows, targets)}
    return tuple(found.values())
