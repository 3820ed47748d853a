"""Whether two tracks are by the same people. Pure.

Services credit differently: one names composer and singers, another the singers alone, a third the whole cast; an
`&`, a comma or an `x` joins two artists or stands inside one name. So sets of names are compared, and a name is taken
apart only where all its parts, or parts of several words, are names of the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.language.scripts import folded_spelling, script_of_word
from music.matching.language.words import all_alike, words

Name = tuple[str, ...]

NEAR_NAME = 0.88  # of the letters, in the same order: another spelling of a name
SHORTEST_NEAR = 8  # letters; in shorter names a letter makes another name
SHORTEST_INITIALLED, INITIALS = 5, 2  # letters of a name that goes without its initials, and of those at most
SHORTEST_JOINED, SHORTEST_FIRST = 5, 3  # letters of a name without its spaces, and of a first name that stands alone
_JOINT = re.compile(r"\s*(?:[,;&/+×]|\b(?:and|x|feat|ft|featuring|with|vs)\b\.?)\s*", re.IGNORECASE)
_TOPIC = re.compile(r"\s+-\s+topic\s*$", re.IGNORECASE)
_BAND = re.compile(r"(?<=\w)[ ,-]+the band\s*$", re.IGNORECASE)
_CREDITS = re.compile(r"[|:()\[\]{}•·]|\s-+\s")
_HYPHEN = re.compile(r"(?<=\w{3})\s?-\s?(?=\w{3})")
_RUN_ON = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SMALL = frozenset("the and x of".split())
_VOWELS = frozenset("aeiouy")
_CALLINGS = frozenset("dj mc lil mr mrs dr st".split())  # before a name, in whatever script that is


@lru_cache(maxsize=8192)
def name_of(text: str) -> Name:
    """A name's words, without "the" and "and"; initials are one word, with their dots or without."""
    found = words(_BAND.sub("", _TOPIC.sub("", text)))
    kept = [word for word in found if word not in _SMALL] or found
    merged: list[str] = []
    initials = False
    for word in kept:
        single = len(word) == 1 and word.isalpha()
        if single and initials:
            merged[-1] += word
        else:
            merged.append(word)
        initials = single
    return tuple(merged)


@lru_cache(maxsize=8192)
def parts_of(text: str) -> tuple[Name, ...]:
    """The names that one credit may join, as in `A & B`; one where it joins none."""
    return tuple(filter(None, (name_of(part) for part in _JOINT.split(text) if part.strip())))


@lru_cache(maxsize=8192)
def in_each_script(name: Name) -> tuple[Name, ...]:
    """A name that is written twice, as in "IU (아이유)", in either script; () where it is written once."""
    latin = tuple(word for word in name if script_of_word(word) == "LATIN")
    if len(latin) in (0, len(name)) or _CALLINGS.issuperset(latin):
        return ()
    return latin, tuple(word for word in name if word not in latin)


@lru_cache(maxsize=8192)
def spellings_of(text: str) -> tuple[Name, ...]:
    """One artist's name: whole, and in either script where it is written in two."""
    name = name_of(text)
    return (name,) if text.isascii() or _JOINT.search(text) else (name, *in_each_script(name))


@lru_cache(maxsize=8192)
def same_name(one: Name, other: Name) -> bool:
    """Whether two names are one, in another order or spelling, or with a word of two or more left out. Symmetric."""
    if not one or not other:
        return False
    if set(one) == set(other):
        return True
    shorter, longer = sorted((one, other), key=lambda name: (len(name), name))
    as_long = len(shorter) == len(longer) or len(shorter) > 1 or _is_initialled(shorter, longer)
    if as_long and all_alike(shorter, longer):
        return True
    return _near("".join(one), "".join(other))


def _is_initialled(name: Name, longer: Name) -> bool:
    """Whether a name of one long word is the other's without its initials, as Sevvelan of "K. S. Sevvelan"."""
    before = longer[0] if len(longer) == 2 else ""
    initials = len(before) == 1 or (len(before) == INITIALS and _VOWELS.isdisjoint(before))  # Ed and Jo are names
    return len("".join(name)) >= SHORTEST_INITIALLED and initials and before not in _CALLINGS


def _near(one: str, other: str) -> bool:
    left, right = folded_spelling(one), folded_spelling(other)
    if left == right:
        return len(left) > 2
    longest = max(len(left), len(right))
    return min(len(left), len(right)) >= SHORTEST_NEAR and 1 - OSA.distance(left, right) / longest >= NEAR_NAME


class People(NamedTuple):
    """Those whom a track credits, and those whom its title names besides."""

    credited: tuple[str, ...]
    guests: tuple[str, ...]


def people_of(track: Track, guests: Sequence[str] = ()) -> People:
    """The people of a track; guests are those that its title names."""
    return People(tuple(artist.name for artist in track.artists), tuple(guests))


class Shared(NamedTuple):
    """How far two sets of people are the same: the share of the smaller set that is common, ..."""

    overlap: float
    main: bool  # ... whether the main artist is, ...
    whole: bool = False  # ... whether nobody is named by one side alone, ...
    sings: bool = True  # ... and whether it is more than the first of several, who may have composed every dub of it


@lru_cache(maxsize=4096)
def shared(one: People, other: People) -> Shared:
    """Who is common to two tracks; symmetric but for `main`, the first artist of `one`."""
    here, there = _names(one), _names(other)
    found = [name for name in here if is_among(name, there)]
    back = [name for name in there if is_among(name, here)]
    smaller = min(_count(one.credited), _count(other.credited)) or 1
    main = bool(one.credited) and is_among(one.credited[0], there)
    overlap = min(1.0, max(len(found), len(back)) / smaller) if found or back else 0.0
    return Shared(overlap, main, whole=bool(found) and len(found) == len(here) and len(back) == len(there))


def _names(people: People) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*people.credited, *people.guests)))


def _count(credited: Iterable[str]) -> int:
    return len(set(map(name_of, credited)))


@lru_cache(maxsize=8192)
def is_among(name: str, there: tuple[str, ...]) -> bool:
    """Whether a name stands among others: whole, in parts that all stand there, or as the parts of one of them."""
    wanted = spellings_of(name)
    for other in there:
        if any(same_name(one, two) for one in wanted for two in spellings_of(other)):
            return True
        parts = parts_of(other)
        if len(parts) > 1 and any(len(part) > 1 and same_name(wanted[0], part) for part in parts):
            return True
    names = [name_of(other) for other in there]
    parts = parts_of(name)
    if len(parts) < 2:
        return _is_band(_HYPHEN.split(name), names)
    standing = [any(same_name(part, other) for other in names) for part in parts]
    bands = all(any(set(part) <= set(other) for other in names) for part in parts)  # A & B, for A Smith and B Jones
    return bands or all(standing) or any(stands and len(part) > 1 for stands, part in zip(standing, parts, strict=True))


def _is_band(members: Sequence[str], names: Sequence[Name]) -> bool:
    """Whether a name such as Ansel-Bram joins first names of two whom the other side names in full."""
    firsts = {name[:1] for name in names if len(name) > 1}
    return len(members) > 1 and all(name_of(member) in firsts for member in members)


@lru_cache(maxsize=8192)
def channel_of(text: str) -> str:
    """A channel's name as an artist's: `ArijitSinghVEVO` is `arijitsingh`; "" for a label's."""
    return "".join(word for word in _words_of_channel(text) if word not in known.CHANNEL_WORDS and word not in _SMALL)


def without_topic(channel: str) -> str:
    """A channel's name as its artist's: the service puts " - Topic" behind it."""
    return _TOPIC.sub("", channel)


@lru_cache(maxsize=2048)
def is_label(text: str) -> bool:
    """Whether a channel's name is that of a label or a film company, which sings nothing."""
    return not known.LABELS.isdisjoint(_words_of_channel(text))


def _words_of_channel(text: str) -> list[str]:
    return words(_RUN_ON.sub(" ", _TOPIC.sub("", text)).replace("VEVO", " "))


def named_in(names: Iterable[str], said: frozenset[str], besides: frozenset[str], channels: Iterable[str]) -> list[str]:
    """Those of the names that a video names in its title's words, or that are its channel's.

    A name of one word has to stand besides the song's own name, whose words are not `besides`.
    """
    channels = {channel_of(channel) for channel in channels} - {""}
    return [name for name in names if any(_is_named(one, said, besides, channels) for one in spellings_of(name))]


def shortened_in(names: Iterable[str], title: str, besides: frozenset[str]) -> list[str]:
    """Those of the names that pieces of a title give without the last, or with its initial: `Arlo S`, Arlo Stave.

    The pieces that are the song's own name, its film or its album, whose words are `besides`, name nobody.
    """
    pieces = {piece for piece in _credits(title) if not besides.issuperset(piece)}
    return [name for name in names if not pieces.isdisjoint(_short_forms(name))]


@lru_cache(maxsize=1024)
def _credits(title: str) -> frozenset[Name]:
    return frozenset(name for piece in _CREDITS.split(title) for name in parts_of(piece))


def _short_forms(text: str) -> tuple[Name, ...]:
    name = name_of(text)
    first = name[:1]
    if len(name) < 2 or len(name[0]) < SHORTEST_FIRST:
        return ()
    return (first, (*first, name[-1][0]), *((name[:-1],) if len(name) > 2 else ()))


def _is_named(name: Name, said: frozenset[str], besides: frozenset[str], channels: set[str]) -> bool:
    if not name:
        return False
    joined = "".join(word for word in name if word not in known.CHANNEL_WORDS)
    if joined and any(joined == channel or _near(joined, channel) for channel in channels):
        return True
    if len(name) > 1 and len(joined) >= SHORTEST_JOINED and joined in said:
        return True
    place = besides if len(name) == 1 else said
    return all_alike(name, place)
