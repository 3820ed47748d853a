"""What somebody typed, read: the words that are looked for, and what is asked of the song besides. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise

from music.matching.language import vocabulary as known
from music.matching.language.words import LONGEST, words
from music.matching.reading.brackets import normal

_BY = re.compile(r"(?i)\sby\s")
_ASKED = known.ASKED | known.LANGUAGES.keys()  # what a song has to be, wherever it was typed
_TITLE = re.compile(r"(?i)\stitle (?:song|track)s?\b")
_YEAR = re.compile(r"(?:19[5-9]|20[0-3])[0-9]")


@dataclass(frozen=True)
class Query:
    """Typed words: all of them, those that are looked for, and the versions and languages among them."""

    text: str
    typed: tuple[str, ...]
    wanted: tuple[str, ...]
    beside: tuple[bool, ...]  # of each wanted word, whether a song may be without it
    versions: frozenset[str]
    languages: frozenset[str]
    junk: frozenset[str]
    parts: frozenset[str]  # as titles name them: "part 2"
    by: tuple[str, ...]  # the words after the last "by"
    run_on: tuple[tuple[str, str], ...]  # wanted words, each as one with a neighbour that says nothing
    is_title: bool  # whether the song is asked for that has the film's name
    is_plain: bool  # whether every song has to hold all the wanted words


@lru_cache(maxsize=1024)
def read_query(text: str) -> Query:
    """Typed words, read."""
    plain = normal(text[:LONGEST])
    typed = tuple(words(plain))
    meant = [(word, is_beside) for word, is_beside in zip(typed, _beside(typed), strict=True) if _says_something(word)]
    wanted, beside = zip(*meant, strict=True) if meant else (typed, (False,) * len(typed))
    before, _, after = plain[::-1].partition(" yb ") if _BY.search(plain) else (plain, "", "")
    versions, languages = _versions(typed), frozenset(word for word in wanted if word in known.LANGUAGES)
    return Query(
        text=plain,
        typed=typed,
        wanted=wanted,
        beside=beside,
        versions=versions,
        languages=languages,
        junk=junk_of(plain),
        parts=frozenset(f"part {number}" for number in map(known.numeral, typed) if number),
        by=_by(before[::-1], frozenset(compress(wanted, beside))) if after else (),
        run_on=_run_on(typed),
        is_title=bool(_TITLE.search(plain)),
        is_plain=not (versions or languages or any(beside)),
    )


def _by(text: str, beside: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words(text) if _says_something(word) and word not in beside)


def _run_on(typed: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = ((one, other) for one, other in pairwise(typed) if _says_something(one) != _says_something(other))
    return tuple((one if _says_something(one) else other, one + other) for one, other in pairs)


def is_year(word: str) -> bool:
    """Whether a word is a year that songs are looked for by."""
    return bool(_YEAR.fullmatch(word))


def _says_something(word: str) -> bool:
    return word not in known.STOPWORDS


def _beside(typed: tuple[str, ...]) -> list[bool]:
    """Which of the words ask for a song instead of naming it, as those of "new song ..." and "... ka gana 2022"."""
    asking = known.ASKING.match(" ".join(typed))
    opened = len(asking[0].split()) if asking else 0
    ended = _ended(typed)
    return [(place < opened or place >= ended) and word not in _ASKED for place, word in enumerate(typed)]


def _ended(typed: tuple[str, ...]) -> int:
    """Where the words begin that only follow a name; never with the first one."""
    behind = ""
    for place in range(len(typed) - 1, 0, -1):
        word = typed[place]
        if not _follows_a_name(typed[place - 1], word, behind):
            # The words right behind an article belong to it.
            return place + 2 if word in known.UNFINISHED else place + 1
        behind = behind if word in _ASKED else word
    return 1 + (typed[0] in known.UNFINISHED) if typed else 0


def _follows_a_name(before: str, word: str, behind: str) -> bool:
    if word in known.BEFORE_SONGS:
        return behind in known.SONGS or behind in known.BEFORE_SONGS
    if f"{before} {word}" in known.BEHIND_PAIRS or f"{word} {behind}" in known.BEHIND_PAIRS:
        return True
    follows = word in known.BEHIND or word in known.STOPWORDS or word in _ASKED or is_year(word)
    return follows and word not in known.UNFINISHED


def _versions(typed: tuple[str, ...]) -> frozenset[str]:
    """The versions that are asked for, as a title would name them; before "version" any word of one asks for it."""
    return frozenset(
        known.SYNONYMS.get(word, word)
        for word, behind in zip(typed, (*typed, "")[1:], strict=True)
        if word in known.ASKED or (behind == "version" and word in known.VERSION_WORDS)
    )


def junk_of(text: str) -> frozenset[str]:
    """What a text names that nobody plays as a song: a ringtone, a jukebox, ..."""
    return frozenset("".join(words(found[0])) for found in known.JUNK.finditer(text))
