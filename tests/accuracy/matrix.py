"""The matrix of labelled cases: each rule is asked of each invented song, whatever its script and shape.

A rule is a function of a song and says what must be answered. The song that is right is never first where a wrong one
can stand before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from music.domain import Track
from tests.accuracy.cases import Case, case, song
from tests.accuracy.seeds import SEEDS, Seed, latin

Rule = Callable[[Seed], Case]
VERSIONS = (
    ("Live at Pier Hall", "Live"),
    ("Saffron Static Remix", "Saffron Static Remix"),
    ("Karaoke Version", "Karaoke"),
    ("Instrumental", "Instrumental Version"),
    ("Acoustic", "Acoustic Version"),
    ("Lo-Fi", "Lofi Flip"),
    ("Slowed + Reverb", "Slowed & Reverb"),
    ("Sped Up", "Sped-Up Version"),
    ("Female", "Female Version"),
    ("Male", "Male Version"),
    ("Reprise", "Reprise"),
    ("Unplugged", "MTV Unplugged"),
    ("Sad Version", "Sad"),
    ("Duet", "Duet Version"),
    ("Mashup", "Mash-Up"),
    ("Jhankar", "Jhankar Beats"),
    ("Radio Edit", "Edit"),
    ("Extended Mix", "Extended Mix"),
    ("Nightcore", "Nightcore"),
    ("8D Audio", "8D"),
    ("Recreated", "Recreated Version"),
    ("Film Version", "Film Version"),
    ("Cover", "Cover Version"),
    ("Demo", "Demo Version"),
    ("Teaser", "Teaser"),
    ("Pt. 2", "Part 2"),
)


DUB = "telugu"


def wanted(seed: Seed, **changes: Any) -> Track:
    """The song as another service describes it."""
    track = song(seed.title, f"{seed.artist};{seed.second}", seed.duration, "", seed.album, source="spotify")
    return replace(track, **changes)


def found(seed: Seed, aside: str = "", **changes: Any) -> Track:
    """The song as JioSaavn lists it, with something beside its title."""
    title = f"{seed.found} {aside}".strip()
    track = song(title, f"{seed.artist};{seed.second}", seed.duration + 1, seed.language, seed.album)
    return replace(track, **changes)


def by(name: str, seed: Seed, **changes: Any) -> Track:
    """Somebody else's song of the same name."""
    return found(seed, artists=song("x", name).artists, album=None, **changes)


def accepted() -> Iterator[tuple[str, Rule]]:
    """Rules under which the second of two candidates is right."""

    def second(right: Callable[[Seed], Track]) -> Rule:
        return lambda seed: case("", wanted(seed), [by(seed.other, seed), right(seed)], 1)

    yield "plain", second(found)
    yield "case", second(lambda seed: found(seed, title=seed.found.upper()))
    yield "film", second(lambda seed: found(seed, f'(From "{seed.album}")'))
    yield "film", second(lambda seed: found(seed, f"(Form {seed.album})"))
    yield "film", second(lambda seed: found(seed, f'- From "{seed.album}"'))
    yield "film", second(lambda seed: found(seed, f'[From "{seed.album}"]'))
    yield "remaster", second(lambda seed: found(seed, "- Remastered 2011"))
    yield "plain version", second(lambda seed: found(seed, "(Album Version)"))
    yield "guest", second(lambda seed: found(seed, f"(feat. {seed.second})"))
    yield "guest", second(lambda seed: found(seed, f"(with {seed.second})", artists=song("x", seed.artist).artists))
    yield "credits", second(lambda seed: found(seed, artists=song("x", seed.second).artists))
    yield "credits", second(lambda seed: found(seed, artists=song("x", f"{seed.artist} & {seed.second}").artists))
    yield "credits", second(lambda seed: found(seed, artists=song("x", f"{seed.second};{seed.artist};A Poet").artists))
    yield "length", second(lambda seed: found(seed, duration=seed.duration + 6))
    yield "no album", second(lambda seed: found(seed, album=None))
    yield "language", second(lambda seed: found(seed, language=""))
    yield "length unknown", second(lambda seed: found(seed, duration=0))


def refused() -> Iterator[tuple[str, Rule]]:
    """Rules under which nothing is right."""

    def none(*wrong: Callable[[Seed], Track]) -> Rule:
        return lambda seed: case("", wanted(seed), [make(seed) for make in wrong])

    yield "somebody else", none(lambda seed: by(seed.other, seed))
    yield "somebody else", none(lambda seed: by("Sing Along Studio", seed), lambda seed: by("Tribute Players", seed))
    yield "too long", none(lambda seed: found(seed, duration=seed.duration + 40))
    yield "too short", none(lambda seed: found(seed, duration=60))
    yield "sequel", none(lambda seed: found(seed, title=f"{seed.found} 2"))
    yield "other title", none(lambda seed: found(seed, title=f"{seed.found} Velvet Static"))
    yield "other title", none(lambda seed: found(seed, title="Borrowed Umbrellas at Noon"))
    yield "impostor", none(lambda seed: found(seed, album=song("x", album="Karaoke Hits, Vol. 3").album))
    yield "impostor", none(lambda seed: by(f"{seed.artist} Tribute Band", seed))
    yield "dialogue", none(lambda seed: found(seed, "(Dialogue)"))
    yield "nothing", none()


def versioned() -> Iterator[tuple[str, Rule]]:
    """A version is refused for the song, and chosen for itself."""
    for said, other in VERSIONS:
        yield "version refused", partial(_refused_version, said)
        yield "version chosen", partial(_chosen_version, said, other)


def _refused_version(said: str, seed: Seed) -> Case:
    return case("", wanted(seed), [found(seed, f"({said})")], name=f"{seed.title} / {said}")


def _chosen_version(said: str, other: str, seed: Seed) -> Case:
    target = wanted(seed, title=f"{seed.title} - {other}")
    return case("", target, [found(seed), found(seed, f"({said})")], 1, name=f"{seed.title} - {other} / {said}")


def _dubbed(seed: Seed) -> Case:
    other = "hindi" if seed.language == DUB else DUB
    rows = [found(seed, language=other), found(seed)]
    return case("", wanted(seed, language=seed.language), rows, 1)


def _named_dub(seed: Seed) -> Case:
    other = "Hindi" if seed.language == DUB else "Telugu"
    return case("", wanted(seed), [found(seed, f"- {other}", language=other.lower()), found(seed)], 1)


def _dub_alone(seed: Seed) -> Case:
    other = "hindi" if seed.language == DUB else DUB
    return case("", wanted(seed, language=seed.language), [found(seed, f"({other.title()})", language=other)])


def _wished(seed: Seed) -> Case:
    other = "kannada"
    rows = [found(seed, language=other), found(seed)]
    return case("", wanted(seed), rows, 1, languages=(seed.language,))


def _explicit(seed: Seed) -> Case:
    rows = [found(seed, "(Clean)"), found(seed, explicit=True)]
    return case("", wanted(seed, explicit=True), rows, 1)


def _clean_only(seed: Seed) -> Case:
    return case("", wanted(seed, explicit=True), [found(seed, "[Clean Version]")])


def _explicit_only(seed: Seed) -> Case:
    return case("", wanted(seed, explicit=False), [found(seed, explicit=True)])


def _code(seed: Seed) -> Case:
    rows = [by(seed.other, seed, isrc="QZ0000000002"), found(seed, title="Working Title", isrc="QZ0000000001")]
    return case("", wanted(seed, isrc="QZ0000000001"), rows, 1)


def _copies(seed: Seed) -> Case:
    hits = song("x", album="Best of Kettles").album
    rows = [
        found(seed, recording="77", album=hits, year=2019),
        found(seed, f'(From "{seed.album}")', recording="77", album=song("x", album=seed.found).album, year=2012),
        found(seed, recording="77", year=2012),
    ]
    return case("", wanted(seed), rows, 2)


def _original(seed: Seed) -> Case:
    rows = [
        found(seed, album=song("x", album="Superhits of the Year").album, year=2020),
        found(seed, album=song("x", album="Another Record").album, year=2008),
    ]
    return case("", wanted(seed, album=None), rows, 1)


def _ambiguous(seed: Seed) -> Case:
    rows = [
        found(seed, duration=seed.duration - 3, album=None, recording="1"),
        found(seed, duration=seed.duration + 3, album=None, recording="2"),
    ]
    return case("", wanted(seed, album=None), rows)


def _video(seed: Seed) -> Case:
    title = f"{seed.artist} - {seed.title} (Official Video) | {seed.album}"
    track = song(title, "Paper Moon Records", seed.duration + 25, source="youtube", video=True)
    return case("", track, [by(seed.other, seed), found(seed)], 1)


def _label_video(seed: Seed) -> Case:
    title = f"{seed.title} Full Video Song 4K | {seed.album} | {seed.artist}, {seed.second} | Kite Music"
    track = song(title, "Kite Music Company", seed.duration + 10, source="youtube", video=True)
    return case("", track, [found(seed, "(Live)"), found(seed)], 1)


def _lyrical(seed: Seed) -> Case:
    title = f"LYRICAL: {seed.title} | {seed.artist} | {seed.album}"
    track = song(title, "Paper Moon Audio", seed.duration, source="youtube", video=True)
    return case("", track, [by(seed.other, seed), found(seed, f'(From "{seed.album}")')], 1)


def _channel(seed: Seed) -> Case:
    track = song(f"{seed.title} (Official Lyric Video)", f"{seed.artist} - Topic", seed.duration + 4, video=True)
    return case("", track, [by(seed.other, seed), found(seed)], 1)


def _short_video(seed: Seed) -> Case:
    track = song(f"{seed.artist} - {seed.title}", seed.artist, seed.duration - 20, source="youtube", video=True)
    return case("", track, [found(seed)])


def _live_video(seed: Seed) -> Case:
    title = f"{seed.artist} - {seed.title} (Live at Pier Hall)"
    return case("", song(title, seed.artist, seed.duration + 9, source="youtube", video=True), [found(seed)])


SPECIAL: tuple[tuple[str, Rule], ...] = (
    ("dub", _dubbed),
    ("dub", _named_dub),
    ("dub", _dub_alone),
    ("dub", _wished),
    ("explicit", _explicit),
    ("explicit", _clean_only),
    ("explicit", _explicit_only),
    ("isrc", _code),
    ("copies", _copies),
    ("original", _original),
    ("ambiguous", _ambiguous),
    ("video", _video),
    ("video", _label_video),
    ("video", _lyrical),
    ("video", _channel),
    ("video length", _short_video),
    ("video version", _live_video),
)


def special() -> Iterator[tuple[str, Rule]]:
    """Gates that want more than a title."""
    yield from SPECIAL


def cases() -> list[Case]:
    """All of them."""
    made: list[Case] = []
    for rules in (accepted, refused, special):
        for rule, make in rules():
            made.extend(replace(make(seed), rule=rule) for seed in SEEDS if _has(rule, seed))
    for number, (rule, make) in enumerate(versioned()):  # each version with a third of the songs, all songs in turn
        shapes = SEEDS[number // 2 % 3 :: 3]
        made.extend(replace(make(latin(seed)), rule=rule) for seed in shapes)
    return made


def _has(rule: str, seed: Seed) -> bool:
    """A name without letters cannot be told from what surrounds it in a video's title, and has no other case."""
    return seed.found[0].isalnum() or rule not in ("case", "video", "video version", "video length")
