"""Which versions of a song were asked for by typed words, and which were not. Pure.

A version that nobody asked for is no answer: who wants a song wants the song, and not somebody's remix. It is one where
it is still the song itself (a film version), where its maker was typed, and where an artist was typed who sings no
other (`among` sees to that).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from music.domain import Track
from music.matching.language import vocabulary as known
from music.matching.reading.people import name_of
from music.matching.typed.places import Place, found_in
from music.matching.typed.query import Query

SOMEBODYS = frozenset({"cover", "live", "remix"})  # versions that are told apart by whose or where they are


def spare(query: Query, place: Place) -> set[str]:
    """The typed words that the song's own name does not hold as often, as the last of "live and let live live"."""
    left = Counter(known.SYNONYMS.get(word, word) for word in query.typed)
    left.subtract(known.SYNONYMS.get(word, word) for word in place.name)
    return {word for word, count in left.items() if count > 0}


def missing(query: Query, place: Place) -> set[str]:
    """The versions that are asked for and not met; as in a title, a vague one is none beside another."""
    asked = spare(query, place) & query.versions
    for vague in known.VAGUE:
        if len(asked) > 1:
            asked.discard(vague)
    met = place.versions | {"dj"} if "remix" in place.versions else place.versions
    return asked - met - {*place.people, *place.album}


def unasked(query: Query, place: Place, track: Track, languages: Sequence[str]) -> frozenset[str]:
    """The versions that the title names and the query does not; a dub's language is one, unless it is wished."""
    last = known.numeral(place.name[-1]) if len(place.name) > 1 else ""
    sequel = {f"part {last}"} if last and len(last) < 3 else set()
    left = (place.versions | sequel | _behind_the_name(query, place)) - query.parts
    left = left and left - spare(query, place)
    if any(not any(found_in(word, query.typed, folding=True) for word in half) for half in place.halves):
        left = left | {"medley"}
    if left and names_its_maker(query, place):
        left -= SOMEBODYS
    dub = place.read.language
    return frozenset(left | ({dub} if dub and dub not in (*languages, *query.languages) else set()))


def _behind_the_name(query: Query, place: Place) -> set[str]:
    """The version in the last word of a name that was typed without it, as in "Paper Boat Duet"."""
    *name, last = place.name or ("",)
    if not name or last not in known.BEHIND_NAMES or last in query.typed:
        return set()
    is_typed = all(found_in(word, query.typed, folding=True) for word in name)
    return {known.SYNONYMS.get(last, last)} if is_typed else set()


def names_its_maker(query: Query, place: Place) -> bool:
    """Whether somebody was typed whose version it is, as in "paper boat saffron" for the Saffron Remix.

    Of a cover that has to be who sings: "(Orla Fenwright Cover)" may as well be a cover of hers.
    """
    if SOMEBODYS.isdisjoint(place.versions) or not place.read.whose:
        return False
    makers = place.read.whose.intersection(place.people) if "cover" in place.versions else place.read.whose
    return not makers.isdisjoint(spare(query, place))


def is_anothers(query: Query, place: Place, met: frozenset[str]) -> bool:
    """Whether somebody else's version was asked for, as "saffron remix" of the Tobin Remix."""
    if not query.versions or not place.read.whose or SOMEBODYS.isdisjoint(query.versions & place.versions):
        return False
    return any(
        known.SYNONYMS.get(version, version) in query.versions & SOMEBODYS
        and maker in query.wanted
        and maker not in met
        and maker not in known.VERSION_WORDS
        for maker, version in pairwise(query.typed)
    )


def is_uncalled_for(query: Query, place: Place, track: Track, left: frozenset[str]) -> bool:
    """Whether a track with these versions unasked is not the song itself, and no version at all was asked for."""
    heard = {version for version in left if not _is_the_song_itself(version, place)}
    if not heard or (query.versions and not query.versions.isdisjoint(spare(query, place))):
        return False
    return heard != {"cover"} or not _all_are_named(query, track)


def _is_the_song_itself(version: str, place: Place) -> bool:
    if version in known.SOMEBODYS_OWN:
        return not place.read.whose
    # A language may be the song's own as well as a dub's; "Taylor's Version" is Taylor's song.
    if version in known.ITSELF or version in known.LANGUAGES:
        return True
    return version not in known.VERSION_WORDS and version.removesuffix("s") in place.people


def _all_are_named(query: Query, track: Track) -> bool:
    """Whether each artist was typed; one who covers a song often credits who sang it first."""
    return all(
        any(found_in(word, query.typed, folding=True) for word in name_of(artist.name)) for artist in track.artists
    )
