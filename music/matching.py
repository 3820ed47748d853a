"""Is this candidate the wanted song? Pure: the place of the decision.

For a song that is known by title, artists and duration, gates come first (`music.gates`), then a score
(`music.likeness`); copies of one recording count once; and the best is taken only over a threshold and with a margin.
Anything less is no match, with the nearest as alternatives: a wrong song is worse than none.

For typed words (`music.typed`) the score is the share of them that were found. There is no margin: where songs are
close, the service's own order, which knows what is popular, decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from music import dubs, likeness, titles, typed, vocabulary
from music.among import among, singles
from music.domain import Match, Track
from music.likeness import Likeness
from music.naming import Side, side_of
from music.people import without_topic
from music.query import read_query
from music.words import words

__all__ = [
    "TextChoice",
    "best_for_text",
    "best_for_track",
    "is_same_recording",
    "nothing",
    "queries_for",
    "text_score",
    "track_score",
    "versions",
    "words",
]

ACCEPTED = typed.ACCEPTED
CLOSE = 0.1  # within this much of the best rank, the service's own order decides
SURE, SURER = 0.88, 0.93  # a known song is accepted from here; from the second where a length is not known
MARGIN = 0.06  # by which it has to lead another recording
COPY_SECONDS, SHOWN_ONCE_SECONDS = 4, 3  # by which copies of one recording differ: on one service, and on two
COPY_NAMES, COPY_PEOPLE, COPY_DOUBT = 0.9, 0.99, 0.06
OTHER_PEOPLE = 0.7  # a smaller share of common names means that others sing
ALTERNATIVES, NEAREST = 3, 5
ENOUGH = 4  # tracks, beyond which nothing is compared with what cannot be bettered
LONGEST_REASON = 160  # characters


def text_score(query: str, track: Track) -> float:
    """How well a track answers typed words, from 0 to 1."""
    return min(1.0, among(track, typed.answer(read_query(query), track), ()).score)


def versions(title: str) -> frozenset[str]:
    """What makes a title another recording than the plain song: version words, parts, and a dub's language."""
    read = titles.read(title)
    spoken = {vocabulary.SYNONYMS.get(word, word) for word in read.spoken}
    return read.versions | spoken | ({read.language} if read.language else frozenset())


def nothing(target: Track | None = None) -> Match:
    """The match of no candidates at all, for a known song or for typed words."""
    return Match(0.0, target, (), "nothing was found")


def best_for_text(query: str, tracks: Sequence[Track], languages: Sequence[str] = ()) -> tuple[Track | None, Match]:
    """As `TextChoice`, at once."""
    choice = TextChoice(query, tracks, languages)
    return choice.chosen, choice.match


class TextChoice:
    """The track to play for typed words, and the match that says why.

    `languages` are the wished ones, the most wished first: they rank, and refuse nothing. What stands beside the chosen
    track takes most of the time, and is looked at only once `match` is asked for.
    """

    def __init__(self, query: str, tracks: Sequence[Track], languages: Sequence[str] = ()) -> None:
        self._query, self._tracks, self._languages = read_query(query), tracks, languages
        self._singles = singles(tracks)
        self._answers: list[tuple[Track, typed.Answer]] = []
        self._look(1)
        listed = tuple(self._answers)
        self._answers = [(track, among(track, answer, listed)) for track, answer in listed]
        self._chosen = self._choose()

    @property
    def chosen(self) -> Track | None:
        """The track to play, None where none is good enough."""
        return self._chosen[0] if self._chosen else None

    @cached_property
    def match(self) -> Match:
        """Why it is this one, and the next best."""
        if not self._tracks:
            return nothing()
        if self._chosen is None:
            nearest = sorted(self._answers, key=lambda pair: -pair[1].score)[:NEAREST]
            return Match(nearest[0][1].score, None, _shown(nearest), _text_refusal(self._answers))
        self._look(ENOUGH)
        chosen, answer = self._chosen
        others = sorted((pair for pair in self._answers if pair[0] is not chosen), key=lambda pair: -pair[1].rank)
        return Match(answer.score, None, _once(chosen, _shown(others)), _text_reason(answer))

    def _look(self, enough: int) -> None:
        """Read how well the tracks answer; those after the first `enough` only where they could still be chosen."""
        best = typed.best_rank(self._query)
        for track in self._tracks[len(self._answers) :]:
            settled = not self._languages and any(answer.rank >= best for _, answer in self._answers)
            if settled and len(self._answers) >= enough:
                break  # of equals, the first in the service's order is chosen
            self._answers.append((track, typed.answer(self._query, track, self._languages, self._singles)))

    def _choose(self) -> tuple[Track, typed.Answer] | None:
        acceptable = [pair for pair in self._answers if pair[1].score >= ACCEPTED]
        best_rank = max((answer.rank for _, answer in acceptable), default=0.0)
        close = [pair for pair in acceptable if pair[1].rank >= best_rank - CLOSE]
        return min(close, key=lambda pair: _wish(pair[0], self._languages), default=None)


def _wish(track: Track, languages: Sequence[str]) -> int:
    """The place of a track's language among the wished ones."""
    return languages.index(track.language) if track.language in languages else len(languages)


def _shown(answers: Sequence[tuple[Track, typed.Answer]]) -> tuple[tuple[Track, float], ...]:
    return tuple((track, answer.score) for track, answer in answers)


def _once(chosen: Track, others: Sequence[tuple[Track, float]]) -> tuple[tuple[Track, float], ...]:
    """The first few other songs, each recording once."""
    kept: list[tuple[Track, float]] = []
    for track, score in others:
        if len(kept) == ALTERNATIVES:
            break
        if not any(_is_copy(track, other) for other in (chosen, *(known for known, _ in kept))):
            kept.append((track, score))
    return tuple(kept)


def _text_reason(answer: typed.Answer) -> str:
    found = f"{answer.share:.0%} of the words were found"
    return _bounded(f"{found}; also {', '.join(sorted(answer.unasked))}, not asked for" if answer.unasked else found)


def _text_refusal(answers: Sequence[tuple[Track, typed.Answer]]) -> str:
    nearest = max((answer for _, answer in answers), key=lambda answer: answer.score)
    count = f"the nearest of {len(answers)}"
    if nearest.fault:
        return _bounded(f"the first of {len(answers)} is {answers[0][1].fault}")
    if nearest.uncalled_for and nearest.share >= ACCEPTED:
        return _bounded(f"{count} is another version ({', '.join(sorted(nearest.unasked))}), which was not asked for")
    return _bounded(f"{count} holds {nearest.share:.0%} of the words, a score of {nearest.score:.2f}, under {ACCEPTED}")


def queries_for(target: Track) -> Iterator[str]:
    """What to search for a known song: its main artist and title, then its title alone.

    A video's title often names the artist, and its channel a label.
    """
    read = titles.read(target.title, target.is_video)
    pieces = read.name.split(" - ")
    name = _searched(read, read.name)
    if target.artists and not likeness.channel_is_label(target) and not (read.video and len(pieces) > 1):
        yield f"{name} {without_topic(target.artists[0].name)}"
        yield name
        return
    yield name
    if read.video and len(pieces) > 1:
        yield _searched(read, pieces[-1])


def _searched(read: titles.Title, name: str) -> str:
    kept = [word for word in name.split() if word != "-" and not read.free.issuperset(words(word) or ["-"])]
    beside = sorted(read.versions | ({read.language} if read.language else set()))
    return " ".join([*kept, *beside]) or name


def track_score(target: Track, candidate: Track, languages: Sequence[str] = ()) -> float:
    """How sure it is that two tracks are the same song, from 0 to 1; 0 where a gate is shut.

    `languages` are the wished ones: they gate a dub where the target's own language is not known.
    """
    return likeness.compare(target, candidate, languages).score


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
        group = next((group for group in groups if _is_copy(_track(group[0], rated), _track(one, rated))), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _track(candidate: _Candidate, rated: bool) -> Track:
    track = candidate.side.track
    return track if rated or not track.explicit else replace(track, explicit=False)


def _is_copy(first: Track, second: Track, seconds: int = COPY_SECONDS) -> bool:
    """Whether two rows are one recording: by the service's key for it, else by name, language, singers and length."""
    if first.recording and first.source == second.source and first.recording == second.recording:
        return True
    if abs(first.duration - second.duration) > seconds:
        return False
    one, other = side_of(first), side_of(second)
    return _is_alike(likeness.compare_sides(one, other)) and _is_alike(likeness.compare_sides(other, one))


def _is_alike(found: Likeness) -> bool:
    return not found.shut and found.names >= COPY_NAMES and found.people >= COPY_PEOPLE and found.doubt < COPY_DOUBT


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
        return _bounded(f"{count} is {best.shut}")
    needed = SURER if best.gap is None else SURE
    if best.score < needed:
        return _bounded(f"{count} has a score of {best.score:.2f}, under {needed}")
    if len(groups) > 1 and (not _leads(best, groups[1][0].like) or _has_guest(target, groups[0][0], groups[1][0])):
        return _bounded(f"{len(groups)} of {len(nearest)} are too alike to tell which is meant")
    return ""


def _leads(best: Likeness, second: Likeness) -> bool:
    """Whether the best leads by the margin, or has the album or the singers that the second has not.

    One that only the film speaks for leads nothing: a dub is of that film, too.
    """
    if best.filmed:
        return False
    if best.score - second.score >= MARGIN or (best.album and not second.album):
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


def is_same_recording(one: Track, other: Track) -> bool:
    """Whether two tracks, of one service or of two, are to be shown once. Symmetric."""
    return _is_copy(one, other, SHOWN_ONCE_SECONDS)


def _bounded(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"
