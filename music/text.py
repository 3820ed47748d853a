"""Foreign text, made safe to show. Pure."""

from __future__ import annotations

import html
import re
from typing import Any

# Unicode's categories Cc and Cs, whole: control characters, and lone surrogates, which could not be encoded. Format
# characters stay, since joiners belong to Indic spelling.
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(value: Any, limit: int = 300) -> str:
    """A service's text: entities decoded once, one line, at most `limit` characters; "" for anything but a string."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable() and "&" not in value:  # most are: there is nothing to look for
        if len(value) <= limit and "  " not in value:
            return value.strip()
        return " ".join(value[: limit * 8].split())[:limit].strip()
    text = BIDI.sub("", html.unescape(value[: limit * 8]))
    return " ".join(UNSHOWN.sub(" ", text).split())[:limit].strip()


def without_marks(text: str) -> str:
    """A caller's text without the marks that turn the direction of what stands around it."""
    return BIDI.sub("", text)


def has_control_characters(text: str) -> bool:
    """Whether a caller's text holds control characters or lone surrogates; an emoji newer than Python is neither."""
    return UNSHOWN.search(text) is not None


def whole_number(value: Any, maximum: int = 10**9) -> int:
    """A service's number, sent as number or as text; 0 for anything else, and for what is out of range."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return 0
    if isinstance(value, str) and not _is_number(value.strip()):
        return 0
    number = int(value)
    return number if 0 <= number <= maximum else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
