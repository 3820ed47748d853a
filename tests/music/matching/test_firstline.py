"""Whether one title is the other with fewer words of the song's first line, and what has to agree besides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Track
from music.matching import best_for_track
from music.matching.reading.sides import side_of
from music.matching.target.firstline import goes_on, lacks_a_word, same_album
from tests.accuracy.cases import song

PEOPLE = "Composer One;Kavish Tarwali"


def listed(title: str, duration: int = 240, album: str = "Neela Aangan", people: str = PEOPLE) -> Track:
    """A song as JioSaavn lists it."""
    return song(title, people, duration, "tamil", album)


def described(title: str, duration: int = 240, album: str = "Neela Aangan", people: str = PEOPLE) -> Track:
    """A song as Spotify describes it."""
    return song(title, people, duration, album=album, source="spotify")


def filmed(title: str, channel: str = "Kite Music", duration: int = 243) -> Track:
    """A video."""
    return song(title, channel, duration, source="youtube", video=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (described("Nadiye"), listed("Nadiye Nillai")),
        (described("Nadiye Nillai"), listed("Nadiye")),
        (described("Shree Nadiye"), listed("Nadiye", 242)),
        (described("Nadiye", album="Neela Angan (Original Motion Picture Soundtrack)"), listed("Nadiye Nillai")),
    ],
)
def test_a_song_is_named_with_one_word_more_where_people_album_and_length_agree(one: Track, other: Track) -> None:
    assert best_for_track(one, [listed("Kaatre"), other])[0] is other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (described("Nadiye"), listed("Nadiye Nillai", 243)),
        (described("Nadiye"), listed("Nadiye Nillai", album="Gulabi Darwaza")),
        (described("Nadiye", album=""), listed("Nadiye Nillai")),
        (described("Nadiye"), listed("Nadiye Nillai", people="Composer One;Anvita Sehlot")),
        (described("Nadiye"), listed("Nadiye Nillai Poove")),
        (described("Nadiye"), listed("Nadiye Theme")),
        (described("Nadiye"), listed("Nadiye Sad")),
        (described("Nadiye"), listed("Nadiye Flute")),
        (described("Nadiye"), listed("Nadiye 2")),
        (described("Nadiye"), listed("Nadiye II")),
        (described("Nadiye"), listed("Nadiye Telugu")),
        (described("Nee"), listed("Nee Po")),
        (described("Nadiye Nillai"), listed("Nadiye Poove")),
        (described("Paper"), song("Paper Boat", PEOPLE, 240, "english", "Neela Aangan")),
    ],
)
def test_one_word_more_is_another_song_where_anything_else_differs(one: Track, other: Track) -> None:
    assert best_for_track(one, [other])[0] is None


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Chal Mere Yaar | Full Song | Neela Aangan | Actor One | Kavish Tarwali",
        "Nadi Kinare Chal Mere Yaar - Neela Aangan | Actor One | Composer One, Kavish Tarwali",
        "Nadi Kinare - Kavish Tarwali - Mehriya Rao - Neela Aangan 1960",
        "Nadi Kinare - Kavish Tarwali - Neela Aangan 1960",
    ],
)
def test_a_video_goes_on_with_the_first_line_where_film_and_singer_agree(title: str) -> None:
    assert best_for_track(filmed(title), [listed("Nadi"), listed("Nadi Kinare")])[0] is not None
    assert best_for_track(filmed(title, duration=252), [listed("Nadi Kinare Chal Dil")])[0] is None


@pytest.mark.parametrize(
    ("target", "row"),
    [
        (filmed("Nadi Kinare Chal Mere Yaar | Actor One | Kavish Tarwali"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Chal Mere Yaar | Neela Aangan | Actor One"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Chal Mere Yaar | Neela Aangan | Kavish Tarwali", duration=252), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Chal Mere Yaar | Neela Aangan | Kavish Tarwali"), listed("Nadi")),
        (filmed("Nadi Kinare Part 2 | Neela Aangan | Kavish Tarwali"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Chal Female | Neela Aangan | Kavish Tarwali"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Fingerstyle Guitar | Neela Aangan | Kavish Tarwali"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare - Fingerstyle Guitar - Kavish Tarwali - Neela Aangan"), listed("Nadi Kinare")),
        (filmed("Nadi Kinare Chal Reaction | Neela Aangan | Kavish Tarwali"), listed("Nadi Kinare")),
        (filmed("Chal Mere Nadi Kinare | Neela Aangan | Kavish Tarwali"), listed("Nadi Kinare")),
    ],
)
def test_a_longer_line_is_another_song_where_anything_else_is_open(target: Track, row: Track) -> None:
    assert best_for_track(target, [row])[0] is None


def test_a_line_that_two_songs_of_a_film_begin_is_refused() -> None:
    target = filmed("Nadi Kinare Chal Mere Yaar | Neela Aangan | Kavish Tarwali", duration=243)
    rows = [listed("Nadi Kinare", 240), listed("Nadi Kinare Chal", 246)]
    assert best_for_track(target, rows)[0] is None


def test_the_initials_of_a_film_are_the_film() -> None:
    row = listed("Nadi Kinare", album="Neela Aangan Gulabi Darwaza")
    assert best_for_track(filmed("Nadi Kinare Chal Yaar | NAGD | Kavish Tarwali"), [row])[0] is row
    assert best_for_track(filmed("Nadi Kinare Chal Yaar | NGAD | Kavish Tarwali"), [row])[0] is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_titles_can_be_compared_and_a_missing_word_is_missed_from_either_side(one: str, other: str) -> None:
    here, there = side_of(listed(one)), side_of(listed(other))
    assert lacks_a_word(here, there) is lacks_a_word(there, here)
    assert goes_on(here, here) is False


def test_a_word_said_once_more_is_missed_from_either_side() -> None:
    once, twice = side_of(listed("Gulabi")), side_of(listed("Gulabi Gulabi"))
    assert lacks_a_word(once, twice)
    assert lacks_a_word(twice, once)


def test_albums_are_one_in_another_spelling() -> None:
    assert same_album(("neela", "aangan"), ("neela", "angan"))
    assert not same_album(("neela", "aangan"), ("neela",))
    assert not same_album((), ())
