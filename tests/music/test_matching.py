"""Which candidate answers typed words or is a known song, and when none does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text, best_for_track, is_same_recording, queries_for, text_score, track_score


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


@pytest.mark.parametrize(
    ("query", "title", "artist"),
    [("orla fenwright believer", "Thunder", "Orla Fenwright"), ("marlo vexley kesari", "Raabtar", "Marlo Vexley")],
)
def test_another_song_by_the_right_artist_is_no_match(query: str, title: str, artist: str) -> None:
    chosen, match = best_for_text(query, [song(title, artist)])
    assert chosen is None
    assert match.alternatives[0][0].title == title


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


def known(title: str, artist: str = "Orla Fenwright", duration: int = 200, language: str = "english") -> Track:
    """A song that is known by its title, artist, duration and language."""
    return replace(song(title, artist), duration=duration, language=language)


TARGET = known("Paper Boat")


@pytest.mark.parametrize(
    "candidate",
    [
        known("Paper Boat"),
        known('Paper Boat (From "Harbour Lights")'),
        known("Paper Boat", "Orla Fenwright, Tobin Ashcombe"),
        known("Paper Boat - Remastered 2011"),
        known("Paper Boat (2011 Remaster)"),
        known('Paper Boat - From "Harbour Lights"'),
        known("Paper Boat - Single Version"),
        known("Paper Boat (Original Version)"),
        known("PAPER BOAT", duration=207),
        known("Paper Boat", language=""),
    ],
)
def test_a_known_song_is_recognised(candidate: Track) -> None:
    chosen, match = best_for_track(TARGET, [known("Paper Crane"), candidate])
    assert chosen == candidate
    assert match.requested == TARGET


@pytest.mark.parametrize(
    "candidate",
    [
        known("Paper Boat (Live at Pier Hall)"),
        known("Paper Boat (Saffron Remix)"),
        known("Paper Boat (Sad Version)"),
        known("Paper Boat (Lo-Fi)"),
        known("Paper Boat (Lo Fi Flip)"),
        known("Paper Boat (Concert)"),
        known("Paper Boat (Wedding Version)"),
        known("Paper Boat (Zoe's Version)"),
        known("Paper Boat (Telugu)"),
        known("Paper Boat (Pt. 2)"),
        known("Paper Boat (Re-recorded)"),
        known("Paper Boat - Tamil"),
        known("Paper Boat - Female"),
        known("Paper Boat [Jhankar]"),
        known("Paper Boat", "!!!"),
        known("Paper Boat", "Marlo Vexley"),
        known("Paper Boat", duration=209),
        known("Paper Boat", duration=60),
        known("Paper Boat", language="tamil"),
        known("Paper Crane"),
        known("Boat"),
    ],
)
def test_what_is_not_quite_the_song_is_refused(candidate: Track) -> None:
    chosen, match = best_for_track(TARGET, [candidate])
    assert chosen is None
    assert match.score < 0.75


def test_a_version_is_matched_by_the_same_version() -> None:
    live = known("Paper Boat (Live)")
    chosen, _ = best_for_track(live, [TARGET, known("Paper Boat - Live")])
    assert chosen is not None
    assert chosen.title == "Paper Boat - Live"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paper Boat - Remastered 2011", "Paper Boat (Remastered 2011)"),
        ('Paper Boat - From "Film"', 'Paper Boat (From "Film")'),
        ("Paper Boat (Part 1)", "Paper Boat, Pt. 1"),
        ("Paper Boat (Lo-Fi)", "Paper Boat [Lofi]"),
        ("Paper Boat - Telugu", "Paper Boat (Telugu)"),
    ],
)
def test_one_version_is_spelled_in_several_ways(one: str, other: str) -> None:
    assert track_score(known(one), known(other)) >= 0.75


@pytest.mark.parametrize(("one", "other"), [("Suite (Part 1)", "Suite (Part 2)"), ("Song (Hindi)", "Song (Tamil)")])
def test_parts_and_dubs_are_told_apart(one: str, other: str) -> None:
    assert track_score(known(one, language=""), known(other, language="")) == 0.0


def test_a_video_that_names_the_artist_in_its_title_is_matched() -> None:
    video = known("Orla Fenwright - Paper Boat (Official Video) | Harbour Lights", "Pier Records", language="")
    chosen, _ = best_for_track(video, [TARGET])
    assert chosen == TARGET


def test_long_songs_may_differ_by_three_per_cent() -> None:
    assert best_for_track(known("Suite", duration=3600), [known("Suite", duration=3700)])[0] is not None
    assert best_for_track(known("Suite", duration=3600), [known("Suite", duration=3720)])[0] is None


def test_a_known_song_is_searched_for_by_artist_and_title_then_by_title() -> None:
    assert list(queries_for(known("Paper Boat (feat. X)"))) == ["Paper Boat Orla Fenwright", "Paper Boat"]


def test_a_song_without_artists_is_searched_for_once() -> None:
    assert list(queries_for(replace(TARGET, artists=()))) == ["Paper Boat"]


def test_a_wished_language_gates_the_dub_of_a_song_whose_language_is_not_known() -> None:
    video = replace(TARGET, language="")
    assert best_for_track(video, [known("Paper Boat", language="tamil")], ("hindi",))[0] is None
    assert best_for_track(video, [known("Paper Boat", language="hindi")], ("hindi",))[0] is not None


def test_the_same_recording_is_known_across_services() -> None:
    assert is_same_recording(TARGET, replace(TARGET, id="youtube:abc", duration=202))
    assert not is_same_recording(TARGET, known("Paper Boat (Live)"))
    assert not is_same_recording(TARGET, known("Paper Boat", duration=206))


@given(st.text(), st.text(), st.text(), st.integers(1, 10_000))
def test_any_two_tracks_give_a_score_between_0_and_1(one: str, two: str, artist: str, duration: int) -> None:
    assert 0.0 <= track_score(known(one, artist), known(two, artist, duration)) <= 1.0
