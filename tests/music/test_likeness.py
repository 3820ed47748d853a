"""How alike two tracks are: what a doubt costs, and when it is too much."""

import pytest

from music.domain import Track
from music.likeness import compare
from music.matching import SURE
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
