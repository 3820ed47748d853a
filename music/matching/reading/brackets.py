"""The signs in a title: one set of them, what brackets hold, and what a video puts in quotes. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from music.matching.language import vocabulary as known

OPENING, CLOSING = "([{", ")]}"
_SAME_SIGNS = str.maketrans("（［｛【「『）］｝】」』｜‐‑–—―−", "([{[[[)]}]]]|------")
_SPELLINGS = tuple((re.compile(pattern, re.IGNORECASE), written) for pattern, written in known.SPELLINGS)
_SPELLED = re.compile("|".join(pattern for pattern, _ in known.SPELLINGS), re.IGNORECASE)  # few titles have any

_QUOTED_FIRST = re.compile(r"^\s*[\"\u201c']([^\"\u201c\u201d|]{1,80})[\"\u201d'](?=\s)")
# Before the end, a bar, a bracket, a dash, or what a video says of itself: an apostrophe stands elsewhere.
_QUOTED_LATER = re.compile(
    r"(?i)(?<!\bfrom)(?<!\bform)(?:\s+-)?\s+(?:[\"\u201c]([^\"\u201c\u201d|]{1,80})[\"\u201d]|['\u2018]([^|]{1,80}?)['\u2019])"
    r"(?=\s*(?:$|[|(\[]|-\s|(?:official|mv|music|lyrics?|lyrical|full|video|audio|exclusive|performance|special)\b))"
)


@lru_cache(maxsize=2048)
def normal(title: str) -> str:
    """The text in one set of characters, with version words of two words ("lo fi") as one."""
    text = title if title.isascii() else unicodedata.normalize("NFKC", title).translate(_SAME_SIGNS)
    if _SPELLED.search(text):
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


def unquoted(title: str) -> str:
    """A video's title with the name that it quotes between a dash and a bar: `Orla 'Boat' MV` is `Orla - Boat | MV`."""
    if first := _QUOTED_FIRST.match(title):
        return f"{first[1]} | {title[first.end() :]}"
    return _QUOTED_LATER.sub(lambda found: f" - {found[1] or found[2]} | ", title, count=1)
