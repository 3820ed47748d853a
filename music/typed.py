"""How well a song answers words that somebody typed. Pure.

The score is the share of those words that title, artists and album hold, spelling drift allowed. Words that no artist
holds have to be found in title or album by themselves, or another song of the artist would do. Version words must be
met; versions that were not asked for cost; ringtones and karaoke are dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from music import vocabulary as known
from music.domain import Track
from music.places import Place, found_in, place_of, run_on, sung_and_said, written_as_one
from music.query import Query
from music.words import ENDING, EXACT

ACCEPTED = 0.6
NEAR = 0.5  # at most, for another song of the artist who was named: an alternative, never the answer
UNASKED_VERSION = 0.25
WHOLE, WHOLE_DRIFTED, SMALL_WORDS = 0.24, 0.12, 0.12  # what lifts one of two that hold the same words


@dataclass(frozen=True)
class Answer:
    """How well a song answers: `score` is the share of words, less what was not asked for; `rank` orders the songs."""

    score: float
    rank: float
    share: float
    unasked: frozenset[str]
    fault: str  # why the score is 0 whatever the words are, "" if it is not


def _spare(query: Query, place: Place) -> set[str]:
    """The typed words that the song's own name does not hold as often, as the last of "live and let live live"."""
    left = Counter(known.SYNONYMS.get(word, word) for word in query.typed)
    left.subtract(known.SYNONYMS.get(word, word) for word in place.name)
    return {word for word, count in left.items() if count > 0}


def answer(query: Query, track: Track, languages: Sequence[str] = ()) -> Answer:
    """How well a track answers; in a wished language a dub costs nothing."""
    place, folding = place_of(track), track.language not in known.SPELLED
    if fault := _fault(query, track, place):
        return Answer(0.0, 0.0, 0.0, frozenset(), fault)
    found = [sung_and_said(word, place, folding) for word in query.wanted]
    sung, said = [voice for voice, _ in found], [name for _, name in found]
    said = _with_language(query, track, run_on(query.wanted, place, written_as_one(query.wanted, place, said)))
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
    return sum(bool(found_in(word, there, folding=True)) for word in query.by) * 2 >= len(query.by)


def best_rank(query: Query) -> float:
    """The rank of a song that answers as well as one can."""
    small = any(word in known.STOPWORDS for word in query.typed)
    return round(1.0 + WHOLE + (SMALL_WORDS if small else 0.0), 3)


def _lift(query: Query, place: Place, folding: bool) -> float:
    """What goes before others that hold the same words: a name that was typed whole, and the small words with it."""
    name = {word for part in place.read.parts for word in part if word not in place.read.free}
    if not any(word in query.wanted or found_in(word, query.wanted, folding) for word in name):
        return 0.0
    small = [word for word in query.typed if word in known.STOPWORDS]
    lift = SMALL_WORDS * sum(word in name for word in small) / len(small) if small else 0.0
    if name <= set(query.typed):
        return lift + WHOLE
    as_one = {word for pair in pairwise(place.name) if "".join(pair) in query.typed for word in pair}
    drifted = all(word in as_one or found_in(word, query.typed, folding) for word in name)
    return lift + (WHOLE_DRIFTED if drifted else 0.0)
