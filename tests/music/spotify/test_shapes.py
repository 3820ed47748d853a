"""What all answers have in common: ids, lengths, years, covers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.sources.base import BadAnswer, NotFound
from music.sources.spotify import shapes
from tests.music.spotify.bodies import CDN, JSON, TRACK, cover


@pytest.mark.parametrize("native", ["", "x", "-" * 22, "a" * 23, "é" + "a" * 21, "a" * 22 + "\n"])
def test_what_is_no_id_is_not_found(native: str) -> None:
    with pytest.raises(NotFound):
        shapes.checked(native)


def test_an_id_comes_from_the_address_and_only_of_the_right_kind() -> None:
    assert shapes.native_of({"uri": f"spotify:track:{TRACK}"}, "track") == TRACK
    assert shapes.native_of({"id": TRACK}, "album") == TRACK
    for row in ({"uri": f"spotify:episode:{TRACK}", "id": TRACK}, {"uri": "spotify:local:A:B:C:9"}, {}, None, "x"):
        with pytest.raises(shapes.BadRow, match="no id"):
            shapes.native_of(row, "track")


@pytest.mark.parametrize(("milliseconds", "seconds"), [(213573, 213), (1000, 1), ("197949", 197), (86_400_000, 86_400)])
def test_a_length_is_cut_to_whole_seconds(milliseconds: Any, seconds: int) -> None:
    assert shapes.seconds_of(milliseconds) == seconds


@pytest.mark.parametrize("milliseconds", [0, 999, -1, None, "x", 1.5e9, True, [], 86_401_000])
def test_a_length_that_cannot_be_is_none(milliseconds: Any) -> None:
    with pytest.raises(shapes.BadRow, match="no duration"):
        shapes.seconds_of(milliseconds)


@pytest.mark.parametrize(
    ("date", "year"),
    [("1987-11-12T00:00:00Z", 1987), ("1987", 1987), (2013, 2013), ("0000", None), ("", None), (None, None)],
)
def test_the_year_of_a_date(date: Any, year: int | None) -> None:
    assert shapes.year_of(date) == year


def test_the_largest_cover_is_shown_and_the_first_where_no_size_is_known() -> None:
    assert shapes.cover_of([cover(64), cover(640), cover(300)], CDN) == cover(640)["url"]
    assert shapes.cover_of([cover(64) | {"height": None}, cover(640) | {"height": None}], CDN) == cover(64)["url"]


@pytest.mark.parametrize("url", ["https://evil.example/a", "http://i.scdn.co/a", 'https://i.scdn.co/"', "", None, 3])
def test_a_cover_from_elsewhere_is_not_shown(url: Any) -> None:
    assert shapes.cover_of([{"url": url, "height": 640}], CDN) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [("QZ-ABC-23-00001", "QZABC2300001"), ("qzabc2300001", "QZABC2300001"), ("QZABC23", None), (7, None)],
)
def test_an_isrc_is_shown_without_hyphens(text: Any, code: str | None) -> None:
    assert shapes.isrc_of(text) == code


@pytest.mark.parametrize("body", [b"", b"not json", b'{"cut":', b"\xff\xfe\x00", b"[" * 100_000, b"9" * 5000])
def test_a_body_that_is_not_json_is_a_bad_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        shapes.decoded(body)


@pytest.mark.parametrize(
    ("value", "count"), [(0, 0), (500, 500), (10**10, None), (-1, None), ("7", None), (True, None)]
)
def test_a_count_is_stated_or_unknown(value: Any, count: int | None) -> None:
    assert shapes.count_of(value) == count


@given(JSON, st.lists(st.text(max_size=5), max_size=4))
def test_digging_raises_nothing(value: Any, keys: list[str]) -> None:
    shapes.dig(value, *keys)
    assert shapes.count_of(value) is None or shapes.count_of(value) == value
    assert shapes.cover_of(value, CDN) == ""
