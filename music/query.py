"""What somebody typed, read: the words that are looked for, and what is asked of the song besides. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from music import vocabulary as known
from music.brackets import normal
from music.words import LONGEST, words

_BY = re.compile(r"(?i)\sby\s")


@dataclass(frozen=True)
class Query:
    """Typed words: all of them, those that are looked for, and the versions and languages among them."""

    text: str
    typed: tuple[str, ...]
    wanted: tuple[str, ...]
    versions: frozenset[str]
    languages: frozenset[str]
    junk: frozenset[str]
    by: tuple[str, ...]  # the words after the last "by"


@lru_cache(maxsize=1024)
def read_query(text: str) -> Query:
    """Typed words, read."""
    plain = normal(text[:LONGEST])
    typed = tuple(words(plain))
    wanted = tuple(word for word in typed if word not in known.STOPWORDS) or typed
    before, _, after = plain[::-1].partition(" yb ") if _BY.search(plain) else (plain, "", "")
    return Query(
        text=plain,
        typed=typed,
        wanted=wanted,
        versions=frozenset(known.SYNONYMS.get(word, word) for word in typed if word in known.ASKED),
        languages=frozenset(word for word in wanted if word in known.LANGUAGES),
        junk=junk_of(plain),
        by=tuple(word for word in words(before[::-1]) if word not in known.STOPWORDS) if after else (),
    )


def junk_of(text: str) -> frozenset[str]:
    """What a text names that nobody plays as a song: a ringtone, a jukebox, ..."""
    return frozenset("".join(words(found[0])) for found in known.JUNK.finditer(text))
