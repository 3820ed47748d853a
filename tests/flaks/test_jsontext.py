"""JSON as it is written for callers, and read from services."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer

from flaks.jsontext import PLAIN, FastJSONRenderer, read

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | TEXT
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


@given(VALUES)
def test_what_is_written_is_what_was_meant(value: Any) -> None:
    written = FastJSONRenderer().render(value, PLAIN, {})
    assert (json.loads(written) if written else None) == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"at": datetime(2026, 1, 2, 3, 4, 5, 678000, UTC), "id": UUID(int=7)},
        {"detail": ErrorDetail("no", code="bad"), "lazy": gettext_lazy("Yes")},
        {"title": "तुम ही हो", "list": (1, 2.5, True)},
    ],
)
def test_it_is_written_as_drf_would(value: Any) -> None:
    assert FastJSONRenderer().render(value, PLAIN, {}) == JSONRenderer().render(value, PLAIN, {})


def test_indented_json_is_indented() -> None:
    assert FastJSONRenderer().render({"a": 1}, f"{PLAIN}; indent=4", {}) == b'{\n    "a": 1\n}'


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
