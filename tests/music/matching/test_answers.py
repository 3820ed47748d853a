"""How typed words are answered: what only asks, versions and their makers, order, and who sings."""

import pytest

from music.domain import Track
from music.matching import best_for_text
from music.matching.typed.answers import ACCEPTED
from tests.accuracy.cases import song

ORLA, KAVISH = "Orla Fenwright", "Kavish Tarwali"


def chosen(query: str, *titles: str) -> str:
    """The title that answers, "" for none."""
    track, _ = best_for_text(query, [song(title) for title in titles])
    return track.title if track else ""


def is_answer(query: str, track: Track) -> bool:
    """Whether a song alone is the answer."""
    return best_for_text(query, [track])[0] is track


def test_a_song_that_has_the_word_goes_before_one_that_may_be_without_it() -> None:
    assert chosen("kettle original", "Kettle", "Kettle Original") == "Kettle Original"
    assert chosen("kettle original", "Kettle", "Lantern Original") == "Kettle"


@pytest.mark.parametrize("query", ["new kettles", "original kettles", "best of kettles", "2019 kettles"])
def test_no_song_is_answered_by_what_is_behind_such_a_word(query: str) -> None:
    assert not is_answer(query, song("Kettles"))
    assert is_answer(query, song(query.title()))


@pytest.mark.parametrize(("year", "fits"), [(None, True), (2019, True), (2020, True), (2016, False)])
def test_a_typed_year_may_be_missing_but_not_another_one(year: int | None, fits: bool) -> None:
    assert is_answer("kettle song 2019", song("Kettle", year=year)) is fits


@pytest.mark.parametrize("query", ["kavish tarwali new song", "kavish tarwali ke gane", "best songs of kavish tarwali"])
def test_an_artist_with_words_that_only_ask_is_an_artist_alone(query: str) -> None:
    assert is_answer(query, song("Kesari Chhaon", KAVISH, language="hindi"))
    assert not is_answer(f"{query} dariya", song("Kesari Chhaon", KAVISH, language="hindi"))
    assert not is_answer(query, song("Kesari Chhaon", "Ruhana Chandekar", language="hindi"))


@pytest.mark.parametrize(
    ("query", "title", "fits"),
    [
        ("kettle female version", "Kettle (Female)", True),
        ("kettle slow version", "Kettle (Slowed)", True),
        ("lantern slowed reverb", "Kettle (Slowed + Reverb)", False),
        ("lantern female version", "Kettle (Female Version)", False),
        ("kettle lo fi mix", "Kettle (Lofi Mix)", True),
        ("kettle lo fi mix", "Kettle (Club Mix)", False),
        ("kettle dj remix", "Kettle (Remix)", True),
        ("kettle dj remix", "Kettle (DJ Remix)", True),
        ("kettle dj remix", "Kettle", False),
        ("kettle dj", "Kettle (Remix)", True),
        ("kettle dj", "Kettle", False),
        ("live and let rain remix", "Live and Let Rain", False),
    ],
)
def test_a_version_that_is_met_makes_up_for_no_name(query: str, title: str, fits: bool) -> None:
    assert is_answer(query, song(title)) is fits


@pytest.mark.parametrize(("query", "fits"), [("kettle hindi", True), ("lantern saffron hindi", False)])
def test_a_language_that_is_met_makes_up_for_no_name(query: str, fits: bool) -> None:
    assert is_answer(query, song("Kettle", language="hindi")) is fits
    assert not is_answer(query, song("Kettle Saffron", language="tamil"))


def test_who_made_a_remix_asks_for_it() -> None:
    titles = ("Paper Kettle", "Paper Kettle (Saffron Remix)", "Paper Kettle (Tobin Remix)")
    assert chosen("paper kettle saffron", *titles) == "Paper Kettle (Saffron Remix)"
    assert chosen("paper kettle tobin remix", *titles) == "Paper Kettle (Tobin Remix)"
    assert chosen("paper kettle", *titles) == "Paper Kettle"
    assert chosen("paper kettle orla", "Paper Kettle (Orla Remix)", "Paper Kettle") == "Paper Kettle"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("tum ho", ("Ho Tum", "Tum Ho")),
        ("aaja aaja", ("Aaja", "Aaja Aaja")),
        ("aaja", ("Aaja Aaja", "Aaja")),
        ("bang bang bang", ("Bang Bang", "Bang Bang Bang")),
        ("new kettle new kettle", ("New Kettle", "New Kettle New Kettle")),
        ("kettle", ("Kettle (Hindi)", "Kettle - Saffron Boats")),
    ],
)
def test_a_name_in_order_and_as_often_goes_before_the_service(query: str, titles: tuple[str, str]) -> None:
    assert chosen(query, *titles) == titles[1]
    assert chosen(query, titles[1], titles[0]) == titles[1]
    assert chosen(query, titles[0]) == titles[0]


def test_an_artist_who_was_named_and_only_sings_other_songs_is_not_replaced() -> None:
    wanted, other = song("Tum Hi Dariya", KAVISH), song("Saaya", "Ruhana Chandekar")
    assert best_for_text("tum hi dariya ruhana chandekar", [wanted, other])[0] is None
    assert best_for_text("tum hi dariya ho mere", [wanted, other])[0] is wanted
    assert best_for_text("tum hi dariya kavish tarwali ruhana chandekar", [wanted, other])[0] is wanted
    theirs = song("Tum Hi Dariya", "Ruhana Chandekar")
    assert best_for_text("tum hi dariya ruhana chandekar", [wanted, other, theirs])[0] is theirs


def test_a_refusal_for_the_artists_sake_shows_the_song_as_near() -> None:
    listed = [song("Tum Hi Dariya", KAVISH), song("Saaya", "Ruhana Chandekar")]
    match = best_for_text("tum hi dariya ruhana chandekar", listed)[1]
    assert match.score == 0.5
    assert listed[0] in [track for track, _ in match.alternatives]


def test_a_word_that_was_found_in_another_spelling_counts_as_one_that_was_found() -> None:
    row = song("Gulabi Kesaria Kahan", KAVISH, language="hindi")
    assert best_for_text("gulaabi kesariya kahaan tere sapne", [row])[1].score == ACCEPTED
    assert not is_answer("gulaabi kesariya kahaan tere sapne mein", row)
    assert not is_answer("gulaabi kesarila kahaan tere sapne", row)  # that may be another word


@pytest.mark.parametrize("query", ["kesari kavish tarwali anvita", "kesari kavish tarwali gulabi sapne"])
def test_a_whole_name_and_its_artist_are_the_song_whatever_follows(query: str) -> None:
    row = song("Kesari", f"Composer One;{KAVISH}", language="hindi")
    assert is_answer(query, row)
    assert not is_answer(query.replace("kavish tarwali", "tobin"), row)
    assert not is_answer(query, song("Kesari Chhaon", KAVISH, language="hindi"))
    assert not is_answer(query, song("Dariya", KAVISH, language="hindi", album="Kesari"))


@pytest.mark.parametrize("language", ["hindi", "english"])
def test_a_name_of_one_word_with_another_beside_it_is_another_song_of_the_artist(language: str) -> None:
    one, two = (song(title, KAVISH, language=language) for title in ("Kesari", "Gulabi Kesari"))
    for query in ("kesari sapne kavish tarwali", "sapne kesari kavish tarwali", "kavish tarwali kesari sapne"):
        assert not is_answer(query, one)
    assert is_answer("gulabi kesari sapne dariya kavish tarwali", two)


def test_a_song_of_which_a_word_is_missing_goes_behind_one_that_has_all() -> None:
    alone, both = song("Kesari", KAVISH), song("Kesari Duet", f"{KAVISH};Anvita")
    assert best_for_text("kesari kavish tarwali anvita", [alone, both])[0] is both
    assert best_for_text("kesari kavish tarwali", [both, alone])[0] is alone
