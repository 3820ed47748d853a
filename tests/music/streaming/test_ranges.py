"""Which bytes a request asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.streaming.ranges import Span, Unsatisfiable, asked

SIZE = 1000
TAG = '"tag"'


def span(header: str, if_range: str = "") -> tuple[int, int, bool]:
    found = asked(header, if_range, SIZE, TAG)
    return found.first, found.last, found.whole


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 999),
        ("bytes=0-999", 0, 999),
        ("bytes=0-1000", 0, 999),
        ("bytes=999-", 999, 999),
        ("bytes=100-199", 100, 199),
        ("BYTES=100-199", 100, 199),
        ("bytes= 100-199 ", 100, 199),
        ("bytes=,100-199,,", 100, 199),
        ("bytes=00000000000000000000001-2", 1, 2),
        ("bytes=-1", 999, 999),
        ("bytes=-1000", 0, 999),
        ("bytes=-1001", 0, 999),
        (f"bytes=-{10**20}", 0, 999),
        (f"bytes=5-{10**20}", 5, 999),
    ],
)
def test_one_range_is_read(header: str, first: int, last: int) -> None:
    assert span(header) == (first, last, False)


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2x", "bytes=--1", "bytes=1--2", "x"),
        *("lines=0-1", "bytes 0-1", "bytes:0-1", "bytes=0-1,5-6", "bytes=0-1;2", "bytes=0x1-0x2", "bytes=+1-2"),
        *("bytes =0-1", "bytes=1 - 2", "bytes=٠-١", "bytes=0.5-1", f"bytes={10**20}-5", "bytes=1000-999"),
        "bytes=" + ",".join(f"{n}-{n}" for n in range(90)),
        "bytes=0-" + "9" * 5000,
    ],
)
def test_what_is_no_single_range_is_ignored(header: str) -> None:
    assert span(header) == (0, 999, True)


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", f"bytes={10**20}-", "bytes=-0", "bytes=-000"])
def test_a_range_outside_the_file_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        span(header)


@pytest.mark.parametrize("if_range", ['"other"', 'W/"tag"', "Sat, 02 May 2026 10:00:00 GMT", "tag"])
def test_another_file_than_the_one_known_to_the_caller_is_sent_whole(if_range: str) -> None:
    assert span("bytes=5-9", if_range) == (0, 999, True)
    assert span("bytes=5000-", if_range) == (0, 999, True)


def test_the_same_file_goes_on_where_it_was_left() -> None:
    assert span("bytes=5-9", TAG) == (5, 9, False)


def test_a_span_says_what_it_is() -> None:
    part = Span(5, 9, SIZE, whole=False)
    assert (part.length, part.content_range) == (5, "bytes 5-9/1000")


@given(st.text(), st.text(), st.integers(1, 10**12))
def test_whatever_is_asked_is_inside_the_file(header: str, if_range: str, size: int) -> None:
    try:
        found = asked(header, if_range, size, TAG)
    except Unsatisfiable:
        return
    assert 0 <= found.first <= found.last < size


@given(st.integers(0, 10**25), st.integers(0, 10**25), st.integers(1, 10**12))
def test_a_range_of_numbers_is_clipped_ignored_or_outside(first: int, last: int, size: int) -> None:
    try:
        found = asked(f"bytes={first}-{last}", "", size, TAG)
    except Unsatisfiable:
        assert first >= size
        return
    if first > last:
        assert found.whole
    elif first < size:
        assert (found.first, found.last) == (first, min(last, size - 1))
