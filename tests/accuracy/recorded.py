"""The recorded tables of other projects' tests: titles and their versions, and titles with symbols."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from music.matching import best_for_track
from music.matching.language.words import words
from music.matching.reading.titles import equal_versions, split
from tests.accuracy.cases import song

VERSIONS = "titles-and-versions-music-assistant.json"
SYMBOLS = "titles-spotiflac-2026-05-03.json"


def misses(folder: Path) -> Iterator[str]:
    """What a table says otherwise than the matching does; nothing where both tables pass whole."""
    versions, symbols = (json.loads((folder / "matching" / name).read_bytes()) for name in (VERSIONS, SYMBOLS))
    yield from (
        f"versions {one} / {other}"
        for one, other, same in versions["version_equal"]
        if equal_versions(one, other) is not same
    )
    yield from (
        f"split {title}: {split(title)}"
        for title, *parts in versions["title_and_version"]
        if list(split(title)) != parts
    )
    for one, other, same in (*versions["fuzzy_equal"], *symbols["titles_match"]):
        if is_same_title(one, other) is not same:
            yield f"titles {one} / {other}"
    yield from (
        f"words {title}: {words(title)}" for title, plain in symbols["normalize"] if words(title) != plain.split()
    )
    yield from (f"diacritics {found}" for found in _diacritics(symbols["track_match"]))


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles of one artist and one length are one song."""
    return best_for_track(song(one), [song(other)])[0] is not None


def _diacritics(entries: list[dict[str, Any]]) -> Iterator[str]:
    """The table names a song in ASCII; the service has it with its marks."""
    for entry in entries:
        asked = entry["query"]
        listed = song("Ringišpil", "Đorđe Balašević")
        if best_for_track(song(asked["title"], asked["artist"]), [listed])[0] is None:
            yield asked["title"]
