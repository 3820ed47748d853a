"""Every recorded body of the service: each song row becomes a track, or is listed with its reason."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from music.guard import Targets
from music.sources.jiosaavn import parse

FOLDER = os.environ.get("FLAKS_RECORDINGS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="FLAKS_RECORDINGS names no folder")
CDN = Targets(("saavncdn.com",))
# Suggestions name songs without saying how long they are: they can be shown, not matched.
BRIEF = ("autocomplete-", "content-get-top-searches-")


def bodies() -> list[Path]:
    """The recorded answers, without the index and the file of expected results."""
    files = sorted(Path(FOLDER or ".", "jiosaavn").glob("*.json"))
    return [file for file in files if file.name != "requests.json" and "expected-results" not in file.name]


def song_rows(answer: Any) -> Iterator[dict[str, Any]]:
    """Every song row of an answer, however deep; v3 rows have no type and are known by their media field."""
    if isinstance(answer, dict):
        if "id" in answer and (answer.get("type") == "song" or "encrypted_media_url" in answer):
            yield answer
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from song_rows(part)


def test_every_recorded_song_row_becomes_a_track_or_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    tracks, listed = 0, []
    for file in bodies():
        for row in song_rows(json.loads(file.read_bytes())):
            try:
                track = parse.track(row, CDN)
            except parse.BadRow as reason:
                listed.append((file.name, row.get("id"), str(reason)))
                continue
            tracks += 1
            assert track.native == row["id"]
            assert all((track.title, track.artist, track.duration, track.thumbnail, track.url, track.handle)), row["id"]
            assert "&quot;" not in track.title
            assert "&amp;" not in track.title + track.artist
    with capsys.disabled():
        print(f"\nrecorded rows: {tracks} tracks; not tracks: {Counter(reason for _, _, reason in listed)}")
        for line in listed:
            print("  ", *line)
    assert tracks > 100
    assert all(name.startswith(BRIEF) and reason == "no duration" for name, _, reason in listed)


def test_the_recorded_search_is_a_page() -> None:
    body = next(file for file in bodies() if file.name.startswith("search-get-results-")).read_bytes()
    page = parse.search_page(parse.decoded(200, body), CDN)
    assert page.total
    assert page.tracks


def test_recorded_details_are_found_by_their_ids() -> None:
    body = next(file for file in bodies() if "two-songs" in file.name).read_bytes()
    answer = parse.decoded(200, body)
    rows = parse.song_rows(answer)
    assert [parse.song_details(answer, row["id"], CDN).native for row in rows] == [row["id"] for row in rows]
