"""How alike two tracks are: what a doubt costs, and when it is too much."""

import pytest

from music.domain import Track
from music.matching.target.choice import MARGIN, SURE, best_for_track
from music.matching.target.likeness import compare
from tests.accuracy.cases import song


def described(title: str, artists: str = "Orla Fenwright", duration: int = 200, album: str = "") -> Track:
    """A song as Spotify describes it."""
    return song(title, artists, duration, album=album, source="spotify")


def filmed(title: str, channel: str = "Kite Music", duration: int = 200) -> Track:
    """A video."""
    return song(title, channel, duration, source="youtube", video=True)


def is_taken(target: Track, candidate: Track) -> bool:
    """Whether the candidate alone would be accepted."""
    return compare(target, candidate).score >= SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (described("Paper Tram"), song("Paper Tram (feat. Tobin Ashcombe)", "Orla Fenwright;Tobin Ashcombe", 201)),
        (described("Paper Tram"), song("Paper Tram (with Tobin Ashcombe)", duration=201)),
        (described("Paper Tram (feat. Marlo Vexley)"), song("Paper Tram (feat. Tobin Ashcombe)")),
        (
            described("Paper Tram", album="First Record"),
            song("Paper Tram (feat. Tobin Ashcombe)", duration=205, album="First Record"),
        ),
    ],
)
def test_a_guest_on_one_side_alone_makes_another_recording(one: Track, other: Track) -> None:
    assert not is_taken(one, other)
    assert not is_taken(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (described("Paper Tram", "Orla Fenwright;Tobin Ashcombe"), song("Paper Tram (feat. Tobin Ashcombe)")),
        (described("Paper Tram (feat. Tobin Ashcomb)"), song("Paper Tram", "Orla Fenwright;Tobin Ashcombe")),
        (described("Paper Tram (feat. Tobin Ashcombe)"), song("Paper Tram (with Tobin Ashcombe)")),
        (
            described("Paper Tram", album="First Record"),
            song("Paper Tram (feat. Tobin Ashcombe)", duration=201, album="First Record"),
        ),
        (filmed("Orla Fenwright - Paper Tram (Lyrics)"), song("Paper Tram (feat. Tobin Ashcombe)")),
    ],
)
def test_a_guest_who_is_credited_or_whose_album_and_length_agree_is_no_doubt(one: Track, other: Track) -> None:
    assert is_taken(one, other)


@pytest.mark.parametrize(
    "title",
    [
        "Orla Fenwright - Paper Tram (Official Video) ft. Tobin Ashcombe",
        "Orla Fenwright - Paper Tram ft. Tobin Ashcombe (Official Video)",
        "Paper Tram | Orla Fenwright & Tobin Ashcombe | Official Video",
    ],
)
def test_a_longer_video_with_a_guest_is_the_song_with_that_guest(title: str) -> None:
    target = filmed(title, duration=235)
    assert is_taken(target, song("Paper Tram (feat. Tobin Ashcombe)"))
    if "ft." in title:
        assert is_taken(target, song("Paper Tram", "Orla Fenwright;Tobin Ashcombe"))
        assert not is_taken(target, song("Paper Tram"))


def test_a_longer_video_without_a_guest_is_not_the_song_with_one() -> None:
    target = filmed("Orla Fenwright - Paper Tram (Official Video)", duration=235)
    assert is_taken(target, song("Paper Tram"))
    assert not is_taken(target, song("Paper Tram (feat. Tobin Ashcombe)", "Orla Fenwright;Tobin Ashcombe"))


@pytest.mark.parametrize("languages", [(), ("hindi",)])
def test_a_version_that_names_a_language_is_not_a_song_whose_language_is_not_known(languages: tuple[str, ...]) -> None:
    target = described("Paper Tram", album="First Record")
    dubbed = song("Paper Tram (English Ver.)", album="First Record")
    assert compare(target, dubbed, languages).shut
    assert compare(dubbed, target, languages).shut


def test_a_version_that_names_a_language_is_the_song_in_that_language() -> None:
    dubbed = song("Paper Tram (English Ver.)", language="korean")
    assert is_taken(described("Paper Tram (English Version)"), dubbed)
    assert is_taken(dubbed, song("Paper Tram", language="english"))
    assert not is_taken(dubbed, song("Paper Tram", language="korean"))
    assert not compare(described("Paper Tram"), dubbed, ("english",)).shut


def test_a_bracket_that_names_a_language_and_no_version_is_a_doubt() -> None:
    target = described("Paper Tram", album="First Record")
    assert is_taken(target, song("Paper Tram (Tamil)", album="First Record"))


SPLIT = "Composer One;Kavish Tarwali"


@pytest.mark.parametrize(
    ("credited", "duration", "album", "same"),
    [
        ("Kavish Tarwali;Lyricist Two", 201, "Nool", True),
        ("Kavish Tarwali;Lyricist Two;Actor One", 198, "Nool", True),
        ("Kavish Tarwali;Lyricist Two", 205, "Nool", False),  # another length
        ("Kavish Tarwali;Lyricist Two", 201, "Malar", False),  # another album
        ("Composer One;Anvita Sehlot", 201, "Nool", False),  # another singer
        ("Anvita Sehlot;Composer One", 201, "Nool", False),
        ("Lyricist Two;Actor One", 201, "Nool", False),
    ],
)
def test_one_singer_is_enough_where_name_album_and_length_agree(
    credited: str, duration: int, album: str, same: bool
) -> None:
    target = described("Kesari Chhaon", SPLIT, album="Nool")
    assert is_taken(target, song("Kesari Chhaon", credited, duration, "hindi", album)) is same


def test_the_row_with_all_of_the_people_leads_one_with_the_singer_alone() -> None:
    target = described("Kesari Chhaon", SPLIT, album="Nool")
    whole = compare(target, song("Kesari Chhaon", SPLIT, 200, "hindi", "Nool"))
    part = compare(target, song("Kesari Chhaon", "Kavish Tarwali;Lyricist Two", 200, "hindi", "Nool"))
    assert whole.score - part.score >= MARGIN


def test_tracks_without_artists_are_compared() -> None:
    assert compare(described("Paper Tram", "", album="Nool"), song("Paper Tram", "", album="Nool")).shut


TAIL = "Paper Tram - Harbour Halami"


@pytest.mark.parametrize(
    ("title", "artists", "duration", "album", "same"),
    [
        (TAIL, "Orla Fenwright;Tobin Ashcombe", 201, "Nool", True),
        (TAIL, "Orla Fenwright", 206, "Nool", False),
        (TAIL, "Orla Fenwright", 201, "Malar", False),
        (TAIL, "Marlo Vexley", 201, "Nool", False),
        ("Paper Tram - 2", "Orla Fenwright", 201, "Nool", False),
        ("Paper Tram - Female Kettle", "Orla Fenwright", 201, "Nool", False),
        ("Paper Tram - Making Video", "Orla Fenwright", 201, "Nool", False),
        ("Paper Tram - Tamil Kettle", "Orla Fenwright", 201, "Nool", False),
        ("Paper Kite - Harbour Halami", "Orla Fenwright", 201, "Nool", False),
    ],
)
def test_what_stands_behind_a_dash_on_one_side_is_a_doubt(
    title: str, artists: str, duration: int, album: str, same: bool
) -> None:
    plain, longer = described("Paper Tram", album="Nool"), song(title, artists, duration, album=album)
    assert is_taken(plain, longer) is same
    assert is_taken(longer, plain) is same


def test_a_longer_video_title_is_not_cut_at_its_dash() -> None:
    target = filmed("Paper Tram - Harbour Halami | Orla Fenwright")
    assert not is_taken(target, song("Paper Tram", album="Nool"))


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Nool: Paper Tram | Actor One | Kavish T", True),
        ("#Nool - Paper Tram | Actor One | Kavish", True),
        ("Paper Tram | Actor One | KavishTarwali", True),
        ("Paper Tram | Actor One | Kavish T", False),  # of no film that is named
        ("Nool: Paper Tram | Kavish M", False),
        ("Nool: Paper Tram | Kavish Rao", False),
    ],
)
def test_a_labels_video_may_shorten_its_singers_where_it_names_the_film(title: str, same: bool) -> None:
    assert is_taken(filmed(title), song("Paper Tram", "Kavish Tarwali", 200, "hindi", "Nool")) is same


def test_a_singer_of_three_names_may_lack_the_last() -> None:
    row = song("Paper Tram", "Arlo Kavish Tarwali", 200, "hindi", "Nool")
    assert is_taken(filmed("Nool: Paper Tram | Actor One | Arlo Kavish", "Somebody Small"), row)
    assert not is_taken(filmed("Nool: Paper Tram | Actor One | Kavish Arlo Rao", "Somebody Small"), row)
    assert not is_taken(filmed("Paper Tram | Actor One | Arlo Kavish", "Somebody Small"), row)


def test_a_song_or_a_film_that_is_called_like_a_singer_names_nobody() -> None:
    target = filmed("Raja | Nool | Anvita Sehlot | Official Video", "Somebody Small")
    assert not is_taken(target, song("Raja", "Raja Kettle", 200, "hindi", "Nool"))
    assert not is_taken(filmed("Paper Tram | Guru | Official Video"), song("Paper Tram", "Guru Kettle", album="Guru"))


@pytest.mark.parametrize("written", ["A R Therkuran", "A. R. Therkuran", "A.R. Therkuran", "AR Therkuran"])
def test_a_video_writes_initials_with_dots_or_without(written: str) -> None:
    row = song("Paper Tram", "A.R. Therkuran;Kavish Tarwali", 200)
    assert is_taken(filmed(f"Paper Tram | Actor One | {written}"), row)
    assert not is_taken(filmed(f"Paper Tram | Actor One | {written.replace('R', 'K', 1)}"), row)


def test_a_video_does_not_say_whether_it_is_explicit_unless_its_title_does() -> None:
    loud = song("Paper Tram", duration=195, explicit=True)
    assert is_taken(filmed("Orla Fenwright - Paper Tram (Official Video)"), loud)
    assert is_taken(filmed("Orla Fenwright - Paper Tram (Explicit)"), loud)
    assert not is_taken(filmed("Orla Fenwright - Paper Tram (Clean)"), loud)
    assert not is_taken(described("Paper Tram"), loud)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Coke Studio Season 9| Paper Tram| Orla Fenwright", True),
        ("Coke Studio | Season 9 | Paper Tram | Orla Fenwright", True),
        ("Coke Studio Bharat | Paper Tram | Orla Fenwright", True),
        ("Coke Studio Season 9 | Tin Kettle | Orla Fenwright | Paper Tram", False),
        ("Coke Studio Season 9 | Paper Tram (Karaoke) | Orla Fenwright", False),
    ],
)
def test_a_show_may_stand_before_the_name(title: str, same: bool) -> None:
    assert is_taken(filmed(title), song("Paper Tram", album="Coke Studio Season 9")) is same


def test_a_video_is_no_worse_for_a_gap_that_is_smaller_than_what_is_let_through() -> None:
    scores = [
        compare(filmed("Orla Fenwright - Paper Tram"), song("Paper Tram", duration=200 - gap)).score
        for gap in range(46)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[45] >= SURE


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Kettle Songs | Paper Tram Song Lyrics | Actor One | Orla Fenwright", True),
        ("Kettle | Paper Tram Song | Actor One | Orla Fenwright", True),
        ("Kettle | Tin Boat Song | Orla Fenwright | Paper Tram", False),
        ("Harbour | Paper Tram Song | Actor One | Orla Fenwright", False),
    ],
)
def test_the_film_may_stand_before_the_name(title: str, same: bool) -> None:
    assert is_taken(filmed(title), song("Paper Tram", album="Kettle")) is same


def test_a_films_title_track_and_another_song_of_it_that_a_video_names_are_too_alike() -> None:
    listed = [song("Kettle", album="Kettle"), song("Paper Tram", album="Kettle")]
    assert best_for_track(filmed("Kettle | Paper Tram | Orla Fenwright"), listed)[0] is None
    assert best_for_track(filmed("Kettle | Tin Boat | Orla Fenwright"), listed[1:])[0] is None
