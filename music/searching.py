"""What typed words find: the page of the first source that has any, or of all of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from django.conf import settings

from music import cache, matching
from music.browsing import OFF
from music.deadline import Deadline
from music.domain import Attempt, Hits, Item, Kind, Page, Track
from music.fallback import Question, first_with_any
from music.memory import Answered, answered, is_provisional
from music.ranking import ranked
from music.sources.base import BaseSource, SourceError
from music.switches import enabled
from music.trace import SourcesFailed, SwitchedOff, Trace


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
        return _from_first_with_hits(trace, asked, query, kind, page, limit, languages)

    return answered(key, deadline, make, _life_of_hits, lambda hits: bool(hits.page.items))


def _life_of_hits(hits: Hits, trace: Trace) -> float:
    if is_provisional(trace.attempts, list(enabled()), hits.answered_by):
        return cache.PROVISIONAL_LIFE
    return settings.FLAKS_CACHE_SECONDS if hits.page.items else cache.NOTHING_LIFE


def _from_first_with_hits(
    trace: Trace, asked: Sequence[BaseSource], query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]
) -> Hits:
    """The page of the first source that finds something.

    A source that has hits on an earlier page, and none on this one, ends the list: the next source's page would belong
    to another.
    """
    by = first_with_any(
        trace,
        asked,
        Question(
            "search",
            lambda source, until: source.search(query, kind, page, limit, until),
            _count_of_page,
            lambda found: bool(found.items or (page > 1 and found.total)),
        ),
    )
    return Hits(ranked(by.answer, languages), by.source)


def searched(
    trace: Trace, source: BaseSource, query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]
) -> Page[Item]:
    """One source's page of hits, the wished languages first."""
    until = trace.deadline
    found = trace.ask(
        source.name,
        "search",
        lambda: source.search(query, kind, page, limit, until),
        _count_of_page,
        source.search_part,
    )
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
            source.search_part,
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
