"""Synthetic cases: recorded rows of JioSaavn, described anew as another service would. They stay where they are.

Which rows are one recording is known by the service's own code, so that the right answers are not our opinion.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from music.domain import AlbumRef, ArtistRef, Track
from music.guard import Targets
from music.sources.jiosaavn import parse
from tests.accuracy.cases import Case, case

SEED = 7
CDN = Targets(("saavncdn.com",))
BESIDE = (
    "(Live)|- Remix|(Lofi)|(Female Version)|(Karaoke)|[Slowed + Reverb]|(Instrumental)|(Reprise)|(Cover)|Pt. 2".split(
        "|"
    )
)


def recorded(folder: Path) -> list[Track]:
    """Every song row in the recorded bodies, once."""
    found: dict[str, Track] = {}
    for file in sorted((folder / "jiosaavn").glob("*.json")):
        for row in _rows(json.loads(file.read_bytes())):
            for track in parse.tracks([row], CDN):
                found.setdefault(track.id, track)
    return list(found.values())


def _rows(body: Any) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        nested = body.get("more_info")
        if "encrypted_media_url" in (nested if isinstance(nested, dict) else body):
            yield body
        for value in body.values():
            yield from _rows(value)
    elif isinstance(body, list):
        for value in body:
            yield from _rows(value)


def _bare(title: str) -> str:
    return title.partition(" (From ")[0].partition(" (from ")[0]


def _unsaid(row: Track) -> list[str]:
    """The versions that a title does not name itself."""
    return [aside for aside in BESIDE if aside.strip("()[]- ").split()[0].lower() not in row.title.lower()]


def _is_same(one: Track, other: Track) -> bool:
    if one.recording and other.recording:
        return one.recording == other.recording
    return one.id == other.id


def _described(draw: random.Random, row: Track) -> Track:
    """A row as Spotify would tell it: another credit, other people in front, a second or two more or less."""
    film = row.album.title if row.album else "Kettle"
    bare = _bare(row.title)
    title = draw.choice(
        (
            row.title,
            bare,
            f'{bare} (From "{_bare(film)}")',
            f'{bare} - From "{_bare(film)}"',
            f"{bare} (Form {_bare(film)})",
        )
    )
    people = list(row.artists)
    draw.shuffle(people)
    if len(people) > 2 and draw.random() < 0.5:
        people = people[: len(people) - 1]
    if len(people) > 1 and "feat" not in title and draw.random() < 0.3:
        title, people = f"{title} (feat. {people[-1].name})", people[:-1]
    return replace(
        row,
        id="spotify:x",
        title=title,
        artists=tuple(people),
        album=draw.choice((row.album, None)),
        duration=row.duration + draw.randint(-2, 2),
        language="",
        recording="",
    )


def _filmed(draw: random.Random, row: Track) -> Track:
    bare, film = _bare(row.title), _bare(row.album.title if row.album else "")
    names = ", ".join(artist.name for artist in row.artists[:3])
    titles = (
        f"{bare} - {film} | {names} | Official Video",
        f"Lyrical: {bare} | {film} | {names}",
        f"{names} - {bare} (Full Video)",
    )
    made = replace(row, id="youtube:x", title=draw.choice(titles), artists=(ArtistRef("", "Kite Music Company"),))
    return replace(
        made, album=None, language="", recording="", duration=row.duration + draw.randint(0, 30), is_video=True
    )


def _typed(draw: random.Random, row: Track) -> str:
    bare = _bare(row.title).lower()
    film = _bare(row.album.title).lower() if row.album else ""
    drift = draw.choice((("aa", "a"), ("ee", "i"), ("w", "v"), ("sh", "s"), ("z", "j"), ("h ", " ")))
    beside = draw.choice(("", f" {row.artists[0].name.lower()}", f" {film}", " song"))
    return bare.replace(*drift, 1) + beside


def cases(folder: Path) -> list[Case]:
    """Cases made of the recorded rows of a folder."""
    draw = random.Random(SEED)
    rows = recorded(folder)
    made: list[Case] = []
    for row in rows:
        same = [other for other in rows if _is_same(row, other)]
        others = [other for other in rows if other not in same]
        wrong = [
            replace(row, title=f"{_bare(row.title)} {draw.choice(_unsaid(row))}", recording=""),
            replace(
                row,
                language="telugu",
                title=f"{_bare(row.title)} (Telugu)",
                recording="",
                artists=(ArtistRef("", "Somebody Else"),),
            ),
            replace(
                row, artists=(ArtistRef("", "Sing Along Studio"),), recording="", album=AlbumRef("", "Karaoke Hits")
            ),
            *draw.sample(others, 12),
        ]
        target, video = _described(draw, row), _filmed(draw, row)
        made += [
            _case("described", target, [*wrong, *same], same, draw),
            _case("described, absent", target, wrong, [], draw),
            _case("video", video, [*wrong, *same], same, draw),
            _case("video, absent", video, wrong, [], draw),
            _case("typed", _typed(draw, row), [*wrong[2:], *same], same, draw),
        ]
    return made


def _case(rule: str, wanted: Track | str, listed: list[Track], right: list[Track], draw: random.Random) -> Case:
    shuffled = draw.sample(listed, len(listed))
    return case(rule, wanted, shuffled, *(place for place, track in enumerate(shuffled) if track in right))
