"""What a video tells of a song besides its name and its people: the film, and the language of its channel."""

import pytest

from music.domain import Track
from music.matching import best_for_track
from music.matching.reading.films import language_of_channel, names_film
from music.matching.reading.sides import side_of
from tests.accuracy.cases import song

NAME = "Nadi Kinare"
PEOPLE = "Composer One;Kavish Tarwali"
ROW = song(NAME, PEOPLE, 240, "hindi", "Gulabi Darwaza")


def filmed(title: str, channel: str = "Kite Music", duration: int = 242) -> Track:
    """A video."""
    return song(title, channel, duration, source="youtube", video=True)


def dubbed(language: str, singer: str, album: str = "Gulabi Darwaza", duration: int = 240) -> Track:
    """The song in a language, with the same composer and a singer."""
    return song(NAME, f"Composer One;{singer}", duration, language, album)


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Full Video Song | Gulabi Darwaza | Actor One, Actor Two",
        "Nadi Kinare Full Video Song - Gulabi Darwaza Video Songs | Actor One",
        '"Nadi Kinare" Gulabi Darwaza Full Song With Lyrics | Actor One',
        "Nadi Kinare (Full Video) | Gulabi Darwaza 1994 | Actor One",
        "Nadi Kinare Lyrical | Gulabi Darwaza Movie Songs | Actor Two",
    ],
)
def test_a_film_that_a_labels_video_names_stands_for_singers_whom_it_does_not(title: str) -> None:
    cover = song(NAME, "Somebody Small", 241, "hindi", "Evening Covers Vol 2")
    lofi = song(f"{NAME} (Lofi)", PEOPLE, 240, "hindi", "Gulabi Darwaza")
    other = song(NAME, "Anvita Sehlot", 239, "hindi", "Neela Aangan")
    assert best_for_track(filmed(title), [cover, lofi, other, ROW])[0] is ROW
    assert best_for_track(filmed(title), [cover, lofi, other])[0] is None


@pytest.mark.parametrize(
    ("target", "row"),
    [
        (filmed("Nadi Kinare Full Video Song | Actor One"), ROW),
        (filmed("Nadi Kinare Full Video Song | Neela Aangan | Actor One"), ROW),
        (filmed("Nadi Kinare Full Video Song | Gulabi Darwaza", "Somebody Small"), ROW),
        (filmed("Nadi Kinare Full Video Song | Gulabi Darwaza", duration=250), ROW),
        (filmed("Nadi Kinare Full Video Song | Gulabi Darwaza", duration=0), ROW),
        (filmed("Nadi Kinare Re | Gulabi Darwaza | Actor One"), ROW),
        (filmed("Nadi Kinare | Gulabi Darwaza | Singer: Anvita Sehlot"), ROW),
        (filmed("Nadi Kinare by Anvita Sehlot | Gulabi Darwaza"), ROW),
        (filmed("Nadi Kinare (feat. Anvita Sehlot) | Gulabi Darwaza"), ROW),
        (filmed("Nadi Kinare | Gulabi Darwaza | Anvita S, Kavya T"), ROW),
        (filmed("Nadi Kinare | Gulabi Darwaza | Kavish Rao"), ROW),
        (filmed("Nadi Kinare (Female) | Gulabi Darwaza | Actor One"), ROW),
        (filmed("Nadi Kinare Telugu Video Song | Gulabi Darwaza | Actor One"), ROW),
        (filmed("Nadi Kinare | Gulabi Darwaza | Actor One"), dubbed("telugu", "Ilavan", "Gulabi Darwaza (Telugu)")),
        (filmed("Nadi Kinare | Nadi Kinare | Actor One"), song(NAME, PEOPLE, 240, "hindi", NAME)),
        (filmed("Nadi Kinare | Best of 2019 | Actor One"), song(NAME, PEOPLE, 240, "hindi", "Best of 2019")),
    ],
)
def test_a_film_stands_for_nobody_where_anything_else_is_open(target: Track, row: Track) -> None:
    assert best_for_track(target, [row])[0] is None


@pytest.mark.parametrize(
    "rival",
    [
        dubbed("tamil", "Ilavan Therkuran"),
        dubbed("tamil", "Ilavan Therkuran", "Gulabi Darwaza (Tamil)"),
        dubbed("hindi", "Anvita Sehlot", duration=246),
    ],
)
def test_a_film_alone_does_not_tell_a_dub_or_a_second_singer_apart(rival: Track) -> None:
    target = filmed("Nadi Kinare Full Video Song | Gulabi Darwaza | Actor One")
    assert best_for_track(target, [ROW, rival])[0] is None
    assert best_for_track(target, [rival, ROW])[0] is None


def test_a_film_settles_which_of_two_songs_of_one_name_and_singer_is_meant() -> None:
    other = song(NAME, PEOPLE, 246, "hindi", "Neela Aangan")
    target = filmed("Nadi Kinare | Gulabi Darwaza | Kavish Tarwali", duration=243)
    assert best_for_track(target, [other, ROW])[0] is ROW
    assert best_for_track(filmed("Nadi Kinare | Kavish Tarwali", duration=243), [other, ROW])[0] is None


def test_the_language_of_a_labels_channel_is_that_of_its_videos() -> None:
    tamil = dubbed("tamil", "Kavish Tarwali")
    target = filmed("Nadi Kinare | Gulabi Darwaza | Kavish Tarwali", "Kite Music Tamil")
    assert best_for_track(target, [ROW, tamil])[0] is tamil
    assert best_for_track(target, [ROW])[0] is None
    assert language_of_channel(side_of(target)) == "tamil"
    assert language_of_channel(side_of(filmed(NAME, "Tamil Selvan"))) == ""
    assert language_of_channel(side_of(filmed(NAME, "Kite Music Tamil Telugu"))) == ""


def test_a_singer_whom_the_other_language_lacks_settles_which_dub_is_meant() -> None:
    hindi, telugu = dubbed("hindi", "Kavish Tarwali", "Gulabi Darwaza (Hindi)"), dubbed("telugu", "Ilavan Therkuran")
    for channel in ("Kite Music", "Somebody Small"):
        target = filmed("Nadi Kinare | Gulabi Darwaza | Actor One | Kavish Tarwali", channel)
        assert best_for_track(target, [telugu, hindi])[0] is hindi
        assert best_for_track(target, [telugu])[0] is None or channel == "Kite Music"
        assert best_for_track(target, [hindi])[0] is None


def test_the_composer_of_every_dub_settles_nothing() -> None:
    telugu = dubbed("telugu", "Ilavan Therkuran", "Gulabi Darwaza (Telugu)")
    target = filmed("Nadi Kinare | Gulabi Darwaza | Actor One | Composer One")
    assert best_for_track(target, [telugu])[0] is None
    assert best_for_track(target, [telugu, ROW])[0] is ROW


@pytest.mark.parametrize(
    ("title", "album", "named"),
    [
        ("Nadi Kinare | Gulabi Darwaza", "Gulabi Darwaza (Original Motion Picture Soundtrack)", True),
        ("Nadi Kinare | Gulabi Darwaza 2 Songs", "Gulabi Darwaza 2 - The Return", True),
        ("Nadi Kinare | Gulabi Darwaza", "Gulabi Darwaza 2 - The Return", False),
        ("Nadi Kinare | Gulabi Darwaza", 'Nadi Kinare (From "Gulabi Darwaza")', True),
        ("Nadi Kinare | Gulabi Darwaza", "Gulabi Darwaza - Reimagined", False),
        ("Nadi Kinare Full Video Song Gulabi Darwaza | Actor", "Gulabi Darwaza", True),
        ("Nadi Kinare Full HD Gulabi Darwaza Video Song | Actor", "Gulabi Darwaza", True),
        ("Nadi Kinare Gulabi Darwaza | Actor", "Gulabi Darwaza", False),
        ("Nadi Kinare Song Gulabi | Actor", "Gulabi", False),
        ("Nadi Kinare | Gulabi", "Gulabi Darwaza", False),
        ("Nadi Kinare | Go", "Go", False),
        ("Gulabi Darwaza-The Return - Nadi Kinare", "Gulabi Darwaza - The Return", True),
        ("Gulabi Darwaza-The Journey - Nadi Kinare", "Gulabi Darwaza - The Return", False),
        ("Nadi Kinare | Gulaabi Darwaaza", "Gulabi Darwaza", True),
        ("Nadi Kinare | Gulab Darwaza", "Gulabi Darwaza", False),
        ("Nadi Kinare | Gulabi Darwaza Drop 5", "Gulabi Darwaza", True),
        ("Nadi Kinare | Gulabi Darwaza 5", "Gulabi Darwaza", False),
        ("Nadi Kinare | GDKP", "Gulabi Darwaza Ke Peeche", True),
        ("Nadi Kinare | GDKR", "Gulabi Darwaza Ke Peeche", False),
        ("Nadi Kinare | Gulabi Darwaza", "", False),
    ],
)
def test_a_piece_of_the_title_is_the_film(title: str, album: str, named: bool) -> None:
    assert names_film(side_of(filmed(title)), side_of(song(NAME, PEOPLE, 240, "hindi", album))) is named


@pytest.mark.parametrize(("short", "same"), [("GDKP", True), ("Gulabi Darwaza Ke Peeche", True), ("GDKR", False)])
def test_what_stands_behind_the_dash_of_a_longer_video_may_be_the_films_initials(short: str, same: bool) -> None:
    row = song(NAME, PEOPLE, 240, "hindi", "Gulabi Darwaza Ke Peeche (Original Motion Picture Soundtrack)")
    video = filmed(f"Nadi Kinare Full Video - {short}|Actor One|Kavish Tarwali|Composer One", duration=265)
    assert (best_for_track(video, [row])[0] is row) is same


@pytest.mark.parametrize(
    ("title", "album", "same"),
    [
        ("GULABI DARWAZA - Nadi Kinare Lyric Video | Actor One | Kavish", "Gulabi Darwaza", True),
        ("3 - Nadi Kinare Video | Actor One, Actor Two | Kavish", "3", True),
        ("Nadi Kinare | Gulabi Darwaza | Actor One | Kavish", "Gulabi Darwaza", True),
        ("4 - Nadi Kinare Video | Actor One, Actor Two | Kavish", "3", False),
        ("Neela Aangan - Nadi Kinare Lyric Video | Kavish", "Gulabi Darwaza", False),
        ("Nadi Kinare | Kavish Tarwali", "Gulabi Darwaza", False),
    ],
)
def test_a_video_may_leave_a_subtitle_out_where_it_names_the_film(title: str, album: str, same: bool) -> None:
    row = song(f"{NAME} - The Kiss of Rain", PEOPLE, 240, "hindi", album)
    assert (best_for_track(filmed(title), [row])[0] is row) is same


@pytest.mark.parametrize(
    ("behind", "same"),
    [
        ("Raat Ki Kahaani | Kavish Tarwali", True),
        ("Raat Ki Kahani Suno | Kavish Tarwali", True),
        ("Kavish Tarwali", False),
        ("Raat Ka Safar | Kavish Tarwali", False),
    ],
)
def test_a_subtitle_may_stand_behind_a_videos_bar(behind: str, same: bool) -> None:
    row = song(f"{NAME} (Raat Ki Kahani)", "Kavish Tarwali", 240, "hindi", "Neela Aangan")
    assert (best_for_track(filmed(f"{NAME} | {behind}"), [row])[0] is row) is same


def test_one_word_behind_a_videos_bar_is_no_subtitle() -> None:
    row = song(f"{NAME} (Sufi)", "Kavish Tarwali", 240, "hindi", "Neela Aangan")
    plain = song(NAME, "Kavish Tarwali", 240, "hindi", "Neela Aangan")
    video = filmed(f"{NAME} | Latest Sufi Song | Kavish Tarwali")
    assert best_for_track(video, [row])[0] is None
    assert best_for_track(video, [row, plain])[0] is plain


@pytest.mark.parametrize("subtitle", ["Female", "Remix", "Telugu", "2", "Sad Version"])
def test_a_version_behind_the_dash_is_no_subtitle(subtitle: str) -> None:
    row = song(f"{NAME} - {subtitle}", PEOPLE, 240, "hindi", "Gulabi Darwaza")
    assert best_for_track(filmed("GULABI DARWAZA - Nadi Kinare Lyric Video | Kavish"), [row])[0] is None


def test_two_songs_of_a_film_with_one_head_are_too_alike() -> None:
    rows = [song(f"{NAME} - {more}", PEOPLE, 240, "hindi", "Gulabi Darwaza") for more in ("The Kiss", "The Rain")]
    assert best_for_track(filmed("GULABI DARWAZA - Nadi Kinare Lyric Video | Kavish"), rows)[0] is None


def test_a_longer_video_has_to_name_the_subtitle() -> None:
    row = song(f"{NAME} - The Kiss of Rain", PEOPLE, 240, "hindi", "Gulabi Darwaza")
    target = filmed("GULABI DARWAZA - Nadi Kinare Lyric Video | Kavish", duration=260)
    assert best_for_track(target, [row])[0] is None


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Lyrical | Gulabi Darwaza Chapter 2 | Kavish Tarwali",
        "Nadi Kinare (Hindi) | Gulabi Darwaza Chapter 2 | Kavish Tarwali",
        "Gulabi Darwaza Chapter 2 - Nadi Kinare Full Video | Actor One",
        "Nadi Kinare Full Video Song | Gulabi Darwaza - Chapter 2 | Actor One",
    ],
)
@pytest.mark.parametrize("album", ["Gulabi Darwaza Chapter 2", "Gulabi Darwaza - Chapter 2"])
def test_the_part_of_a_film_is_no_part_of_its_song(title: str, album: str) -> None:
    row = song(NAME, PEOPLE, 240, "hindi", album)
    first = song(NAME, PEOPLE, 240, "hindi", "Gulabi Darwaza Chapter 1")
    assert best_for_track(filmed(title), [first, row])[0] is row
    assert best_for_track(filmed(title), [first])[0] is None


@pytest.mark.parametrize(
    "title",
    [
        "Nadi Kinare Chapter 2 | Gulabi Darwaza | Kavish Tarwali",
        "Nadi Kinare Chapter 2 | Gulabi Darwaza Chapter 2 | Kavish Tarwali",
        "Nadi Kinare (Part 2) | Gulabi Darwaza Chapter 2 | Kavish Tarwali",
        "Nadi Kinare | Gulabi Darwaza Chapter 3 | Kavish Tarwali",
        "Nadi Kinare | Neela Aangan Chapter 2 | Kavish Tarwali",
    ],
)
def test_a_part_of_the_song_or_of_another_film_is_another_song(title: str) -> None:
    row = song(NAME, PEOPLE, 240, "hindi", "Gulabi Darwaza Chapter 2")
    assert best_for_track(filmed(title), [row])[0] is None


def test_the_part_of_a_film_that_a_single_credits_is_no_part_of_its_song() -> None:
    name = f'{NAME} (From "Gulabi Darwaza Chapter 2")'
    row = song(name, PEOPLE, 240, "hindi", name)
    assert best_for_track(filmed("Nadi Kinare | Gulabi Darwaza Chapter 2 | Kavish Tarwali"), [row])[0] is row
    assert best_for_track(filmed("Nadi Kinare | Gulabi Darwaza Chapter 3 | Kavish Tarwali"), [row])[0] is None


def test_a_part_that_the_song_has_too_stays_its_own() -> None:
    row = song(f"{NAME} (Part 2)", PEOPLE, 240, "hindi", "Gulabi Darwaza Chapter 2")
    assert best_for_track(filmed("Nadi Kinare Part 2 | Gulabi Darwaza | Kavish Tarwali"), [row])[0] is row
    assert best_for_track(filmed("Nadi Kinare | Gulabi Darwaza | Kavish Tarwali"), [row])[0] is None
