"""Precision and recall, in all and by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.accuracy.cases import Case, Outcome, answered


@dataclass(frozen=True)
class Figures:
    """What some cases came to."""

    cases: int
    accepted: int
    right: int  # of those accepted
    wanted: int  # cases that have an answer

    @property
    def precision(self) -> float:
        """The share of accepted answers that are right; 1 where none was accepted."""
        return self.right / self.accepted if self.accepted else 1.0

    @property
    def recall(self) -> float:
        """The share of cases with an answer that got it; 1 where none has one."""
        return self.right / self.wanted if self.wanted else 1.0


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """The figures of some outcomes."""
    listed = list(outcomes)
    accepted = [one for one in listed if one.chosen is not None]
    right = sum(one.is_right for one in accepted)
    return Figures(len(listed), len(accepted), right, sum(bool(one.case.right) for one in listed))


def outcomes(cases: Sequence[Case]) -> list[Outcome]:
    """What the matching answers to the cases."""
    return [answered(one) for one in cases]


def lines(name: str, found: Sequence[Outcome]) -> Iterator[str]:
    """The report of one set: in all, by rule, and every miss."""
    yield f"{name}"
    yield _line("all", figures(found))
    for rule in sorted({one.case.rule for one in found}):
        yield _line(rule, figures(one for one in found if one.case.rule == rule))
    for one in found:
        if not one.is_right:
            yield f"  miss  {one.case.rule}: {_miss(one)}"
    yield ""


def _line(name: str, found: Figures) -> str:
    return f"  {name:<24} {found.cases:>5} cases  precision {found.precision:.3f}  recall {found.recall:.3f}"


def _miss(one: Outcome) -> str:
    wanted = " or ".join(_shown(one.case, place) for place in sorted(one.case.right)) or "no match"
    given = _shown(one.case, one.chosen) if one.chosen is not None else "no match"
    return f"[{one.case.name}] wanted {wanted}, was given {given} ({one.score:.2f}: {one.reason})"


def _shown(one: Case, place: int) -> str:
    track = one.candidates[place]
    return f"{place} {track.title} / {track.artist} / {track.duration} s"
