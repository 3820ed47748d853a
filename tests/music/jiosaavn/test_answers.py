"""What an answer of JioSaavn is, before anything in it is read."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.sources.base import BadAnswer, SourceBlocked, SourceError, SourceRateLimited
from music.sources.jiosaavn.answers import Refused, decoded


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", BadAnswer),
        (200, b"  \n", BadAnswer),
        (200, b"not json", BadAnswer),
        (200, b'{"cut":', BadAnswer),
        (200, b"\xff\xfe\x00", BadAnswer),
        (200, b"[" * 100_000, BadAnswer),
        (200, b'{"error":{"code":"INPUT_MISSING"}}', Refused),
        (200, b'{"error":{"code":7}}', BadAnswer),
        (200, b'{"error":"try again"}', BadAnswer),
        (200, b"<HTML><TITLE>Access Denied</TITLE>", SourceBlocked),
        (200, b"\n<!DOCTYPE html>", SourceBlocked),
        (403, b"", SourceBlocked),
        (451, b"", SourceBlocked),
        (429, b"", SourceRateLimited),
        (302, b"", BadAnswer),
        (500, b"", BadAnswer),
    ],
)
def test_what_is_no_answer_says_why(status: int, body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        decoded(status, body)


def test_a_refused_input_is_told_from_a_service_that_is_ill() -> None:
    with pytest.raises(BadAnswer) as ill:
        decoded(200, b'{"error":{"code":"DATABASE_DOWN"}}')
    assert not isinstance(ill.value, Refused)


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"error":null,"total":0}', b' {"error":false}'])
def test_json_without_an_error_is_an_answer(body: bytes) -> None:
    assert not decoded(200, body) or isinstance(decoded(200, body), dict)


@given(st.integers(100, 599), st.binary(max_size=200))
def test_no_body_makes_the_reader_raise_anything_else(status: int, body: bytes) -> None:
    with suppress(SourceError):
        assert not isinstance(decoded(status, body), bytes)
