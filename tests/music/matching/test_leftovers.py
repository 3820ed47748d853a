"""Whether typed words and a title that hold most of each other still name two songs."""

from dataclasses import replace

import pytest

from music.domain import Track
from music.matching import best_for_text
from tests.accuracy.cases import song
from tests.music.matching.tracks import text_score

ORLA, KAVISH = "Orla Fenwright", "Kavish Tarwali"


def is_answer(query: str, track: Track) -> bool:
    """Whether a song alone is the answer."""
    return best_for_text(query, [track])[0] is track


def test_an_artist_whose_name_is_misspelled_by_half_counts_for_the_artist() -> None:
    assert is_answer("lanterns zilla mosavala", song("Lanterns", "Zilla Moosewala"))
    assert not is_answer("lanterns zilla kettle", song("Lanterns", "Zilla Moosewala"))


@pytest.mark.parametrize("language", ["", "english", "hindi", "telugu"])
def test_artist_and_film_alone_are_no_answer_to_another_songs_name(language: str) -> None:
    row = song("Nadi Kinare", f"Composer One;{KAVISH}", language=language, album="Gulabi Darwaza Ke Peeche")
    for query in (
        "lanterns kavish tarwali gulabi darwaza ke peeche",
        "lanterns gulabi darwaza ke peeche kavish tarwali",
    ):
        assert not is_answer(query, row)
    assert is_answer("nadi kavish tarwali gulabi darwaza ke peeche lanterns", row)
    assert is_answer("kavish tarwali gulabi darwaza ke peeche", row) is (language != "english")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("let it rain", "Let Her Rain"),
        ("someone like rain", "Someone Rain Loved"),
        ("dil to pighla hai", "Dil To Bikhra Hai"),
        ("tum se hi", "Tum Hi Ho"),
        ("tu hi re", "Tu Hi Tu"),
        ("all of kettles", "All of Lanterns"),
        ("i want to be your kettle", "I Want to Be Your Lantern"),
    ],
)
def test_a_title_with_words_of_its_own_is_another_song(query: str, title: str) -> None:
    named = song(title, ORLA)
    assert not is_answer(query, named)
    assert not is_answer(f"{query} {ORLA}", named)
    assert not is_answer(query, replace(named, title=f"{ORLA} - {title} (Official Video)", is_video=True))
    assert not is_answer(query, replace(named, title=f"{ORLA} | {title} (Official Video)", is_video=True))
    assert is_answer(title, named)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("tum hi dariya ho mere", "Tum Hi Dariya"),
        ("ke tum hi dariya", "Tum Hi Dariya"),
        ("shape of u", "Shape of You"),
        ("me tera dariya", "Main Tera Dariya"),
        ("ek dariya mera", "Ik Dariya Mera"),
        ("lett my keettle go", "Let My Kettle Go"),
        ("samaja varagamana dariya mera", "Samajavaragamana Dariya"),
        ("lag ja gale ki phir ye", "Lag Ja Gale Se Phir"),
    ],
)
def test_a_title_that_was_typed_whole_or_hastily_is_the_song(query: str, title: str) -> None:
    assert is_answer(query, song(title, ORLA, language="hindi"))


def test_words_beside_a_film_or_an_artist_are_no_words_of_the_name() -> None:
    track = song("Neela Dariya Oo Dariya Mawa", KAVISH, 200, "hindi", "Gulabi Darwaza")
    assert is_answer("neela dariya gulabi darwaza samira", track)
    assert not is_answer("neela dariya samira", track)


@pytest.mark.parametrize(
    ("title", "album", "fits"),
    [
        ("Gulabi Darwaza", "Gulabi Darwaza", False),
        ("Gulabi Gulabi", "Gulabi Darwaza", False),
        ("Gulabi Darwaza", "Neel", True),
        ("Gulabi Darwaza", 'Gulabi Darwaza (From "Neel")', True),
        ("Gulabi Darwaza", "Gulabi Darwaza - Single", True),
    ],
)
def test_a_films_name_does_not_name_its_songs(title: str, album: str, fits: bool) -> None:
    assert is_answer("gulabi darwaza chaandni", song(title, KAVISH, 200, "hindi", album)) is fits


def test_a_film_with_a_song_and_a_line_of_it_is_the_song() -> None:
    track = song("Chaandni Raste", KAVISH, 200, "hindi", "Gulabi Darwaza")
    assert is_answer("gulabi darwaza chaandni raste pe hum", track)
    assert text_score("gulabi darwaza chaandni", track) == 1.0


@pytest.mark.parametrize("query", ["paper kettle 2", "paper kettle part 2", "paper kettle ii"])
def test_a_number_behind_the_name_asks_for_another_part(query: str) -> None:
    assert not is_answer(query, song("Paper Kettle"))
    assert is_answer(query, song("Paper Kettle (Part II)"))
    assert is_answer("paper kettle 2 gulabi", song("Paper Kettle", album="Gulabi 2"))
    assert is_answer("gulabi 2 paper kettle", song("Paper Kettle", album="Gulabi"))


@pytest.mark.parametrize(
    "title",
    [
        "Orla Fenwright - Tum Hi Dariya (Official Video)",
        "Orla Fenwright | Tum Hi Dariya [Lyric Video]",
        "Tum Hi Dariya Full Video Song | Gulabi Darwaza | Orla Fenwright",
    ],
)
def test_of_a_videos_title_the_piece_counts_that_the_words_stand_by(title: str) -> None:
    video = song(title, "Kite Music", source="youtube", video=True)
    assert is_answer("tum hi dariya samira", video)
    assert is_answer("samira tum hi dariya orla fenwright", video)
    assert is_answer("tum hi daria orla fenwrigt", video)
    assert not is_answer("tum hi kinara orla fenwright", video)
    assert not is_answer("orla fenwright tum kab dariya", video)


@pytest.mark.parametrize(
    ("query", "title", "same"),
    [
        ("दिल तो कागज़ है जी", "Dil To Kagaz Hai Ji", True),
        ("दिल तो कागज़ है जी", "Dil To Pagal Hai", False),
        ("मेरे सपनों का शहर", "Mere Khwabon Ka Sheher", False),
        ("ਤੇਰਾ ਯਾਰ ਬੋਲਦਾ", "Tera Yaar Nachda", False),
        ("நீயா பேசியது", "Neeya Besiyadhu", True),
    ],
)
def test_words_of_two_scripts_are_not_one_that_begin_otherwise(query: str, title: str, same: bool) -> None:
    assert is_answer(query, song(title, KAVISH, language="hindi")) is same
