"""Whether typed words and a title that hold most of each other still name two songs. Pure.

"Someone like you" and "Someone You Loved" share two words of three; what is left on either side is no other spelling
of one word, so that they are two songs. A title that was typed whole, with more words behind it, is one: so are lines
of lyrics typed. But if the album has the title's name, that name is a film's as well, and one more word is as likely
the name of another song of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

from rapidfuzz.distance import OSA

from music.matching.language import vocabulary as known
from music.matching.language.scripts import ACCENTED, INDIC
from music.matching.language.words import alike, forms, initial, mistyped
from music.matching.typed.places import Place, found_in

SMALLEST, LINE = 2, 4  # letters of a word that may differ in a line of lyrics, which holds so many words of the title
SHORT, LONG, LONGER = 3, 4, 6  # letters from which words with one slip, and with two, may be one
SINGLE = frozenset({"ep", "from", "single"})  # an album that says so has the song's name, and not a film's
_SURE_OF_FIRST = frozenset({*ACCENTED, *INDIC}) - {"TAMIL"}  # which writes one letter for two sounds
_SPOKEN = str.maketrans("wzqc", "vjkk", "aeiouhy")


def differ(
    wanted: Sequence[str],
    sung: Sequence[float],
    said: Sequence[float],
    place: Place,
    folding: bool,
    is_single: bool = False,
) -> bool:
    """Whether words are left that make the title another song's than the one that was typed.

    `sung` and `said` tell how surely each wanted word stands among the people, and in title or album. Who the people
    are and which film it is may be said in words that nothing holds: those beside such names are not looked at. A
    single's album is no film.
    """
    found = list(zip(wanted, sung, said, strict=True))
    lost = [word for word, voice, name in found if not voice and not name]
    if not lost:
        return False
    if not any((voice or name) and found_in(word, place.title, folding) for word, voice, name in found):
        return True  # artist and film, with another song's name
    if _asks_for_a_part(found, place, folding):
        return True
    is_single = is_single or not SINGLE.isdisjoint(place.album)
    filmed = not is_single and all(
        found_in(word, place.album, folding) for word, voice, name in found if name and not voice
    )
    told = [
        bool(voice) or (bool(name) and not filmed and not found_in(word, place.title, folding))
        for word, voice, name in found
    ]
    own, beside = _own(wanted, lost, told, place)
    pieces = _pieces(place)
    around = [[piece for piece in pieces if found_in(word, piece, folding)] for word in beside]

    @cache
    def is_other(piece: tuple[str, ...]) -> bool:
        return _are_two(*_unpaired(piece, wanted, place, folding), own, is_line=len(piece) > LINE, filmed=filmed)

    return bool(own) and any(all(map(is_other, near)) for near in [near for near in around if near] or [pieces])


def _asks_for_a_part(found: Sequence[tuple[str, float, float]], place: Place, folding: bool) -> bool:
    """Whether a number that nothing holds follows the name, as in "paper boat part 2"."""
    in_title = False
    for word, voice, name in found:
        if in_title and not voice and not name and word in known.PART_NUMBERS:
            return True
        if name or voice or word not in known.PARTS:
            in_title = bool(name) and bool(found_in(word, place.title, folding))
    return False


def misnamed(wanted: Sequence[str], sung: Sequence[float], place: Place) -> list[bool]:
    """Of each word, whether it may be an artist's name that is spelled otherwise, next to one that was found."""
    voices = (0.0, *sung, 0.0)
    return [
        bool(voices[number] or voices[number + 2]) and _may_be_one_of(word, place.people)
        for number, word in enumerate(wanted)
    ]


def _pieces(place: Place) -> list[tuple[str, ...]]:
    """The pieces of the title that may be the name, without what a video adds."""
    *parts, last = place.read.parts
    named = [*parts, last[: len(last) - len(place.read.spoken)], *place.read.behind]
    return [tuple(word for word in piece if word not in place.read.free) for piece in named]


def _own(wanted: Sequence[str], lost: Sequence[str], told: Sequence[bool], place: Place) -> tuple[list[str], list[str]]:
    """The lost words that may be the name's, and the words next to them.

    Those that stand by words that are `told`, an artist's or a film's, alone are not; nor is an artist's misspelled.
    """
    own: list[str] = []
    beside: list[str] = []
    for is_lost, places in groupby(range(len(wanted)), key=lambda number: wanted[number] in lost):
        run = list(places)
        around = [number for number in (run[0] - 1, run[-1] + 1) if 0 <= number < len(wanted)]
        if is_lost and not (around and all(told[number] for number in around)):
            own += [wanted[number] for number in run if not _may_be_one_of(wanted[number], place.people)]
            beside += [wanted[number] for number in around]
    return own, beside


def _unpaired(part: Sequence[str], wanted: Sequence[str], place: Place, folding: bool) -> tuple[list[str], list[str]]:
    """The words of a name that were not typed, or not as often, and the typed words that are none of its."""
    typed, left = list(wanted), []
    for word in part:
        if same := _same(word, typed, folding):
            typed.remove(same)
        elif word not in known.STOPWORDS and word not in place.people:
            left.append(word)
    as_one = {word for pair in pairwise(part) if "".join(pair) in wanted for word in pair}
    joined = ["".join(pair) for pair in pairwise(wanted)]
    left = [word for word in left if word not in as_one and not any(alike(word, both) for both in joined)]
    for word in tuple(left):
        if same := next((there for there in typed if _may_be(there, word)), ""):
            typed.remove(same)
            left.remove(word)
    return left, typed


def _same(word: str, typed: Sequence[str], folding: bool) -> str:
    if word in typed:
        return word
    return next((there for there in typed if alike(there, word, folding) or mistyped(there, word)), "")


def _are_two(left: Sequence[str], typed: Sequence[str], own: Sequence[str], *, is_line: bool, filmed: bool) -> bool:
    """Whether words are left on both sides; of a film that is named, on the typed side alone."""
    same_line = is_line and len(left) == 1 and len(left[0]) <= SMALLEST
    return any(word in own for word in typed) and (filmed or bool(left and not same_line))


def _may_be_one_of(word: str, people: Sequence[str]) -> bool:
    return len(word) > 1 and any(_may_be(word, there) for there in people)


def _may_be(one: str, other: str) -> bool:
    """Whether two words may be one all the same: written hastily, or in two scripts."""
    if not (one + other).isascii():
        return _begin_alike(one, other) if one.isascii() != other.isascii() else OSA.distance(one, other) < 2
    if len(one) == 1 and one.isalpha():
        return len(other) <= LONG and one in other  # u for you, h for hai
    if initial(one) != initial(other) and not (one[0] in "aeiou" and other[0] in "aeiou"):
        return False
    return _is_slip(one, other) or _spoken(one) == _spoken(other)


def _begin_alike(one: str, other: str) -> bool:
    """Whether words of two scripts may be one by their first letter, where the script is sure to write it."""
    left, right = forms(one), forms(other)
    sure = all(form.script in _SURE_OF_FIRST for form in (left, right))
    return not sure or initial(left.roman) == initial(right.roman)


def _is_slip(one: str, other: str) -> bool:
    """One letter, of short words only one too many, too few or in its neighbour's place; two in longer words."""
    shorter, slips = min(len(one), len(other)), OSA.distance(one, other, score_cutoff=2)
    if slips == 2:
        return shorter >= LONGER
    same_letters = len(one) != len(other) or sorted(one) == sorted(other)
    return slips < 2 and (shorter >= LONG or (shorter >= SHORT and same_letters))


def _spoken(word: str) -> str:
    """The consonants that are heard."""
    return word.rstrip("nm").translate(_SPOKEN)
