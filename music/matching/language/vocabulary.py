"""The words by which titles, artists and typed queries are read. Nothing but lists.

Sorted into what is a version wherever it stands beside a name, and what titles a song as often as it names a version.
"""

from __future__ import annotations

import re

# Two words or more that are one, before a title is split into words.
SPELLINGS = (
    (r"\blo[- ]fi\b", "lofi"),
    (r"\b8[- ]d\b", "8d"),
    (r"\bre-?(recorded|recording)\b", "rerecorded"),
    (r"\bre-created\b|\brecreation\b", "recreated"),
    (r"\bsped[- ]?up\b|\bspe+d[- ]?up\b", "sped"),
    (r"\bslowed[- ]?down\b", "slowed"),
    (r"\ba[- ]cap+el+a\b", "acapella"),
    (r"\bbass[- ]boosted\b", "bassboosted"),
    (r"\bnon[- ]stop\b", "nonstop"),
    (r"\bmash[- ]up\b", "mashup"),
    (r"\bcaller[- ]tune\b", "callertune"),
    (r"\bring[- ]tone\b", "ringtone"),
    (r"\bre-mix\b", "remix"),
    (r"\bmovie version\b", "film version"),
    (r"\bun-?plugged\b", "unplugged"),
    (r"\((?!mv\))([a-z]{1,2})\)(?=[a-z])", r"\1"),  # (Un)broken
    (r"\bm/v\b", "mv"),
    (r"\bver\b\.?(?=\s*[)\]])|\bver\.(?=\s|$)", "version"),
    (r"\binst\b\.?(?=\s*[)\]])|\binst\.(?=\s|$)", "instrumental"),
)
SYNONYMS = {
    "bootleg": "remix",
    "callertunes": "callertune",
    "capella": "acapella",
    "concert": "live",
    "covered": "cover",
    "dialogues": "dialogue",
    "duets": "duet",
    "flip": "remix",
    "instrumentals": "instrumental",
    "karoke": "karaoke",
    "mix": "remix",
    "mixed": "remix",
    "movie": "film",
    "recording": "rerecorded",
    "refix": "remix",
    "remastered": "remaster",
    "remixed": "remix",
    "remixes": "remix",
    "reprised": "reprise",
    "reverbed": "reverb",
    "rework": "remix",
    "ringtones": "ringtone",
    "rmx": "remix",
    "slow": "slowed",
    "vip": "remix",
    "кавер": "cover",
    "ремикс": "remix",
}
# Named anywhere in brackets, or last after a dash, these make another recording.
SURE = frozenset(
    "acapella acoustic bassboosted edit instrumental instrumentals jhankar karaoke karoke lofi mashup nightcore "
    "recreated rehearsal remake remix remixed remixes reprise rerecorded reverb rmx slowed sped unplugged version 8d "
    "ringtone callertune jukebox nonstop bootleg refix rework remaster remastered кавер ремикс".split()
)
# Versions where the bracket says nothing else, or begins or ends as a version does.
PERHAPS = frozenset(
    "ballad bgm choir concert cover covered demo dialogue dialogues dj drill dub duet encore extended female flip "
    "freestyle interlude intro lounge lullaby live male medley mix mixed orchestral outro piano promo reggae "
    "rehearsal restrung sad short skit slow stripped teaser theme trailer trap tribute vip".split()
)
VERSION_WORDS = (SURE - {"version", "remaster", "remastered"}) | PERHAPS
# Typed, these ask for a version; the rest is as likely a word of the song.
ASKED = VERSION_WORDS - frozenset(
    "bgm choir drill dub edit flip freestyle interlude intro lounge lullaby mixed outro piano reggae remake "
    "restrung short skit slow stripped trap vip".split()
)
# Of a song that is typed, these are the song itself; of the second ones, unless they name somebody.
ITSELF, SOMEBODYS_OWN = frozenset({"film", "male", "theme", "part 1"}), frozenset({"edit", "extended"})
BEHIND_NAMES = ASKED | {"new"}  # last in a name that was typed without it, another version
FILMED = frozenset("cast film motion movie ost score soundtrack".split())  # an album that says so is a film's
# What says that it is the song itself.
PLAIN = frozenset(
    "album anniversary bonus deluxe digital edition expanded full main mono original remaster remastered single "
    "standard stereo studio track version".split()
)
ENDING = frozenset(
    "ballad cover demo edit edition flip instrumental karaoke live lofi mashup medley mix remake remaster remastered "
    "remix reprise rework unplugged version rmx mixed bootleg concert".split()
)
_PLACES = frozenset("at from in on by for with version session sessions performance take acoustic studio mtv".split())
BEGINNING = {
    "live": _PLACES,
    "cover": frozenset({"by", "version"}),
    "covered": frozenset({"by"}),
    "tribute": frozenset({"to", "version"}),
    "remix": frozenset({"by", "version", "feat", "ft"}),
    "remixed": frozenset({"by"}),
    "mixed": frozenset({"by"}),
    "acoustic": _PLACES,
    "unplugged": _PLACES,
}
# After "live" in brackets: a sentence, not a performance.
LIVES = frozenset("and for forever free fast is it life like my now on original to while without you your".split()) - {
    "on"
}
FILLERS = frozenset(
    "a an and at club down dubbed in my of radio session sessions solo take takes the up vocal vocals voice x".split()
)
BETWEEN = frozenset("by for from on to with".split())  # what stands between a version and whose it is
SAYING_NOTHING = frozenset({"version", "edition"})
LONGEST_NAME, LONGEST_VERSION_BEHIND = 8, 4
NOT_A_NAME = frozenset(
    "a all an any both each every everybody everyone grace her him his it its just lots love me more my myself no one "
    "only or our out someone somebody strings lyrics subtitles english eng that the thee their them these they this "
    "those u us what who whom you your yourself ease time without tears".split()
)
RATINGS = {"explicit": "explicit", "dirty": "explicit", "uncensored": "explicit", "clean": "clean", "censored": "clean"}
BESIDE_RATING = frozenset(
    {*RATINGS, *"version album edit lyrics lyric content parental advisory official audio".split()}
)

NOISE = frozenset(
    "1080p 2160p 2k 320kbps 4k 60fps 720p 8k audio bluray clip exclusive film full hd hq hires jukebox latest lyric "
    "lyrical lyrics main motion mp3 mp4 music mv new official ost out now original picture pv quality remastered song "
    "songs soundtrack title track uhd ultra video videos visualiser visualizer vevo with premiere theatrical "
    "offical oficial clipe upgrade upgraded".split()
) - {"film", "jukebox", "new", "now", "out"}
# The same in other languages, as `words` gives it; by one of the first ones a song may be named, too.
NAMES_TOO = frozenset("letra paroles premiere testo كلمات премьера текст".split())
_ABROAD = frozenset(
    "clipe klip lirik musikvideo officiel officielle offizielle offizielles resmi sozleri ufficiale videoclip "
    "видео видеоклип клип клипа аудио лирик музыкальное официальное официальныи песни трека "
    "الرسمي الكليب حصريا حصرياً رسمي فيديو كليب".split()
)
NOISE |= _ABROAD | NAMES_TOO
OFFICIAL = frozenset("anthem audio song video".split())  # what "the Official ..." in brackets ends with
BESIDE_FILM = frozenset("drop film first movie second single song songs third".split())  # in "Harbour Movie: Boat"
MAKERS = frozenset("prod produced producer".split())  # begin a credit of who made it
SOUNDTRACK = frozenset("ost soundtrack".split())
# What a video puts before or after the name, in no brackets.
VIDEO_WORDS = frozenset(
    "1080p 2160p 2k 4k 60fps 720p 8k audio clip exclusive full hd hq lyric lyrical lyrics music mv official song songs "
    "uhd video videos visualiser visualizer with offical oficial".split()
) | (_ABROAD | NAMES_TOO - {"premiere"})
VIDEO_MARK = re.compile(
    r"(?i)\bofficial (?:music |lyric(?:al)? |hd |4k |full )*(?:video|audio|song|visuali[sz]er)\b|\blyrical\b"
    r"|\b(?:full|lyrics?|music|audio) (?:video|song)\b|\bvideo song\b|\bfull audio\b"
)
NUMBERS = {name: str(value) for value, name in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_ROMAN = {name: str(value) for value, name in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(), 1)}

LANGUAGES = {
    name: name
    for name in (
        "arabic assamese bengali bhojpuri chhattisgarhi chinese dogri english french garhwali german gujarati "
        "haryanvi hindi italian japanese kannada kashmiri konkani korean maithili malay malayalam mandarin marathi "
        "nepali odia persian polish portuguese punjabi rajasthani russian sanskrit santali sindhi sinhala spanish "
        "tamil telugu thai tulu turkish urdu vietnamese"
    ).split()
} | {"bangla": "bengali", "oriya": "odia", "hariyanvi": "haryanvi", "panjabi": "punjabi", "espanol": "spanish"}
LANGUAGE_OF_SCRIPT = {
    "TAMIL": "tamil",
    "TELUGU": "telugu",
    "KANNADA": "kannada",
    "MALAYALAM": "malayalam",
    "GUJARATI": "gujarati",
    "GURMUKHI": "punjabi",
}
# What a video says of a song besides its name, as "New Hindi Song 2026"; a mere "New Song" may be the name.
TONGUES = "|".join(LANGUAGES)  # in a pattern
DESCRIBED = re.compile(
    rf"(?i)\s*\b(?:latest|new|superhit|trending|viral)\s(?=[\w ]*\b(?:bollywood|\d\d\d\d|{TONGUES})\b)"
    rf"(?:(?:bollywood|dance|hit|love|music|official|party|pop|romantic|sad|special|video|wedding|{TONGUES})\s)*"
    r"songs?(?:\s(?:of\s)?(?:19|20)\d\d)?\s*$"
)
# What only praises it: a warm word, or two that a name may have one of, as "Sad Song" and "Popular Song" are names.
PRAISED_AS = ("song", "songs", "gaana", "gaane", "gana", "gane", "geet")
_WARM = "super ?hit|block ?buster|evergreen|trending|viral"
_LUKEWARM = "best|bollywood|hit|latest|new|old|popular|romantic|sad|top"
PRAISED = re.compile(
    rf"(?i)\s*(?:(?:{_LUKEWARM})\s+)*(?:(?:{_WARM})|(?:{_LUKEWARM})\s+(?:{_LUKEWARM}|{TONGUES}))\s+"
    rf"(?:(?:{_WARM}|{_LUKEWARM}|{TONGUES})\s+)*(?:{'|'.join(PRAISED_AS)})\s*"
)
BESIDE_LANGUAGE = frozenset("version film movie dub dubbed song audio in the lyrics lyric lyrical video full".split())
# Languages of which Latin letters are the own script: their spelling does not drift.
SPELLED = frozenset(
    "english french german italian polish portuguese spanish turkish vietnamese malay swedish dutch".split()
)

# Behind a bar or a dash, or in brackets: about the song, not the song. The word that says so is the kind; of some, only
# after one of the words beside them.
_ABOUT_IT = (
    "audition awards chipmunk chords choreography explained fancam fanmade fingerstyle hookstep interview looped meme "
    "parody podcast reacting reacts reversed spoof tutorial zumba"
)
_ABOUT_IT_AFTER = {
    "beat": "type",
    "conference": "press",
    "hour": "1 10 one ten",
    "idol": "american indian",
    "launch": "audio music song trailer",
    "made": "fan",
    "poster": "motion",
    "practice": "dance",
    "scene": "climax comedy deleted movie",
    "session": "jam practice recording rehearsal studio",
    "singer": "super",
    "status": "4k app attitude full hd love lyrics new romantic sad screen song trending viral whatsapp",
    "step": "hook",
    "tab": "guitar",
    "talent": "got",
    "vocals": "only",
}
NOT_THE_SONG = re.compile(
    rf"(?i)\b({'|'.join(_ABOUT_IT.split())})s?\b|(?<!chain )(?<!chemical )\b(reaction)s?\b|\b(lesson)s?\s*$"
    r"|\b(making) (?:of|video)\b|\b(status) video\b|\b(without) music\b|\b(vocals) only\b|\b(teaser) out\b"
    r"|\bbehind the (scenes)\b|\bhow to (play)\b"
    r"|\b\d+ ?(?:%|percent|x|times)? ?(faster|slower)\b|\b(performance)s?\b(?! (?:film|mv|version|video))"
    r"|\bsa ?re ?ga ?ma ?(pa)\b|"
    r"\bthe (voice)(?= (?:kids|teens|senior|uk|usa?|india|australia|global|season|20\d\d)\b|\s*$)|"
    + "|".join(rf"\b(?:{'|'.join(before.split())}) ({kind})s?\b" for kind, before in _ABOUT_IT_AFTER.items())
)
# One of these words stands in whatever `NOT_THE_SONG` finds: sets are faster than patterns.
ABOUT_IT = frozenset(
    f"{kind}{ending}"
    for kind in (
        *_ABOUT_IT.split(),
        *_ABOUT_IT_AFTER,
        *"reaction lesson making status without vocals teaser faster slower performance pa regamapa gamapa saregamapa "
        "voice scenes play".split(),
    )
    for ending in ("", "s")
)
INSTRUMENTS = frozenset(
    "bansuri beatbox casio cello dholak drum drums flute guitar harmonica keyboard mandolin notation notes piano "
    "santoor sargam sax saxophone sitar swaralu tabla trumpet ukulele veena violin whistle".split()
)
BESIDE_INSTRUMENT = frozenset("beginners by cam cover easy for only simple solo tabs version video with".split())
PERFORMED = re.compile(
    r"(?i)\blive (?:at|from|in(?! (?:love|me|my|this|your))|concert|performances?|sessions?|show|stage|tour|"
    r"(?:19|20)\d\d)\b|\bconcert\b"
)

# A series of recordings for the screen, which a video names before the song.
SHOW = re.compile(
    r"(?i)(?:coke studio|mtv unplugged|season|episode)(?:\s(?:@|mtv|season|episode|\d{1,2}|bangla|bharat|global|india|"
    r"international|pakistan|philippines|tamil))*"
)

IMPERSONATORS = re.compile(
    r"(?i)\bkaraoke\b|\btributes?\b|\bcover (?:band|version|songs)|\bcovers\b|\bmade famous\b|\boriginally performed\b"
    r"|\bin the style of\b|\bbacking tracks?\b|\blullab(?:y|ies) (?:rendition|version)|\b8[- ]bit\b|\bsing[- ]?along\b"
    r"|\bsound[- ]?alikes?\b|\bmusic box\b|\bringtones?\b|\brenditions?\b"
)
COMPILATIONS = re.compile(
    r"(?i)\b(?:best of|hits?|collections?|top \d+|playlist|essentials?|jukebox|non[- ]?stop|compilation|anthology|"
    r"various|party|mega|superhits?|evergreen|memories|golden|classics|love songs|now that|forever \w+|\d+ songs)\b|#"
)
LABELS = frozenset(
    "audio channel company entertainment entertainments film films label lyrics media movies music network official "
    "pictures production productions records series studio studios t tips tv vevo video videos tseries saregama yrf "
    "zee sony".split()
)
CHANNEL_WORDS = frozenset("official vevo music topic channel tv records band musics videos hq india".split())

# What people type around a song's name.
STOPWORDS = frozenset(
    "a an and audio by download feat film free from ft full hd hq lyric lyrics lyrical movie mp3 mp4 mv official ost "
    "play please pls plz singer singers song songs sung the title track video 4k 320kbps".split()
)
# What people type behind a song's name or an artist's, with words that say as little; a song may be without it.
BEHIND = frozenset(
    "480p 720p 1080p bajao bhejo bollywood chahiye chalao djpunjab gaana gaane gana gane hits instagram isaimini "
    "jiosaavn lagao latest masstamilan mrjatt music naasongs original pagalworld reels saavn spotify sunao superhit "
    "superhits tiktok trending viral wapking youtube".split()
)
SONGS = frozenset("audio gaana gaane gana gane hits music song songs track tracks video videos".split())
# As little, right before one of these.
BEFORE_SONGS = frozenset("all best famous greatest hit ka ke ki new popular top wala wale wali".split())
BEHIND_PAIRS = frozenset(
    "320 kbps|baja do|bhej do|chala do|download karo|drama ost|drama song|laga do|play karo|sony music|suna do|"
    "sunna hai|t series|zee music".split("|")
)  # fmt: skip
# Before these words the name is not at its end: "turn up the music", "mera gana".
UNFINISHED = frozenset("a an and by from my of our that the this your mera mere meri tera tere teri".split())
ASKING = re.compile(
    r"(?:can|could|will|would) you (?:please |pls |plz )?play (?=\S)"
    rf"|(?:(?:new|latest) )+(?:(?:{'|'.join(LANGUAGES)}) )?(?:songs?|gaan[ae]|gan[ae]) (?:of |by )?(?=\S)"
    r"|(?:(?:all|best|hit|top) )*(?:songs|gaane|gane) (?:of|by) (?=\S)"
)
PARTS = frozenset("chapter part pt vol volume".split())
PART_NUMBERS = frozenset("1 2 3 4 5 6 7 8 9 ii iii iv vi vii viii".split())
VAGUE = ("dj", "remix")  # who made it, and that it was made: no version beside another
JUNK = re.compile(
    r"(?i)\bring ?tones?\b|\bcaller ?tunes?\b|\bkarao?ke\b|\bwhats ?app status\b|\bstatus video\b|\bdialogues?\b|"
    r"\bjuke ?box\b|\bnon[- ]?stop\b|\b8[- ]?d\b|\bteaser\b|\btrailer\b|\bpromo\b|\bbgm\b"
)


def numeral(word: str) -> str:
    """`2` of `2`, `ii` or `two`; "" for any other word."""
    if word.isdigit():
        return str(int(word)) if word.isascii() and len(word) < 5 else word
    return NUMBERS.get(word) or _ROMAN.get(word, "")
