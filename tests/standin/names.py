"""Invented words, artists and films of the made-up catalogue, by language, and the rules that join them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the titles, albums and artists of one language are made of; each tuple has 16 entries."""

    joints: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    albums: tuple[str, ...]
    artists: tuple[str, ...]

    def title(self, number: int) -> str:
        """A song title; the first 64 numbers give 64 different ones."""
        row, column = divmod(number, 16)
        joint = self.joints[number % len(self.joints)]
        return f"{self.first[column]}{joint}{self.second[(5 * row + 3 * column) % 16]}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().replace("_", " ") for word in text.split())


ENGLISH = Vocabulary(
    joints=(" ", " of ", " and "),
    first=_words(
        "Velvet Hollow Amber Northern Copper Silver Midnight Winter Scarlet Broken Gilded Wandering Quiet"
        " Electric Distant Salt"
    ),
    second=_words(
        "Harbour Lanterns Sparrows Gravel Thunder Orchard Mirrors Chimneys Rivers Kites Engines Feathers Tides"
        " Attic Static Embers"
    ),
    albums=_words(
        "Maps_for_Sleepwalkers Tin_Roof_Weather The_Long_Allotment Postcards_Never_Sent Ferry_Timetable"
        " Neon_Hedgerow Borrowed_Umbrellas A_Field_Guide_to_Doors Slow_Telegram Cardboard_Cathedral"
        " Half_Past_Sunday Pocket_Weather The_Understudy Seven_Small_Bridges Rooftop_Almanac Paperclip_Parade"
    ),
    artists=_words(
        "Orla_Fenwright Tobin_Ashcombe The_Glass_Herons Marlo_Vexley Isaura_Quillory Wendel_Dunmarrow"
        " Linnet_&_Rook Caspian_Thorley Petra_Lowbridge Nine_Acre_Choir Juno_Marchbanks Bramwell_Oke The_Tin_Foxes"
        " Odette_Farraway Silas_Hartnoll O'Dell_Street_Band"
    ),
)

HINDI = Vocabulary(
    joints=(" Ki ", " Ke ", " Se ", " Wali "),
    first=_words(
        "Khwabon Baarish Chandni Raaton Naina Sapnon Dhoop Patang Saanson Yaadon Gali Kagaz Sitaron Lehron Mitti"
        " Chaukhat"
    ),
    second=_words(
        "Kahani Dastak Roshni Khamoshi Barsaat Parchhai Muskaan Dhun Sargam Talaash Chitthi Anchal Tasveer Jheel"
        " Pukaar Mehfil"
    ),
    albums=_words(
        "Sheher_Number_Saat Gulabi_Darwaza Neem_Ka_Jahaaz Aadhi_Chai Tota_Express Kal_Ka_Akhbar Saat_Chhatein"
        " Nayi_Topi Meetha_Toofan Lakdi_Ki_Sadak Bina_Pata Peeli_Sawari Do_Kursi_Ek_Khat Rail_Ka_Pankha Chor_Ghadi"
        " Purani_Petiyan"
    ),
    artists=_words(
        "Kavish_Tarwali Ruhana_Chandekar Devrat_Solanta Mehriya_Bansode Ishvan_Kotharkar Tanvika_Rawlani"
        " Sahaj_Birwal Nayesha_Dorwani Arvek_Lohare Pallari_Sengwa Rohvik_Malsane Zoyana_Farhaz Bhuvit_Korade"
        " Anvita_Sehlot Harshil_Dumre Vaidika_Nerkar"
    ),
)

TAMIL = Vocabulary(
    joints=(" ", "in "),
    first=_words(
        "Mazhai Nila Kaatru Vaanam Kadal Poove Thendral Kanavu Megam Oliye Siragu Vizhi Alai Malar Paravai Nadhi"
    ),
    second=_words(
        "Paadal Oviyam Thuligal Payanam Sangamam Kavithai Nizhal Oonjal Thedal Vaasal Raagam Kolam Salangai Medai"
        " Kudai Vannam"
    ),
    albums=_words(
        "Yezhu_Padigal Mannin_Vaasam Thoppi_Kaaran Maadi_Veedu Kaagitha_Padagu Moondram_Jannal Pudhu_Saalai"
        " Oru_Kuvalai Irandu_Sakkaram Vellai_Pandhu Kuthirai_Vandi Siru_Deepam Nool_Pattam Malai_Kovai Ettu_Mani"
        " Pazhaya_Radio"
    ),
    artists=_words(
        "Ilavan_Therkuran Yazhmozhi_Sevvel Kathirvan_Polur Nilavika_Arasur Maranthan_Kuyil Thenisai_Velan"
        " Adhiyan_Muthur Poonguzha_Neyvel Seyon_Karaiyan Aruvika_Thamur Valavan_Ooran Mithrezhil_Kon Iniyan_Sembur"
        " Kayalvi_Murasu Ezhilan_Paruthi Sangavai_Theru"
    ),
)

PUNJABI = Vocabulary(
    joints=(" Di ", " Da ", " Wali "),
    first=_words(
        "Jhanjhar Sohni Chann Gaddi Pind Surma Phulkari Charkha Akhiyan Ranjh Tutti Gabru Kikli Dhol Mehndi Sarson"
    ),
    second=_words("Gall Supna Raat Tor Chhaan Boli Taar Munda Paranda Khushboo Dupatta Nazar Vaari Kothe Udeek Jugni"),
    albums=_words(
        "Nawi_Tractor Kachi_Kandh Chaar_Manje Lassi_Club Billo_Bus_Stand Tuttiyan_Tarran Sadde_Vehre Khet_Kinare"
        " Patiala_Post Do_Pagg Mitha_Gurh Vadda_Bohar Bhatti_Wala Laal_Scooter Ucha_Chubara Pakki_Sarak"
    ),
    artists=_words(
        "Harvir_Dhalkot Simmi_Brarwal Jagtej_Mohalli Navroop_Sidhana Gurlaal_Khehra Preeto_Malwai Balkar_Ranwind"
        " Jassika_Dhindora Mandeer_Toorke Rubal_Chakkwal Sukhraj_&_Party Kulveera_Doabi Amroz_Gilkot Teji_Phulwar"
        " Lovejit_Bajwana Ranbeer_Kotli"
    ),
)

VOCABULARIES = {"english": ENGLISH, "hindi": HINDI, "tamil": TAMIL, "punjabi": PUNJABI}

DJS = _words("DJ_Saffron_Static DJ_Kettle Nightbus_9 DJ_Tezaab_Toast")
KARAOKE_SINGER = "Sing Along Studio"
LABELS = _words("Paper_Moon_Records Saat_Sur_Audio Kaatru_Isai Five_Taps_Music Kite_&_Co.")
