"""Foreign text, made safe to show."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.text import clean, whole_number


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Rain &amp; Thunder", "Rain & Thunder"),
        ("(From &quot;Paper Boat&quot;)", '(From "Paper Boat")'),
        ("It&#039;s", "It's"),
        ("&amp;amp;", "&amp;"),
        ("a\x00b\r\nc", "a b c"),
        ("\u202eevil\u202c", "evil"),
        ("  wide   gap ", "wide gap"),
        ("क्षण", "क्षण"),
        (None, ""),
        (7, ""),
        (["x"], ""),
    ],
)
def test_text_is_unescaped_once_and_safe(given_text: Any, shown: str) -> None:
    assert clean(given_text) == shown


@given(st.text(), st.integers(1, 50))
def test_any_text_becomes_one_short_line(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown) <= limit
    assert shown == shown.strip()
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
    shown.encode()


@pytest.mark.parametrize(
    ("value", "number"),
    [("202", 202), (7, 7), (" 5 ", 5), ("", 0), ("-3", 0), (-3, 0), (True, 0), (1.5, 0), (None, 0), ("9" * 30, 0)],
)
def test_numbers_are_read_from_numbers_and_digits_only(value: Any, number: int) -> None:
    assert whole_number(value) == number


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.integers())))
def test_no_value_makes_a_number_raise(value: Any) -> None:
    assert 0 <= whole_number(value) <= 10**9
