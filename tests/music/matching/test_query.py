"""What somebody typed, read: which words name a song, and which only ask for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.matching.typed.query import is_year, read_query


def beside(text: str) -> list[str]:
    """The words that a song may be without."""
    query = read_query(text)
    return [word for word, is_beside in zip(query.wanted, query.beside, strict=True) if is_beside]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("paper boat new song", ["new"]),
        ("paper boat ka gana", ["ka", "gana"]),
        ("paper boat all hit songs", ["all", "hit"]),
        ("paper boat gaana chala do", ["gaana", "chala", "do"]),
        ("paper boat play karo", ["karo"]),
        ("paper boat latest tamil song 2021", ["latest", "2021"]),
        ("paper boat new remix song", ["new"]),
        ("paper boat song 2021 lofi", ["2021"]),
        ("paper boat t-series", ["t", "series"]),
        ("paper boat drama ost", ["drama"]),
        ("paper drama", []),
        ("drama song", []),
        ("latest songs of paper boats", ["latest", "of"]),
        ("new hindi song paper boat", ["new"]),
        ("can you please play paper boat", ["can", "you"]),
    ],
)
def test_words_around_a_name_only_ask_for_it(query: str, words: list[str]) -> None:
    assert beside(query) == words


@pytest.mark.parametrize(
    "query",
    [
        "new boats",
        "best of boats",
        "original boat",
        "1999 boats",
        "turn up the music",
        "mera gana",
        "something new",
        "boat karo",
        "boat series",
        "best song ever",
        "new love song ever",
        "can you see me",
        "new song",
        "",
    ],
)
def test_the_same_words_inside_or_before_a_name_are_the_name(query: str) -> None:
    assert beside(query) == []


@pytest.mark.parametrize(
    ("query", "versions"),
    [
        ("paper boat live", {"live"}),
        ("paper boat lo fi mix", {"lofi", "remix"}),
        ("paper boat slow version", {"slowed"}),
        ("slow paper boat", set()),
        ("paper boat version", set()),
    ],
)
def test_a_version_word_asks_for_a_version(query: str, versions: set[str]) -> None:
    assert read_query(query).versions == versions


def test_the_words_after_by_are_without_those_that_only_ask() -> None:
    assert read_query("paper boat by orla new song").by == ("orla",)
    assert read_query("paper boat of orla").by == ()


@pytest.mark.parametrize(("word", "is_one"), [("1950", True), ("2039", True), ("1949", False), ("2040", False)])
def test_a_year_is_one_of_recorded_music(word: str, is_one: bool) -> None:
    assert is_year(word) is is_one
    assert not is_year(word + "0")


@given(st.text())
def test_any_text_is_read_with_a_mark_for_each_wanted_word(text: str) -> None:
    query = read_query(text)
    assert len(query.beside) == len(query.wanted)
    assert set(query.wanted) <= set(query.typed)
