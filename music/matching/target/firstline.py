"""Whether one title is the other with fewer words of the song's first line, as "Malabar" of "Malabar Ninaivu". Pure.

That is so of many songs that have no other name than their first line, and of many that have: people, film and length
have to agree besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from music.matching.language import vocabulary as known
from music.matching.language.words import alike
from music.matching.reading.asides import Words, not_the_song
from music.matching.reading.sides import Side
from music.matching.target.names import own_name
from music.matching.target.pairs import paired

FEWEST_WORDS, FEWEST_LETTERS = 2, 8  # of a name that a video's goes on from
LONG_WORD = 4  # letters of a word that two names have to share
_SAYING_MORE = known.VERSION_WORDS | known.INSTRUMENTS | known.LANGUAGES.keys() | known.PLAIN


def lacks_a_word(here: Side, there: Side) -> bool:
    """Whether one name is the other but for a word, and that makes no other song of it. Symmetric."""
    one, other = sorted((own_name(here, there), own_name(there, here)), key=lambda name: (len(name), name))
    _, left, right = paired(one, other, folding=True)
    long = any(len(word) >= LONG_WORD for word in one)
    return long and not left and len(right) == 1 and _is_same_song(right)


def goes_on(video: Side, song: Side) -> bool:
    """Whether a video's name is the song's, and then the rest of its first line."""
    line, name = own_name(video, song), own_name(song, video)
    if len(name) < FEWEST_WORDS or len("".join(name)) < FEWEST_LETTERS or len(line) <= len(name):
        return False
    return all(alike(one, other) for one, other in zip(line, name, strict=False)) and _is_same_song(line[len(name) :])


def _is_same_song(rest: Sequence[str]) -> bool:
    if any(word in _SAYING_MORE or known.numeral(word) or any(map(str.isdigit, word)) for word in rest):
        return False
    return not not_the_song(" ".join(rest), rest)


def same_album(one: Words, other: Words) -> bool:
    """Whether two albums' words are the same but for their spelling."""
    _, left, right = paired(one, other, folding=True)
    return bool(one) and not left and not right
