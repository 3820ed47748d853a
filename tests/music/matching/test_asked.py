"""Which versions that nobody typed are refused, and which are the song itself."""

import pytest

from music.domain import Track
from music.matching import best_for_text
from tests.accuracy.cases import song

ORLA, KAVISH = "Orla Fenwright", "Kavish Tarwali"


def is_answer(query: str, *listed: Track) -> bool:
    """Whether the first of some tracks is the answer."""
    return best_for_text(query, listed)[0] is listed[0]


@pytest.mark.parametrize(
    "version", ["Remix", "Lofi", "Live at Pier Hall", "Cover", "Reprise", "Part 2", "Saffron Edit", "Wedding Version"]
)
def test_a_version_that_nobody_asked_for_is_refused(version: str) -> None:
    track = song(f"Paper Boat ({version})")
    assert not is_answer("paper boat", track)
    assert not is_answer("paper boat orla fenwright", song(f"Paper Boat ({version})", f"{ORLA};{KAVISH}"))
    assert is_answer(f"paper boat {version}", track)


@pytest.mark.parametrize("version", ["2011 Remaster", "Film Version", "Single Version", "Radio Edit", "Main Theme"])
def test_what_is_the_song_itself_is_not_refused(version: str) -> None:
    assert is_answer("paper boat", song(f"Paper Boat ({version})"))


def test_beside_a_version_that_was_asked_for_another_is_not_refused() -> None:
    track = song("Paper Boat (Slowed + Reverb)")
    assert is_answer("paper boat slowed", track)
    assert not is_answer("paper boat", track)
    assert not is_answer("slowed boat", song("Slowed Boat (Remix)"))


def test_a_cover_is_its_singers_and_not_theirs_whom_it_covers() -> None:
    assert is_answer("paper boat orla", song("Paper Boat (Orla Fenwright Cover)", ORLA))
    assert not is_answer("paper boat orla", song("Paper Boat (Orla Fenwright Cover)", KAVISH))
    assert is_answer("paper boat kavish", song("Paper Boat (Orla Fenwright Cover)", KAVISH))
    assert not is_answer("paper boat kavish", song("Paper Boat (Cover)", f"{KAVISH};Marlo Vexley"))


@pytest.mark.parametrize(
    ("artist", "album"), [("Tribute Kettles", "Boats"), ("Marlo Vexley", f"Tribute to {ORLA}"), (KAVISH, "Soft Covers")]
)
def test_an_imitation_is_no_answer_unless_its_singer_was_typed(artist: str, album: str) -> None:
    track = song("Paper Boat", artist, album=album)
    assert not is_answer("paper boat", track)
    assert not is_answer("paper boat orla fenwright", track)
    assert is_answer(f"paper boat {artist}", track)


def test_a_tribute_to_one_who_sings_on_it_is_a_collection() -> None:
    assert is_answer("paper boat", song("Paper Boat", ORLA, album=f"A Tribute to {ORLA}"))


def test_a_version_is_not_its_artists_own_for_their_names_sake() -> None:
    assert not is_answer("paper boat orla", song("Paper Boat (Lofi)", f"{ORLA};Lofi Kettles"))
    assert is_answer("paper boat orla", song("Paper Boat (Orla's Version)", ORLA))


@pytest.mark.parametrize("title", ["Paper Boat (Hindi)", "Paper Boat - Hindi"])
def test_a_language_in_the_title_may_be_the_songs_own(title: str) -> None:
    assert is_answer("paper boat", song(title, language="hindi"))


def test_a_refusal_names_the_version_that_is_there() -> None:
    match = best_for_text("paper boat", [song("Paper Boat (Lofi)")])[1]
    assert match.reason == "the nearest of 1 is another version (lofi), which was not asked for"
    assert match.score == 0.5


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("paper boat upon rain tobin remix", True),
        ("paper boat upon rain remix", True),
        ("paper boat upon rain dj remix", True),
        ("paper boat upon rain orla remix", True),
        ("paper boat upon rain saffron remix", False),
        ("paper boat upon rain saffron mix", False),
    ],
)
def test_a_remix_by_others_than_the_one_who_was_asked_for_is_refused(query: str, fits: bool) -> None:
    assert is_answer(query, song("Paper Boat upon Rain (Tobin Remix)", ORLA)) is fits
    assert is_answer(query, song("Paper Boat upon Rain (Remix)", ORLA))


@pytest.mark.parametrize(
    "title", ["Paper Boat Duet", "Paper Boat Lofi", "Paper Boat New", "Paper Boat (With Jhankar Beats)"]
)
def test_a_version_behind_the_name_is_one(title: str) -> None:
    assert not is_answer("paper boat", song(title))
    assert not is_answer("papr boat orla fenwright", song(title))
    assert is_answer(title, song(title))


@pytest.mark.parametrize("title", ["Long Live the Boat", "Live and Let Rain", "Something New"])
def test_a_word_of_the_name_that_was_typed_is_no_version(title: str) -> None:
    assert is_answer(title, song(title))


@pytest.mark.parametrize("title", ["Paper Boat Song Reaction", "Paper Boat Guitar Lesson", "Paper Boat Dance Tutorial"])
def test_a_video_about_a_song_is_no_answer_unless_it_was_asked_for(title: str) -> None:
    video = song(title, source="youtube", video=True)
    assert not is_answer("paper boat", video)
    assert is_answer(title, video)
