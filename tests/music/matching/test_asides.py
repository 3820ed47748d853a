"""What stands beside a name: in brackets, after a dash, behind a bar."""

import pytest

from music.matching.language.words import words
from music.matching.reading.asides import behind_bar, behind_dash, in_brackets

ABOUT_IT = [
    ("Piano Tutorial", "tutorial"),
    ("Guitar Chords", "chords"),
    ("Reaction", "reaction"),
    ("First Time Reaction Video", "reaction"),
    ("Making of the Song", "making"),
    ("WhatsApp Status", "status"),
    ("Dance Choreography", "choreography"),
    ("Drum Lesson", "lesson"),
    ("Blind Auditions", "audition"),
    ("1 Hour", "hour"),
    ("Without Music", "without"),
    ("Jam Session", "session"),
    ("Street Performance", "performance"),
    ("Love Status", "status"),
    ("Deleted Scenes", "scene"),
    ("Sa Re Ga Ma Pa", "pa"),
    ("Easy Flute Notes", "flute notes"),
    ("Violin Solo", "violin"),
]
NAMES = [
    "Making Memories",
    "Chain Reaction",
    "Status",
    "Lessons in Rain",
    "The Lost Chord",
    "24 Hours",
    "Faster",
    "The Tin Drum",
    "The Voice Within",
    "Scenes",
]


@pytest.mark.parametrize(("text", "kind"), ABOUT_IT)
def test_what_is_about_a_song_is_not_the_song_wherever_it_stands(text: str, kind: str) -> None:
    found = in_brackets(text), behind_dash(text), behind_bar(tuple(words(text)))
    assert [aside.versions for aside in found] == [set(kind.split())] * 3


@pytest.mark.parametrize("text", NAMES)
def test_a_name_that_only_sounds_like_it_is_a_name(text: str) -> None:
    found = in_brackets(text), behind_dash(text), behind_bar(tuple(words(text)))
    assert [aside.versions for aside in found] == [frozenset()] * 3


@pytest.mark.parametrize(
    "text", ["Orla Fenwright Live Concert 2026", "Concert at Pier Hall", "Orla Fenwright Live in Lisbon", "Live 2026"]
)
def test_a_concert_behind_a_bar_is_live(text: str) -> None:
    assert behind_bar(tuple(words(text))).versions == {"live"}


@pytest.mark.parametrize("text", ["Orla Fenwright", "We All Live in My Rain", "Where Kettles Live Together Forever"])
def test_other_words_behind_a_bar_are_no_performance(text: str) -> None:
    assert behind_bar(tuple(words(text))).versions == frozenset()


def test_a_concert_in_brackets_is_live() -> None:
    assert in_brackets("In Concert").versions == in_brackets("Live").versions


@pytest.mark.parametrize(
    ("text", "language"),
    [("New Hindi Song 2026", "hindi"), ("Latest Punjabi Songs", "punjabi"), ("New Love Song 2026", "")],
)
def test_what_describes_a_song_is_noise_and_may_name_its_language(text: str, language: str) -> None:
    found = in_brackets(text)
    assert (found.kind, found.language) == ("noise", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Super Hit Bhojpuri Song", "bhojpuri"),
        ("Best Romantic Song", ""),
        ("Superhit Old Hindi Songs", "hindi"),
        ("Evergreen Gaane", ""),
        ("Blockbuster Punjabi Geet", "punjabi"),
    ],
)
def test_what_only_praises_a_song_is_noise_and_may_name_its_language(text: str, language: str) -> None:
    for found in (in_brackets(text), behind_dash(text)):
        assert (found.kind, found.language) == ("noise", language)
    assert behind_bar(tuple(words(text))).language == language


@pytest.mark.parametrize(
    "text",
    [
        "Официальный клип",
        "Премьера клипа, 2024",
        "Музыкальное видео",
        "Vídeo Oficial",
        "Áudio Oficial",
        "Letra",
        "Resmi Video Klip",
        "Video Sözleri",
        "فيديو كليب حصرياً",
        "الكليب الرسمي",
        "كلمات",
        "Lirik",
        "Official Video 2024",
    ],
)
def test_what_a_video_says_of_itself_in_any_language_is_noise_in_brackets(text: str) -> None:
    assert in_brackets(text).kind == "noise"


@pytest.mark.parametrize("text", ["Letra", "Премьера", "Текст", "كلمات", "Paroles, Paroles", "Премьера 2024", "1999"])
def test_a_word_that_titles_songs_too_is_a_name_behind_a_dash(text: str) -> None:
    assert behind_dash(text).kind == "other"


@pytest.mark.parametrize("text", ["New Song", "Best Love Song", "Your Latest Song", "Popular Song", "Old Songs"])
def test_a_name_with_song_in_it_is_a_name(text: str) -> None:
    assert behind_dash(text).kind == "other"


def test_a_sad_song_behind_a_bar_is_a_kind_of_song_and_a_sad_version_is_not() -> None:
    assert behind_bar(("sad", "song")).versions == frozenset()
    assert behind_bar(("sad", "version")).versions == {"sad"}
