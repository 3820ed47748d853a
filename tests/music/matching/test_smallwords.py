"""The small words of Hindi and Punjabi: which spellings are one, and how much such a pair says."""

from collections import Counter

import pytest

from music.matching.language import smallwords
from music.matching.language.words import DRIFTED, FOREIGN, LOOSE, SMALL, alike, initial
from music.matching.typed.answers import ACCEPTED
from tests.accuracy.cases import song
from tests.music.matching.tracks import text_score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kyu", "kyun"),
        ("kyun", "kyon"),
        ("main", "mai"),
        ("hu", "hoon"),
        ("hai", "hain"),
        ("nahi", "nahin"),
        ("nhi", "nahi"),
        ("kaha", "kahan"),
        ("jahaan", "jaha"),
        ("waha", "vahan"),
        ("woh", "wo"),
        ("hum", "ham"),
        ("bohot", "bahut"),
        ("agr", "agar"),
        ("ae", "aye"),
        ("muje", "mujhe"),
        ("gyi", "gayi"),
        ("huwa", "hua"),
        ("ik", "ek"),
        ("du", "doon"),
        ("thora", "thoda"),
        ("larki", "ladki"),
        ("gam", "gham"),
        ("piyar", "pyaar"),
        ("humsafar", "hamsafar"),
    ],
)
def test_spellings_of_one_small_word_are_alike(one: str, other: str) -> None:
    assert alike(one, other) in (LOOSE, DRIFTED)
    assert alike(other, one) == alike(one, other)
    assert alike(one, other, folding=False) == 0.0


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("हम", "hum"),
        ("हमसफर", "humsafar"),
        ("वह", "woh"),
        ("एक", "ik"),
        ("क्यों", "kyu"),
        ("ਕੁੜੀ", "kudi"),
        ("ਕੁੜੀ", "kuri"),
    ],
)
def test_a_small_word_is_found_in_its_script_too(native: str, latin: str) -> None:
    assert alike(native, latin) == alike(latin, native) >= FOREIGN


@pytest.mark.parametrize(
    ("native", "latin"), [("हम", "tum"), ("तुम", "tu"), ("हो", "hai"), ("वह", "wah"), ("मेरा", "meri")]
)
def test_a_small_word_of_another_meaning_is_not_found_in_its_script(native: str, latin: str) -> None:
    assert alike(native, latin) == alike(latin, native) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("me", "main"), ("he", "hai"), ("he", "hain"), ("or", "aur"), ("we", "ve"), ("e", "ae"), ("o", "oh")],
)
def test_a_pair_of_which_one_is_english_too_says_little(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one) == SMALL
    assert alike(one, other, folding=False) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ki", "ke"),
        ("ka", "ko"),
        ("tu", "tum"),
        ("ye", "wo"),
        ("ho", "hoon"),
        ("hai", "ho"),
        ("raha", "rahe"),
        ("rahi", "raha"),
        ("kar", "karo"),
        ("mujhe", "tujhe"),
        ("main", "man"),
        ("kahan", "yahan"),
        ("we", "wo"),
        ("doon", "do"),
        ("loon", "le"),
        ("ek", "is"),
        ("hum", "hume"),
        ("yaar", "yaad"),
        ("kar", "kara"),
        ("ladki", "ladka"),
        ("hamara", "hamari"),
    ],
)
def test_small_words_of_other_meanings_are_not_merged(one: str, other: str) -> None:
    assert alike(one, other) == 0.0


@pytest.mark.parametrize(
    ("typed", "title"), [("me", "Main"), ("or", "Aur"), ("he", "Hai"), ("we", "Ve"), ("ha", "Haan")]
)
def test_such_a_pair_is_no_answer_by_itself(typed: str, title: str) -> None:
    row = song(title, "Kavish Tarwali", 200, "hindi")
    assert text_score(typed, row) < ACCEPTED
    assert text_score(f"{typed} kavish tarwali", row) < ACCEPTED
    assert text_score(f"{typed} gulabi chai", song(f"{title} Gulabi Chai", "Kavish Tarwali", 200, "hindi")) > ACCEPTED
    assert text_score(typed, song(title, "Orla Fenwright", 200, "english")) < ACCEPTED


def test_every_spelling_stands_in_the_table_once_and_is_shelved_with_its_word() -> None:
    spellings = Counter(spelling for line in smallwords._WORDS for spelling in line.split())
    assert [spelling for spelling, count in spellings.items() if count > 1] == []
    assert spellings.keys() >= smallwords.DOUBTFUL
    assert all(initial(spelling) == initial(group[0]) for spelling, group in smallwords.SPELLINGS.items())
