"""What stands beside a name, in brackets, after a dash or behind a bar, and what it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from music.matching.language import vocabulary as known
from music.matching.language.words import words

Words = tuple[str, ...]
Kind = Literal["credit", "guest", "rating", "noise", "version", "part", "other"]

_GUEST_ASIDE = re.compile(r"(?i)\s*(?:feat|ft|featuring|with)\b\.?\s+(.*)", re.DOTALL)
_CREDIT = re.compile(r"(?i)\s*(?:music |song |songs |theme |soundtrack )?(?:from|form)\b\s*(.*)", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d")
PART = re.compile(rf"(?i)\b(?:part|pt|vol|volume|chapter)\b\.?\s?(\d{{1,4}}|[ivx]{{1,5}}|{'|'.join(known.NUMBERS)})\b")


@dataclass(frozen=True)
class Aside:
    """What stands beside a name, and what it is; `versions` and `whose` are set where it names a version."""

    kind: Kind
    text: str
    said: Words
    versions: frozenset[str] = frozenset()
    whose: frozenset[str] = frozenset()  # of a remix, its maker; of a live take, the place
    language: str = ""


@lru_cache(maxsize=8192)
def in_brackets(text: str) -> Aside:
    """What a bracket holds."""
    said = tuple(words(text))
    if guest := _guest(text):
        return Aside("guest", guest, tuple(words(guest)))
    if credit := _CREDIT.match(text):
        return Aside("credit", text, tuple(words(credit[1])))
    return _told(text, said, loosely=True)


def _guest(text: str) -> str:
    """Who is named in `feat. X` or `with X`; "" for a title that goes on with "with", as in "(with You)"."""
    found = _GUEST_ASIDE.match(text)
    if not found:
        return ""
    if text.lstrip()[:4].lower() == "with" and not _is_name(found[1]):
        return ""
    return found[1].strip()


def _is_name(text: str) -> bool:
    said = words(text)
    if not said or not known.SURE.isdisjoint(said):  # as in "(with Jhankar Beats)"
        return False
    return said[0] not in known.NOT_A_NAME and len(said) <= known.LONGEST_NAME


def behind_dash(piece: str) -> Aside:
    """What follows a dash: a version, a credit, or a piece of the name."""
    if credit := _CREDIT.match(piece):
        return Aside("credit", piece, tuple(words(credit[1])))
    return _told(piece, tuple(words(piece)), loosely=False)


def behind_bar(said: Words) -> Aside:
    """What stands behind a bar: singers, film and label, and now and then a version."""
    text = " ".join(said)
    found = _told(text, said, loosely=False)
    if found.versions == {"sad"} and said[-1] in ("song", "songs"):
        return Aside("other", "", said)
    if found.kind == "noise" and found.language:
        return Aside("other", "", said, language=found.language)
    if found.kind == "version" and (len(said) <= known.LONGEST_VERSION_BEHIND or not_the_song(text, said)):
        return found
    if known.PERFORMED.search(text):  # with the singer's name before it
        return Aside("version", "", said, frozenset({"live"}))
    return Aside("other", "", said)


def _played(said: Words) -> frozenset[str]:
    """The instruments, where the words say nothing but on which the song is played."""
    found = known.INSTRUMENTS.intersection(said)
    return found if found and found | known.BESIDE_INSTRUMENT >= set(said) else frozenset()


def not_the_song(text: str, said: Sequence[str]) -> frozenset[str]:
    """The kind of what is about a song and not the song, as a tutorial or a reaction; `said` are the text's words."""
    found = None if known.ABOUT_IT.isdisjoint(said) else known.NOT_THE_SONG.search(text)
    return frozenset(kind.lower() for kind in found.groups() if kind) if found else frozenset()


def _is_official(said: Words) -> bool:
    """Whether the words are what it was made for, as in "the Official Harbour Cup 2010 Song"."""
    begins = said[0] == "official" or said[:2] == ("the", "official")
    return begins and said[-1] in known.OFFICIAL and known.VERSION_WORDS.isdisjoint(said)


def _is_noise(text: str, said: Words, loosely: bool) -> bool:
    """Whether the words only say that it is a video, or praise it; `loosely` in brackets, where no name stands."""
    if known.NOISE.issuperset(said):
        return loosely or not known.NAMES_TOO.issuperset(said)
    if loosely and not known.VIDEO_WORDS.isdisjoint(said):  # in "(Official Video 2024)"
        return all(word in known.NOISE or _YEAR.fullmatch(word) for word in said) or _is_described(text, said)
    return _is_described(text, said)


def _is_described(text: str, said: Words) -> bool:
    """Whether the words tell what kind of song it is, or how good, or what it was made for."""
    if said[-1] in known.PRAISED_AS and known.PRAISED.fullmatch(text):
        return True
    return bool(known.DESCRIBED.fullmatch(text.strip())) or _is_official(said)


def _told(text: str, said: Words, *, loosely: bool) -> Aside:
    language = next((known.LANGUAGES[word] for word in said if word in known.LANGUAGES), "")
    if kind := not_the_song(text, said):
        return Aside("version", text, said, kind, language=language)
    if said and known.RATINGS.keys() & set(said) and known.BESIDE_RATING.issuperset(said):
        rating = tuple(word for word in said if word in known.RATINGS)
        return Aside("rating", text, rating)
    if said and _is_noise(text, said, loosely):
        return Aside("noise", text, said, language=language)
    if said and (said[0] in known.MAKERS or not known.SOUNDTRACK.isdisjoint(said)):
        return Aside("noise", text, said)
    if PART.fullmatch(text.strip()):
        return Aside("part", text, said, numbered(text))
    number = known.numeral(said[0]) if loosely and len(said) == 1 else ""
    if number and len(number) < 3:
        return Aside("part", text, said, frozenset({f"part {number}"}))
    if not said or not (_is_version(said, loosely) or (language and _is_dub(said))):
        parts = numbered(text) if loosely else frozenset()
        if played := _played(said):
            return Aside("version", text, said, played)
        return Aside("part", text, said, parts) if parts else Aside("other", text, said)
    return Aside("version", text, said, *_version(said), language=language)


def _is_version(said: Words, loosely: bool) -> bool:
    """Whether the words name a version; `loosely` in brackets, which a name seldom ends with."""
    if said[-1] in known.ENDING or (known.SURE.intersection(said) and (loosely or len(said) < 4)):
        return True
    if said[0] in known.BEGINNING and len(said) > 1 and said[1] in known.BEGINNING[said[0]]:
        return True
    if loosely and (said[0] == "live" and (len(said) == 1 or said[1] not in known.LIVES)):
        return True
    if loosely and "dj" in said:
        return True
    versions = known.VERSION_WORDS.union(known.PLAIN).intersection(said)
    return bool(versions) and all(
        word in versions or word in known.NOISE or word in known.FILLERS or word.isdigit() for word in said
    )


def _is_dub(said: Words) -> bool:
    return all(word in known.LANGUAGES or word in known.BESIDE_LANGUAGE for word in said)


def _version(said: Words) -> tuple[frozenset[str], frozenset[str]]:
    """The version that the words name, none for "Original Version" or "2011 Remaster"; and whose it is."""
    rest = {word for word in said if word not in known.NOISE | known.FILLERS | known.LANGUAGES.keys()}
    named = {known.SYNONYMS.get(word, word) for word in rest & known.VERSION_WORDS}
    for vague in ("dj", "remix"):  # who made it, and that it was made, where what it is is told too
        if len(named) > 1:
            named.discard(vague)
    others = rest - known.VERSION_WORDS - known.PLAIN - known.BETWEEN
    if not others and known.PLAIN.intersection(said) and named <= {"remix"}:
        return frozenset(), frozenset()
    whose = frozenset(others)
    if "version" in said and not named:  # somebody's, or for some occasion, or the second one
        years = frozenset(word for word in others if word.isdigit() and len(word) > 2)
        named, whose = set(others - years), years
    return frozenset(named), whose


def numbered(text: str) -> frozenset[str]:
    """The parts that a text names, as `part 2` of "Pt. II"."""
    return frozenset(f"part {known.numeral(number.lower())}" for number in PART.findall(text))
