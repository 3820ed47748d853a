"""A labelled case: what is wanted, what a service lists, and which of it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from music.domain import AlbumRef, ArtistRef, Track
from music.matching import best_for_text, best_for_track


@dataclass(frozen=True)
class Case:
    """`right` are the acceptable places among the candidates, from 0; none where the answer is "no match"."""

    rule: str
    name: str
    wanted: Track | str
    candidates: tuple[Track, ...]
    right: frozenset[int]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was answered to a case; `chosen` is a place among the candidates, None for "no match"."""

    case: Case
    chosen: int | None
    score: float
    reason: str

    @property
    def is_right(self) -> bool:
        """Whether the answer is the labelled one."""
        return self.chosen in self.case.right if self.case.right else self.chosen is None


def song(
    title: str,
    artists: str = "Orla Fenwright",
    duration: int = 200,
    language: str = "",
    album: str = "",
    *,
    source: str = "jiosaavn",
    year: int | None = None,
    explicit: bool = False,
    isrc: str | None = None,
    recording: str = "",
    video: bool = False,
) -> Track:
    """A track; its artists are written with semicolons between them."""
    return Track(
        id=f"{source}:1",
        title=title,
        artists=tuple(ArtistRef("", name) for name in artists.split(";") if name),
        album=AlbumRef("", album) if album else None,
        duration=duration,
        year=year,
        language=language,
        explicit=explicit,
        thumbnail="",
        url="",
        isrc=isrc,
        recording=recording,
        is_video=video,
    )


def case(
    rule: str,
    wanted: Track | str,
    candidates: Sequence[Track],
    *right: int,
    languages: tuple[str, ...] = (),
    name: str = "",
) -> Case:
    """A case; without `right` the answer has to be "no match"."""
    shown = wanted if isinstance(wanted, str) else f"{wanted.title} / {wanted.artist}"
    return Case(rule, name or shown, wanted, tuple(candidates), frozenset(right), languages)


def answered(one: Case) -> Outcome:
    """What the matching answers to a case."""
    if isinstance(one.wanted, str):
        chosen, match = best_for_text(one.wanted, one.candidates, one.languages)
    else:
        chosen, match = best_for_track(one.wanted, one.candidates, one.languages)
    place = next((place for place, track in enumerate(one.candidates) if track is chosen), None)
    return Outcome(one, place, match.score, match.reason)
