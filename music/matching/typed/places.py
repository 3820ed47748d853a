"""Where typed words are looked for in a track, and how surely one stands there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.language.scripts import folded_spelling
from music.matching.language.words import (
    DRIFTED,
    EXACT,
    MISTYPED,
    SMALL,
    alike,
    forms,
    initial,
    mistyped,
    script_of,
    words,
)
from music.matching.reading.asides import not_the_song
from music.matching.reading.brackets import normal
from music.matching.reading.sides import version_of_album
from music.matching.reading.titles import Title, read
from music.matching.typed.query import Query, junk_of

SHORTEST_SOUND, SHORTEST_NAME = 6, 5  # letters


@dataclass(frozen=True)
class Place:
    """Where words are looked for: a track's title (with neighbours written as one), its people and its album."""

    title: tuple[str, ...]
    people: tuple[str, ...]
    titled: frozenset[str]  # the title's words, once each
    credited: frozenset[str]  # the people's, as they are written and as they are spelled by ear
    album: tuple[str, ...]
    name: tuple[str, ...]  # of the title, the song's name without a version at its end
    halves: tuple[tuple[str, ...], ...]  # of a title that names two songs, "Paper Boat / Lanterns"
    read: Title
    versions: frozenset[str]
    script: str
    junk: frozenset[str]


def place_of(track: Track) -> Place:
    """Where the words of a query are looked for in a track."""
    return _place(track.title, track.artist, track.album.title if track.album else "", track.is_video)


@lru_cache(maxsize=4096)
def _place(title: str, artist: str, album: str, video: bool) -> Place:
    found, said = read(title, video), tuple(words(normal(title)))
    entitled = (*said, *_joined(said), "".join(said))
    names = tuple(words(artist))
    run_together = tuple("".join(words(name)) for name in artist.split(", ") if name.count(" ") > 1)
    people = (*names, *_joined(names), *run_together)
    name = tuple(word for part in found.parts for word in part)
    versions = found.versions | {known.SYNONYMS.get(word, word) for word in found.spoken} | version_of_album(album)
    versions |= {word for guest in found.guests for word in words(guest) if word in known.SURE}  # "With Jhankar Beats"
    imitates = _imitates(names, artist, album)
    return Place(
        title=entitled,
        people=people,
        titled=frozenset(entitled),
        credited=frozenset((*people, *(folded_spelling(word) for word in names if len(word) >= SHORTEST_NAME))),
        album=() if imitates else tuple(words(normal(album))),
        name=name[: len(name) - len(found.spoken)],
        halves=() if video or " / " not in title else _halves(title, names),
        read=found,
        versions=versions | {"cover"} if imitates else versions,
        script=script_of(title),
        junk=junk_of(" | ".join((normal(title), normal(album), artist))) | (_about_it(found.name) if video else set()),
    )


def _halves(title: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The names on both sides of a slash, unless one is an artist's, or the other once more in its own script."""
    halves = tuple(tuple(words(half)) for half in read(title).name.split(" / "))
    is_one = len({script_of(" ".join(half)) for half in halves}) > 1 or any(map(set(names).issuperset, halves))
    return () if is_one else halves


def _about_it(name: str) -> frozenset[str]:
    """What a video says about a song that it does not play, as "Paper Boat Reaction"; a performance is the song."""
    return not_the_song(name, words(name)) - {"performance"}


def _imitates(names: tuple[str, ...], artist: str, album: str) -> bool:
    """Whether others play somebody's songs: by their own name, or on a tribute to one who does not sing on it."""
    if known.IMPERSONATORS.search(artist):
        return True
    return bool(known.IMPERSONATORS.search(album)) and set(names).isdisjoint(words(album))


def sung_and_said(word: str, place: Place, folding: bool) -> tuple[float, float]:
    """How surely a word stands among the people, and in title or album.

    Who is named as the artists are is not looked for in the title too; a word of the title is looked for among the
    people, since titles name singers, in another script at times.
    """
    said = EXACT if word in place.title or word in place.album else 0.0
    if word in place.people:
        return EXACT, said
    sung = _nearly(word, place.people, folding=True)
    return sung, said or max(_nearly(word, place.title, folding), _nearly(word, place.album, folding))


def found_in(word: str, places: tuple[str, ...], folding: bool) -> float:
    """How surely a word stands there: exactly, in another spelling or script, or mistyped."""
    return EXACT if word in places else _nearly(word, places, folding)


def all_found(name: Sequence[str], there: tuple[str, ...], least: float = SMALL) -> bool:
    """Whether a name has words, and each stands there at least so surely, in whatever spelling."""
    return bool(name) and all(found_in(word, there, folding=True) >= least for word in name)


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


def _joined(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one + other for one, other in pairwise(said))


@dataclass(frozen=True)
class Pair:
    """Two neighbours among the wanted words, written as one."""

    as_one: str
    by_ear: str
    is_latin: bool


@lru_cache(maxsize=1024)
def _pairs(wanted: tuple[str, ...]) -> tuple[tuple[Pair, ...], frozenset[str], bool]:
    """All pairs, their spellings, and whether all are Latin."""
    pairs = tuple(Pair(both, folded_spelling(both), script_of(both) == "LATIN") for both in _joined(wanted))
    spellings = frozenset(spelling for pair in pairs for spelling in (pair.as_one, pair.by_ear))
    return pairs, spellings, all(pair.is_latin for pair in pairs)


def written_as_one(wanted: tuple[str, ...], place: Place, found: list[float]) -> list[float]:
    """`dil wale` is found in Dilwale."""
    pairs, spellings, is_latin = _pairs(wanted)
    if is_latin and place.script == "LATIN" and place.titled.isdisjoint(spellings):
        return found
    for number, pair in enumerate(pairs):
        if found[number] and found[number + 1]:
            continue
        if pair.as_one in place.titled or _is_foreign(pair, place):
            found[number] = found[number + 1] = DRIFTED
    return found


def _is_foreign(pair: Pair, place: Place) -> bool:
    """Whether two words are one of the title in another script."""
    both_latin = place.script == "LATIN" and pair.is_latin
    return not both_latin and any(alike(pair.as_one, there) for there in place.title)


def named_as_one(query: Query, wanted: tuple[str, ...], place: Place, found: list[float]) -> list[float]:
    """`one republic` is found in OneRepublic, and `cold play` in Coldplay, though `play` alone says nothing."""
    for word, as_one in query.run_on:
        if as_one in place.credited and word in wanted:
            found[wanted.index(word)] = DRIFTED
    pairs, spellings, _ = _pairs(wanted)
    if place.credited.isdisjoint(spellings):
        return found
    for number, pair in enumerate(pairs):
        named = pair.as_one in place.credited or pair.by_ear in place.credited
        if named and not (found[number] and found[number + 1]):
            found[number] = found[number + 1] = DRIFTED
    return found


def run_on(wanted: tuple[str, ...], place: Place, found: list[float]) -> list[float]:
    """Words that are the whole name in a script that does not part words."""
    if all(found) or place.script == "LATIN":
        return found
    whole = alike("".join(wanted), "".join(place.name))
    return [whole] * len(found) if whole else found
