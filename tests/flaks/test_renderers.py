"""Answers as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer

from flaks.renderers import PLAIN, FastJSONRenderer
from tests.flaks.json_values import VALUES


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
