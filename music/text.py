"""Foreign text, made safe to show. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

# Lone surrogates could not be encoded; format characters stay, since joiners belong to Indic spelling.
UNSHOWN = ("Cc", "Cs")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(value: Any, limit: int = 300) -> str:
    """A service's text: entities decoded once, one line, at most `limit` characters; "" for anything but a string."""
    if not isinstance(value, str):
        return ""
    text = BIDI.sub("", html.unescape(value[: limit * 8]))
    shown = "".join(" " if unicodedata.category(character) in UNSHOWN else character for character in text)
    return " ".join(shown.split())[:limit].strip()


def has_control_characters(text: str) -> bool:
    """Whether a caller's text holds control characters or lone surrogates; an emoji newer than Python is neither."""
    return any(unicodedata.category(character) in UNSHOWN for character in text)


def whole_number(value: Any, maximum: int = 10**9) -> int:
    """A service's number, sent as number or as text; 0 for anything else, and for what is out of range."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return 0
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,12}", value.strip()):
        return 0
    number = int(value)
    return number if 0 <= number <= maximum else 0
