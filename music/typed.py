"""How well a song answers words that somebody typed. Pure.

The score is the share of those words that title, artists and album hold, spelling drift allowed. Words that no artist
holds have to be found in title or album by themselves, or another song of the artist would do. Version words must be
met; versions that were not asked for cost; ringtones and karaoke are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from music import vocabulary as known
from music.brackets import normal
from music.domain import Track
from music.naming import version_of_album
from music.titles import Title, read
from music.words import DRIFTED, ENDING, EXACT, LONGEST, MISTYPED, alike, forms, initial, mistyped, script_of, words

ACCEPTED = 0.6
NEAR = 0.5  # at most, for another song of the artist who was named: an alternative, never the answer
UNASKED_VERSION = 0.25
WHOLE, WHOLE_DRIFTED, SMALL_WORDS = 0.24, 0.12, 0.12  # what lifts one of two that hold the same words
SHORTEST_SOUND = 6  # letters
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


@dataclass(frozen=True)
class Answer:
    """How well a song answers: `score` is the share of words, less what was not asked for; `rank` orders the songs."""

    score: float
    rank: float
    share: float
    unasked: frozenset[str]
    fault: str  # why the score is 0 whatever the words are, "" if it is not


@dataclass(frozen=True)
class Place:
    """Where words are looked for: a track's title (with neighbours written as one), its people and its album."""

    title: tuple[str, ...]
    people: tuple[str, ...]
    album: tuple[str, ...]
    name: tuple[str, ...]  # of the title, the song's name without a version at its end
    read: Title
    versions: frozenset[str]
    script: str
    junk: frozenset[str]


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
        junk=_junk(plain),
        by=tuple(word for word in words(before[::-1]) if word not in known.STOPWORDS) if after else (),
    )


def _spare(query: Query, place: Place) -> set[str]:
    """The typed words that the song's own name does not hold as often, as the last of "live and let live live"."""
    left = Counter(known.SYNONYMS.get(word, word) for word in query.typed)
    left.subtract(known.SYNONYMS.get(word, word) for word in place.name)
    return {word for word, count in left.items() if count > 0}


def _junk(text: str) -> frozenset[str]:
    return frozenset("".join(words(found[0])) for found in known.JUNK.finditer(text))


def place_of(track: Track) -> Place:
    """Where the words of a query are looked for in a track."""
    return _place(track.title, track.artist, track.album.title if track.album else "", track.is_video)


@lru_cache(maxsize=4096)
def _place(title: str, artist: str, album: str, video: bool) -> Place:
    found, said = read(title, video), tuple(words(normal(title)))
    neighbours = tuple(one + other for one, other in pairwise(said))
    names = tuple(words(artist))
    initials = tuple(one + other for one, other in pairwise(names))
    name = tuple(word for part in found.parts for word in part)
    versions = found.versions | {known.SYNONYMS.get(word, word) for word in found.spoken} | version_of_album(album)
    return Place(
        title=(*said, *neighbours, "".join(said)),
        people=(*names, *initials),
        album=tuple(words(normal(album))),
        name=name[: len(name) - len(found.spoken)],
        read=found,
        versions=versions,
        script=script_of(title),
        junk=_junk(" | ".join((normal(title), normal(album), artist))),
    )


def answer(query: Query, track: Track, languages: Sequence[str] = ()) -> Answer:
    """How well a track answers; in a wished language a dub costs nothing."""
    place, folding = place_of(track), track.language not in known.SPELLED
    if fault := _fault(query, track, place):
        return Answer(0.0, 0.0, 0.0, frozenset(), fault)
    found = [_sung_and_said(word, place, folding) for word in query.wanted]
    sung, said = [voice for voice, _ in found], [name for _, name in found]
    said = _with_language(query, track, _run_on(query.wanted, place, _written_as_one(query.wanted, place, said)))
    share = sum(map(max, sung, said)) / len(query.wanted)
    unasked = _unasked(query, place, track, languages)
    score = max(0.0, share - UNASKED_VERSION * min(len(unasked), 2))
    of_the_song = [name for name, voice in zip(said, sung, strict=True) if not voice]
    if of_the_song and sum(of_the_song) / len(of_the_song) < ACCEPTED:
        score = min(score, NEAR)
    if len(said) == 1 and max(*said, *sung) == ENDING:
        score = min(score, NEAR)
    if query.by and "by" not in place.title and not _by_them(query, place):
        score = min(score, NEAR)
    rank = score + (_lift(query, place, folding) if share else 0.0)
    return Answer(round(score, 3), round(rank, 3), share, unasked, "")


def _fault(query: Query, track: Track, place: Place) -> str:
    if not query.wanted:
        return "no word was typed"
    missing = query.versions and query.versions & _spare(query, place) - place.versions - {*place.people, *place.album}
    if missing:
        return f"not the version that was asked for ({', '.join(sorted(missing))})"
    if junk := place.junk - query.junk - set(query.typed):
        return f"{sorted(junk)[0]}, which was not asked for"
    if query.languages and track.language and not query.languages & {track.language, *place.title, *place.album}:
        named = {known.LANGUAGES[word] for word in query.languages}
        return "" if track.language in named else f"in another language ({track.language})"
    return ""


def _sung_and_said(word: str, place: Place, folding: bool) -> tuple[float, float]:
    """How surely a word stands among the people, and in title or album.

    Who is named as the artists are is not looked for in the title too; a word of the title is looked for among the
    people, since titles name singers, in another script at times.
    """
    said = EXACT if word in place.title or word in place.album else 0.0
    if word in place.people:
        return EXACT, said
    sung = _nearly(word, place.people, folding=True)
    return sung, said or max(_nearly(word, place.title, folding), _nearly(word, place.album, folding))


def _found(word: str, places: tuple[str, ...], folding: bool) -> float:
    """How surely a word stands there: exactly, in another spelling or script, or mistyped."""
    return EXACT if word in places else _nearly(word, places, folding)


@lru_cache(maxsize=8192)
def _nearly(word: str, places: tuple[str, ...], folding: bool) -> float:
    shelves, first = _shelved(places), initial(word)
    near = (*shelves.get(first, ()), *shelves.get("", ())) if first else places
    if not near:
        return 0.0
    best = max((alike(word, there, folding) for there in near), default=0.0)
    return best or max((_slipped(word, there, folding) for there in near), default=0.0)


def _slipped(word: str, there: str, folding: bool) -> float:
    """As `mistyped`; in English, where spellings do not drift, a long word written as it sounds is mistyped."""
    if folding:
        return mistyped(word, there) or mistyped(forms(word).roman, forms(there).roman)
    sounds = min(len(word), len(there)) >= SHORTEST_SOUND and alike(word, there)
    return mistyped(word, there) or (MISTYPED if sounds else 0.0)


@lru_cache(maxsize=4096)
def _shelved(places: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words by what they begin with, so that few have to be compared."""
    shelves: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(places):
        shelves[initial(word)] = (*shelves.get(initial(word), ()), word)
    return shelves


def _written_as_one(wanted: tuple[str, ...], place: Place, found: list[float]) -> list[float]:
    """`dil wale` is found in Dilwale."""
    for number, (one, other) in enumerate(pairwise(wanted)):
        if found[number] and found[number + 1]:
            continue
        as_one = one + other
        if as_one in place.title or _is_foreign(as_one, place):
            found[number] = found[number + 1] = DRIFTED
    return found


def _is_foreign(word: str, place: Place) -> bool:
    """Whether a word is one of the title in another script."""
    both_latin = place.script == "LATIN" and (word.isascii() or script_of(word) == "LATIN")
    return not both_latin and any(alike(word, there) for there in place.title)


def _run_on(wanted: tuple[str, ...], place: Place, found: list[float]) -> list[float]:
    """Words that are the whole name in a script that does not part words."""
    if all(found) or place.script == "LATIN":
        return found
    whole = alike("".join(wanted), "".join(place.name))
    return [whole] * len(found) if whole else found


def _with_language(query: Query, track: Track, found: list[float]) -> list[float]:
    sung = [known.LANGUAGES.get(word) == track.language for word in query.wanted]
    return [EXACT if spoken and track.language else strength for spoken, strength in zip(sung, found, strict=True)]


def _unasked(query: Query, place: Place, track: Track, languages: Sequence[str]) -> frozenset[str]:
    """The versions that the title names and the query does not; a dub's language is one, unless it is wished."""
    numbers = {f"part {known.numeral(word)}" for word in query.typed if known.numeral(word)}
    last = known.numeral(place.name[-1]) if len(place.name) > 1 else ""
    sequel = {f"part {last}"} if last and len(last) < 3 else set()
    unasked = (place.versions | sequel) - numbers
    unasked = unasked and unasked - _spare(query, place)
    dub = place.read.language
    return frozenset(unasked | ({dub} if dub and dub not in (*languages, *query.languages) else set()))


def _by_them(query: Query, place: Place) -> bool:
    there = (*place.people, *place.album)
    return sum(bool(_found(word, there, folding=True)) for word in query.by) * 2 >= len(query.by)


def best_rank(query: Query) -> float:
    """The rank of a song that answers as well as one can."""
    small = any(word in known.STOPWORDS for word in query.typed)
    return round(1.0 + WHOLE + (SMALL_WORDS if small else 0.0), 3)


def _lift(query: Query, place: Place, folding: bool) -> float:
    """What goes before others that hold the same words: a name that was typed whole, and the small words with it."""
    name = {word for part in place.read.parts for word in part if word not in place.read.free}
    if not any(word in query.wanted or _found(word, query.wanted, folding) for word in name):
        return 0.0
    small = [word for word in query.typed if word in known.STOPWORDS]
    lift = SMALL_WORDS * sum(word in name for word in small) / len(small) if small else 0.0
    if name <= set(query.typed):
        return lift + WHOLE
    as_one = {word for pair in pairwise(place.name) if "".join(pair) in query.typed for word in pair}
    drifted = all(word in as_one or _found(word, query.typed, folding) for word in name)
    return lift + (WHOLE_DRIFTED if drifted else 0.0)
