"""Which candidate is a known song, and when none is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text, best_for_track
from music.matching.language.words import words
from tests.music.matching.tracks import TARGET, known, text_score, track_score


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


def test_a_wished_language_gates_the_dub_of_a_song_whose_language_is_not_known() -> None:
    video = replace(TARGET, language="")
    assert best_for_track(video, [known("Paper Boat", language="tamil")], ("hindi",))[0] is None
    assert best_for_track(video, [known("Paper Boat", language="hindi")], ("hindi",))[0] is not None


@given(st.text(), st.text(), st.text(), st.integers(1, 10_000))
def test_any_two_tracks_give_a_score_between_0_and_1(one: str, two: str, artist: str, duration: int) -> None:
    assert 0.0 <= track_score(known(one, artist), known(two, artist, duration)) <= 1.0


@given(st.text().filter(words))
def test_a_song_is_itself(title: str) -> None:
    assert best_for_track(known(title), [known(title)])[0] is not None


def test_an_unknown_length_asks_for_more() -> None:
    close = known("Paper Boat (Some Words)", duration=0)
    assert best_for_track(TARGET, [close])[0] is None
    chosen, match = best_for_track(TARGET, [known("Paper Boat", duration=0)])
    assert chosen is not None
    assert match.reason == "title and artists agree; a length is not known"


def test_one_code_is_one_recording_unless_the_lengths_differ() -> None:
    target = replace(TARGET, isrc="QZ0000000001")
    other = replace(known("Bateau de Papier", "O. Fenwright", 203), isrc="QZ0000000001")
    chosen, match = best_for_track(target, [other])
    assert chosen == other
    assert match.reason == "the recording's code (ISRC QZ0000000001) is the same"
    assert best_for_track(target, [replace(other, duration=260)])[0] is None


EXPLICIT, SPOTIFY = replace(TARGET, explicit=True), replace(TARGET, id="spotify:x")


@pytest.mark.parametrize(
    ("target", "candidate", "fits"),
    [
        (replace(EXPLICIT, id="spotify:x"), EXPLICIT, True),
        (replace(EXPLICIT, id="spotify:x"), TARGET, True),  # JioSaavn marks few songs
        (replace(EXPLICIT, id="spotify:x"), known("Paper Boat (Clean)"), False),
        (replace(EXPLICIT, id="spotify:x"), replace(TARGET, album=AlbumRef("", "Boats (Clean)")), False),
        (SPOTIFY, EXPLICIT, False),
        (SPOTIFY, TARGET, True),
        (replace(TARGET, id="youtube:x", is_video=True), EXPLICIT, True),
    ],
)
def test_explicit_and_clean_are_not_exchanged(target: Track, candidate: Track, fits: bool) -> None:
    assert (best_for_track(target, [candidate])[0] is not None) is fits


@pytest.mark.parametrize(("gap", "fits"), [(8, True), (9, False), (-9, True), (-45, True), (-46, False)])
def test_a_videos_song_may_be_shorter_and_hardly_longer(gap: int, fits: bool) -> None:
    video = replace(known("Orla Fenwright - Paper Boat", "Orla Fenwright", 200, ""), is_video=True)
    assert (best_for_track(video, [known("Paper Boat", duration=200 + gap)])[0] is not None) is fits


def test_a_video_of_a_label_has_to_name_a_singer() -> None:
    video = replace(known("Paper Boat (Official Video)", "Kite Music", 200, ""), is_video=True)
    assert best_for_track(video, [TARGET])[0] is None
    assert best_for_track(replace(video, title="Paper Boat | Orla Fenwright | Official Video"), [TARGET])[0] == TARGET


def test_who_names_an_album_after_what_is_sung_anew_imitates_nobody() -> None:
    target = known("Paper Boat", "Marlo")
    listed = [
        replace(known("Paper Boat", artist), album=AlbumRef("1", album))
        for artist, album in [
            ("Marlo", "Marlo Renditions"),
            ("Marlo", "Harbour Renditions"),
            ("Marlo", "Piano Renditions of Marlo"),
            ("Marlo, Karaoke Band", "Marlo Renditions"),
            ("Orla Fenwright", "Marlo Renditions"),
            ("Marlo, Tobin Ashcombe", "Marlo Renditions"),
            ("Marlo", "Marlo Tribute"),
            ("Marlo", "Marlo Ringtones"),
            ("Marlo", "Marlo Lullaby Renditions, Made Famous"),
        ]
    ]
    assert [best_for_track(target, [one])[0] is not None for one in listed] == [True] + 8 * [False]


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (known("Paper Crane"), "the nearest of 1 is another title"),
        (known("Paper Boat (Live)"), "the nearest of 1 is another version (live)"),
        (known("Paper Boat", language="tamil"), "the nearest of 1 is in another language (tamil)"),
        (known("Paper Boat", "Marlo Vexley"), "the nearest of 1 is by somebody else"),
        (known("Paper Boat", duration=260), "the nearest of 1 is of another length (260 s, not 200 s)"),
        (known("Paper Boat", "Orla Fenwright, Karaoke Band"), "the nearest of 1 is an imitation (karaoke)"),
        (known("Paper Boat (Row Gently)"), "the nearest of 1 has a score of 0.87, under 0.88"),
    ],
)
def test_a_refusal_says_what_shut_the_gate(candidate: Track, reason: str) -> None:
    chosen, match = best_for_track(TARGET, [candidate])
    assert chosen is None
    assert match.reason == reason


def test_the_nearest_is_told_among_many() -> None:
    match = best_for_track(TARGET, [known("Paper Crane"), known("Paper Boat (Live)"), known("Kite")])[1]
    assert match.reason == "the nearest of 3 is another version (live)"
    assert match.alternatives[0][0].title == "Paper Boat (Live)"


def test_an_acceptance_says_what_agreed() -> None:
    album = AlbumRef("", "Harbour")
    target = replace(TARGET, album=album)
    assert best_for_track(TARGET, [TARGET])[1].reason == "title, artists and length agree"
    assert best_for_track(target, [target])[1].reason == "title, artists and length agree, album too"
    assert best_for_track(TARGET, [known("Paper Boat", duration=204)])[1].reason == (
        "title and artists agree; the lengths differ by 4 s"
    )


def test_a_reason_is_never_long() -> None:
    long = known(f"Paper Boat ({'Kettle ' * 100}Remix)")
    assert len(best_for_track(TARGET, [long])[1].reason) <= 160
    assert len(best_for_text("paper boat remix " + "kettle " * 100, [TARGET])[1].reason) <= 160


@pytest.mark.parametrize("title", ["(" * 10_000, " - " * 3000, "के " * 3000, "a" * 10_000])
def test_titles_without_end_are_compared(title: str) -> None:
    assert track_score(known(title), TARGET) == 0.0
    assert text_score(title, TARGET) == 0.0
    assert text_score("paper boat", known(title)) == 0.0


def test_of_an_explicit_row_and_a_silent_one_a_video_takes_either_and_a_rated_target_does_not() -> None:
    rows = [replace(known("Paper Boat"), explicit=True), known("Paper Boat")]
    video = replace(known("Orla Fenwright - Paper Boat (Official Video)"), is_video=True)
    assert best_for_track(video, rows)[0] is rows[0]
    clean = replace(known("Paper Boat"), id="spotify:1")
    assert best_for_track(clean, rows)[0] is rows[1]


@pytest.mark.parametrize(
    ("titles", "albums", "same"),
    [
        (("Paper Boat - Live", "Paper Boat (MTV Unplugged)"), ("MTV Unplugged in Oslo", "MTV Unplugged in Oslo"), True),
        (("Paper Boat - Live", "Paper Boat"), ("MTV Unplugged in Oslo", "MTV Unplugged in Oslo"), True),
        (("Paper Boat - Live", "Paper Boat (MTV Unplugged)"), ("Live in Oslo", "MTV Unplugged in Oslo"), False),
        (("Paper Boat - Live", "Paper Boat (MTV Unplugged)"), ("", ""), False),
        (("Paper Boat - Live", "Paper Boat"), ("Harbour", "Harbour"), False),
        (("Paper Boat - Demo", "Paper Boat"), ("MTV Unplugged in Oslo", "MTV Unplugged in Oslo"), False),
    ],
)
def test_what_an_unplugged_album_holds_is_live(titles: tuple[str, str], albums: tuple[str, str], same: bool) -> None:
    one, other = (
        replace(known(title), album=AlbumRef("", album) if album else None)
        for title, album in zip(titles, albums, strict=True)
    )
    assert (best_for_track(one, [other])[0] is other) is same
    assert (best_for_track(other, [one])[0] is one) is same


def test_a_recording_with_a_guest_whom_a_video_does_not_name_leads_none_without() -> None:
    alone = known("Paper Boat", duration=190)
    guest = replace(known("Paper Boat"), artists=(*TARGET.artists, ArtistRef("", "Tobin Ashcombe")))
    video = replace(known("Orla Fenwright - Paper Boat (Official Video)"), is_video=True)
    assert best_for_track(video, [guest, alone])[0] is None
    assert best_for_track(video, [guest])[0] is guest
    named = replace(video, title="Orla Fenwright, Tobin Ashcombe - Paper Boat (Official Video)")
    assert best_for_track(named, [guest, alone])[0] is guest


def test_a_recording_with_another_guest_than_a_video_names_is_another() -> None:
    video = replace(
        known("Orla Fenwright ft. Tobin Ashcombe - Paper Boat (Official Video)", duration=203), is_video=True
    )
    other, same = (
        replace(known(f"Paper Boat (feat. {guest})"), artists=(*TARGET.artists, ArtistRef("", guest)))
        for guest in ("Mira Chandekar", "Tobin Ashcombe")
    )
    assert best_for_track(video, [other])[0] is None
    assert best_for_track(video, [other, same])[0] is same


def test_a_recording_by_those_alone_whom_a_video_names_leads_one_with_a_credited_guest() -> None:
    alone = known("Paper Boat")
    guest = replace(
        known("Paper Boat (feat. Tobin Ashcombe)"), artists=(*TARGET.artists, ArtistRef("", "Tobin Ashcombe"))
    )
    video = replace(known("Orla Fenwright - Paper Boat (Official Video)", duration=203), is_video=True)
    assert best_for_track(video, [guest, alone])[0] is alone
    named = replace(video, title="Orla Fenwright - Paper Boat ft. Tobin Ashcombe (Official Video)")
    assert best_for_track(named, [guest, alone])[0] is guest
