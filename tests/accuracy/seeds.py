"""Invented songs in many scripts and title shapes, from which the matrix of labelled cases is made."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Seed:
    """A song as a target writes it and as the candidates do; `typed` are spellings that people type."""

    title: str
    found: str
    artist: str
    second: str  # another artist of the same song
    album: str
    language: str
    duration: int
    typed: tuple[str, ...]
    other: str = "Tobin Ashcombe"  # somebody else who has a song of that name


SEEDS = (
    Seed("Marmalade Telescope", "Marmalade Telescope", "Orla Fenwright", "Tobin Ashcombe", "The Marmalade Drawer",
         "english", 213, ("marmelade telescope", "marmalade telescop"), "Petra Lowbridge"),
    Seed("Go", "Go", "Marlo Vexley", "Petra Lowbridge", "Neon Hedgerow", "english", 154, ("go marlo vexley",)),
    Seed("÷÷", "÷÷", "Nine Acre Choir", "Juno Marchbanks", "Sums", "english", 187, ("÷÷",)),
    Seed("Live and Let Rain", "Live and Let Rain", "The Tin Foxes", "Orla Fenwright", "Tin Roof Weather", "english",
         242, ("live and let rain", "live & let rain")),
    Seed("Cover Me in Salt", "Cover Me in Salt", "Odette Farraway", "Silas Hartnoll", "Tide Tables", "english", 201,
         ("cover me in salt odette", "cover me in slat odette farraway")),
    Seed("Salt & Gravel", "Salt and Gravel", "Linnet & Rook", "Bramwell Oke", "Gravel Songs", "english", 176,
         ("salt and gravel", "salt gravel linnet rook")),
    Seed("Café Déjà Bleu", "Cafe Deja Bleu", "Zoë Fårberg", "Isaura Quillory", "Crème Brûlée Radio", "english", 198,
         ("cafe deja bleu", "café deja blue zoe farberg")),
    Seed("99 Lanterns", "99 Lanterns", "Caspian Thorley", "Wendel Dunmarrow", "Lamp Oil", "english", 222,
         ("99 lanterns", "99 lantern caspian thorley")),
    Seed("O'Dell's Long Lament for the Borrowed Umbrella", "O’Dells Long Lament for the Borrowed Umbrella",
         "O'Dell Street Band", "Juno Marchbanks", "Borrowed Umbrellas", "english", 331,
         ("odells long lament borrowed umbrella", "long lament for the borowed umbrella")),
    Seed("🪁", "🪁", "Nightbus 9", "DJ Kettle", "Kites", "english", 160, ("🪁",)),
    Seed("Khwaabon Ki Dastak", "Khwabon Ki Dastak", "Kavish Tarwali", "Ruhana Chandekar", "Sheher Number Saat", "hindi",
         268, ("khwabon ki dastak", "khwaboon ki dastk")),
    Seed("Chaukhat", "Chaukhat", "Devrat Solanta", "Mehriya Bansode", "Gulabi Darwaza", "hindi", 244,
         ("chokhat", "chaukhat devrat")),
    Seed("Kesariyaa Dhoop", "Kesariya Dhup", "Nayesha Dorwani", "Arvek Lohare", "Neem Ka Jahaaz", "hindi", 251,
         ("kesriya dhoop", "kesaria dhup")),
    Seed("Mazhai Oviyam", "Mazhai Oviyam", "Ilavan Therkuran", "Yazhmozhi Sevvel", "Yezhu Padigal", "tamil", 259,
         ("mazhai oviam", "mazhaii oviyam ilavan")),
    Seed("Jhanjhar Di Gall", "Jhanjhar Di Gal", "Harvir Dhalkot", "Simmi Brarwal", "Lassi Club", "punjabi", 189,
         ("jhanjar di gall", "jhanjhar di gal harvir")),
    Seed("बारिश की धुन", "Baarish Ki Dhun", "Ishvan Kotharkar", "Tanvika Rawlani", "Aadhi Chai", "hindi", 233,
         ("बारिश की धुन", "barish ki dhun")),
    Seed("ज़िंदगी का काग़ज़", "Zindagi Ka Kagaz", "Sahaj Birwal", "Pallari Sengwa", "Tota Express", "hindi", 277,
         ("ज़िंदगी का काग़ज़", "zindgi ka kaagaz")),
    Seed("வானவில் பயணம்", "Vaanavil Payanam", "Kathirvan Polur", "Nilavika Arasur", "Mannin Vaasam", "tamil", 262,
         ("வானவில் பயணம்", "vanavil payanam")),
    Seed("నీలి మేఘం", "Neeli Megham", "Varenya Kolluri", "Sitara Pennada", "Puli Joodam", "telugu", 240,
         ("నీలి మేఘం", "nili megham")),
    Seed("ਸੋਹਣੀ ਰਾਤ", "Sohni Raat", "Jagtej Mohalli", "Navroop Sidhana", "Nawi Tractor", "punjabi", 195,
         ("ਸੋਹਣੀ ਰਾਤ", "sohni rat")),
    Seed("আমার নদীর গান", "Amar Nodir Gaan", "Sohag Barendra", "Ritika Palmal", "Dui Tire", "bengali", 255,
         ("আমার নদীর গান", "amar nodir gan")),
    Seed("ليلة القمر", "Laylat El Qamar", "Karim Haddoun", "Nour Besari", "Bayt Qadim", "arabic", 228,
         ("ليلة القمر", "laylat el qamar")),
    Seed("خوابوں کی رات", "Khwabon Ki Raat", "Zoyana Farhaz", "Bhuvit Korade", "Purani Chitthi", "urdu", 301,
         ("خوابوں کی رات", "khwabon ki raat")),
    Seed("Тихая вода", "Tikhaya Voda", "Лев Морошкин", "Anna Belova", "Пристань", "russian", 217,
         ("тихая вода", "tikhaya voda")),
    Seed("Γλυκιά θάλασσα", "Glykia Thalassa", "Nikos Arvanes", "Eleni Korda", "Limani", "greek", 246,
         ("γλυκια θαλασσα", "glykia thalassa")),
    Seed("봄바람", "Bom Baram", "Haneul Dorim", "Mirae Song-i", "Oreum", "korean", 209, ("봄바람", "bombaram")),
    Seed("ドライブ", "Doraibu", "Sora Minato", "Aoi Kuroda", "Hikari", "japanese", 231, ("ドライブ", "doraibu")),
)  # fmt: skip


def latin(seed: Seed) -> Seed:
    """The song with its title as the candidates write it, where words are put around the title."""
    return replace(seed, title=seed.found)
