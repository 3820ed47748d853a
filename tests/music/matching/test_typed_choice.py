"""Which song answers typed words, and when none does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import Track
from music.matching import best_for_text
from tests.music.matching.tracks import song, text_score


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
    songs = [song("Paper Boat", number=1), song("Paper Boat", "Marlo Vexley", number=2)]
    chosen, match = best_for_text("paper boat", songs)
    assert chosen is not None
    assert chosen.id == "jiosaavn:1"
    assert [track.id for track, _ in match.alternatives] == ["jiosaavn:2"]


def test_wished_languages_rank_and_refuse_nothing() -> None:
    tamil = replace(song("Paper Boat", "Marlo Vexley", number=2), language="tamil")
    songs = [song("Paper Boat", number=1), tamil]
    assert best_for_text("paper boat", songs, ("tamil", "english"))[0] == tamil
    assert best_for_text("paper boat", songs[:1], ("tamil",))[0] == songs[0]


def test_a_language_that_was_typed_must_be_met() -> None:
    tamil = replace(song("Paper Boat"), language="tamil")
    assert text_score("paper boat tamil", tamil) == 1.0
    assert text_score("paper boat hindi", tamil) == 0.0
    assert text_score("hindi boat", replace(song("Hindi Boat"), language="tamil")) == 1.0


@pytest.mark.parametrize(
    ("query", "title", "artist"),
    [
        ("kesriya", "Kesariya", "Kavish Tarwali"),
        ("kesaria kavish tarvali", "Kesariya", "Kavish Tarwali"),
        ("dil wale", "Dilwale", "Kavish Tarwali"),
        ("केसरिया", "Kesariya", "Kavish Tarwali"),
        ("kesariya", "केसरिया", "Kavish Tarwali"),
        ("bombaram", "봄바람", "Haneul Dorim"),
        ("play kesariya song by kavish tarwali", "Kesariya", "Kavish Tarwali"),
    ],
)
def test_other_spellings_and_scripts_are_found(query: str, title: str, artist: str) -> None:
    assert text_score(query, replace(song(title, artist), language="")) >= 0.6


@pytest.mark.parametrize(("query", "title"), [("dil", "Dal"), ("meri saathi", "Mera Saathi"), ("believe", "Believer")])
def test_words_that_only_look_alike_are_not_found(query: str, title: str) -> None:
    assert text_score(query, replace(song(title), language="hindi")) < 0.6


def test_words_after_by_name_the_artist() -> None:
    assert text_score("paper boat by orla fenwright", song("Paper Boat")) == 1.0
    assert text_score("paper boat in the rain by marlo vexley", song("Paper Boat in the Rain")) < 0.6
    assert text_score("stand by the harbour", song("Stand by the Harbour")) == 1.0


def test_the_name_that_was_typed_whole_goes_before_a_popular_one() -> None:
    chosen, _ = best_for_text("paper boat", [song("Paper Boat Lullaby", number=1), song("Paper Boat", number=2)])
    assert chosen is not None
    assert chosen.id == "jiosaavn:2"


def test_a_version_word_that_is_typed_twice_is_asked_for_once() -> None:
    songs = [song("Live and Let Rain", number=1), song("Live and Let Rain (Live)", number=2)]
    for query, right in (("live and let rain", "jiosaavn:1"), ("live and let rain live", "jiosaavn:2")):
        chosen, _ = best_for_text(query, songs)
        assert chosen is not None
        assert chosen.id == right


@pytest.mark.parametrize(
    ("query", "songs", "reason"),
    [
        ("paper boat", [song("Paper Boat")], "100% of the words were found"),
        ("paper boat", [song("Paper Boat (Hindi)")], "100% of the words were found; also hindi, not asked for"),
        (
            "paper boat",
            [song("Paper Boat (Live)")],
            "the nearest of 1 is another version (live), which was not asked for",
        ),
        ("paper boat live", [song("Paper Boat")], "the first of 1 is not the version that was asked for (live)"),
        ("paper crane", [song("Paper Boat")], "the nearest of 1 holds 50% of the words, a score of 0.50, under 0.6"),
        ("paper boat", [song("Paper Boat Ringtone")], "the first of 1 is ringtone, which was not asked for"),
    ],
)
def test_the_reason_says_what_was_found(query: str, songs: list[Track], reason: str) -> None:
    assert best_for_text(query, songs)[1].reason == reason


@given(st.text(), st.text())
def test_any_words_give_a_score_between_0_and_1(query: str, title: str) -> None:
    assert 0.0 <= text_score(query, song(title)) <= 1.0


@pytest.mark.parametrize(
    ("query", "title", "artist"),
    [("orla fenwright believer", "Thunder", "Orla Fenwright"), ("marlo vexley kesari", "Raabtar", "Marlo Vexley")],
)
def test_another_song_by_the_right_artist_is_no_match(query: str, title: str, artist: str) -> None:
    chosen, match = best_for_text(query, [song(title, artist)])
    assert chosen is None
    assert match.alternatives[0][0].title == title


@pytest.mark.parametrize(
    ("query", "title", "artist"),
    [
        ("अरिजीत सिंह केसरिया", "अरिजीत सिंह के हिट गाने", "Arijit Singh"),
        ("मोहम्मद रफी परदेसी", "मोहम्मद रफी के सुपरहिट गाने", "Mohammed Rafi"),
        ("arjit sing kesariya", "Arjit Sing Tum Hi Ho", "Arijit Singh"),
        ("анна герман эхо", "Анна Герман Надежда", "Anna German"),
    ],
)
def test_another_song_whose_title_names_its_singer_is_no_match(query: str, title: str, artist: str) -> None:
    chosen, _ = best_for_text(query, [replace(song(title, artist), language="")])
    assert chosen is None


def test_an_artist_alone_finds_the_artists_songs() -> None:
    assert text_score("orla fenwright", song("Paper Boat")) == 1.0


@pytest.mark.parametrize(("one", "other"), [("दिल", "दाल"), ("மழை", "மழலை"), ("ਦਿਲ", "ਦਾਲ")])
def test_vowel_signs_tell_indic_words_apart(one: str, other: str) -> None:
    assert text_score(one, song(one)) == 1.0
    assert text_score(one, song(other)) == 0.0


def test_what_a_video_site_adds_to_a_title_is_not_asked_of_the_song() -> None:
    assert text_score("paper boat full video song hd", song("Paper Boat")) == 1.0
    assert text_score("the song", song("The Song")) == 1.0


def test_a_title_that_holds_tune_is_no_caller_tune() -> None:
    assert text_score("tune jo na kaha", song("Tune Jo Na Kaha")) == 1.0
    assert text_score("jo na kaha", song("Jo Na Kaha Caller Tune")) == 0.0
