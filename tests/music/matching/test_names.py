"""Which words of a video's title are the song's own name, where dashes part it from the rest."""

import pytest

from music.domain import Track
from music.matching import best_for_track
from tests.accuracy.cases import song

ROW = song("Nadi Kinare Raat", "Composer One;Kavish Tarwali", 240, "hindi", "Gulabi Darwaza")


def filmed(title: str, duration: int = 260) -> Track:
    """A label's video."""
    return song(title, "Kite Music", duration, source="youtube", video=True)


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Raat - Gulabi Darwaza - Devrat Solanta, Devika Rao - Old Hindi Songs - Kavish Tarwali",
        "Nadi Kinare Raat - Devrat Solanta, Kavish Tarwali, Gulabi Darwaza Romantic Song",
        "Nadi Kinare Raat Full Video - Gulabi Darwaza - Devrat Solanta | Devika Rao | Kavish Tarwali",
        "Nadi Kinaare Raat - Gulabi Darwaza - Devrat Solanta - Kavish, Composer One - Kavish Tarwali",
        "Gulabi Darwaza - Nadi Kinare Raat - Devrat Solanta - Kavish Tarwali",
    ],
)
def test_cast_and_film_may_stand_behind_dashes(title: str) -> None:
    assert best_for_track(filmed(title), [ROW])[0] is ROW


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Raat - Remix - Devrat Solanta - Kavish Tarwali",
        "Nadi Kinare Raat - Devrat Solanta - Lofi Mix - Kavish Tarwali",
        "Nadi Kinare Raat - Part 2 - Devrat Solanta - Kavish Tarwali",
        "Nadi Kinare Raat - Piano Tutorial - Kavish Tarwali",
        "Nadi Kinare Raat - Devrat Solanta Reaction - Kavish Tarwali",
        "Nadi Kinare Raat - Telugu - Devrat Solanta - Kavish Tarwali",
        "Nadi Kinare - Devrat Solanta - Kavish Tarwali",
        "Nadi Kinare Raat Aayi - Devrat Solanta - Kavish Tarwali",
        "Nadi Kinare Raat - Devrat Solanta, Devika Rao",
        "Nadi Kinare Raat - Aayi Re - Kavish Tarwali",
        "Kavish Tarwali - Nadi Kinare Raat - Neela Aangan",
        "Nadi Kinare Raat - Kavish Tarwali - Wedding Dance",
        "Nadi Kinare Raat - Neela Aangan | Kavish Tarwali",
        "Neela Aangan - Nadi Ke Paar - Devrat Solanta - Kavish Tarwali",
    ],
)
def test_a_version_another_name_or_nobody_behind_dashes_is_not_the_song(title: str) -> None:
    assert best_for_track(filmed(title), [ROW])[0] is None


def test_a_films_title_song_is_not_another_song_that_stands_behind_the_film() -> None:
    titled = song("Gulabi Darwaza", "Composer One;Kavish Tarwali", 240, "hindi", "Gulabi Darwaza")
    assert best_for_track(filmed("Gulabi Darwaza - Nadi Kinare - Devrat Solanta - Kavish Tarwali"), [titled])[0] is None
