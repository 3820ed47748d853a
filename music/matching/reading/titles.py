"""What a title says: the song's name, its version, whose guest, which film, which language. Pure.

Version words count inside brackets, after a dash, or behind a bar; the same words inside a name are the name ("Live and
Let Die", "Cover Me Up"). What a video adds (official, lyrical, 4K, the film, the singers) is told from the name as far
as the words alone allow; the rest is for the one who compares two tracks, and knows their artists and albums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from music.matching.language import vocabulary as known
from music.matching.language.words import LONGEST, words
from music.matching.reading.asides import PART, Aside, Words, behind_bar, behind_dash, in_brackets, numbered
from music.matching.reading.brackets import CLOSING, OPENING, normal, runs, unquoted

_MARKED = re.compile(r"(?i)^\s*#?(?:(?:audio|full|lyric|lyrical|official|song|video)\s?)+-\s+")  # in "#VIDEO- Boat"
_BAR = re.compile(r"\s*(?:\||//|•|·)\s*")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_TITLED = re.compile(r"(?i)(?<=\w)\s+title\s+(?:track|song)(?=\s*$|\s+(?:audio|full|lyric|lyrical|official|video)\b)")
_TITLED_AMID = re.compile(r"(?i)(?<=\w)\s+title\s+(?:track|song)\b(?=\s+\w)")  # before a singer, in a video's title
_VERSION_IN = re.compile(  # in no brackets, as others have it: "Boat Hindi Version | Orla"
    rf"(?i)(?<=\w)\s+((?:{known.TONGUES})\s+version)(?=\s*(?:$|[|(\[]|-\s|(?:audio|full|lyric|official|video)))"
)
_DASH = re.compile(r"\s+-+\s+|\s*:\s+")
_GUEST_BEHIND = re.compile(r"(?is)\s*(?:feat|ft|featuring)\b\.?\s+(.+)")
_GUEST = re.compile(r"(?i)(?<=\s)(?:feat|ft|featuring)\b\.?\s+")
_CAST = re.compile(r"(?i)(?<=\bvideo)\s+(?:feat|ft|featuring|starring)\b\.?\s+")


@dataclass(frozen=True)
class Title:
    """A title, read. `parts` are the pieces of the name between dashes and colons, in lower-case words."""

    parts: tuple[Words, ...]
    tails: tuple[Aside, ...]  # versions and credits after a dash: the name after all, if only the artist stands before
    asides: tuple[Aside, ...]  # what brackets held
    behind: tuple[Words, ...]  # the pieces after the first bar
    free: frozenset[str]  # words of `parts` that a video may have added
    versions: frozenset[str]
    whose: frozenset[str]
    language: str
    rating: str  # "explicit", "clean" or ""
    film: frozenset[str]
    guests: tuple[str, ...]
    name: str  # the name as it is written, without all the rest
    video: bool
    subtitle: frozenset[str]  # the words in brackets that are neither version nor credit

    @property
    def spoken(self) -> frozenset[str]:
        """The version that the name ends with, in no brackets, as in "3 Peg Remix"."""
        last = self.parts[-1]
        return known.SURE.intersection(last[-1:]) - {"version"} if len(last) > 1 else frozenset()


def read(title: str, video: bool = False) -> Title:
    """The title, read; as a video's if it is one, or is written like one."""
    return _read(title[:LONGEST], video)


@lru_cache(maxsize=4096)
def _read(title: str, video: bool) -> Title:
    text = _VERSION_IN.sub(r" (\1)", normal(title)) if "ersion" in title else normal(title)
    video = video or bool(known.VIDEO_MARK.search(text))
    if video:
        text = unquoted(_MARKED.sub("", text))
    pieces_of = runs(text)
    asides = tuple(
        in_brackets(held) for opening, held in pieces_of if opening and not (video and _YEAR.fullmatch(held))
    )
    bare = _outside(pieces_of)
    segments = [segment for segment in _BAR.split(bare) if words(segment)] or [bare]
    if video:
        segments = _uncast(_led(_apart(segments)))
    video = video or len(segments) > 1
    pieces, guests = _pieces(segments[0])
    guests += tuple(found[1] for segment in segments[1:] if (found := _GUEST_BEHIND.match(segment)))
    if video:
        pieces = [piece for piece in pieces if not _says_nothing(words(piece))] or pieces
        pieces = [_TITLED_AMID.sub("", known.DESCRIBED.sub(_language_of, piece) or piece) for piece in pieces]
    names, tails = _tails([_TITLED.sub("", piece) for piece in pieces])
    parts = tuple(tuple(words(PART.sub(" ", name)) or words(name)) for name in names)
    behind = tuple(tuple(words(segment)) for segment in segments[1:])
    told = [*asides, *tails, *(behind_bar(segment) for segment in behind)]
    return Title(
        parts=parts if any(parts) else (tuple(words(title)),),
        tails=tails,
        asides=asides,
        behind=behind,
        free=free_words(parts) if video else frozenset(),
        versions=frozenset().union(*(aside.versions for aside in told), numbered(bare)),
        whose=frozenset().union(*(aside.whose for aside in told)),
        language=next((aside.language for aside in told if aside.language), ""),
        rating=next((known.RATINGS[word] for a in told if a.kind == "rating" for word in a.said), ""),
        film=frozenset(word for aside in told if aside.kind == "credit" for word in aside.said),
        guests=(*guests, *(aside.text for aside in asides if aside.kind == "guest")),
        name=" - ".join(" ".join(PART.sub(" ", name).split()) for name in names) or " ".join(title.split()),
        video=video,
        subtitle=frozenset(word for aside in asides if aside.kind == "other" for word in aside.said),
    )


def _led(segments: list[str]) -> list[str]:
    """A video's pieces with the name's first: "Lyrical", a hashtag's "#VIDEO", or a show may stand before it."""
    leads = 0
    while leads < len(segments) - 1 and _is_lead(segments[leads]):
        leads += 1
    return [*segments[leads:], *segments[:leads]]


def _apart(segments: list[str]) -> list[str]:
    """The pieces, with those between commas apart where one of them is a show: "Boat, Orla Fenwright, Season 8"."""
    if not any("," in segment for segment in segments):
        return segments
    split = [piece for segment in segments for piece in segment.split(",") if words(piece)]
    return split if any(known.SHOW.fullmatch(piece.strip()) for piece in split) else segments


def _uncast(segments: list[str]) -> list[str]:
    """The pieces, with the actors apart who stand behind a bar after what a video says: "Boat HD Video feat Orla"."""
    return [segments[0], *(piece for segment in segments[1:] for piece in _CAST.split(segment, maxsplit=1))]


def _is_lead(segment: str) -> bool:
    return _says_nothing(words(segment)) or bool(known.SHOW.fullmatch(segment.strip()))


def _says_nothing(said: list[str]) -> bool:
    return known.VIDEO_WORDS.issuperset(said) and not known.NAMES_TOO.issuperset(said)


def _language_of(description: re.Match[str]) -> str:
    """The language in "New Hindi Song 2026", which stays; "" where it names none."""
    return "".join(f" {word}" for word in words(description[0]) if word in known.LANGUAGES)


def _outside(found: list[tuple[str, str]]) -> str:
    """The text outside all brackets; "(Official Video)" ends the name as a bar does."""
    bare = ""
    for opening, text in found:
        ends = opening and bare.strip() and in_brackets(text).kind == "noise"
        bare += " | " if ends else " " if opening else text
    return bare


def _pieces(segment: str) -> tuple[list[str], tuple[str, ...]]:
    """The pieces between dashes and colons, and the guests that were named in them."""
    pieces: list[str] = []
    guests: list[str] = []
    for piece in _DASH.split(segment):
        name, *named = _GUEST.split(f" {piece}" if pieces else piece, maxsplit=1)
        guests.extend(named)
        if name.strip() or not named:
            pieces.append(name.strip())
    return [piece for piece in pieces if words(piece)] or [segment], tuple(guests)


def _tails(pieces: list[str]) -> tuple[list[str], tuple[Aside, ...]]:
    """The pieces that are the name, and the versions and credits that follow them."""
    told = [behind_dash(piece) for piece in pieces[1:]]
    names = [piece for piece, aside in zip(pieces[1:], told, strict=True) if aside.kind == "other"]
    return [pieces[0], *names], tuple(aside for aside in told if aside.kind != "other")


def free_words(parts: tuple[Words, ...]) -> frozenset[str]:
    """The words of a video's name that are hardly its own: two or more together, or last, unless nothing is left."""
    free: set[str] = set()
    for part in parts:
        for is_free, run in groupby(range(len(part)), key=lambda place: part[place] in known.VIDEO_WORDS):
            places = list(run)
            if is_free and len(places) < len(part) and (len(places) > 1 or places[-1] == len(part) - 1):
                free.update(part[place] for place in places)
    return frozenset(free)


def split(title: str) -> tuple[str, str]:
    """A title without credits and ratings, and the version that it names: `("Bam", "Live")` of `Bam (feat. X) - Live`.

    Both as they are written; brackets that belong to the name stay in it.
    """
    kept, versions = "", []
    for opening, text in runs(title[:LONGEST]):
        aside = in_brackets(normal(text)) if opening else None
        if aside is None:
            kept += f" {text}"
        elif aside.kind == "version":
            versions.append(text.strip())
        elif aside.kind in ("other", "part"):
            kept += f" {opening}{text}{CLOSING[OPENING.index(opening)]}"
    name, tail = _without_tail(" ".join(kept.split()))
    return _GUEST.split(name, maxsplit=1)[0].strip() or name, " ".join([*tail, *versions])


def _without_tail(name: str) -> tuple[str, list[str]]:
    """The name before its last dash where a version or a credit follows, and the version."""
    dashes = list(_DASH.finditer(name))
    tail = behind_dash(normal(name[dashes[-1].end() :])) if dashes else None
    if tail is None or tail.kind not in ("version", "credit"):
        return name, []
    version = [name[dashes[-1].end() :]] if tail.kind == "version" else []
    return name[: dashes[-1].start()], version


def equal_versions(one: str, other: str) -> bool:
    """Whether two texts name one version: `Live` and `live version`, but not `Remaster` and `Deluxe Remaster`."""
    return _version_words(one) == _version_words(other)


def _version_words(version: str) -> set[str]:
    return {known.SYNONYMS.get(word, word) for word in words(normal(version)) if word not in known.SAYING_NOTHING}
