"""Which of the found songs answers typed words. Pure: the place of the decision.

The score is the share of the words that were found (`answers`). There is no margin: where songs are close, the order of
the service, which knows what is popular, decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from music.domain import Match, Track
from music.matching.matches import ALTERNATIVES, NEAREST, bounded, nothing
from music.matching.target.copies import is_copy
from music.matching.typed import answers
from music.matching.typed.among import among, singles
from music.matching.typed.answers import ACCEPTED
from music.matching.typed.query import read_query

CLOSE = 0.1  # within this much of the best rank, the service's own order decides
ENOUGH = 4  # tracks, beyond which nothing is compared with what cannot be bettered


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
        self._answers: list[tuple[Track, answers.Answer]] = []
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
        best = answers.best_rank(self._query)
        for track in self._tracks[len(self._answers) :]:
            settled = not self._languages and any(answer.rank >= best for _, answer in self._answers)
            if settled and len(self._answers) >= enough:
                break  # of equals, the first in the service's order is chosen
            self._answers.append((track, answers.answer(self._query, track, self._languages, self._singles)))

    def _choose(self) -> tuple[Track, answers.Answer] | None:
        acceptable = [pair for pair in self._answers if pair[1].score >= ACCEPTED]
        best_rank = max((answer.rank for _, answer in acceptable), default=0.0)
        close = [pair for pair in acceptable if pair[1].rank >= best_rank - CLOSE]
        return min(close, key=lambda pair: _wish(pair[0], self._languages), default=None)


def _wish(track: Track, languages: Sequence[str]) -> int:
    """The place of a track's language among the wished ones."""
    return languages.index(track.language) if track.language in languages else len(languages)


def _shown(answers: Sequence[tuple[Track, answers.Answer]]) -> tuple[tuple[Track, float], ...]:
    return tuple((track, answer.score) for track, answer in answers)


def _once(chosen: Track, others: Sequence[tuple[Track, float]]) -> tuple[tuple[Track, float], ...]:
    """The first few other songs, each recording once."""
    kept: list[tuple[Track, float]] = []
    for track, score in others:
        if len(kept) == ALTERNATIVES:
            break
        if not any(is_copy(track, other) for other in (chosen, *(known for known, _ in kept))):
            kept.append((track, score))
    return tuple(kept)


def _text_reason(answer: answers.Answer) -> str:
    found = f"{answer.share:.0%} of the words were found"
    return bounded(f"{found}; also {', '.join(sorted(answer.unasked))}, not asked for" if answer.unasked else found)


def _text_refusal(answers: Sequence[tuple[Track, answers.Answer]]) -> str:
    nearest = max((answer for _, answer in answers), key=lambda answer: answer.score)
    count = f"the nearest of {len(answers)}"
    if nearest.fault:
        return bounded(f"the first of {len(answers)} is {answers[0][1].fault}")
    if nearest.uncalled_for and nearest.share >= ACCEPTED:
        return bounded(f"{count} is another version ({', '.join(sorted(nearest.unasked))}), which was not asked for")
    return bounded(f"{count} holds {nearest.share:.0%} of the words, a score of {nearest.score:.2f}, under {ACCEPTED}")
