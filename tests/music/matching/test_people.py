"""Whether two tracks are by the same people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.matching.reading.people import (
    People,
    channel_of,
    is_label,
    name_of,
    named_in,
    same_name,
    shared,
    without_topic,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. R. Therkuran", "AR Therkuran"),
        ("A R Therkuran", "A.R. Therkuran"),
        ("The Glass Herons", "Glass Herons"),
        ("Jeet Gannguli", "Jit Ganguly"),
        ("Ilaiyaraaja Velan", "Ilayaraja Velan"),
        ("Zoë Fårberg", "Zoe Farberg"),
        ("Yo Yo Harvir Dhalkot", "Harvir Dhalkot"),
        ("Sachin-Jigar", "Sachin Jigar"),
        ("JAY-Z", "Jay Z"),
        ("AC/DC", "ACDC"),
        ("Лев Морошкин", "Lev Moroshkin"),
        ("K. S. Sevvelan", "Sevvelan"),
        ("Mohd. Sevvelan", "Mohammed Sevvelan"),
        ("P. Sevvelan", "Sevelan"),
        ("Kettle", "Kettle The Band"),
        ("Kettle - The Band", "The Kettle"),
    ],
)
def test_one_name_is_written_in_several_ways(one: str, other: str) -> None:
    assert same_name(name_of(one), name_of(other))
    assert same_name(name_of(other), name_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orla", "Orla Fenwright"),
        ("Neha Kakkarwal", "Tony Kakkarwal"),
        ("Devrat Solanta", "Devika Solanta"),
        ("Tom", "Tim"),
        ("KK", "KS"),
        ("Prince", "Princess"),
        ("", "Orla"),
        ("Sid Sevvelan", "Sevvelan"),
        ("DJ Sevvelan", "Sevvelan"),
        ("Ed Sevvelan", "Sevvelan"),
        ("St. Sevvelan", "Sevvelan"),
        ("K. Ravi", "Ravi"),
        ("The Band", "Kettle"),
        ("Kettle Band", "Kettle"),
    ],
)
def test_namesakes_are_told_apart(one: str, other: str) -> None:
    assert not same_name(name_of(one), name_of(other))
    assert not same_name(name_of(other), name_of(one))


def test_a_name_that_says_a_word_twice_is_compared_alike_from_both_sides() -> None:
    one, other = name_of("Yo Yo Sevvelan"), name_of("Yo Sevvelan Tobin")
    assert same_name(one, other) is same_name(other, one)


def people(*names: str) -> People:
    """Those whom a track credits."""
    return People(names, ())


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("Orla Fenwright",), ("Orla Fenwright", "Tobin Ashcombe"), 1.0),
        (("Composer", "Kavish Tarwali"), ("Composer", "Ruhana Chandekar"), 0.5),
        (("Linnet & Rook",), ("Linnet", "Rook"), 1.0),
        (("Tyla, The Kettle",), ("Tyla", "The Kettle"), 1.0),
        (("Earth, Wind & Kettle",), ("Earth", "Wind & Kettle"), 1.0),
        (("Orla Fenwright x Tobin Ashcombe",), ("Tobin Ashcombe",), 1.0),
        (("Vishan & Shekhan",), ("Vishan Dadwani", "Shekhan Ravjal"), 1.0),
        (("Linnet & Rook",), ("Linnet",), 0.0),
        (("MIREU (별빛)",), ("Mireu",), 1.0),
        (("별빛",), ("MIREU (별빛)",), 1.0),
        (("MIREU (별빛)",), ("SORA (하늘)",), 0.0),
        (("DJ 별빛",), ("DJ 하늘",), 0.0),
        (("John Kettle",), ("John Tram", "Will Kettle"), 0.0),
        ((), ("Orla Fenwright",), 0.0),
    ],
)
def test_sets_of_names_are_compared_by_the_smaller(
    one: tuple[str, ...], other: tuple[str, ...], overlap: float
) -> None:
    assert shared(people(*one), people(*other)).overlap == overlap
    assert shared(people(*other), people(*one)).overlap == overlap


def test_the_main_artist_and_the_whole_set_are_looked_at() -> None:
    found = shared(people("Orla Fenwright"), people("Tobin Ashcombe", "Orla Fenwright"))
    assert (found.main, found.whole) == (True, False)
    assert shared(people("Orla Fenwright"), people("Orla Fenwright")).whole


def test_a_guest_counts_as_one_of_the_people() -> None:
    assert shared(People(("Orla Fenwright",), ("Tobin Ashcombe",)), people("Tobin Ashcombe")).overlap == 1.0


@pytest.mark.parametrize(
    ("channel", "artist"),
    [
        ("OrlaFenwrightVEVO", "orlafenwright"),
        ("Orla Fenwright - Topic", "orlafenwright"),
        ("Orla Fenwright Official", "orlafenwright"),
    ],
)
def test_a_channel_is_read_as_its_artist(channel: str, artist: str) -> None:
    assert channel_of(channel) == artist


def test_a_label_is_told_from_an_artist() -> None:
    for channel in ("Kite Music Company", "KiteMusicIndiaVEVO", "Harbour Motion Pictures"):
        assert is_label(channel)
    for channel in ("Orla Fenwright", "OrlaFenwrightVEVO", "Orla Fenwright VEVO", "OrlaFenwright"):
        assert not is_label(channel)
    assert without_topic("Orla Fenwright - Topic") == "Orla Fenwright"


def test_a_video_names_its_singers_in_its_title() -> None:
    said = frozenset("paper boat orla fenwright kite".split())
    names = ["Tobin Ashcombe", "Orla Fenwright"]
    assert named_in(names, said, said - {"paper", "boat"}, ["Kite Music"]) == ["Orla Fenwright"]


def test_a_name_of_one_word_has_to_stand_besides_the_songs_own() -> None:
    said = frozenset({"believing", "kite"})
    assert named_in(["Believing"], said, said - {"believing"}, []) == []
    assert named_in(["Kite"], said, said - {"believing"}, []) == ["Kite"]


@given(st.lists(st.text(max_size=20), max_size=3), st.lists(st.text(max_size=20), max_size=3))
def test_any_people_can_be_compared_and_the_overlap_is_symmetric(one: list[str], other: list[str]) -> None:
    there, back = shared(people(*one), people(*other)), shared(people(*other), people(*one))
    assert 0.0 <= there.overlap <= 1.0
    assert there.overlap == back.overlap
