"""JSON as it is read from services."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from flaks.jsontext import read
from tests.flaks.json_values import VALUES


@given(VALUES)
def test_what_is_read_is_what_was_written(value: Any) -> None:
    assert read(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": "\\ud800"}', {"a": "\ud800"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b' {"a": 1}\n', {"a": 1}),
        (b'{"a": 1e400}', {"a": float("inf")}),
    ],
)
def test_what_python_would_read_is_read(body: bytes, expected: Any) -> None:
    assert read(body) == expected


@pytest.mark.parametrize(
    "body", [b"", b"{", b"<html>", b'{"a": "\xff"}', b'{"a": 1,}', b"[" * 100_000 + b"]" * 100_000]
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each parser has its own words
        read(body)
