"""What the other tracks of a list tell of one that answers typed words."""

from dataclasses import replace

import pytest

from music.domain import ArtistRef, Track
from music.matching import best_for_text
from tests.accuracy.cases import song

ORLA, KAVISH = "Orla Fenwright", "Kavish Tarwali"
PLAIN = song("Paper Boat upon Rain", ORLA)
REMIX = song("Paper Boat upon Rain (Remix)", f"{ORLA};{KAVISH}")


def test_a_version_answers_whose_artist_the_song_itself_lacks() -> None:
    assert best_for_text("paper boat upon rain kavish tarwali", [PLAIN, REMIX])[0] is REMIX
    assert best_for_text("paper boat upon rain kavish tarwali", [REMIX])[0] is None
    assert best_for_text("paper boat upon rain kavish tarwali", [song("Lanterns", ORLA), REMIX])[0] is None


def test_a_version_by_who_was_typed_goes_before_the_song_by_others() -> None:
    plain, theirs = (
        song(title, f"Composer One;{singer}", language="hindi", album="Gulabi Darwaza")
        for title, singer in (("Gulabi Nadi Kinare", KAVISH), ("Gulabi Nadi Kinare (Sad)", "Mira Chandekar"))
    )
    assert best_for_text("gulabi nadi kinare mira", [plain, theirs])[0] is theirs
    assert best_for_text("gulabi nadi kinare kavish", [plain, theirs])[0] is plain
    assert best_for_text("gulabi nadi kinare", [plain, theirs])[0] is plain
    both = replace(plain, artists=(*plain.artists, *theirs.artists))
    assert best_for_text("gulabi nadi kinare mira", [theirs, both])[0] is both


def test_a_version_does_not_answer_where_the_song_itself_has_the_artist() -> None:
    assert best_for_text("paper boat upon rain orla fenwright", [REMIX, PLAIN])[0] is PLAIN
    assert best_for_text("paper boat upon rain", [REMIX, PLAIN])[0] is PLAIN


def test_a_version_answers_an_artist_alone() -> None:
    assert best_for_text("kavish tarwali", [REMIX])[0] is REMIX


@pytest.mark.parametrize("named", ["kavish tarwali", "kavish", "kavis tarwaly", "marlow"])
def test_an_artist_who_was_named_and_is_listed_is_not_replaced(named: str) -> None:
    theirs = [song("Lanterns", KAVISH), song("Lanterns", "Marlow")]
    assert best_for_text(f"paper boat upon rain {named}", [PLAIN, *theirs])[0] is None
    assert best_for_text(f"paper boat upon rain {named}", [PLAIN])[0] is PLAIN
    assert best_for_text(f"paper boat upon rain {ORLA} {named}", [PLAIN, *theirs])[0] is PLAIN


@pytest.mark.parametrize(
    "line", ["paper boat upon rain my tarwali", "paper boat upon rain in ora", "paper boat upon rain lanterns"]
)
def test_a_surname_a_small_name_and_another_song_name_no_artist(line: str) -> None:
    assert best_for_text(line, [PLAIN, song("Lanterns", KAVISH), song("Rooms", "Ora")])[0] is PLAIN


def test_a_film_that_was_named_and_is_listed_is_not_replaced() -> None:
    filmed = song("Lanterns", KAVISH, album="Gulabi Darwaza (Original Motion Picture Soundtrack)")
    assert best_for_text("paper boat upon rain gulabi darwaza", [PLAIN, filmed])[0] is None
    assert best_for_text("paper boat upon rain gulabi", [PLAIN, filmed])[0] is PLAIN
    assert (
        best_for_text("paper boat upon rain lanterns", [PLAIN, song("Lanterns", KAVISH, album="Lanterns")])[0] is PLAIN
    )


@pytest.mark.parametrize(
    ("beside", "fits"),
    [
        ((), False),
        ([song("Lanterns", album=f"Lanterns {number}") for number in range(3)], True),
        ([song("Lanterns", album=album) for album in ("Paper Boat", "Rooms", "Kettles")], False),
    ],
)
def test_an_album_of_the_songs_own_name_is_a_single_unless_another_song_is_on_it(
    beside: list[Track], fits: bool
) -> None:
    listed = [song("Paper Boat", KAVISH, album="Paper Boat"), *beside]
    assert (best_for_text("paper boat samira", listed)[0] is listed[0]) is fits


def test_of_a_video_whose_label_alone_is_known_a_first_name_says_nothing() -> None:
    video = song("Paper Boat upon Rain | Official Video", "Kite Music", source="youtube", video=True)
    assert best_for_text("paper boat upon rain kavish", [video, song("Lanterns", KAVISH)])[0] is video
    assert best_for_text("paper boat upon rain kavish", [PLAIN, song("Lanterns", KAVISH)])[0] is None
    assert best_for_text("paper boat upon rain kavish tarwali", [video, song("Lanterns", KAVISH)])[0] is None


def test_an_artist_without_a_name_is_nobody() -> None:
    nameless = replace(song("Lanterns"), artists=(ArtistRef("", ""), ArtistRef("", "?")))
    assert best_for_text("paper boat upon rain kavish", [PLAIN, nameless])[0] is PLAIN
    assert best_for_text("lanterns", [PLAIN, nameless])[0] is nameless
