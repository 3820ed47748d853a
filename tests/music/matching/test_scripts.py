"""Words of other scripts in Latin letters, and how spellings are folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.matching.language.scripts import bones, folded_spelling, romanised, script_of_word, single, without_nasal


@pytest.mark.parametrize(
    ("word", "script", "roman"),
    [
        ("केसरिया", "DEVANAGARI", "kesariya"),
        ("दिल", "DEVANAGARI", "dil"),
        ("बारिश", "DEVANAGARI", "baris"),
        ("मैं", "DEVANAGARI", "maiN"),
        ("चाँदनी", "DEVANAGARI", "chandani"),
        ("மழை", "TAMIL", "malai"),
        ("చిలుక", "TELUGU", "chiluka"),
        ("మేఘం", "TELUGU", "megham"),
        ("বাংলা", "BENGALI", "bangla"),
        ("सिंह", "DEVANAGARI", "siGh"),
        ("अंबर", "DEVANAGARI", "aMbar"),
        ("मुँह", "DEVANAGARI", "munh"),
        ("సింహం", "TELUGU", "simham"),
        ("సంగీతం", "TELUGU", "sangitam"),
        ("ਪਹਿਲਾ", "GURMUKHI", "pahIla"),
        ("ਸਾਹਿਬ", "GURMUKHI", "sahib"),
        ("সংবাদ", "BENGALI", "saGbad"),
        ("চাঁদ", "BENGALI", "chaNd"),
        ("রং", "BENGALI", "rang"),
        ("वह", "DEVANAGARI", "vo"),
        ("ਕੁੜੀ", "GURMUKHI", "kuDi"),
        ("группа", "CYRILLIC", "gruppa"),
        ("봄바람", "HANGUL", "bombalam"),
    ],
)
def test_a_word_is_romanised_with_the_vowels_that_its_script_does_not_write(word: str, script: str, roman: str) -> None:
    assert script_of_word(word) == script
    assert romanised(word, script) == roman


@pytest.mark.parametrize("word", ["plain", "", "42", "!?", "🪁"])
def test_what_is_in_no_other_script_is_latin(word: str) -> None:
    assert script_of_word(word) == "LATIN"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kesariya", "kesaria"),
        ("ishq", "ishk"),
        ("pyaar", "pyar"),
        ("zubaan", "juban"),
        ("phoolon", "fulon"),
        ("singh", "sing"),
        ("waaste", "vaste"),
        ("ganguly", "gannguli"),
        ("kaun", "kon"),
        ("saiyyaan", "saiyaan"),
        ("wo", "vo"),
        ("ki", "qi"),
        ("accha", "achha"),
        ("achchha", "acha"),
        ("judaai", "judayi"),
        ("aaega", "aayega"),
    ],
)
def test_spellings_that_drift_are_folded_into_one(one: str, other: str) -> None:
    assert folded_spelling(one) == folded_spelling(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("dil", "dal"), ("mera", "meri"), ("raja", "rani"), ("sona", "sone"), ("chhayi", "chai"), ("aayi", "ai")],
)
def test_vowels_that_tell_words_apart_are_not_folded(one: str, other: str) -> None:
    assert folded_spelling(one) != folded_spelling(other)


def test_of_a_nasal_that_is_not_sure_each_meaning_is_compared() -> None:
    assert bones("siGh", "DEVANAGARI", native=True) == {"singh", "sinh"}
    assert bones("saMbandhoN", "DEVANAGARI", native=True) == {"smbndhun", "smbndhu", "snbndhun", "snbndhu"}


@pytest.mark.parametrize(
    ("word", "bare"), [("yaadein", "yaadei"), ("baaton", "baato"), ("karun", "karu"), ("kahaniyan", "kahaniya")]
)
def test_a_last_nasal_is_left_out_of_plurals_and_verbs(word: str, bare: str) -> None:
    assert without_nasal(word) == bare


@pytest.mark.parametrize(
    "word", ["jaan", "din", "mahin", "zameen", "armaan", "broken", "rain", "moon", "lemon", "tun", ""]
)
def test_a_last_nasal_stays_where_it_is_a_letter_of_its_own(word: str) -> None:
    assert without_nasal(word) == word


def test_of_arabic_only_the_consonants_are_sure() -> None:
    assert bones("habayabaya", "ARABIC", native=True) == {"hbb"}
    assert bones("habibi", "ARABIC", native=False) == {"hbb"}


def test_of_latin_nothing_is_taken_for_another_script() -> None:
    assert bones("habibi", "LATIN", native=True) == frozenset()


def test_runs_of_one_letter_become_one() -> None:
    assert single("channa") == "chana"


@given(st.text(max_size=40))
def test_any_word_can_be_romanised_and_folded(word: str) -> None:
    roman = romanised(word, script_of_word(word)) if word else ""
    assert roman.isascii()
    assert folded_spelling(roman).isascii()
