"""What typed words find: the page of the first source that has any, or of all of them side by side."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from django.conf import settings

from music import cache, matching
from music.browsing import OFF
from music.deadline import Deadline
from music.domain import Attempt, Item, Kind, Page, Track
from music.memory import Answered, answered, is_provisional
from music.race import Lane, Race
from music.ranking import ranked
from music.sources.base import BaseSource, NotSupported, SourceError
from music.switches import enabled
from music.trace import Pending, SourcesFailed, SwitchedOff, Trace


@dataclass(frozen=True)
class Hits:
    """One page of what was found, and by whom."""

    page: Page[Item]
    answered_by: str


def search(
    query: str, kind: Kind, page: int, limit: int, source: str, languages: Sequence[str], deadline: Deadline
) -> Answered[Hits]:
    """What typed words find. Raises `SourcesFailed` or `SwitchedOff`.

    `source` is one source's name; "auto", the first that finds something; or "all", every one of them side by side,
    with what is the same recording named once.
    """
    if source not in ("auto", "all", *enabled()):
        raise SwitchedOff((Attempt(source, "skipped", 0, OFF),))
    key = cache.key_of("page", cache.normalised(query), kind, page, limit, source, tuple(languages), tuple(enabled()))

    def make(trace: Trace) -> Hits:
        if source == "all":
            return _from_all(trace, query, kind, page, limit, languages)
        asked = [one for one in enabled().values() if source in ("auto", one.name)]
        return _from_first_with_hits(trace, asked, Query(query, kind, page, limit, languages))

    return answered(key, deadline, make, _life_of_hits)


def _life_of_hits(hits: Hits, trace: Trace) -> float:
    if is_provisional(trace.attempts, list(enabled()), hits.answered_by):
        return cache.PROVISIONAL_LIFE
    return settings.FLAKS_CACHE_SECONDS if hits.page.items else cache.NOTHING_LIFE


@dataclass(frozen=True)
class Query:
    """What is searched for."""

    words: str
    kind: Kind
    page: int
    limit: int
    languages: Sequence[str]


def _from_first_with_hits(trace: Trace, asked: Sequence[BaseSource], query: Query) -> Hits:
    """The page of the first source that finds something; the others are asked where it finds nothing, or is late.

    Nothing is only said to be found where every source that gives audio said so. A source that has hits on an earlier
    page, and none on this one, ends the list: the next source's page would belong to another.
    """
    race: Race[Hits] = Race(trace.deadline, settings.FLAKS_HEDGE_MS / 1000)
    empty: list[Hits] = []
    lanes = [
        race.add(partial(_hits_of, trace, source, query, empty), _share_of_time(trace, source, asked))
        for source in asked
    ]
    found = race.run()
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


def _hits_of(
    trace: Trace, source: BaseSource, query: Query, empty: list[Hits], lane: Lane[Hits]
) -> Generator[Pending[Page[Item]], Page[Item], Hits | None]:
    try:
        found = yield trace.begin(
            source.name,
            "search",
            partial(source.search, query.words, query.kind, query.page, query.limit, lane.deadline),
            _count_of_page,
            deadline=lane.deadline,
        )
    except NotSupported:
        return None
    hits = Hits(ranked(found, query.languages), source.name)
    if found.items or (query.page > 1 and found.total):
        return hits
    empty.append(hits)
    return None


def searched(
    trace: Trace, source: BaseSource, query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]
) -> Page[Item]:
    """One source's page of hits, the wished languages first."""
    until = trace.deadline
    found = trace.ask(source.name, "search", lambda: source.search(query, kind, page, limit, until), _count_of_page)
    return ranked(found, languages)


def _from_all(trace: Trace, query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]) -> Hits:
    asked = list(enabled().values())[:limit]  # each gives one at least
    share = max(1, limit // max(1, len(asked)))
    begun = [
        trace.begin(
            source.name,
            "search",
            partial(source.search, query, kind, page, share, trace.deadline),
            _count_of_page,
        )
        for source in asked
    ]
    pages: list[Page[Item]] = []
    failed: list[BaseSource] = []
    for source, pending in zip(asked, begun, strict=True):
        try:
            pages.append(ranked(pending.result(), languages))
        except SourceError:
            failed.append(source)
    # As for one after the other: that there is nothing is only said where all that give audio said so.
    is_unsure = not any(found.items for found in pages) and any(source.gives_audio for source in failed)
    if not pages or is_unsure:
        raise SourcesFailed(trace.attempts, [source.name for source in asked if source.gives_audio])
    return Hits(Page(_merged(pages)[:limit], None, any(found.has_more for found in pages)), "all")


def _merged(pages: Sequence[Page[Item]]) -> tuple[Item, ...]:
    """The hits of all pages by their rank; of one recording, the one from the source that is asked first."""
    kept: list[Item] = []
    for rank in zip_longest(*(found.items for found in pages)):
        for item in rank:
            if item is not None and not any(_is_same(item, other) for other in kept):
                kept.append(item)
    return tuple(kept)


def _is_same(item: Item, other: Item) -> bool:
    return isinstance(item, Track) and isinstance(other, Track) and matching.is_same_recording(item, other)


def _count_of_page(found: Page[Item]) -> str:
    return f"{len(found.items)} of {'?' if found.total is None else found.total}"
