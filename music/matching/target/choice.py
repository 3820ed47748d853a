"""Which of the found songs is one that is known by title, artists and length. Pure: the place of the decision.

Gates come first (`gates`), then a score (`likeness`); copies of one recording count once; and the best is taken only
over a threshold and with a margin. Anything less is no match, with the nearest as alternatives: a wrong song is worse
than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from music.domain import Match, Track
from music.matching.language.words import words
from music.matching.matches import ALTERNATIVES, NEAREST, bounded, nothing
from music.matching.reading.sides import Side, side_of
from music.matching.target import dubs, likeness
from music.matching.target.copies import COPY_PEOPLE, is_copy
from music.matching.target.likeness import Likeness

SURE, SURER = 0.88, 0.93  # a known song is accepted from here; from the second where a length is not known
MARGIN = 0.06  # by which it has to lead another recording
OTHER_PEOPLE = 0.7  # a smaller share of common names means that others sing


@dataclass(frozen=True)
class _Candidate:
    side: Side
    like: Likeness

    @property
    def shown(self) -> tuple[Track, float]:
        return self.side.track, self.like.score


def best_for_track(target: Track, tracks: Sequence[Track], languages: Sequence[str] = ()) -> tuple[Track | None, Match]:
    """The candidate that is the target, or None where none is sure enough; and the match that says why."""
    if not tracks:
        return None, nothing(target)
    here = side_of(target)
    sides = [side_of(track) for track in tracks]
    compared = [(side, likeness.compare_sides(here, side, languages)) for side in sides]
    if target.is_video:
        compared = dubs.told_apart(here, compared, languages)
    nearest = sorted((_Candidate(*pair) for pair in compared), key=lambda one: (-one.like.score, -one.like.nearness))
    groups = _recordings([one for one in nearest if one.like.score > 0], rated=not target.is_video)
    refusal = _refusal(target, nearest, groups)
    if refusal:
        return None, Match(nearest[0].like.score, target, tuple(one.shown for one in nearest[:NEAREST]), refusal)
    chosen = _best_copy(here, groups[0], tracks)
    others = tuple(group[0].shown for group in groups[1 : ALTERNATIVES + 1])
    return chosen.side.track, Match(chosen.like.score, target, others, _reason(target, chosen))


def _recordings(candidates: Sequence[_Candidate], rated: bool) -> list[list[_Candidate]]:
    """The candidates, best first, with the copies of one recording together; a video may be explicit or not."""
    groups: list[list[_Candidate]] = []
    for one in candidates:
        group = next((group for group in groups if is_copy(_track(group[0], rated), _track(one, rated))), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _track(candidate: _Candidate, rated: bool) -> Track:
    track = candidate.side.track
    return track if rated or not track.explicit else replace(track, explicit=False)


def _has_guest(target: Track, best: _Candidate, second: _Candidate) -> bool:
    """Whether the best is by one more, whom a video does not name, and the other by the rest alone."""
    one, other = ({artist.name for artist in found.side.track.artists} for found in (best, second))
    if not target.is_video or not other < one or second.like.score < SURE:
        return False
    said = set(words(target.title))
    return not any(said.issuperset(words(name)) for name in one - other)


def _refusal(target: Track, nearest: Sequence[_Candidate], groups: Sequence[Sequence[_Candidate]]) -> str:
    """Why none is accepted, "" where the first recording is."""
    count, best = f"the nearest of {len(nearest)}", nearest[0].like
    if not groups:
        return bounded(f"{count} is {best.shut}")
    needed = SURER if best.gap is None else SURE
    if best.score < needed:
        return bounded(f"{count} has a score of {best.score:.2f}, under {needed}")
    if len(groups) > 1 and (not _leads(best, groups[1][0].like) or _has_guest(target, groups[0][0], groups[1][0])):
        return bounded(f"{len(groups)} of {len(nearest)} are too alike to tell which is meant")
    return ""


def _leads(best: Likeness, second: Likeness) -> bool:
    """Whether the best leads by the margin, or has the album or the singers that the second has not.

    One that only the film speaks for leads nothing: a dub is of that film, too.
    """
    if best.filmed:
        return False
    if round(best.score - second.score, 3) >= MARGIN or (best.album and not second.album):
        return True
    return best.people >= COPY_PEOPLE and second.people < OTHER_PEOPLE


def _best_copy(target: Side, copies: Sequence[_Candidate], tracks: Sequence[Track]) -> _Candidate:
    place = {id(track): number for number, track in reversed(list(enumerate(tracks)))}
    sure = [one for one in copies if one.like.score >= (SURER if one.like.gap is None else SURE)]
    return min(sure, key=lambda one: (likeness.rank_of_copy(target, one.side, one.like), place[id(one.side.track)]))


def _reason(target: Track, chosen: _Candidate) -> str:
    if target.isrc and target.isrc == chosen.side.track.isrc:
        return f"the recording's code (ISRC {target.isrc}) is the same"
    album = ", album too" if chosen.like.album else ""
    gap = chosen.like.gap
    if gap is None:
        return f"title and artists agree{album}; a length is not known"
    if gap > likeness.SAME_LENGTH:
        return f"title and artists agree{album}; the lengths differ by {gap} s"
    return f"title, artists and length agree{album}"
