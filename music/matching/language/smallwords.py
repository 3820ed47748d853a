"""Small words of Hindi, Urdu and Punjabi, and the ways in which they are spelled. Nothing but a table.

They have no settled spelling, are too short for the rules of `scripts`, and stand in every other title; some
longer words that are sung as often follow no rule either. Each line is one word, or two that sound alike and are
written alike (मैं and में, both main and mein). What is apart in meaning stays apart, however near it is in letters: ki,
ke, ka; tu, tum; ye, wo; hai, ho.
"""

from __future__ import annotations

_WORDS = (
    # questions and places
    "kyun kyu kyon kyoon kyoun kyo",
    "kahan kaha kahaan kahaa kahanh",
    "jahan jaha jahaan jahaa",
    "yahan yaha yahaan yahaa",
    "wahan waha wahaan wahaa vahan vaha vahaan",
    "kahin kahi",
    "wahi wohi vahi vohi",
    "yahi yehi",
    "kabhi kabi kbhi kabhie",
    # persons
    "main mai mein mei me",
    "hum ham",
    "woh wo vo voh",
    "mujhe muje mujhay mjhe",
    "tujhe tuje tujhay tjhe",
    "mujhko mujko",
    "tujhko tujko",
    "tumhein tumhe tumhen tumhay",
    "humein hume humen hamein hame hamen",
    "unhein unhe unhen",
    "inhein inhe inhen",
    "jinhein jinhe jinhen",
    # to be, to do, to go
    "hoon hu hun hoo houn",
    "hain hai hein he",
    "doon du dun doo",
    "loon lu lun loo",
    "jaun jaoon jaaun jau",
    "keh kah",
    "reh rah",
    "raha rha",
    "rahe rhe",
    "rahi rhi",
    "gaya gya",
    "gaye gye",
    "gayi gai gyi",
    "hua huwa huva",
    "hui huyi",
    "kar kr",
    "karo kro",
    # yes and no, and what joins
    "nahin nahi naheen nahee nhi nahii",
    "haan han ha",
    "aur or",
    "agar agr",
    "magar magr mgr",
    # how much, how
    "ek ik ikk",
    "bahut bohot bohat bahot bohut boht bahoot",
    "thoda thora",
    "thodi thori",
    "koi koyi",
    "nayi nai",
    # calls
    "ae ay aye ai aey e",
    "ve vey veh we way wey",
    "o oh ohh",
    # sung as often
    "dua duwa duaa",
    "pyaar pyar piyar",
    "mohabbat mohabat mohobbat muhabbat muhabat",
    "gham gam",
    "ghazal gazal",
    "ladki larki",
    "ladka larka",
    "kudi kuri",
    "khwaab khwab khaab",
    "hamesha humesha",
    "hamara humara",
    "hamari humari",
    "hamare humare",
    "hamsafar humsafar",
    # a name that is shortened
    "mohammed mohammad mohamed muhammad muhammed mohd",
)
SPELLINGS = {spelling: group for group in map(str.split, _WORDS) for spelling in group}  # and all of its word
# Words of English too, or no word at all: such a pair says little by itself.
DOUBTFUL = frozenset("e ha he me o or way we wey".split())
