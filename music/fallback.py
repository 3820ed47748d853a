"""The answer of the first source that has any: the others are asked where it has none, fails, or is late."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from django.conf import settings

from music.deadline import Deadline
from music.race import Lane, Race
from music.sources.base import BaseSource, NotSupported
from music.trace import Pending, SourcesFailed, Trace

Found = TypeVar("Found")


@dataclass(frozen=True)
class Question(Generic[Found]):
    """What every source is asked. `told` makes the attempt's detail of an answer; `has_any` says whether it will do."""

    step: str
    call: Callable[[BaseSource, Deadline], Found]
    told: Callable[[Found], str]
    has_any: Callable[[Found], bool]


@dataclass(frozen=True)
class By(Generic[Found]):
    """An answer, and which source gave it."""

    answer: Found
    source: str


def first_with_any(trace: Trace, asked: Sequence[BaseSource], question: Question[Found]) -> By[Found]:
    """The answer of the first source that has any, else an empty one. Raises `SourcesFailed`.

    Nothing is only said to be found where every source that gives audio, or the only one that was asked, said so.
    """
    race: Race[By[Found]] = Race(trace.deadline, settings.FLAKS_HEDGE_MS / 1000)
    empty: list[By[Found]] = []
    lanes = [
        race.add(partial(_lane, trace, source, question, empty), _share_of_time(trace, source, asked))
        for source in asked
    ]
    found = race.run() if lanes else None
    if found is not None:
        return found
    counting = [source.name for source in asked if source.gives_audio or len(asked) == 1]
    failed = [source.name for source, lane in zip(asked, lanes, strict=True) if lane.error]
    if any(name in counting for name in failed) or not empty:
        raise SourcesFailed(trace.attempts, counting)
    return empty[0]


def _share_of_time(trace: Trace, source: BaseSource, asked: Sequence[BaseSource]) -> Deadline:
    """The first of several leaves half of the time to those after it."""
    return trace.deadline.half() if source is asked[0] and len(asked) > 1 else trace.deadline


def _lane(
    trace: Trace, source: BaseSource, question: Question[Found], empty: list[By[Found]], lane: Lane[By[Found]]
) -> Generator[Pending[Found], Found, By[Found] | None]:
    call = partial(question.call, source, lane.deadline)
    try:
        part = source.search_part if question.step == "search" else "search"
        answer = yield trace.begin(source.name, question.step, call, question.told, part, lane.deadline)
    except NotSupported:
        return None
    by = By(answer, source.name)
    if question.has_any(answer):
        return by
    empty.append(by)
    return None
