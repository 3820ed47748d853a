"""Held-out cases: another vocabulary and other ways of going wrong than the rules of the matching were tuned on.

A made-up catalogue of works is drawn, each with some of the rows that a service has of it; a case asks for a work that
is there, or for one of which only versions, dubs, covers and neighbours are there. Everything follows from one seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from music.domain import AlbumRef, ArtistRef, Track
from tests.accuracy.cases import Case, case, song
from tests.accuracy.tables import rows

SEED = 41

LANGUAGES = ("hindi", "tamil", "punjabi", "english")
DRIFTS: tuple[tuple[str, str], ...] = (
    ("aa", "a"), ("ee", "i"), ("oo", "u"), ("a", "aa"), ("w", "v"), ("v", "w"), ("z", "j"), ("sh", "s"), ("ph", "f"),
    ("th", "t"), ("q", "k"), ("i", "ee"), ("u", "oo"),
)  # fmt: skip


def _texts(kind: str, of: str = "") -> list[str]:
    return [text for each, whose, text in rows("heldout") if each == kind and whose == of]


BESIDE, OUTSIDERS, FILMS = _texts("beside"), _texts("outsider"), _texts("film")
PAIRS = [(native, found) for kind, native, found in rows("heldout") if kind == "pair"]


@dataclass(frozen=True)
class Work:
    """A song that exists."""

    title: str
    artists: tuple[str, ...]
    film: str
    language: str
    duration: int
    code: str


def _works(draw: random.Random) -> list[Work]:
    made = []
    for language in LANGUAGES:
        seconds, artists = _texts("second", language), _texts("artist", language)
        for number, first in enumerate(_texts("first", language)):
            people = tuple(draw.sample(artists, draw.choice((1, 1, 2, 3))))
            title, film = f"{first} {draw.choice(seconds)}", draw.choice(FILMS)
            made.append(Work(title, people, film, language, draw.randint(150, 340), f"{language}{number}"))
    return made


def _row(work: Work, title: str = "", **changes: Any) -> Track:
    people = ";".join(work.artists)
    track = song(title or work.title, people, work.duration, work.language, work.film, recording=work.code)
    return replace(track, **changes)


def _people(*names: str) -> tuple[ArtistRef, ...]:
    return tuple(ArtistRef("", name) for name in names)


def _copies(draw: random.Random, work: Work) -> list[Track]:
    """The rows that are the work: a second one now and then, as a single or on a collection."""
    single = f'{work.title} (From "{work.film}")'
    also = draw.choice(
        (
            _row(work, single, album=AlbumRef("", single), duration=work.duration + draw.randint(-2, 2)),
            _row(work, album=AlbumRef("", "Best of the Decade"), recording="", duration=work.duration + 1),
            _row(work, f"{work.title} - Remastered", recording=""),
        )
    )
    return [_row(work), also][: draw.choice((1, 2))]


def _dub(work: Work, language: str, singer: str) -> Track:
    title = f"{work.title} - {language.title()}"
    return _row(work, title, language=language, recording="", artists=_people(singer, work.artists[0]))


def _wrong(draw: random.Random, work: Work, works: list[Work]) -> list[Track]:
    """Rows near the work that are not it."""
    outsider = draw.choice(OUTSIDERS)
    other = "telugu" if work.language != "telugu" else "hindi"
    title = work.title
    near = [
        _row(work, f"{title} {draw.choice(BESIDE)}", recording="", duration=work.duration + draw.randint(-4, 60)),
        _row(work, f"{title} {draw.choice(BESIDE)}", recording=""),
        _row(work, artists=_people(outsider), recording="", album=None),
        _dub(work, other, outsider),
        _row(work, f"{title} 2", recording=""),
        _row(work, f"{title} Ringtone", duration=30, recording=""),
        _row(work, artists=_people("Karaoke World"), album=AlbumRef("", "Karaoke Gold"), recording=""),
    ]
    neighbours = [_row(one) for one in draw.sample([one for one in works if one.title != title], 6)]
    return [*draw.sample(near, draw.randint(2, 5)), *neighbours]


def _drifted(draw: random.Random, text: str) -> str:
    """The text as another transliteration writes it; the last letter of each word, and short words, as they are."""
    spelled = []
    for word in text.split():
        old, new = draw.choice(DRIFTS)
        place = word.lower().find(old, 1)
        doubled = word[place - 1 : place + 2].lower().count(old) > 1
        fits = len(word) > 4 and 0 < place < len(word) - len(old) and not doubled
        spelled.append(word[:place] + new + word[place + len(old) :] if fits else word)
    return " ".join(spelled)


def _mistyped(draw: random.Random, text: str) -> str:
    """The text with one letter left out, doubled or swapped inside its longest word."""
    word = max(text.split(), key=len)
    place = draw.randrange(2, len(word) - 2) if len(word) > 6 else 0
    if not place:
        return text
    slips = (word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:],
             word[:place] + word[place + 1] + word[place] + word[place + 2 :])  # fmt: skip
    return text.replace(word, draw.choice(slips))


def _described(draw: random.Random, work: Work) -> Track:
    """The work as another service describes it."""
    title = _drifted(draw, work.title) if work.language != "english" and draw.random() < 0.4 else work.title
    film = (f' (From "{work.film}")', f' - From "{work.film}"')
    aside = draw.choice(("", "", "", *film, " - 2015 Remaster", " (Original Version)"))
    people = list(work.artists)
    if len(people) > 1 and draw.random() < 0.4:
        aside, people = f" (feat. {people[-1]})", people[:-1]
    draw.shuffle(people)
    soundtrack = f"{work.film} (Original Motion Picture Soundtrack)"
    album = draw.choice((work.film, work.film, soundtrack, "", "Some Collection"))
    return song(title + aside, ";".join(people), work.duration + draw.randint(-3, 3), "", album, source="spotify")


VIDEOS: tuple[Callable[[Work], tuple[str, str]], ...] = (
    lambda work: (f"{work.artists[0]} - {work.title} [Official Audio]", work.artists[0]),
    lambda work: (f"{work.title} Video Song | {work.film} | {', '.join(work.artists)} | New Song", "Saffron Series"),
    lambda work: (f"Official Lyric Video: {work.title} - {', '.join(work.artists)}", "Moon Audio"),
    lambda work: (f"{work.film}: {work.title} (Lyrical) | {' | '.join(work.artists)}", "Saffron Series Music"),
    lambda work: (f"{work.title} - {work.artists[0]} (Official Video) 8K", "Pocket Records"),
    lambda work: (f"{' & '.join(work.artists)} - {work.title} | Visualizer", f"{work.artists[0].replace(' ', '')}VEVO"),
    lambda work: (f"{work.title} (Full HD Song) {work.artists[0]} | {work.film} | Hit Songs", "Kiosk Music Company"),
    lambda work: (work.title, f"{work.artists[0]} - Topic"),
    lambda work: (f'"{work.title}" Full Song {work.film} | {work.artists[0]}', "Kiosk Music Company"),
)


def _filmed(draw: random.Random, work: Work) -> Track:
    title, channel = draw.choice(VIDEOS)(work)
    return song(title, channel, work.duration + draw.choice((-2, 0, 1, 4, 7, 15, 30)), source="youtube", video=True)


def _typed(draw: random.Random, work: Work) -> str:
    title = _drifted(draw, work.title) if work.language != "english" else _mistyped(draw, work.title)
    beside = draw.choice(("", "", f" {work.artists[0]}", f" {work.film}", " song", f" by {work.artists[0]}", " lyrics"))
    return f"{title}{beside}".lower()


def _shuffled(draw: random.Random, rule: str, wanted: Track | str, right: list[Track], wrong: list[Track]) -> Case:
    listed = [*((track, True) for track in right), *((track, False) for track in wrong)]
    draw.shuffle(listed)
    places = [place for place, (_, fits) in enumerate(listed) if fits]
    return case(rule, wanted, [track for track, _ in listed], *places)


def cases() -> list[Case]:
    """All of them."""
    draw = random.Random(SEED)
    works = _works(draw)
    made: list[Case] = []
    for work in works * 4:
        copies, wrong = _copies(draw, work), _wrong(draw, work, works)
        made += [
            _shuffled(draw, "described", _described(draw, work), copies, wrong),
            _shuffled(draw, "described, absent", _described(draw, work), [], wrong),
            _shuffled(draw, "video", _filmed(draw, work), copies, wrong),
            _shuffled(draw, "video, absent", _filmed(draw, work), [], wrong),
        ]
        answers = [track for track in wrong if track.title == work.title and "Karaoke" not in track.artist]
        rest = [track for track in wrong if track not in answers]
        made.append(_shuffled(draw, "typed", _typed(draw, work), [*copies, *answers], rest))
        others = [_row(one) for one in works if not set(one.title.split()) & set(work.title.split())]
        made.append(_shuffled(draw, "typed, absent", work.title.lower(), [], draw.sample(others, 12)))
    return made + [one for native, found in PAIRS for one in _in_two_scripts(native, found)]


def _in_two_scripts(native: str, found: str) -> list[Case]:
    singer = "Ilina Basrao"
    decoy, listed = song("Asli Naqli", singer, 219), song(found, singer, 221)
    target = song(native, singer, 220, source="spotify")
    return [
        case("script, typed", native, [decoy, listed], 1),
        case("script, typed", found, [decoy, song(native, singer, 221)], 1),
        case("script, described", target, [decoy, listed], 1),
        case("script, absent", target, [decoy]),
    ]
