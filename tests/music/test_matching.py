"""Which candidate answers typed words, and when none does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text, text_score


def song(title: str, artist: str = "Orla Fenwright", album: str = "", number: int = 0) -> Track:
    """A track of which only the words matter."""
    return Track(
        id=f"jiosaavn:{number}",
        title=title,
        artists=(ArtistRef("", artist),),
        album=AlbumRef("", album) if album else None,
        duration=200,
        year=None,
        language="english",
        explicit=False,
        thumbnail="",
        url="",
    )


def test_words_are_found_in_title_artist_and_album() -> None:
    assert text_score("paper boat fenwright harbour", song("Paper Boat", album="Harbour Lights")) == 1.0


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert text_score("CAFE deja, bleu!", song("Café Déjà Bleu")) == 1.0


def test_a_song_with_under_six_tenths_of_the_words_is_no_match() -> None:
    chosen, match = best_for_text("paper crane over windy hill", [song("Paper Boat")])
    assert chosen is None
    assert match.score < 0.6
    assert [track.title for track, _ in match.alternatives] == ["Paper Boat"]


def test_nothing_found_is_said() -> None:
    chosen, match = best_for_text("paper boat", [])
    assert chosen is None
    assert match.reason == "nothing was found"


def test_the_plain_song_goes_before_its_versions() -> None:
    versions = [song("Paper Boat (Live)"), song("Paper Boat (Karaoke Version)"), song("Paper Boat", number=3)]
    chosen, _ = best_for_text("paper boat", versions)
    assert chosen is not None
    assert chosen.id == "jiosaavn:3"


def test_a_version_that_was_asked_for_must_be_met() -> None:
    assert text_score("paper boat live", song("Paper Boat")) == 0.0
    assert text_score("paper boat live", song("Paper Boat (Live at Pier Hall)")) == 1.0


@pytest.mark.parametrize("title", ["Paper Boat Ringtone", "Paper Boat (Karaoke Version)"])
def test_junk_is_dropped_unless_asked_for(title: str) -> None:
    assert text_score("paper boat", song(title)) == 0.0
    assert text_score(title, song(title)) == 1.0


def test_the_service_decides_between_equals() -> None:
    chosen, match = best_for_text("paper boat", [song("Paper Boat", number=1), song("Paper Boat", number=2)])
    assert chosen is not None
    assert chosen.id == "jiosaavn:1"
    assert [track.id for track, _ in match.alternatives] == ["jiosaavn:2"]


@given(st.text(), st.text())
def test_any_words_give_a_score_between_0_and_1(query: str, title: str) -> None:
    assert 0.0 <= text_score(query, song(title)) <= 1.0
