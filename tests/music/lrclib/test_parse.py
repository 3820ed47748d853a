"""LRCLIB's records as lyrics, whatever is missing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.sources.base import BadAnswer, SourceBlocked, SourceError, SourceRateLimited
from music.sources.lrclib import parse
from tests.music.jiosaavn.rows import JSON
from tests.music.lrclib.tracks import track_of
from tests.standin import catalogue

TRACK = track_of(catalogue.PLAIN)
SYNCED = "[00:07.25] Said the postman\n[00:14.50] \n[01:02] Said the sea"


def record(**changes: Any) -> dict[str, Any]:
    """A record of the track, with words and times."""
    return {
        "id": 7,
        "trackName": TRACK.title,
        "artistName": TRACK.artist,
        "albumName": "The Marmalade Drawer",
        "duration": float(TRACK.duration),
        "instrumental": False,
        "plainLyrics": "Said the postman\n\nSaid the sea\n",
        "syncedLyrics": SYNCED,
    } | changes


def test_a_record_s_words_come_with_and_without_times() -> None:
    found = parse.words_of(record(), TRACK)
    assert found is not None
    assert (found.track, found.source, found.instrumental) == (TRACK.id, "lrclib", False)
    assert found.plain == "Said the postman\n\nSaid the sea"
    assert found.synced == "[00:07.25] Said the postman\n[00:14.50]\n[01:02] Said the sea"


def test_words_without_times_are_words() -> None:
    found = parse.words_of(record(syncedLyrics=None), TRACK)
    assert found is not None
    assert (found.plain[:4], found.synced) == ("Said", "")


def test_words_with_times_alone_are_read_without_them_too() -> None:
    found = parse.words_of(record(plainLyrics=None), TRACK)
    assert found is not None
    assert found.plain == "Said the postman\n\nSaid the sea"


def test_lines_without_a_time_are_not_among_those_that_have_one() -> None:
    found = parse.words_of(record(syncedLyrics="[ar: Orla]\nno time\n[00:01.2][00:09.3] twice\n[x] odd"), TRACK)
    assert found is not None
    assert found.synced == "[00:01.2][00:09.3] twice"


def test_an_instrumental_has_no_words_and_says_so() -> None:
    found = parse.words_of(record(instrumental=True, plainLyrics=None, syncedLyrics=None), TRACK)
    assert found is not None
    assert (found.instrumental, found.plain, found.synced) == (True, "", "")


@pytest.mark.parametrize("nothing", [None, "", " \n ", 7, [], {}])
def test_a_record_without_words_is_no_lyrics(nothing: Any) -> None:
    assert parse.words_of(record(plainLyrics=nothing, syncedLyrics=nothing), TRACK) is None
    assert parse.words_of(None, TRACK) is None


def test_endless_words_are_cut_and_made_safe() -> None:
    found = parse.words_of(record(plainLyrics=("x" * 10**4 + "\u202e\x00\n") * 5000, syncedLyrics=None), TRACK)
    assert found is not None
    lines = found.plain.split("\n")
    assert (len(lines), len(lines[0])) == (2000, 500)
    assert not {"\u202e", "\x00"} & set(found.plain)


@pytest.mark.parametrize(
    ("changes", "is_it"),
    [
        ({}, True),
        ({"duration": TRACK.duration + 3}, True),
        ({"duration": TRACK.duration - 4}, False),
        ({"duration": None}, False),
        ({"duration": True}, False),
        ({"trackName": f"{TRACK.title} (Live at Pier Hall)"}, False),
        ({"trackName": f"{TRACK.title} - Remix"}, False),
        ({"trackName": "Another Telescope"}, False),
        ({"trackName": ""}, False),
        ({"artistName": "Tobin Ashcombe"}, False),
        ({"artistName": f"{TRACK.artist}, Tobin Ashcombe"}, True),
        ({"artistName": None}, False),
    ],
)
def test_a_searched_record_is_taken_only_where_it_is_of_the_track(changes: dict[str, Any], is_it: bool) -> None:
    assert (parse.best_of([record(**changes)], TRACK) is not None) is is_it


def test_words_with_times_are_preferred_then_the_nearest_length() -> None:
    untimed = record(syncedLyrics=None)
    far, near = (record(duration=TRACK.duration + off, plainLyrics=f"{off}") for off in (3, 1))
    found = parse.best_of([None, untimed, far, near], TRACK)
    assert found is not None
    assert (found.plain, bool(found.synced)) == ("1", True)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ('Raat & Dhoop (From "Chai & Samosa")', "Raat & Dhoop"),
        ("Umbrella Republic (feat. Simmi)", "Umbrella Republic"),
        ("Umbrella Republic feat. Simmi", "Umbrella Republic"),
        ("Soft Featherbed", "Soft Featherbed"),
        ("(Bracketed)", "(Bracketed)"),
    ],
)
def test_a_bare_title_has_neither_film_nor_guests(title: str, bare: str) -> None:
    assert parse.bare_title(track_of(catalogue.PLAIN, title=title)) == bare


def test_a_record_that_is_not_there_is_none() -> None:
    assert parse.decoded(404, b'{"message":"Failed","name":"TrackNotFound","statusCode":404}') is None


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", BadAnswer),
        (200, b'{"cut":', BadAnswer),
        (200, b"[" * 100_000, BadAnswer),
        (404, b"no such page", BadAnswer),
        (404, b"<html>", SourceBlocked),
        (400, b"{}", BadAnswer),
        (500, b"{}", BadAnswer),
        (302, b"", BadAnswer),
        (403, b"", SourceBlocked),
        (451, b"", SourceBlocked),
        (200, b" <!DOCTYPE html>", SourceBlocked),
        (429, b"", SourceRateLimited),
    ],
)
def test_what_is_no_answer_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse.decoded(status, body)


@pytest.mark.parametrize("answer", [7, "text", [], True])
def test_what_is_no_record_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(BadAnswer):
        parse.words_of(answer, TRACK)


@pytest.mark.parametrize("answer", [None, 7, {}, "text"])
def test_what_is_no_list_of_records_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(BadAnswer):
        parse.best_of(answer, TRACK)


@given(st.integers(100, 599), st.binary(max_size=200))
def test_no_body_makes_the_reader_raise_anything_else(status: int, body: bytes) -> None:
    with suppress(SourceError):
        assert not isinstance(parse.decoded(status, body), bytes)


@given(JSON, st.dictionaries(st.sampled_from(list(record())), JSON | st.floats()))
def test_no_record_makes_the_readers_raise_anything_else(answer: Any, changes: dict[str, Any]) -> None:
    for read in (parse.words_of, parse.best_of):
        for one in (answer, record() | changes, [answer, record() | changes]):
            with suppress(SourceError):
                found = read(one, TRACK)
                assert found is None or found.plain or found.instrumental
