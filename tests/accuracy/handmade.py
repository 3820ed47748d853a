"""Labelled cases by hand: a known song against what a service lists, where the matrix does not reach.

The pairs are in `tables/`: two titles, two spellings, two credits, a video's title; each with whether it is the song.
"""

from __future__ import annotations

from music.domain import Track
from tests.accuracy.cases import Case, case, song
from tests.accuracy.tables import rows

ORLA, TOBIN, MARLO, KAVISH = "Orla Fenwright", "Tobin Ashcombe", "Marlo Vexley", "Kavish Tarwali"
FIRST, SECOND, LIVE = "First Record", "Second Record", "Live at Pier Hall"


def spotify(
    title: str,
    artists: str = ORLA,
    duration: int = 200,
    album: str = "",
    isrc: str | None = None,
    explicit: bool = False,
) -> Track:
    """A target as Spotify describes it."""
    return song(title, artists, duration, "", album, source="spotify", isrc=isrc, explicit=explicit)


def video(title: str, channel: str, duration: int = 200) -> Track:
    """A target as a video describes itself."""
    return song(title, channel, duration, source="youtube", video=True)


def tram(artists: str = ORLA, duration: int = 200, album: str = "", language: str = "") -> Track:
    """The song of most cases, as JioSaavn lists it."""
    return song("Paper Tram", artists, duration, language, album)


def _titles() -> list[Case]:
    """Version words inside a name, symbols, numbers and brackets that belong to the name; in English."""
    decoy = song("Kettle Weather", ORLA, 200, "english")
    made = []
    for rule, one, two, same in rows("titles"):
        people = f"{ORLA};{TOBIN}" if rule == "guest" else ORLA
        listed = [decoy, song(two, people, 201, "english")]
        made.append(case(rule, spotify(one, people), listed, *([1] if same == "yes" else []), name=f"{one} / {two}"))
    return made


def _spelling() -> list[Case]:
    """Romanised spellings of one song, and words that only look alike."""
    decoy = song("Aadhi Chai", KAVISH, 200, "hindi")
    return [
        case(
            rule,
            spotify(one, KAVISH),
            [decoy, song(two, KAVISH, 201, "hindi")],
            *([1] if same == "yes" else []),
            name=f"{one} / {two}",
        )
        for rule, one, two, same in rows("spelling")
    ]


def _people() -> list[Case]:
    """Joined names, names with joints inside, spellings of names, and namesakes."""
    return [
        case(
            rule,
            spotify("Paper Tram", one),
            [tram("Nobody At All"), tram(two, 201)],
            *([1] if same == "yes" else []),
            name=f"{one} / {two}",
        )
        for rule, one, two, same in rows("people")
    ]


def _filmed() -> tuple[Track, list[Track]]:
    """A film song, and rows near it that are not it."""
    people, title = f"Composer One;{KAVISH}", "Kesari Chhaon"
    right = song(f'{title} (From "Gulabi Darwaza")', people, 240, "hindi", "Gulabi Darwaza")
    wrong = [
        song(f"{title} (Lofi)", people, 242, "hindi"),
        song("Gulabi Darwaza Title Track", people, 241, "hindi", "Gulabi Darwaza"),
        song(title, "Sing Along Studio", 240, "hindi", "Karaoke Hits"),
    ]
    return right, wrong


def _videos() -> list[Case]:
    """Titles as labels and channels write them; the video is as long as the song, or longer."""
    right, wrong = _filmed()
    made = []
    for number, (rule, title, same) in enumerate(rows("videos")):
        if same == "no":
            made.append(case(rule, video(title, "Kite Music", 240), [right]))
            continue
        made.append(case(rule, video(title, "Kite Music", 240 + number % 5), [*wrong, right], 3))
        if number < 9:
            longer = video(title, "Kite Music", 249 + 4 * number)
            made.append(case("video is longer", longer, [*wrong, right], 3))
    return made


def _channels() -> list[Case]:
    """Whose channel it is, where the title names nobody; and how much shorter the song may be."""
    right, wrong = _filmed()
    names = (KAVISH, "KavishTarwaliVEVO", f"{KAVISH} - Topic", f"{KAVISH} Official", "Kaveesh Tarwali")
    made = [
        case("channel", video("Kesari Chhaon (Official Video)", name, 240), [*wrong, right], 3, name=name)
        for name in names
    ]
    target = video(f"{KAVISH} - Kesari Chhaon", KAVISH)
    for gap, fits in (
        (0, True),
        (8, True),
        (-9, True),
        (-20, True),
        (-45, True),
        (-46, False),
        (9, False),
        (30, False),
    ):
        listed = [song("Kesari Chhaon", KAVISH, 200 + gap)]
        made.append(case("video length", target, listed, *([0] if fits else []), name=f"{gap:+} s"))
    return made


def _lengths() -> list[Case]:
    """The gap that is let through: 8 s, or 3 % of a long song; a length that is not known."""
    fits = ((200, 208), (200, 192), (600, 617), (3600, 3700), (60, 66), (0, 200), (200, 0))
    parts = ((200, 209), (200, 191), (600, 620), (3600, 3720), (60, 69))
    return [
        *(case("length", spotify("Paper Tram", ORLA, a), [tram(ORLA, b)], 0, name=f"{a} / {b}") for a, b in fits),
        *(case("length", spotify("Paper Tram", ORLA, a), [tram(ORLA, b)], name=f"{a} / {b}") for a, b in parts),
    ]


def _unsure() -> list[Case]:
    """An unknown length asks for more; what is too alike is not guessed; the album settles it."""
    one, two = tram(ORLA, 197, FIRST), tram(ORLA, 204, SECOND)
    target = spotify("Paper Tram")
    return [
        case("unsure", spotify("Paper Tram", ORLA, 0), [song("Paper Tram (Unasked Words)", ORLA, 200)]),
        case("unsure", spotify("Paper Tram", f"{ORLA};{TOBIN}", 0), [tram(f"{ORLA};{MARLO}")]),
        case("unsure", target, [one, two]),
        case("album settles", spotify("Paper Tram", ORLA, 200, FIRST), [two, one], 1),
        case("album settles", spotify("Paper Tram", ORLA, 201, SECOND), [one, two], 1),
        case("subtitle", target, [song("Paper Tram (Sufi)", ORLA, 200)]),
        case("subtitle", spotify("Paper Tram", album=FIRST), [song("Paper Tram (My Own)", ORLA, 200, album=FIRST)], 0),
    ]


def _codes() -> list[Case]:
    """The same ISRC is the same recording, whatever the titles say, but not of whatever length."""
    target = spotify("Paper Tram", isrc="QZ1")
    return [
        case("isrc", target, [song("Paper Tram", ORLA, 290, isrc="QZ1")]),
        case("isrc", target, [song("Papertram!", "Unknown", 203, isrc="QZ1")], 0),
        case("isrc", target, [song("Paper Tram", ORLA, 200, isrc="QZ2")], 0),
    ]


def _ratings() -> list[Case]:
    """Explicit and clean; the silence of JioSaavn, which says neither."""
    loud, silent = song("Paper Tram", explicit=True), tram()
    return [
        case("explicit", spotify("Paper Tram", explicit=True), [silent], 0),
        case("explicit", spotify("Paper Tram", explicit=True), [silent, loud], 1),
        case("explicit", spotify("Paper Tram", explicit=True), [tram(album="Bad Manners (Clean)")]),
        case("explicit", spotify("Paper Tram"), [loud, silent], 1),
        case("explicit", spotify("Paper Tram"), [loud]),
        case("explicit", spotify("Paper Tram (Explicit)"), [song("Paper Tram (Clean)")]),
    ]


def _albums() -> list[Case]:
    """What an album says of all its songs: live, a dub, somebody else's."""
    live = spotify("Paper Tram - Live at Pier Hall", album=LIVE)
    tamil = song("Paper Tram", ORLA, 200, "tamil")
    return [
        case("live album", spotify("Paper Tram", album=FIRST), [tram(album=LIVE)]),
        case("live album", live, [tram(album=FIRST), tram(album=LIVE)], 1),
        case("dub album", tamil, [tram(album="Nool (Telugu)"), tram(album="Nool")], 1),
        case(
            "dub album",
            spotify("Paper Tram", album="Nool (Hindi)"),
            [tram(language="telugu"), tram(language="hindi")],
            1,
        ),
        case("other album", spotify("Paper Tram"), [tram(album="A Tribute to Orla")]),
        case("other album", spotify("Paper Tram"), [tram(album="Piano Renditions of Orla Fenwright")]),
        case("other album", spotify("Paper Tram"), [tram(album="Greatest Hits")], 0),
    ]


def _translated() -> list[Case]:
    """A name that brackets repeat in another script."""
    pairs = (
        ("봄바람", "Spring Wind (봄바람)"),
        ("Spring Wind", "봄바람 (Spring Wind)"),
        ("雨の電車", "Ame no Densha (雨の電車)"),
    )
    return [case("translated", spotify(one), [song(two, ORLA, 200)], 0) for one, two in pairs]


def cases() -> list[Case]:
    """All of them."""
    made = (_titles, _spelling, _people, _videos, _channels, _lengths, _unsure, _codes, _ratings, _albums, _translated)
    return [one for make in made for one in make()]
