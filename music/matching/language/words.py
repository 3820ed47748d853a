"""The words of a text, and whether two of them are one word in another spelling or another script. Pure.

`words` splits and folds; `alike` compares. Songs of India are written in Latin letters without a rule (kesariya,
kesriya), so that spelling is compared in three steps: the same letters; the same letters once what is known to drift is
folded (aa/a, ee/i, oo/u, sh/s, w/v, z/j, ph/f, doubled letters, a last h); and the same once short a's between
consonants are left out, or a last nasal. What tells words apart stays: other vowels, and the last one (dil/dal,
mera/meri). The small words, which follow no rule (kyu, kyon), are in a table (`smallwords`).

A word of another script is romanised, and compared by what its script does write (`scripts`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from music.matching.language.scripts import (
    ABJADS,
    ACCENTED,
    INDIC,
    NUKTAS,
    bones,
    folded_spelling,
    latin_letter,
    romanised,
    script_of_word,
    single,
    without_nasal,
)
from music.matching.language.smallwords import DOUBTFUL, SPELLINGS

EXACT, DRIFTED, LOOSE, FOREIGN, MISTYPED, ENDING = 1.0, 0.95, 0.92, 0.92, 0.8, 0.6
SMALL = 0.59  # a pair of small words of which one is English too: less than is ever accepted for a title of one word
LONGEST = 1000  # characters of a text that are read; the services' own texts are shorter

_INITIALS = re.compile(r"\b([^\W\d_])\.[ ]?(?=[^\W\d_](?:\.|\b))")
_WITHIN = re.compile(r"(?<=[^\W_])(['’ʼ`]+)(?=[^\W_])")
_STYLED = (
    (re.compile(r"(?<=[^\W_])\$(?=[^\W_])|\$(?=[^\W\d_])"), "s"),
    (re.compile(r"(?<=[^\W\d_])!(?=[^\W\d_])"), "i"),
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:\*+[a-z0-9]+)*")
_SIGNS = ("Sm", "So", "Sc")  # with one letter, as in <3, they are half of the title
_NUMBERS = "zero one two three four five six seven eight nine ten".split()
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_VALUES = {name: str(value) for value, name in enumerate(_NUMBERS)} | _NUMERALS

# But the a before an h and another syllable stays, or sehra would be sahara.
_SHORT_A = re.compile(r"(?<=[^aeiou])a(?=[^aeiou])(?!h[^aeiou][aeiou])")
# A short a before an h is written e as well (mahfil, mehfil), and in a word's beginning on both sides (shahar, sheher).
_SHORT_E = (
    (re.compile(r"(?<=[^aeiou])eh(?=[^aeiou])"), "ah"),
    (re.compile(r"^(?=.{4,8}$)([^aeiou]+)[ae]h[ae](?=[^aeiou])"), r"\1h"),
)
_SELECTORS = re.compile("[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # which only say how the sign before is drawn
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")


def words(text: str) -> list[str]:
    """The text's words in lower case; `Café del Mar!` is `cafe del mar`, and `दिल` stays apart from `दाल`.

    Initials are one word (A.R. is ar), what stands inside a word belongs to it (don't is dont, Ke$ha is kesha), and a
    text of symbols alone is its symbols.
    """
    return list(_words(text[:LONGEST]))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    plain = text.casefold()
    if "." in plain:
        plain = _INITIALS.sub(r"\1", plain)
    plain = _WITHIN.sub("", plain)
    for pattern, letter in _STYLED:
        plain = pattern.sub(letter, plain)
    found = _ASCII_WORD.findall(plain) if plain.isascii() else _split(plain)
    if len(found) < 2 and sum(map(len, found)) < 2 and any(unicodedata.category(sign) in _SIGNS for sign in text):
        return _symbols(plain)
    return tuple(found) or _symbols(text)


def _split(text: str) -> list[str]:
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFKD", _SELECTORS.sub("", text)):
        category = unicodedata.category(character)[0]
        if category != "M":
            base = unicodedata.name(character, "") if category in "LN" else ""
            kept.append(
                latin_letter(character, base) if category in "LN" else "" if character in "\u200c\u200d" else " "
            )
        elif base and not base.startswith(ACCENTED) and ord(character) not in NUKTAS:
            kept.append(character)  # a vowel sign, say, which is half of its letter
    return unicodedata.normalize("NFC", "".join(kept)).split()


def _symbols(text: str) -> tuple[str, ...]:
    """`???`, `÷` or an emoji, without spaces and without what only colours it."""
    shown = "".join(_SELECTORS.sub("", text).split())
    plain = _SKIN_TONES.sub("", shown) or shown
    return (plain,) if plain else ()


class Forms(NamedTuple):
    """What a word is compared by; `roman` is its folded spelling, `loose` that without short a's.

    `bare` is the folded spelling without a last nasal, where there is one that is often not written.
    """

    script: str
    roman: str
    loose: str
    bare: str


@lru_cache(maxsize=8192)
def forms(word: str) -> Forms:
    """The forms of one word as `words` gives it."""
    script = script_of_word(word)
    if script == "LATIN":
        folded = folded_spelling(word)
        return Forms(script, folded, _loose(folded), folded_spelling(without_nasal(word)))
    folded = folded_spelling(romanised(word, script))
    return Forms(script, folded, _loose(folded), folded)


def _loose(folded: str) -> str:
    if "eh" in folded:
        for pattern, written in _SHORT_E:
            folded = pattern.sub(written, folded)
    return _SHORT_A.sub("", folded)


def script_of(text: str) -> str:
    """The first script other than Latin in a text, as Unicode names it; "LATIN" where there is none."""
    if text.isascii():
        return "LATIN"
    return next((found for word in words(text) if (found := script_of_word(word)) != "LATIN"), "LATIN")


# All vowels are one: aujla is ojla, eeshq ishq, oopar upar.
_INITIALS_ALIKE = str.maketrans("eiouyzwqcxf0123456789", "aaaaajvkkkp##########")
_NUMBER_INITIALS = frozenset(_VALUES)


@lru_cache(maxsize=8192)
def initial(word: str) -> str:
    """What two spellings of one word have in common: their first letter, or what drifts into it.

    "" for a word of another script, which has to be compared with every other.
    """
    if not word or not word[0].isascii():
        return ""
    return "#" if word in _NUMBER_INITIALS else word[0].translate(_INITIALS_ALIKE)


@lru_cache(maxsize=8192)
def alike(one: str, other: str, folding: bool = True) -> float:
    """How surely two words are one: `EXACT`, `DRIFTED`, `LOOSE`, `FOREIGN` (another script), `SMALL`, or 0. Symmetric.

    Without `folding` Latin spellings are compared as they stand, but for doubled letters: in English they do not
    drift, and `wine` is not `vine`.
    """
    if one == other:
        return EXACT
    if _VALUES.get(one, one) == _VALUES.get(other, other):
        return DRIFTED
    if "*" in one or "*" in other:
        return _censored(one, other)
    left, right = forms(one), forms(other)
    if left.script != right.script:
        is_small = one in SPELLINGS or other in SPELLINGS
        return _across(left, right) or (_across_respelled(one, other) if is_small else 0.0)
    if left.script != "LATIN":
        return 0.0
    strength = _drifted(one, other, left, right) if folding else _doubled(one, other)
    return 0.0 if strength and any(map(str.isdigit, one + other)) else strength


def all_alike(name: Iterable[str], said: Collection[str]) -> bool:
    """Whether each word of a name is one of those that were said, in whatever spelling."""
    return all(word in said or any(alike(word, there) for there in said) for word in name)


def _censored(one: str, other: str) -> float:
    same = len(one) == len(other) and all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=True))
    return DRIFTED if same else 0.0


def _doubled(one: str, other: str) -> float:
    return DRIFTED if min(len(one), len(other)) > 3 and single(one) == single(other) else 0.0


def _drifted(one: str, other: str, left: Forms, right: Forms) -> float:
    same = other in SPELLINGS.get(one, ())
    if same and (one in DOUBTFUL or other in DOUBTFUL):
        return SMALL
    if left.roman == right.roman:
        return DRIFTED
    if same or left.bare == right.roman or right.bare == left.roman:
        return LOOSE
    if min(len(one), len(other)) <= 3:
        return 0.0
    return LOOSE if left.loose == right.loose or _as_l(one, other, left, right) else 0.0


def _as_l(one: str, other: str, left: Forms, right: Forms) -> bool:
    """Whether one word has an l where the other has the zh of Tamil and Malayalam, which many hear as one."""
    if ("zh" in one) == ("zh" in other):
        return False
    return left.roman.replace("jh", "l") == right.roman or right.roman.replace("jh", "l") == left.roman


def _across(left: Forms, right: Forms) -> float:
    if left.roman and left.roman == right.roman:
        return DRIFTED
    for script in (left.script, right.script):
        one, other = (bones(form.roman, script, form.script == script) for form in (left, right))
        if one & other:
            return FOREIGN
        if script in ABJADS and not one and not other and left.roman[:1] == right.roman[:1]:
            return FOREIGN  # a word of vowels alone, of which only the first is written
    return 0.0


def _across_respelled(one: str, other: str) -> float:
    """As `_across`, for a small word in its other spellings: hum is हम as ham is."""
    small, there = (one, forms(other)) if one in SPELLINGS else (other, forms(one))
    return FOREIGN if bones(there.roman, there.script, True) & _respelled(small, there.script) else 0.0


@lru_cache(maxsize=2048)
def _respelled(small: str, script: str) -> frozenset[str]:
    """What a script is sure to write of a small word, in all spellings of it; of India's scripts alone."""
    spellings = SPELLINGS[small] if script in INDIC else ()
    return frozenset().union(*(bones(forms(spelling).roman, script, False) for spelling in spellings))


def mistyped(one: str, other: str) -> float:
    """How surely one word is the other with a slip of the keyboard: `MISTYPED`, `ENDING`, or 0. Symmetric.

    One letter left out, doubled or swapped with its neighbour, or another vowel; another consonant only in longer
    words; two slips from nine letters on. Short words and first letters never are; a last letter is hardly one.
    """
    shorter = min(len(one), len(other))
    if shorter < 4 or one[0] != other[0] or abs(len(one) - len(other)) > 2 or not (one + other).isascii():
        return 0.0
    if any(map(str.isdigit, one + other)):
        return 0.0
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips != 1:
        return MISTYPED if slips == 2 and shorter > 8 else 0.0
    return _slip(one, other, shorter)


def _slip(one: str, other: str, shorter: int) -> float:
    if one[-1] != other[-1]:
        return ENDING if shorter > 4 and (len(one) != len(other) or shorter > 6) else 0.0
    if shorter > 6 or len(one) != len(other):
        return MISTYPED
    changed = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    vowels = all(letter in "aeiou" for pair in changed for letter in pair)
    return MISTYPED if len(changed) == 2 or (vowels and shorter > 5) else 0.0
