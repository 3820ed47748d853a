"""The made-up reports of wrong songs, and what staff decided. The songs are those that the stand-in plays. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["open", "pinned", "dismissed"]


@dataclass(frozen=True)
class Song:
    """A song that does not exist, with an id of the form that its source gives."""

    id: str
    title: str
    artist: str
    seconds: int

    @property
    def name(self) -> str:
        return f"{self.title} - {self.artist}"


PLAIN = Song("jiosaavn:R7OmnS1l", "Marmalade Telescope", "Orla Fenwright", 213)
LIVE = Song("jiosaavn:95juOioQ", "Marmalade Telescope (Live at Pier Hall)", "Orla Fenwright", 281)
REMIX = Song(
    "jiosaavn:yxBrDvJu", "Marmalade Telescope (Saffron Static Remix)", "Orla Fenwright, DJ Saffron Static", 254
)
KARAOKE = Song("youtube:F8yWNthmPDS", "Marmalade Telescope (Karaoke Version)", "Sing Along Studio", 213)
CAFE = Song("jiosaavn:ZbmjsBjf", "Café Déjà Bleu", "Zoë Fårberg", 198)
TAMIL = Song("jiosaavn:dB4fQCEj", "Vaanavil Sakkaram", "Ilavan Therkuran, Yazhmozhi Sevvel", 238)
TELUGU = Song("jiosaavn:aTYJXsXJ", "Vaanavil Sakkaram - Telugu", "Ilavan Therkuran, Thenisai Velan", 238)
LETTERS = Song("jiosaavn:fm2dBzt6", "Letters to the Lighthouse", "Isaura Quillory", 190)
COVER = Song("jiosaavn:aFSKb-TE", "Letters to the Lighthouse", "Caspian Thorley", 207)
THIRD = Song("youtube:kl7HI74G23f", "Letters to the Lighthouse", "Odette Farraway", 224)
BUS = Song("jiosaavn:bjvLd7Hj", "Love on the Night Bus", "Petra Lowbridge", 236)
STOP = Song("jiosaavn:jwZH-XTm", "Love at the Tram Stop", "Tobin Ashcombe", 187)
EXPLICIT = Song("jiosaavn:nwUGO-MW", "Parking Ticket Blues", "The Tin Foxes", 187)
CLEAN = Song("youtube:4Q4ndbDrJfu", "Parking Ticket Blues", "The Tin Foxes", 187)
SONGS = (PLAIN, LIVE, REMIX, KARAOKE, CAFE, TAMIL, TELUGU, LETTERS, COVER, THIRD, BUS, STOP, EXPLICIT, CLEAN)


@dataclass(frozen=True)
class Told:
    """A report: what was asked for, given and is right, what the caller wrote, how often and how many days ago it came
    first, from which of the bots, and what staff decided."""

    requested: str
    given: Song
    right: Song | None
    note: str
    times: int
    days_ago: int
    bot: str
    decision: Decision = "open"
    why: str = ""


REPORTS = (
    Told("marmalade telescope karaoke", PLAIN, KARAOKE, "the sing-along one was meant", 7, 0, "Lantern Radio"),
    Told("marmalade telescope karaoke", PLAIN, None, "plays with the singer", 3, 1, "Chai and Chorus"),
    Told("letters to the lighthouse", COVER, LETTERS, "wrong singer", 5, 1, "Paper Boat Music"),
    Told(
        "https://www.youtube.com/watch?v=4Q4ndbDrJfu",
        EXPLICIT,
        CLEAN,
        "this one has swear words",
        4,
        2,
        "Campus Jukebox",
    ),
    Told("vaanavil sakkaram telugu", TAMIL, TELUGU, "listener asks for the dub", 2, 3, "Monsoon Mix"),
    Told("love at the stop", BUS, None, "it was the tram, not the bus", 1, 4, "Tram Line 9"),
    Told("cafe deja bleu", PLAIN, CAFE, "", 1, 5, "Echo Garden"),
    Told("marmalade telescope live", PLAIN, LIVE, "studio version came", 9, 12, "Night Shift DJ", "pinned", "as told"),
    Told(
        "marmalade telescope saffron",
        PLAIN,
        REMIX,
        "",
        6,
        19,
        "Lantern Radio",
        "pinned",
        "the remix is what they sing of",
    ),
    Told("lighthouse letters odette", LETTERS, THIRD, "Odette sings it here", 3, 26, "Lighthouse Player", "pinned", ""),
    Told("night bus love song", STOP, BUS, "", 2, 33, "Rickshaw Radio", "pinned", ""),
    Told(
        "parking ticket blues",
        EXPLICIT,
        CLEAN,
        "please the clean one",
        2,
        15,
        "Study Room Three",
        "dismissed",
        "nobody asked for it",
    ),
    Told(
        "marmalade telescope",
        PLAIN,
        LIVE,
        "I like the live one more",
        1,
        22,
        "Vinyl Cat",
        "dismissed",
        "it is right",
    ),
    Told("love", BUS, None, "not my love", 1, 41, "Leaked in a Group", "dismissed", "cannot be told from one word"),
)
# Pinned without a report, and one that was taken back.
BY_HAND = (("bus song", BUS, "", True), ("vaanavil sakkaram", TELUGU, "telugu", True), ("tram song", STOP, "", False))
