"""The words of two names, each with the one that it is in the other. Pure."""

from __future__ import annotations

from music.matching.language.words import EXACT, alike, initial
from music.matching.reading.asides import Words


def paired(one: Words, other: Words, folding: bool) -> tuple[float, list[str], list[str]]:
    """The strengths of all pairs together, and the words of either side that have none."""
    left, right = list(one), list(other)
    total = 0.0
    for word in one:
        if word in right:
            right.remove(word)
            left.remove(word)
            total += EXACT
    for word in tuple(left):
        first = initial(word)
        near = [there for there in right if not first or initial(there) in (first, "")]
        strength, found = max(((alike(word, there, folding), there) for there in near), default=(0.0, ""))
        if strength:
            right.remove(found)
            left.remove(word)
            total += strength
    return total, left, right
