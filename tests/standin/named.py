"""Songs that tests may rely on by name: each is in the catalogue, and is what its constant says."""

from tests.standin.names import DJS, ENGLISH, HINDI, KARAOKE_SINGER, LABELS, PUNJABI, TAMIL
from tests.standin.song import Album, Kind, Song


def _album(title: str, artist: str, language: str = "english", year: int = 2019) -> Album:
    return Album(title, artist, language, year, LABELS[0], film=False)


def _film(title: str, language: str, year: int = 2022) -> Album:
    return Album(title, _COMPOSER, language, year, LABELS[0], film=True)


def _song(title: str, album: Album, duration: int, play_count: int, kind: Kind = Kind.ORIGINAL) -> Song:
    recording = f"{title}|{album.artist}"
    return Song(title, album, (album.artist,), duration, album.language, play_count, recording, kind)


def _film_song(title: str, album: Album, singer: str, play_count: int, kind: Kind = Kind.ORIGINAL) -> Song:
    artists, recording = (_COMPOSER, singer), f"{title}|{album.title}"
    return Song(title, album, artists, 238, album.language, play_count, recording, kind, composers=(_COMPOSER,))


_COMPOSER = TAMIL.artists[0]
_SINGER = ENGLISH.artists[0]
_DRAWER = _album("The Marmalade Drawer", _SINGER)
_ODDITIES = _album("Odds & Ends", _SINGER, year=2021)

PLAIN = _song("Marmalade Telescope", _DRAWER, 213, 42_000_000)
"""An ordinary English song of 3:33 with a title like no other."""

_REMIX_ARTISTS = (_SINGER, DJS[0])
_REMIX = "Marmalade Telescope (Saffron Static Remix)"
REMIX = Song(_REMIX, _ODDITIES, _REMIX_ARTISTS, 254, "english", 900_000, _REMIX, Kind.REMIX)
"""A remix of PLAIN."""

LIVE = _song("Marmalade Telescope (Live at Pier Hall)", _ODDITIES, 281, 400_000, Kind.LIVE)
"""PLAIN before an audience, 68 s longer."""

_SING_ALONG = _album("Sing Along, Vol. 4", KARAOKE_SINGER)
KARAOKE = _song("Marmalade Telescope (Karaoke Version)", _SING_ALONG, 213, 150_000, Kind.KARAOKE)
"""PLAIN without the voice, as long as PLAIN."""

INSTRUMENTAL = _song("Marmalade Telescope (Instrumental)", _DRAWER, 213, 120_000, Kind.INSTRUMENTAL)
"""PLAIN without the voice, by the same artist."""

RINGTONE = _song("Marmalade Telescope Ringtone", _album("Pocket Tones", "Tone Bakery"), 29, 60_000, Kind.RINGTONE)
"""29 s of PLAIN."""

DUB_ORIGINAL = _film_song("Vaanavil Sakkaram", _film("Nool Vidum Naal", "tamil"), TAMIL.artists[1], 31_000_000)
"""A Tamil film song, of which DUB and DUB_IN_BRACKETS are the dubs."""

_TELUGU, _HINDI = _film("Nool Vidum Naal (Telugu)", "telugu"), _film("Nool Vidum Naal (Hindi)", "hindi")
DUB = _film_song("Vaanavil Sakkaram - Telugu", _TELUGU, TAMIL.artists[5], 8_000_000, Kind.DUB)
"""The Telugu dub of DUB_ORIGINAL: same melody, same length, other words."""

DUB_IN_BRACKETS = _film_song("Vaanavil Sakkaram (Hindi)", _HINDI, HINDI.artists[4], 5_000_000, Kind.DUB)
"""The Hindi dub of DUB_ORIGINAL."""

SHORT = _song("One Minute Postbox", _ODDITIES, 60, 70_000)
"""Exactly 60 s."""

LONG = _song("The Hourglass Suite, Complete", _album("The Hourglass Suite", ENGLISH.artists[9]), 3600, 65_000)
"""Exactly 3600 s."""

_CHAI = Album("Chai & Samosa - It's Showtime", HINDI.artists[0], "hindi", 2018, LABELS[0], film=True)
_CHAI_ARTISTS = ("Linnet & Rook", "O'Dell Street Band")
_RAAT = 'Raat & Dhoop (From "Chai & Samosa")'
ENTITIES = Song(_RAAT, _CHAI, _CHAI_ARTISTS, 227, "hindi", 3_300_000, _RAAT, composers=(HINDI.artists[0],))
"""Ampersand, quotation marks and apostrophe in the title, the album and the artists."""

ACCENTED = _song("Café Déjà Bleu", _album("Crème Brûlée Radio", "Zoë Fårberg"), 198, 1_700_000)
"""Accents in the title, the album and the artist."""

_MANNERS, _CLEAN_MANNERS = (
    _album("Bad Manners", ENGLISH.artists[12]),
    _album("Bad Manners (Clean)", ENGLISH.artists[12]),
)
_TICKET, _TICKET_ARTISTS = "Parking Ticket Blues", (ENGLISH.artists[12],)
EXPLICIT = Song(_TICKET, _MANNERS, _TICKET_ARTISTS, 187, "english", 2_100_000, "parking ticket", explicit=True)
"""Marked as explicit."""

CLEAN = Song(_TICKET, _CLEAN_MANNERS, _TICKET_ARTISTS, 187, "english", 300_000, "parking ticket clean")
"""EXPLICIT with the words made decent."""

_CUPBOARD = _album("From the Cupboard", ENGLISH.artists[8], year=1998)
_WALTZ, _WALTZ_ARTISTS = "Wax Cylinder Waltz", (ENGLISH.artists[8],)
NO_320 = Song(_WALTZ, _CUPBOARD, _WALTZ_ARTISTS, 176, "english", 90_000, _WALTZ, best_bitrate=160)
"""Has files at 48, 96 and 160 kbit/s, and none at 320."""

_GUEST = (PUNJABI.artists[1],)
_UMBRELLA, _HOSTS = _album("Umbrella Republic", ENGLISH.artists[2]), (ENGLISH.artists[2],)
_WITH_GUEST = f"Umbrella Republic (feat. {_GUEST[0]})"
FEATURED = Song(_WITH_GUEST, _UMBRELLA, _HOSTS, 201, "english", 5_600_000, "umbrella republic", featured=_GUEST)
"""With a guest, named in the title and in the credits."""

_LIGHTHOUSE = "Letters to the Lighthouse"
COVERS = (
    _song(_LIGHTHOUSE, _album(_LIGHTHOUSE, ENGLISH.artists[4], year=2012), 190, 9_000_000),
    _song(_LIGHTHOUSE, _album("Kept Letters", ENGLISH.artists[7], year=2015), 207, 2_200_000, Kind.COVER),
    _song(_LIGHTHOUSE, _album("Tide Tables", ENGLISH.artists[13], year=2018), 224, 1_300_000, Kind.COVER),
    _song(_LIGHTHOUSE, _album("Sea Post", HINDI.artists[3], year=2020), 241, 800_000, Kind.COVER),
)
"""One title by four artists, the best known first."""

ORIGINAL_RELEASE = _song("Saffron Elevator", _album("Lift Music", ENGLISH.artists[10], year=2014), 222, 6_000_000)
"""A song that COMPILATION holds too."""

_LIFTS = _album("Best of Lifts", "Various Artists", year=2023)
COMPILATION = Song(
    "Saffron Elevator", _LIFTS, ORIGINAL_RELEASE.artists, 222, "english", 1_000_000, ORIGINAL_RELEASE.recording
)
"""The recording of ORIGINAL_RELEASE on a later album."""

_LOVE_TITLES = (
    "Love Is a Paper Boat",
    "Love at the Tram Stop",
    "Half a Love",
    "Love, Signed and Stamped",
    "The Love Timetable",
    "Love Locksmith",
    "Borrowed Love",
    "Love in Lowercase",
    "Love on the Night Bus",
    "My Love Wears Wellingtons",
    "Love Lost in Transit",
    "Love Wala Letter",
)

LOVE = tuple(
    _song(title, _album("Kinds of Affection", artist), 180 + 7 * number, 50_000_000 - 3_000_000 * number)
    for number, (title, artist) in enumerate(zip(_LOVE_TITLES, ENGLISH.artists, strict=False))
)
"""Twelve songs with the word Love in the title, the best known first."""

NAMED = (
    *(PLAIN, REMIX, LIVE, KARAOKE, INSTRUMENTAL, RINGTONE, DUB_ORIGINAL, DUB, DUB_IN_BRACKETS, SHORT, LONG, ENTITIES),
    *(ACCENTED, EXPLICIT, CLEAN, NO_320, FEATURED, *COVERS, ORIGINAL_RELEASE, COMPILATION, *LOVE),
)
"""All of them."""
