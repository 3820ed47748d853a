"""How well a song answers words that somebody typed. Pure.

The score is the share of those words that title, artists and album hold, spelling drift allowed. Words that no artist
holds have to be found in title or album by themselves, or another song of the artist would do. Version words must be
met; versions that were not asked for cost, or are refused (`asked`); ringtones and karaoke are dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.language.words import ENDING, EXACT, LOOSE, SMALL, alike
from music.matching.reading.people import name_of
from music.matching.typed import asked
from music.matching.typed.leftovers import differ, misnamed
from music.matching.typed.places import (
    Place,
    all_found,
    found_in,
    named_as_one,
    place_of,
    run_on,
    sung_and_said,
    written_as_one,
)
from music.matching.typed.query import Query, is_year

ACCEPTED = 0.6
NEAR = 0.5  # at most, for another song of the artist who was named: an alternative, never the answer
UNASKED_VERSION = 0.25
YEARS = 1  # by which services differ on when a song came out
WHOLE, WHOLE_DRIFTED, SMALL_WORDS = 0.24, 0.12, 0.12  # what lifts one of two that hold the same words
SETBACK = 0.12  # enough not to be close to the other


@dataclass(frozen=True)
class Answer:
    """How well a song answers: `score` is the share of words, less what was not asked for; `rank` orders the songs."""

    score: float
    rank: float
    share: float
    unasked: frozenset[str]
    fault: str  # why the score is 0 whatever the words are, "" if it is not
    met: frozenset[str] = frozenset()  # the words that were found,
    sung: frozenset[str] = frozenset()  # those of them that name an artist,
    lost: frozenset[str] = frozenset()  # and those that were not
    uncalled_for: bool = False  # whether it is a version that nobody asked for


_NOTHING = Answer(0.0, 0.0, 0.0, frozenset(), "")  # of what holds no word


def answer(query: Query, track: Track, languages: Sequence[str] = (), singles: frozenset[str] = frozenset()) -> Answer:
    """How well a track answers; in a wished language a dub costs nothing. `singles` are albums that are no film's."""
    place, folding = place_of(track), track.language not in known.SPELLED
    if fault := _fault(query, track, place):
        return Answer(0.0, 0.0, 0.0, frozenset(), fault)
    wanted = query.wanted if query.is_plain else _wanted_of(query, track, place)
    sung, said = _found(query, wanted, track, place, folding)
    share = sum(map(_counted, map(max, sung, said))) / len(wanted)
    if not share:
        return _NOTHING
    unasked = asked.unasked(query, place, track, languages)
    score = max(0.0, share - UNASKED_VERSION * min(len(unasked), 2))
    met = frozenset(word for word, voice, name in zip(wanted, sung, said, strict=True) if voice or name)
    is_single = bool(singles and track.album and track.album.title in singles)
    if score > NEAR:
        score = min(score, _most(query, wanted, track, place, sung, said, folding))
    if score > NEAR and (asked.is_anothers(query, place, met) or differ(wanted, sung, said, place, folding, is_single)):
        score = NEAR
    rank = score + _lift(query, place, folding) - _setback(query, place)
    return Answer(
        score=round(score, 3),
        rank=round(rank, 3),
        share=share,
        unasked=unasked,
        fault="",
        met=met,
        sung=frozenset(word for word, voice in zip(wanted, sung, strict=True) if voice) if any(sung) else frozenset(),
        lost=frozenset(wanted) - met,
        uncalled_for=bool(unasked) and not all(sung) and asked.is_uncalled_for(query, place, track, unasked),
    )


def _found(
    query: Query, wanted: tuple[str, ...], track: Track, place: Place, folding: bool
) -> tuple[list[float], list[float]]:
    """How surely each wanted word stands among the people, and how surely in title or album."""
    found = [sung_and_said(word, place, folding) for word in wanted]
    sung = named_as_one(query, wanted, place, [voice for voice, _ in found])
    said = run_on(wanted, place, written_as_one(wanted, place, [name for _, name in found]))
    return sung, _with_language(wanted, track, said) if query.languages else said


def _most(
    query: Query,
    wanted: Sequence[str],
    track: Track,
    place: Place,
    sung: Sequence[float],
    said: Sequence[float],
    folding: bool,
) -> float:
    """The most that a song may score: less where too little beside the artist was found, or it is another song."""
    if _is_other(query, wanted, place, sung, said, folding):
        return NEAR
    if _is_the_song(wanted, sung, said, place):
        return 1.0
    met = tuple(word if voice or name else "" for word, voice, name in zip(wanted, sung, said, strict=True))
    return ACCEPTED if any(sung) and _is_whole(met, track, place) else NEAR


def _is_the_song(wanted: Sequence[str], sung: Sequence[float], said: Sequence[float], place: Place) -> bool:
    """Whether enough of the words that name no artist were found, who may be misspelled."""
    if _are_enough([name for name, voice in zip(said, sung, strict=True) if not voice]):
        return True
    spared = misnamed(wanted, sung, place)
    left = [name for name, voice, spare in zip(said, sung, spared, strict=True) if not voice and (name or not spare)]
    return _are_enough(left) and any(left)


def _is_whole(met: tuple[str, ...], track: Track, place: Place) -> bool:
    """Whether all of the name and of an artist's were typed: what else was may be the next words of the song.

    Of the typed words those that were not found are "". Beside a name of one word they are as likely another song's, as
    "boat song" is not Boat.
    """
    name = [word for word in place.name if word not in place.read.free and word not in known.STOPWORDS]
    artists = (name_of(artist.name) for artist in track.artists)
    found = tuple(filter(None, met))
    if not all_found(name, found, LOOSE) or not any(all_found(artist, found, LOOSE) for artist in artists):
        return False
    return len(name) > 1 or not any("" in pair and _is_any(name, pair) for pair in pairwise(met))


def _is_any(name: Sequence[str], pair: tuple[str, ...]) -> bool:
    return any(all_found(name, (word,), LOOSE) for word in pair if word)


def _is_other(
    query: Query, wanted: Sequence[str], place: Place, sung: Sequence[float], said: Sequence[float], folding: bool
) -> bool:
    """Whether what was found is an album's name, half a word, or a song by others than were named."""
    if (query.is_title or not folding) and _is_of_the_album(query, wanted, place, sung, said, folding):
        return True
    if len(said) == 1 and max(*said, *sung) in (ENDING, SMALL):
        return True
    return bool(query.by) and "by" not in place.title and not _by_them(query, place)


def _is_of_the_album(
    query: Query, wanted: Sequence[str], place: Place, sung: Sequence[float], said: Sequence[float], folding: bool
) -> bool:
    """Whether only the album has what was typed: its title track is another one.

    A film's name asks for any song of it, unless it asks for the title track.
    """
    if "title" in place.titled or not (query.is_title or known.FILMED.isdisjoint(place.album)):
        return False
    told = [word for word, voice, name in zip(wanted, sung, said, strict=True) if name and not voice]
    return bool(told) and not any(found_in(word, place.title, folding) for word in told)


def _are_enough(found: Sequence[float]) -> bool:
    return not found or sum(map(_counted, found)) / len(found) >= ACCEPTED


def _counted(strength: float) -> float:
    """A word that was found in another spelling is found; one that may be another word counts for less."""
    return 1.0 if strength >= LOOSE else strength


def _fault(query: Query, track: Track, place: Place) -> str:
    if not query.wanted:
        return "no word was typed"
    if missing := query.versions and asked.missing(query, place):
        return f"not the version that was asked for ({', '.join(sorted(missing))})"
    if junk := place.junk - query.junk - set(query.typed):
        return f"{sorted(junk)[0]}, which was not asked for"
    if query.languages and track.language and not query.languages & {track.language, *place.title, *place.album}:
        named = {known.LANGUAGES[word] for word in query.languages}
        return "" if track.language in named else f"in another language ({track.language})"
    return ""


def _wanted_of(query: Query, track: Track, place: Place) -> tuple[str, ...]:
    """The words that are looked for in this track, if any is left: without those that it answers by what it is."""
    there = {*place.title, *place.people, *place.album}
    kept = [
        word
        for word, is_beside in zip(query.wanted, query.beside, strict=True)
        if (word in there or not (is_beside and _may_miss(word, track))) and not _is_met(word, query, track, place)
    ]
    return tuple(kept) or query.wanted


def _may_miss(word: str, track: Track) -> bool:
    """Whether a word beside the name counts for nothing; another year than the track's is that of another song."""
    return not (is_year(word) and track.year) or abs(int(word) - track.year) <= YEARS


def _is_met(word: str, query: Query, track: Track, place: Place) -> bool:
    """Whether a word asks for the track's language, or for its version; the name has to be found without it."""
    if known.LANGUAGES.get(word) == track.language and track.language:
        return word not in place.title and word not in place.album
    if not query.versions or word in place.name:
        return False
    meant = known.SYNONYMS.get(word, word)
    return word == "version" or meant in place.versions or meant in known.VAGUE


def _with_language(wanted: Sequence[str], track: Track, found: list[float]) -> list[float]:
    sung = [known.LANGUAGES.get(word) == track.language for word in wanted]
    return [EXACT if spoken and track.language else strength for spoken, strength in zip(sung, found, strict=True)]


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
    own = tuple(word for word in place.name if word not in place.read.free)
    if name <= set(query.typed):
        return lift + (WHOLE if _stands_in(query.typed, own) else WHOLE_DRIFTED)
    if len(own) > 1 and _stands_in(_respelled(query.typed, own, folding), own):
        return lift + WHOLE
    as_one = {word for pair in pairwise(place.name) if "".join(pair) in query.typed for word in pair}
    drifted = all(word in as_one or found_in(word, query.typed, folding) for word in name)
    return lift + (WHOLE_DRIFTED if drifted or set(place.read.parts[0]) <= set(query.typed) else 0.0)


def _respelled(typed: tuple[str, ...], name: tuple[str, ...], folding: bool) -> tuple[str, ...]:
    """The typed words as the name spells them, where only their spelling differs."""
    return tuple(
        word if word in name else next((own for own in name if alike(word, own, folding) >= LOOSE), word)
        for word in typed
    )


def _setback(query: Query, place: Place) -> float:
    """What goes after others: a song that has not all that was typed, a version for its maker's sake alone."""
    lacks = any(query.beside) and not all(
        word in place.title for word, is_beside in zip(query.wanted, query.beside, strict=True) if is_beside
    )
    return SETBACK * (lacks + (not query.versions and asked.names_its_maker(query, place)))


def _stands_in(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name was typed as it is: its words in order, and said neither once more nor once less."""
    size = len(name)
    for start in range(len(typed) - size + 1 if name else 0):
        end = start + size
        again = name in (typed[end : end + size], typed[max(0, start - size) : start])
        longer = name[-1:] == typed[end : end + 1] or (start and name[0] == typed[start - 1])
        if typed[start:end] == name and not again and not longer:
            return True
    return False
