"""Which candidate answers typed words or is a known song, and when none does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text, best_for_track, is_same_recording, queries_for, text_score, track_score
from music.matching.language.words import words


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
    songs = [song("Paper Boat", number=1), song("Paper Boat", "Marlo Vexley", number=2)]
    chosen, match = best_for_text("paper boat", songs)
    assert chosen is not None
    assert chosen.id == "jiosaavn:1"
    assert [track.id for track, _ in match.alternatives] == ["jiosaavn:2"]


def test_one_recording_is_named_once() -> None:
    chosen, match = best_for_text("paper boat", [song("Paper Boat", number=1), song("Paper Boat", number=2)])
    assert chosen is not None
    assert match.alternatives == ()


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


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_whether_two_tracks_are_one_recording_is_symmetric(one: str, two: str, filmed: bool, too: bool) -> None:
    left, right = replace(known(one), is_video=filmed), replace(known(two), is_video=too)
    assert is_same_recording(left, right) == is_same_recording(right, left)


@given(st.text().filter(words))
def test_a_song_is_itself(title: str) -> None:
    assert best_for_track(known(title), [known(title)])[0] is not None


COPIES = [
    replace(known("Paper Boat"), id="jiosaavn:1", album=AlbumRef("", "Best of Boats"), year=2020, recording="77"),
    replace(known('Paper Boat (From "Harbour")'), id="jiosaavn:2", album=None, year=2011, recording="77"),
    replace(known("Paper Boat"), id="jiosaavn:3", album=AlbumRef("", "Harbour"), year=2012, recording="77"),
    replace(known("Paper Boat", duration=203), id="jiosaavn:4", album=AlbumRef("", "Kites"), year=2010),
]


@pytest.mark.parametrize(
    ("album", "right"),
    [("Best of Boats", "jiosaavn:1"), ("Kites", "jiosaavn:4"), ("", "jiosaavn:4"), ("Harbour", "jiosaavn:3")],
)
def test_of_the_copies_of_one_recording_the_album_then_the_original_is_chosen(album: str, right: str) -> None:
    target = replace(TARGET, album=AlbumRef("", album) if album else None)
    chosen, match = best_for_track(target, COPIES)
    assert chosen is not None
    assert chosen.id == right
    assert match.alternatives == ()


def test_two_recordings_that_are_too_alike_are_not_guessed() -> None:
    songs = [known("Paper Boat", duration=197), known("Paper Boat", duration=203)]
    chosen, match = best_for_track(TARGET, songs)
    assert chosen is None
    assert match.reason == "2 of 2 are too alike to tell which is meant"
    assert [track for track, _ in match.alternatives] == songs


def test_the_album_settles_which_of_two_recordings_is_meant() -> None:
    target = replace(TARGET, album=AlbumRef("", "Kites"))
    songs = [known("Paper Boat", duration=197), replace(known("Paper Boat", duration=203), album=AlbumRef("", "Kites"))]
    assert best_for_track(target, songs)[0] == songs[1]


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
        ]
    ]
    assert [best_for_track(target, [one])[0] is not None for one in listed] == [True, False, False, False, False]


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


def test_a_videos_title_is_searched_without_what_surrounds_it() -> None:
    video = replace(known("Orla Fenwright - Paper Boat (Official Video) | Film", "Kite Music"), is_video=True)
    assert list(queries_for(video)) == ["Orla Fenwright Paper Boat", "Paper Boat"]
    topic = replace(known("Paper Boat", "Orla Fenwright - Topic"), is_video=True)
    assert list(queries_for(topic)) == ["Paper Boat Orla Fenwright", "Paper Boat"]


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


def test_a_recording_by_those_alone_whom_a_video_names_leads_one_with_a_credited_guest() -> None:
    alone = known("Paper Boat")
    guest = replace(
        known("Paper Boat (feat. Tobin Ashcombe)"), artists=(*TARGET.artists, ArtistRef("", "Tobin Ashcombe"))
    )
    video = replace(known("Orla Fenwright - Paper Boat (Official Video)", duration=203), is_video=True)
    assert best_for_track(video, [guest, alone])[0] is alone
    named = replace(video, title="Orla Fenwright - Paper Boat ft. Tobin Ashcombe (Official Video)")
    assert best_for_track(named, [guest, alone])[0] is guest
