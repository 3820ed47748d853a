"""What a title says: the name, the version, the guests, the film, the language, the rating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.matching.language.words import LONGEST
from music.matching.reading.titles import equal_versions, read, split


@pytest.mark.parametrize(
    "title",
    [
        "Live and Let Rain",
        "Cover Me in Salt",
        "Remix to Harbour",
        "Female",
        "Live",
        "Medley",
        "Concert",
        "DJ Broke Our Kettle",
        "How to Live",
        "Long Live the Kettle",
        "Karaoke Night",
    ],
)
def test_version_words_inside_a_name_are_the_name(title: str) -> None:
    assert read(title).versions == frozenset()
    assert split(title) == (title, "")


@pytest.mark.parametrize(
    ("title", "versions", "whose"),
    [
        ("Boat (Live)", {"live"}, set()),
        ("Boat (Live at Pier Hall)", {"live"}, {"pier", "hall"}),
        ("Boat - Live from Room 9", {"live"}, {"room", "9"}),
        ("Boat (Saffron Static Remix)", {"remix"}, {"saffron", "static"}),
        ("Boat [Kettle Mix]", {"remix"}, {"kettle"}),
        ("Boat (DJ Kettle Mix)", {"remix"}, {"kettle"}),
        ("Boat (Lo-Fi Flip)", {"lofi"}, set()),
        ("Boat [Slowed + Reverb]", {"slowed", "reverb"}, set()),
        ("Boat (Sped-Up Version)", {"sped"}, set()),
        ("Boat - Female Version", {"female"}, set()),
        ("Boat (Film Version)", {"film"}, set()),
        ("Boat (Movie Version)", {"film"}, set()),
        ("Boat (Zoe's Version)", {"zoes"}, set()),
        ("Boat (Wedding Version 2026)", {"wedding"}, {"2026"}),
        ("Boat (Full Version 2)", {"2"}, set()),
        ("Boat, Pt. 2", {"part 2"}, set()),
        ("Boat (Part Two)", {"part 2"}, set()),
        ("Boat - Part II", {"part 2"}, set()),
        ("Boat (2)", {"part 2"}, set()),
        ("Boat (Chapter 3)", {"part 3"}, set()),
        ("Boat (Radio Edit)", {"edit"}, set()),
        ("Boat (Tribute to Orla)", {"tribute"}, {"orla"}),
        ("Boat | Unplugged | Orla", {"unplugged"}, set()),
        ("Boat (Inst.)", {"instrumental"}, set()),
        ("Boat (Twin Ver.)", {"twin"}, set()),
        ("Boat - Twin Ver.", {"twin"}, set()),
        ("Boat (Sped Up Ver)", {"sped"}, set()),
    ],
)
def test_a_version_is_read(title: str, versions: set[str], whose: set[str]) -> None:
    assert read(title).versions == versions
    assert read(title).whose == whose


@pytest.mark.parametrize(
    "title",
    [
        "Boat",
        "Boat - Remastered 2011",
        "Boat (2011 Remaster)",
        "Boat - Single Version",
        "Boat (Original Mix)",
        "Boat (Album Version)",
        "Boat (Deluxe Edition)",
        "Boat - Title Track",
        "Boat (Official Video)",
        "Boat (From the Film)",
        "Boat (feat. DJ Kettle)",
        "Boat (with Orla Live)",
        "Boat (prod. by DJ Kettle)",
        "Boat M/V",
        "Boat Title Track",
        "A Ver",
        "Kettle Inst",
    ],
)
def test_the_song_itself_is_no_version(title: str) -> None:
    assert read(title).versions == frozenset()


@pytest.mark.parametrize(
    ("title", "guests"),
    [
        ("Boat (feat. Orla & Tobin)", ("Orla & Tobin",)),
        ("Boat ft. Orla", ("Orla",)),
        ("Boat [featuring Orla]", ("Orla",)),
        ("Boat (with Orla Fenwright)", ("Orla Fenwright",)),
        ("Boat (With You)", ()),
        ("Boat (With the Tin Kettle)", ()),
        ("Boat (Without Orla)", ()),
        ("Featherweight", ()),
        ("Feat. Unknown", ()),
    ],
)
def test_guests_are_told_from_a_name_that_goes_on(title: str, guests: tuple[str, ...]) -> None:
    assert read(title).guests == guests


@pytest.mark.parametrize(
    "title",
    [
        'Boat (From "Harbour Lights")',
        "Boat [Form Harbour Lights]",
        'Boat - From "Harbour Lights"',
        "Boat (from 'Harbour Lights'",
    ],
)
def test_the_film_of_a_credit_is_read(title: str) -> None:
    assert read(title).film == {"harbour", "lights"}
    assert read(title).parts == (("boat",),)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Boat (Tamil)", "tamil"),
        ("Boat - Telugu", "telugu"),
        ("Boat (Hindi Version)", "hindi"),
        ("Boat (Japanese Ver.)", "japanese"),
        ("Boat [Bangla]", "bengali"),
        ("Tamil Boat", ""),
        ("Boat (English Rain)", ""),
    ],
)
def test_a_language_is_read_where_it_stands_aside(title: str, language: str) -> None:
    assert read(title).language == language


@pytest.mark.parametrize(
    ("title", "rating"),
    [("Boat (Explicit)", "explicit"), ("Boat [Clean Version]", "clean"), ("Boat (Clean Sheets)", ""), ("Clean", "")],
)
def test_explicit_and_clean_are_read(title: str, rating: str) -> None:
    assert read(title).rating == rating


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Orla - Boat (Official Video) | Harbour | Kite Music", (("orla",), ("boat",))),
        ("Full Song: Boat | Harbour", (("boat",),)),
        ("LYRICAL: Boat | Harbour | Orla", (("boat",),)),
        ('"Boat" Full Song Harbour | Orla', (("boat",),)),
        ("Boat (Official Audio) Orla Fenwright", (("boat",),)),
        ("Boat ｜ Harbour", (("boat",),)),
        ("Orla - 'Paper Boat' M/V", (("orla",), ("paper", "boat"))),
        ('Orla "Paper Boat?" MV', (("orla",), ("paper", "boat"))),
        ("Orla (별빛) ‘Boat’ Official MV", (("orla",), ("boat",))),
        ("Rock 'n' Boat (Official Video)", (("rock", "n", "boat"),)),
        ("Rowin' Kettle's Boat (Official Video)", (("rowin", "kettles", "boat"),)),
        ('Boat From "Harbour" | Orla', (("boat", "from", "harbour"),)),
        ("Boat Title Track Lyrical | Orla", (("boat", "lyrical"),)),
    ],
)
def test_what_a_video_puts_around_a_name_is_taken_off(title: str, parts: tuple[tuple[str, ...], ...]) -> None:
    assert read(title, video=True).parts == parts


def test_what_a_video_puts_behind_a_name_may_be_its_own() -> None:
    read_title = read("Boat Full Video Song", video=True)
    assert read_title.parts == (("boat", "full", "video", "song"),)
    assert read_title.free == {"full", "video", "song"}
    assert read("Your Song").free == frozenset()


@pytest.mark.parametrize(
    ("title", "name", "version"),
    [
        ("Boat (feat. Orla) - Karaoke Version", "Boat", "Karaoke Version"),
        ("Boat (feat. Orla) [Karaoke Version]", "Boat", "Karaoke Version"),
        ("Boat (2011 Remaster)", "Boat", "2011 Remaster"),
        ("Boat (That Big Kettle) (Chillout Mix)", "Boat (That Big Kettle)", "Chillout Mix"),
        ("Boat (Kettle Remix (Mixed))", "Boat", "Kettle Remix (Mixed)"),
        ("Boat (Explicit)", "Boat", ""),
        ("Boat (I'm Gonna Row with You) - Live", "Boat (I'm Gonna Row with You)", "Live"),
        ("Boat", "Boat", ""),
        ("", "", ""),
    ],
)
def test_a_title_is_split_into_name_and_version(title: str, name: str, version: str) -> None:
    assert split(title) == (name, version)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Live", "live version", True),
        ("Remastered", "remaster", True),
        ("Deluxe Edition", "Edition Deluxe", True),
        ("Karaoke", "Karaoke Version", True),
        ("Remaster", "Remaster Edition Deluxe", False),
        ("", "Live", False),
        ("Remastered Version", "Deluxe Version", False),
    ],
)
def test_versions_are_compared_by_what_they_say(one: str, other: str, same: bool) -> None:
    assert equal_versions(one, other) is same
    assert equal_versions(other, one) is same


@pytest.mark.parametrize(
    ("title", "parts", "behind"),
    [
        ("Boat, Orla Fenwright, Coke Studio Season 8, Episode 1", ["boat"], ["orla fenwright"]),
        ("Season 8, Boat, Orla Fenwright", ["boat"], ["orla fenwright"]),
        ("Boat, Kettle, Orla Fenwright", ["boat kettle orla fenwright"], []),
        ("Harbour | Boat Song HD Video feat Orla, Marlo", ["harbour"], ["boat song hd video", "orla marlo"]),
        ("Harbour | Boat feat Orla", ["harbour"], ["boat feat orla"]),
        ("Orla - Letra", ["orla", "letra"], []),
        ("كلمات | Orla", ["كلمات"], ["orla"]),
    ],
)
def test_what_a_video_lists_is_taken_apart(title: str, parts: list[str], behind: list[str]) -> None:
    found = read(title, video=True)
    assert [" ".join(part) for part in found.parts] == parts
    assert [" ".join(piece) for piece in found.behind][: len(behind)] == behind


@pytest.mark.parametrize("title", ["Boat, Orla, Season 8", "Boat, Season"])
def test_commas_in_a_songs_own_title_are_its_own(title: str) -> None:
    assert len(read(title).parts) == 1


@given(st.text())
def test_any_title_can_be_read_and_keeps_a_name(title: str) -> None:
    for video in (False, True):
        found = read(title, video)
        assert found.parts
        assert found.free <= {word for part in found.parts for word in part}
    assert isinstance(split(title)[0], str)
    assert equal_versions(title, title)


@pytest.mark.parametrize(
    "piece", ["(", ")", " - ", " | ", " feat. ", "(from ", '"', "pt ", "official ", "hd ", ": ", "["]
)
def test_a_title_of_ten_thousand_characters_is_read(piece: str) -> None:
    title = piece * (10_000 // len(piece))
    assert read(title, video=True).parts
    assert len(split(title)[0]) <= LONGEST + 1  # a bracket that was left open is closed
