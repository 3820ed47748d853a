"""Whether typed words and a title that hold most of each other still name two songs. Pure.

"Someone like you" and "Someone You Loved" share two words of three; what is left on either side is no other spelling
of one word, so that they are two songs. A title that was typed whole, with more words behind it, is one: so are lines
of lyrics typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from music import vocabulary as known
from music.places import Place, found_in
from music.words import alike, initial, mistyped

SMALLEST, LINE = 2, 4  # letters of a word that may differ in a line of lyrics, which holds so many words of the title
LONG, LONGER = 4, 6  # letters from which words with one slip, and with two, may be one
_UNSPOKEN = str.maketrans("", "", "aeiouhwy")


def differ(wanted: Sequence[str], sung: Sequence[float], said: Sequence[float], place: Place, folding: bool) -> bool:
    """Whether each holds a word that the other has not, and that is not spelled otherwise there.

    `sung` and `said` tell how surely each wanted word stands among the people, and in title or album. Who the people
    are and which film it is may be said in words that nothing holds: those beside a name are not looked at.
    """
    lost = [word for word, voice, name in zip(wanted, sung, said, strict=True) if not voice and not name]
    if not lost:
        return False
    of_the_name = _of_the_name(wanted, sung, said, place, folding)
    return bool(of_the_name) and all(
        _are_two(_left_of(part, wanted, place, folding), lost, of_the_name, len(part)) for part in _parts(place)
    )


def _parts(place: Place) -> list[tuple[str, ...]]:
    *parts, last = place.read.parts
    return [*parts, last[: len(last) - len(place.read.spoken)]]


def _of_the_name(
    wanted: Sequence[str], sung: Sequence[float], said: Sequence[float], place: Place, folding: bool
) -> list[str]:
    """The words that were not found, without those next to an artist's name or a film's."""
    beside = [
        bool(voice) or (bool(name) and not found_in(word, place.title, folding))
        for word, voice, name in zip(wanted, sung, said, strict=True)
    ]
    kept: list[str] = []
    run: list[str] = []
    after = False
    for word, is_beside, voice, name in zip((*wanted, ""), (*beside, False), (*sung, 0), (*said, 1), strict=True):
        if not voice and not name:
            run.append(word)
            continue
        kept += run if not (after or is_beside) else []
        run, after = [], is_beside
    return kept


def _left_of(part: Sequence[str], wanted: Sequence[str], place: Place, folding: bool) -> list[str]:
    """The words of a name that were not typed, or not as often."""
    typed = list(wanted)
    left: list[str] = []
    for word in part:
        same = next((there for there in typed if there == word), "") or next(
            (there for there in typed if alike(there, word, folding) or mistyped(there, word)), ""
        )
        if same:
            typed.remove(same)
        elif word not in known.STOPWORDS and word not in place.people:
            left.append(word)
    as_one = {word for pair in pairwise(part) if "".join(pair) in wanted for word in pair}
    joined = ["".join(pair) for pair in pairwise(wanted)]
    return [word for word in left if word not in as_one and not any(alike(word, both) for both in joined)]


def _are_two(left: list[str], lost: list[str], of_the_name: list[str], size: int) -> bool:
    if not left or (len(left) == 1 and len(left[0]) <= SMALLEST and size > LINE):
        return False
    rest = list(lost)
    unpaired = 0
    for word in left:
        same = next((there for there in rest if _may_be(there, word)), None)
        if same is None:
            unpaired += 1
        else:
            rest.remove(same)
    return unpaired > 0 and any(word in of_the_name for word in rest)


def _may_be(one: str, other: str) -> bool:
    """Whether two words may be one all the same: written hastily, or in two scripts."""
    if not (one + other).isascii():
        return one.isascii() != other.isascii() or OSA.distance(one, other) < 2
    if len(one) == 1 and one.isalpha():
        return len(other) <= LONG and one in other  # u for you, h for hai
    if initial(one) != initial(other) and not (one[0] in "aeiou" and other[0] in "aeiou"):
        return False
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= LONGER else 1 if shorter >= LONG else 0
    return OSA.distance(one, other) <= allowed or _spoken(one) == _spoken(other)


def _spoken(word: str) -> str:
    """The consonants, without those that are hardly heard."""
    return word.rstrip("nm").translate(_UNSPOKEN)
