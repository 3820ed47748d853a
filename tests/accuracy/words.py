"""Labelled cases of typed words: what people type, against what a service lists."""

from __future__ import annotations

from dataclasses import replace

from music.domain import Track
from tests.accuracy.cases import Case, case, song
from tests.accuracy.seeds import SEEDS, Seed
from tests.accuracy.tables import rows

HINDI, SINGER = "hindi", "Kavish Tarwali"


def row(seed: Seed, aside: str = "", artist: str = "", album: str | None = None, language: str | None = None) -> Track:
    """The song of a seed as a service lists it."""
    return song(
        f"{seed.found} {aside}".strip(),
        artist or f"{seed.artist};{seed.second}",
        seed.duration,
        seed.language if language is None else language,
        seed.album if album is None else album,
    )


DECOY = song("Rooftop Almanac", "Silas Hartnoll", 190, "english", "Rooftop Almanac")


def _matrix() -> list[Case]:
    made: list[Case] = []
    for seed in SEEDS:
        plain = row(seed)
        made += [case("spelling", typed, [DECOY, plain], 1) for typed in seed.typed]
        made += [
            case("exact", seed.title, [DECOY, plain], 1),
            case("with artist", f"{seed.title} {seed.artist}", [row(seed, artist=seed.other, album=""), plain], 1),
            case("with artist", f"{seed.artist} {seed.found}", [row(seed, artist=seed.other, album=""), plain], 1),
            case("with film", f"{seed.found} {seed.album}", [DECOY, plain], 1),
            case("stop words", f"play {seed.found} song by {seed.artist}", [DECOY, plain], 1),
            case("stop words", f"{seed.found} full video song hd", [DECOY, plain], 1),
            case("stop words", f"{seed.found} mp3 download", [DECOY, plain], 1),
            case("junk", seed.found, [row(seed, "Ringtone"), row(seed, "(Karaoke)"), plain], 2),
            case("junk", seed.found, [row(seed, "Caller Tune"), row(seed, "Jukebox")]),
            case("version asked", f"{seed.found} live", [plain, row(seed, "(Live at Pier Hall)")], 1),
            case("version asked", f"{seed.found} lofi", [plain, row(seed, "(Lo-Fi Flip)")], 1),
            case("version asked", f"{seed.found} remix", [plain]),
            case("version asked", f"{seed.found} female version", [plain, row(seed, "(Female)")], 1),
            case("version asked", f"{seed.found} slowed reverb", [plain, row(seed, "[Slowed + Reverb]")], 1),
            case("version not asked", seed.found, [row(seed, "(Live)"), row(seed, "- Remix"), plain], 2),
            case("version not asked", seed.found, [row(seed, "[Slowed + Reverb]"), plain], 1),
            case("other artist", f"{seed.found} by {seed.artist}", [row(seed, artist=seed.other, album="")]),
            case("other song", f"{seed.artist} {seed.found} Zanzibar Blimp Quilt", [DECOY]),
            case("other song", seed.found, [DECOY]),
            case("popular first", seed.found, [_popular(seed), plain], 1),
            case("artist alone", seed.artist, [plain, DECOY], 0),
        ]  # fmt: skip
    return [one for one in made if not _is_vague(one)]


def _popular(seed: Seed) -> Track:
    return song(f"{seed.found} Zanzibar", seed.other, seed.duration, seed.language, "Zanzibar")


def _is_vague(one: Case) -> bool:
    """A symbol among words is not a word: those songs are only typed alone."""
    symbols = one.candidates and any(not any(map(str.isalnum, track.title.split()[0])) for track in one.candidates)
    return bool(symbols) and one.rule not in ("exact", "spelling", "artist alone", "other song")


CATALOGUE = (
    song("Tum Hi Dariya", SINGER, 262, HINDI, "Aadhi Chai 2"),
    song("Kesari Chhaon", "Composer One;Kavish Tarwali", 268, HINDI, "Gulabi Darwaza"),
    song("Channa Mereya Re", "Composer One;Kavish Tarwali", 289, HINDI, "Ae Purani Gali"),
    song("Dil Dhadakta Hai", "Ruhana Chandekar", 240, HINDI, "Neem Ka Jahaaz"),
    song("Dal Makhani", "DJ Kettle", 180, HINDI, "Party Plates"),
    song("Mera Saaya", "Ruhana Chandekar", 200, HINDI, "Saaya"),
    song("Meri Subah", "Ruhana Chandekar", 210, HINDI, "Saaya"),
    song("Zindagi Ke Raaste", "Devrat Solanta", 222, HINDI, "Tota Express"),
    song("Mohabbat Ka Sheher", "Ruhana Chandekar;Kavish Tarwali", 250, HINDI, "Sheher Number Saat"),
    song("Believing", "The Tin Foxes", 204, "english", "Foxglove"),
    song("Video Rooms", "Odette Farraway", 199, "english", "Rooms"),
    song("Thunderstruck Kettle", "The Tin Foxes", 292, "english", "Kettles"),
    song("Stand by the Harbour", "Caspian Thorley", 180, "english", "Harbour"),
    song("Long Live the Kettle", "Isaura Quillory", 301, "english", "Kettle"),
    song("Despedida Lenta", "Zoë Fårberg", 229, "spanish", "Lenta"),
    song("Mazhai Vaasam", "Ilavan Therkuran", 244, "tamil", "Yezhu Padigal"),
    song("Dilwale Raste", "Sahaj Birwal", 233, HINDI, "Raste"),
    song("Don't Stop the Ferry", "Nine Acre Choir", 203, "english", "Ferry"),
)


def _table() -> list[Case]:
    """What was typed, and the title that answers it, if any."""
    places = {track.title: place for place, track in enumerate(CATALOGUE)}
    return [case(rule, query, CATALOGUE, *([places[title]] if title else [])) for rule, query, title in rows("typed")]


def _dubs() -> list[Case]:
    rows = [
        song("Vaanavil Sakkaram", "Composer One;Singer T", 238, "telugu", "Nool (Telugu)"),
        song("Vaanavil Sakkaram", "Composer One;Singer H", 238, "hindi", "Nool (Hindi)"),
        song("Vaanavil Sakkaram", "Composer One;Singer M", 238, "tamil", "Nool"),
    ]
    return [
        case("language", "vaanavil sakkaram", rows, 2, languages=("tamil",)),
        case("language", "vaanavil sakkaram", rows, 1, languages=("hindi", "tamil")),
        case("language", "vaanavil sakkaram", rows, 0, languages=("kannada", "telugu")),
        case("language", "vaanavil sakkaram", rows, 0, languages=("english",)),
        case("language", "vaanavil sakkaram hindi", rows, 1),
        case("language", "vaanavil sakkaram telugu song", rows, 0),
        case("language", "vaanavil sakkaram tamil version", rows, 2),
        case("language", "வானவில் சக்கரம்", rows[2:], 0),
        case("language", "vaanavil sakkaram bengali", rows),
    ]


def _junk() -> list[Case]:
    """Rows that nobody wants, unless they are asked for."""
    plain = CATALOGUE[0]
    long = [
        song("Kavish Tarwali Jukebox", "Kite Music", 3600),
        song("Kavish Tarwali Nonstop", "DJ Kettle", 2400),
        plain,
    ]
    karaoke = song("Tum Hi Dariya (Karaoke Version)", "Sing Along", 262, HINDI)
    imitation = song("Tum Hi Dariya", "Sing Along Karaoke", 262, HINDI, "Karaoke Hits")
    return [
        case("junk", "kavish tarwali songs", long, 2),
        case("junk", "tum hi dariya", [song("Tum Hi Dariya (WhatsApp Status)", SINGER, 30, HINDI), plain], 1),
        case("junk", "tum hi dariya", [imitation, plain], 1),
        case("junk", "tum hi dariya karaoke", [plain, karaoke], 1),
        case("junk", "tum hi dariya ringtone", [plain, song("Tum Hi Dariya Ringtone", "Tone Bakery", 30, HINDI)], 1),
    ]


def _order() -> list[Case]:
    """The service's order decides between equals, and only there."""
    kaal, kal = song("Kaal", SINGER, language=HINDI), song("Kal", "Ruhana Chandekar", language=HINDI)
    video, plain = song("Video Rooms", "Odette Farraway"), song("Rooms", "Petra Lowbridge")
    return [
        case("order", "paper tram", [song("Paper Tram", "Marlo Vexley"), song("Paper Tram")], 0),
        case("order", "kal", [kaal, kal], 1),
        case("order", "rooms", [video, plain], 1),
        case("order", "video rooms", [plain, video], 1),
    ]


def _unasked() -> list[Case]:
    """A version that nobody asked for, where the song itself is not listed, and who is named with it."""
    plain = song("Tum Hi Dariya", "Composer One", 262, HINDI, "Aadhi Chai 2")
    lofi = song("Tum Hi Dariya (Lofi)", f"Composer One;{SINGER};Night Kettle", 240, HINDI, "Dariya Lofi")
    cover = song("Tum Hi Dariya (Cover)", "Ruhana Chandekar", 200, HINDI, "Covers")
    tribute = song("Tum Hi Dariya", "Ruhana Chandekar", 200, HINDI, f"Tribute to {SINGER}")
    whose = song("Tum Hi Dariya (Kavish Tarwali Cover)", "Ruhana Chandekar", 200, HINDI)
    remaster = song("Tum Hi Dariya (2011 Remaster)", SINGER, 262, HINDI, "Aadhi Chai 2")
    return [
        *(case("unasked", "tum hi dariya", [one]) for one in (lofi, cover, tribute, whose)),
        *(case("unasked", "tum hi dariya kavish tarwali", [one]) for one in (lofi, cover, tribute, whose)),
        *(case("unasked", "tum hi dariya", [one, plain], 1) for one in (lofi, cover, tribute, whose)),
        *(case("unasked", "tum hi dariya ruhana chandekar", [plain, one], 1) for one in (cover, tribute, whose)),
        case("unasked", "tum hi dariya", [remaster], 0),
        case("unasked", "tum hi dariya", [song("Tum Hi Dariya (Film Version)", SINGER, 262, HINDI)], 0),
        case("unasked", "tum hi dariya", [song("Tum Hi Dariya (Radio Edit)", SINGER, 262, HINDI)], 0),
        case("unasked", "tum hi dariya", [song("Tum Hi Dariya (Night Kettle Edit)", SINGER, 262, HINDI)]),
        case("unasked", "tum hi dariya lofi", [plain, lofi], 1),
        case("unasked", "tum hi dariya kavish tarwali", [plain, lofi], 1),
        case("unasked", "tum hi dariya kavish tarwali", [plain, lofi, CATALOGUE[0]], 2),
        case("unasked", "tum hi dariya kavish tarwali", [replace(plain, artists=DECOY.artists), lofi]),
        case("unasked", "kavish tarwali", [lofi], 0),
        case("unasked", "video rooms odette farraway", [song("Video Rooms (Odette's Version)", "Odette Farraway")], 0),
        case("unasked", "video rooms odette farraway", [song("Video Rooms (Wedding Version)", "Odette Farraway")]),
    ]


def _spelled() -> list[Case]:
    """A name that is spelled otherwise stands where the service puts it; another name stands behind."""
    first = song("Mere Sapnon Ka Ghaat", SINGER, 300, HINDI, "Tota Express")
    cover = song("Mere Sapno Ka Ghaat", "Ruhana Chandekar", 235, HINDI, "Mere Sapno Ka Ghaat")
    longer = song("Mere Sapnon Ka Ghaat Neela", SINGER, 300, HINDI, "Tota Express")
    return [
        case("order", "mere sapno ka ghaat", [first, cover], 0),
        case("order", "mere sapno ka ghaat", [cover, first], 0),
        case("order", "mere sapno ka ghaat ruhana", [first, cover], 1),
        case("order", "mere sapno ka ghaat", [longer, cover], 1),
        case("order", "mere sapno ka ghaat", [replace(first, title="Ghaat Mere Sapnon Ka"), cover], 1),
    ]


def _albums() -> list[Case]:
    """A film's name asks for any song of it; another album's, or "title track", for the song of that name."""
    filmed = song("Kesari Chhaon", SINGER, 268, HINDI, "Gulabi Darwaza")
    titled = song("Gulabi Darwaza", SINGER, 268, HINDI, "Gulabi Darwaza")
    ferry = song("Lanterns", "Odette Farraway", 190, "english", "Night Ferry")
    score = song("Lanterns", "Odette Farraway", 190, "english", "Night Ferry (Original Motion Picture Soundtrack)")
    two = song("Lanterns / Kettle", "Odette Farraway;Nine Acre Choir", 200, "english", "Night Ferry")
    return [
        case("album", "gulabi darwaza", [filmed], 0),
        case("album", "gulabi darwaza title track", [filmed]),
        case("album", "gulabi darwaza title song", [filmed, titled], 1),
        case("album", "gulabi darwaza title song", [replace(filmed, title="Kesari Chhaon (Title Track)")], 0),
        case("album", "night ferry odette farraway", [ferry]),
        case("album", "night ferry", [ferry, song("Night Ferry", "Odette Farraway", 190, "english", "Night Ferry")], 1),
        case("album", "night ferry", [score], 0),
        case("album", "lanterns night ferry", [ferry], 0),
        case("two songs", "lanterns odette farraway", [two]),
        case("two songs", "lanterns odette farraway", [two, ferry], 1),
        case("two songs", "lanterns kettle", [ferry, two], 1),
        case("two songs", "lanterns", [song("Lanterns / Odette Farraway", "Odette Farraway")], 0),
        case("two songs", "mera saaya", [song("Mera Saaya / मेरा साया", SINGER, 200, HINDI)], 0),
    ]


def cases() -> list[Case]:
    """All of them."""
    made = (_matrix, _table, _dubs, _junk, _order, _unasked, _spelled, _albums)
    return [one for make in made for one in make()]
