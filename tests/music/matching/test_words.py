"""A text's words, and whether two of them are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.matching.language.words import (
    DRIFTED,
    ENDING,
    EXACT,
    FOREIGN,
    LONGEST,
    LOOSE,
    MISTYPED,
    alike,
    initial,
    mistyped,
    words,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Café del Mar!", ["cafe", "del", "mar"]),
        ("A.R. Rahman, A. R. Rahman", ["ar", "rahman", "ar", "rahman"]),
        ("Don't Stop", ["dont", "stop"]),
        ("Don’t Stop", ["dont", "stop"]),
        ("Ke$ha & P!nk", ["kesha", "pink"]),
        ("Łódź Øre Đorđe", ["lodz", "ore", "dorde"]),
        ("Doctor _ Cops", ["doctor", "cops"]),
        ("Spheres 🌎✨", ["spheres"]),
        ("???", ["???"]),
        ("÷", ["÷"]),
        ("<3", ["<3"]),
        ("A+", ["a+"]),
        ("🪐", ["🪐"]),
        ("Gulabi ❤️", ["gulabi"]),
        ("Gulabi ❤️‍🔥 Chai", ["gulabi", "chai"]),
        ("Dil 👍🏽 Se", ["dil", "se"]),
        ("1️⃣ Kite", ["1", "kite"]),
        ("❤️", ["❤"]),
        ("👍🏽", ["👍"]),
        ("🏽", ["🏽"]),
        ("I ❤️", ["i❤"]),
        ("कि ❤️", ["कि"]),
        ("ज़िंदगी", ["जिंदगी"]),
        ("Ёлка", ["елка"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_text_is_split_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ("boat", "boat", EXACT),
        ("ishq", "ishk", DRIFTED),
        ("kesariya", "kesriya", LOOSE),
        ("mehfil", "mahfil", LOOSE),
        ("pehla", "pahla", LOOSE),
        ("sheher", "shahar", LOOSE),
        ("lehenga", "lehanga", LOOSE),
        ("bhaiyya", "bhaiya", DRIFTED),
        ("yaadein", "yaade", LOOSE),
        ("aankhen", "aankhe", LOOSE),
        ("aankhon", "ankho", LOOSE),
        ("kahoon", "kahu", LOOSE),
        ("lambiyan", "lambiya", LOOSE),
        ("raataan", "rata", LOOSE),
        ("wo", "vo", DRIFTED),
        ("zi", "ji", DRIFTED),
        ("two", "2", DRIFTED),
        ("ii", "2", DRIFTED),
        ("f**k", "fuck", DRIFTED),
        ("प्यार", "pyaar", DRIFTED),
        ("शहर", "sheher", FOREIGN),
        ("सिंह", "singh", FOREIGN),
        ("અંબર", "ambar", FOREIGN),
        ("హంస", "hamsa", DRIFTED),
        ("ਲਹਿੰਗਾ", "lehenga", FOREIGN),
        ("மழை", "mazhai", FOREIGN),
        ("حبيبي", "habibi", FOREIGN),
        ("крови", "krovi", DRIFTED),
        ("хлеб", "hleb", FOREIGN),
        ("хлеб", "khleb", DRIFTED),
        ("azhagu", "alagu", LOOSE),
        ("thamizhan", "tamilan", LOOSE),
        ("yevaro", "evaro", DRIFTED),
        ("yedagaani", "edagani", DRIFTED),
        ("केसरिया", "కేసరియా", DRIFTED),
    ],
)
def test_words_are_one_in_other_spellings_and_scripts(one: str, other: str, strength: float) -> None:
    assert alike(one, other) == strength
    assert alike(other, one) == strength


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dil", "dal"),
        ("mera", "meri"),
        ("मेरी", "mera"),
        ("दिल", "दाल"),
        ("மழை", "மழலை"),
        ("2", "3"),
        ("kal", "kul"),
        ("a", "b"),
        ("q", "k"),
        ("tera", "teri"),
        ("tu", "tum"),
        ("hum", "tum"),
        ("man", "ma"),
        ("jaan", "jaa"),
        ("jaan", "jaane"),
        ("paan", "paa"),
        ("haseen", "hasi"),
        ("mahin", "mahi"),
        ("nishaan", "nisha"),
        ("bhagwan", "bhagwa"),
        ("krishnan", "krishna"),
        ("demon", "demo"),
        ("broken", "broke"),
        ("plain", "play"),
        ("again", "age"),
        ("neha", "naha"),
        ("sehra", "sahara"),
        ("merehath", "merahath"),
        ("bhej", "bhaj"),
        ("khel", "khal"),
        ("सिंह", "si"),
        ("jhol", "lol"),
        ("azhagu", "azagu"),
        ("ye", "e"),
        ("yeh", "eh"),
        ("yaar", "aar"),
        ("yen", "en"),
    ],
)
def test_words_that_differ_are_not_merged(one: str, other: str) -> None:
    assert alike(one, other) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wine", "vine"),
        ("ship", "sip"),
        ("fool", "full"),
        ("shame", "same"),
        ("we", "way"),
        ("me", "main"),
        ("baron", "baro"),
    ],
)
def test_english_spelling_does_not_drift(one: str, other: str) -> None:
    assert alike(one, other, folding=False) == 0.0


def test_a_doubled_letter_is_no_other_word_in_any_language() -> None:
    assert alike("travelling", "traveling", folding=False) == DRIFTED


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ("beliver", "believer", MISTYPED),
        ("thundre", "thunder", ENDING),
        ("perfct", "perfect", MISTYPED),
        ("telescpoe", "telescope", MISTYPED),
        ("telesocpee", "telescope", MISTYPED),
        ("imagin", "imagine", ENDING),
        ("boats", "boots", 0.0),
        ("sajna", "sapna", 0.0),
        ("bat", "bet", 0.0),
        ("apna", "sapna", 0.0),
        ("1999", "1989", 0.0),
    ],
)
def test_a_slip_of_the_keyboard_is_seen_in_longer_words(one: str, other: str, strength: float) -> None:
    assert mistyped(one, other) == strength
    assert mistyped(other, one) == strength


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zindagi", "jindagi"),
        ("waada", "vada"),
        ("phool", "fool"),
        ("two", "2"),
        ("aujla", "ojla"),
        ("eeshq", "ishq"),
        ("oopar", "upar"),
        ("e", "ae"),
        ("yevaro", "evaro"),
    ],
)
def test_what_drifts_into_one_begins_alike(one: str, other: str) -> None:
    assert initial(one) == initial(other)


@given(st.text(), st.text())
def test_likeness_of_any_words_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    assert 0.0 <= alike(one, other) <= 1.0
    assert alike(one, other) == alike(other, one)
    assert mistyped(one or "x", other or "x") == mistyped(other or "x", one or "x")


LATIN = st.text("aehiklmnouvwyz", min_size=1, max_size=6)  # few letters, that many pairs be alike


@given(LATIN, LATIN)
def test_words_that_are_alike_begin_alike_but_for_numerals(one: str, other: str) -> None:
    first, second = initial(one), initial(other)
    assert not alike(one, other) or first == second or "#" in (first, second)


@given(st.text(min_size=1))
def test_a_word_is_itself(word: str) -> None:
    assert alike(word, word) == EXACT


@pytest.mark.parametrize("text", ["a." * 5000, "a'" * 5000, "🪐" * 10_000, "के" * 5000, "(" * 10_000])
def test_of_an_endless_text_only_the_beginning_is_read(text: str) -> None:
    assert words(text) == words(text[:LONGEST])
