"""The signs in a title: one set of them, and what brackets hold. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from music import vocabulary as known

OPENING, CLOSING = "([{", ")]}"
_SAME_SIGNS = str.maketrans("（［｛【「『）］｝】」』｜‐‑–—―−", "([{[[[)]}]]]|------")
_SPELLINGS = tuple((re.compile(pattern, re.IGNORECASE), written) for pattern, written in known.SPELLINGS)


@lru_cache(maxsize=2048)
def normal(title: str) -> str:
    """The text in one set of characters, with version words of two words ("lo fi") as one."""
    text = title if title.isascii() else unicodedata.normalize("NFKC", title).translate(_SAME_SIGNS)
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    return text


def runs(text: str) -> list[tuple[str, str]]:
    """The text in runs of `("", text)` outside all brackets and `("(", text)` inside the outermost ones.

    A bracket that is never closed goes on to the end.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    depth = 0
    for character in text:
        if character in OPENING:
            depth += 1
            if depth == 1:
                found.append((character, []))
                continue
        elif character in CLOSING:
            depth = max(0, depth - 1)
            if depth == 0:
                found.append(("", []))
                continue
        found[-1][1].append(character)
    return [(opening, "".join(kept)) for opening, kept in found]
