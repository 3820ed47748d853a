"""Words of other scripts in Latin letters, and spellings folded, so that they can be compared. Pure.

anyascii romanises letter by letter. Indian scripts do not write their short a, and Arabic and Hebrew hardly any vowel:
the a is put back where no sign denies it, and what is not sure is left out of the comparison on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

ACCENTED = ("LATIN", "GREEK", "CYRILLIC")  # scripts in which a letter without its marks is the same letter
ABJADS = ("ARABIC", "HEBREW")
INDIC = tuple("DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA".split())
SCRIPTS = (*ACCENTED, *ABJADS, *INDIC, "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "THAI", "ARMENIAN", "GEORGIAN")
NUKTAS = dict.fromkeys((0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C, 0xCBC, 0xA71))  # dots that many leave out

_SILENT_LAST = ("DEVANAGARI", "GURMUKHI", "GUJARATI", "BENGALI")  # whose last short a is not spoken
_M_LAST = ("TELUGU", "KANNADA", "MALAYALAM")  # whose last nasal is an m
_UNSURE = (  # signs in a romanised word, and what each may be meant for
    ("N", ("n", "")), ("G", ("ng", "n")), ("M", ("m", "n")), ("I", ("i", "")), ("D", ("r", "d")),
)  # fmt: skip
_BREATHED, _SIHARI = re.compile("[ਕ-ਹ]ਹ"), "ਿ"  # after these Gurmukhi's i is most often no more than a breath (pehla)
_M_BEFORE = frozenset("pbmhsvyrl")  # where it is one within a word too
_LABIALS = frozenset("pbmv")
_N_TOO = frozenset("bhjsv")  # before these Bengali's ng is written n as well
_SPOKEN = {"वह": "vo", "यह": "ye", "ੜ": "D"}  # otherwise than written; the last as d or r
_VIRAMA_U = "\u0d4d"  # Malayalam's sign for no vowel, which is a short u at a word's end
_MARBUTA = "0"  # Arabic's last a, which is spoken as t before another word and not at the end
_NASALS = frozenset(chr(base + place) for base in range(0x900, 0xD80, 0x80) for place in (1, 2)) | {"\u0a70"}
_CANDRABINDU = 1  # its place among a script's signs; unlike the others it is always a vowel's
_LAST_NASAL = "N"  # which is spoken through the nose, and often not written in Latin letters
_PLAIN = re.compile(r"[a-z0-9NGMID]+")
_SMALL_Y = re.compile(r"([^aeiou])iy(?=[auo])")
_SHORTEST_BENT = 5  # letters; in shorter words an e is neither a short a nor silent

_WRITTEN_ALIKE = (  # in this order
    ("ksh", "ks"), ("chh", "ch"), ("chch", "ch"), ("cch", "ch"), ("aae", "aaye"), ("dj", "d"), ("sh", "s"), ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("z", "j"),
)  # fmt: skip
_FOLDS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"^ye(?=[^aeiouyh].)", "e"),
        (r"c(?!h)", "k"),
        (r"a{2,}", "a"),
        (r"ee+|i{2,}", "i"),
        (r"iy+(?=[aeiou])", "i"),
        (r"oo+|u{2,}|ou", "u"),
        (r"(?<=...)ayi$", "ai"),
        (r"aiy+(?=[aeiou])", "ay"),
        (r"oy(?![aeiou])", "oi"),
        (r"(?:a[iye]|e[iy])(?![aeiouy])", "e"),
        (r"a[uv](?![aeiouy])", "o"),
        (r"([^aeiou])\1+", r"\1"),
        (r"(?<=.)a(?:[nM]v|on)$", "on"),
        (r"(?<=..)h$", ""),
        (r"(?<=[^aeiou])y$", "i"),
    )
)
_FOLDED = re.compile(r"^ye|c(?!h)|aa|ee|[iuo]{2}|iy|o[uy]|a[iyeuvo]|e[iy]|a[nM]v$|([^aeiou])\1|[hy]$")
_TWO_LETTERS = str.maketrans("wzq", "vjk")
_NASAL_LAST = re.compile(r"(?<=..)(?:ei|[dht]e)n$|(?<=...)un$|(?<=....)on$|(?<=....)(?:(?<=[dlty])aa|ya|(?<=a)wa)n$")
_UNWRITTEN, _VOWELLESS = str.maketrans("", "", "aeiouyvw"), str.maketrans("", "", "aeiouy")
_SHORT_E = re.compile(r"(?<=[^aeiou])e(?=[^aeiou])")
_LAST_E = re.compile(r"(?<=[^aeiou])e$")
_TAMIL = (("jh", "l"), ("ndr", "nr"), ("ttr", "r"), ("tr", "r"), ("ch", "s"), ("dh", "t"), ("gh", "k"), ("bh", "p"))
_UNVOICED = str.maketrans("gdbjc", "ktpss", "h")
_VOWELS, _VOWELS_OF_BENGAL = str.maketrans("eyo", "iiu", "a"), str.maketrans("ey", "ii", "ao")
_REPEATED = re.compile(r"(.)\1+")


def script_of_word(word: str) -> str:
    """The first script other than Latin in a word, as Unicode names it; "LATIN" where there is none that is known."""
    if word.isascii():
        return "LATIN"
    for character in word:
        name = unicodedata.name(character, "")
        if not character.isascii() and name.startswith(SCRIPTS):
            return name.split()[0]
    return "LATIN"


def latin_letter(character: str, name: str) -> str:
    """Latin letters that no decomposition reaches, as in ø and ł, are written in ASCII."""
    return anyascii(character).lower() if name.startswith("LATIN") and not character.isascii() else character


@lru_cache(maxsize=8192)
def romanised(word: str, script: str) -> str:
    """A word of another script in lower-case Latin letters."""
    if script in INDIC:
        return _romanised_indic(word, script)
    if script in ABJADS:  # a vowel after each letter, lest two of them look like one, as p and h do
        return "a".join(_PLAIN.findall(anyascii(" ".join(word.replace("ة", _MARBUTA))).lower()))
    plain = "".join(_PLAIN.findall(anyascii(word).lower()))
    return _SMALL_Y.sub(r"\1y", plain) if script in ("KATAKANA", "HIRAGANA") else plain


def _romanised_indic(word: str, script: str) -> str:
    if word in _SPOKEN:
        return _SPOKEN[word]
    spelled: list[str] = []
    for number, character in enumerate(word):
        following = word[number + 1] if number + 1 < len(word) else ""
        if character in _NASALS:
            spelled.append(_nasal(character, following, script))
        elif character == _SIHARI and _BREATHED.fullmatch(word[max(0, number - 2) : number]):
            spelled.append("I")
        elif "VOCALIC R" in unicodedata.name(character, ""):
            spelled.append("ru" if script in _M_LAST else "ri")
        elif script == "MALAYALAM" and character == _VIRAMA_U and not following:
            spelled.append("u")
        else:
            spelled.append(_indic_letter(character, following, script))
    plain = "".join(_PLAIN.findall("".join(spelled)))
    return plain.replace("oya", "va") if script == "BENGALI" else plain


def _nasal(sign: str, following: str, script: str) -> str:
    """A nasal, which takes after the letter that follows: Ambar, Singh; in the south also Hamsa."""
    sound = anyascii(following).lower()[:1]
    if script == "BENGALI":
        return _LAST_NASAL if ord(sign) % 0x80 == _CANDRABINDU else "G" if sound in _N_TOO else "ng"
    if script in _M_LAST:
        return "m" if not following or sound in _M_BEFORE else "n"
    if not following:
        return _LAST_NASAL
    if ord(sign) % 0x80 == _CANDRABINDU:
        return "n"
    return "G" if sound == "h" else "M" if sound in _LABIALS else "n"


def _indic_letter(character: str, following: str, script: str) -> str:
    """A letter, with its short a where it has one."""
    letter = _SPOKEN.get(character) or anyascii(character).lower()
    name = unicodedata.name(character, "")
    if letter == "c":
        letter = "s" if script == "TAMIL" else "ch"
    if " LETTER " not in name or " CHILLU " in name or letter[:1] in ("a", "e", "i", "o", "u", ""):
        return letter
    has_sign = bool(following) and unicodedata.category(following)[0] == "M" and following not in _NASALS
    silent = has_sign or (not following and script in _SILENT_LAST)
    return letter if silent else f"{letter}a"


@lru_cache(maxsize=8192)
def folded_spelling(word: str) -> str:
    """A Latin word with what drifts between spellings folded; of one of two letters only w, z and q, of one nothing."""
    if len(word) < 3:
        return word.translate(_TWO_LETTERS) if len(word) == 2 else word
    for spelled, written in _WRITTEN_ALIKE:
        word = word.replace(spelled, written)
    if _FOLDED.search(word):
        for pattern, written in _FOLDS:
            word = pattern.sub(written, word)
    return word


def without_nasal(word: str) -> str:
    """A Latin word without the nasal at its end where Indian languages have one that is often not written.

    That is of plurals and verbs (yaadein, aankhon, kahoon, lambiyan), where seldom another word is left: jaan, nishaan,
    haseen, broken and plain keep theirs.
    """
    return word[:-1] if word.endswith("n") and _NASAL_LAST.search(word) else word


def single(word: str) -> str:
    """A word with each run of one letter as one letter."""
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=8192)
def bones(roman: str, script: str, native: bool) -> frozenset[str]:
    """What a script is sure to write of a folded, romanised word, in each way that it may be meant.

    `native` where the word was in the script. Empty where too little is left to go by.
    """
    found: tuple[str, ...] = ()
    if script in ABJADS:
        bare = roman.translate(_UNWRITTEN)
        bare = bare[:-1] if len(bare) > 1 and bare[-1] == "h" else bare
        found = (bare.replace(_MARBUTA, "t"), bare.replace(_MARBUTA, "")) if native else (bare,)
    elif script in INDIC:
        ways = _meant(roman)
        if not native and len(roman) >= _SHORTEST_BENT:
            ways += [_SHORT_E.sub("", roman), _LAST_E.sub("", roman)]
        found = tuple(_indic_bones(way, script) for way in ways)
    elif script == "HANGUL":
        found = (roman.translate(_UNVOICED).replace("l", "r"),)
    elif script in ("CYRILLIC", "GREEK"):
        heard = ("k", "h") if native else ("k",)  # of kh
        bares = (roman.replace("kh", sound).translate(_VOWELLESS) for sound in heard)
        found = tuple(bare for bare in bares if len(bare) > 2)
    return frozenset(found) - {""}


def _meant(roman: str) -> list[str]:
    """A romanised word with what is unsure in it written in each way that it may be meant."""
    ways = [roman]
    for mark, meanings in _UNSURE:
        if mark in roman:
            ways = [way.replace(mark, meant) for way in ways for meant in meanings]
    return ways


def _indic_bones(roman: str, script: str) -> str:
    if script == "TAMIL":
        for spelled, written in _TAMIL:
            roman = roman.replace(spelled, written)
        roman = roman.translate(_UNVOICED)
    elif script == "MALAYALAM":
        roman = roman.replace("jh", "l")
    return single(roman.translate(_VOWELS_OF_BENGAL if script == "BENGALI" else _VOWELS))
