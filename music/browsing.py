"""What the services list: search results, albums, playlists, artists, related songs, suggestions and trends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import TypeVar

from music import matching
from music.deadline import Deadline
from music.domain import Attempt, Item, Kind, Listing, Lyrics, Page, Track
from music.links import Link, ShortLink, TrackId, UnsupportedLink, read_link
from music.sources import lyrics_source, sources
from music.sources.base import BaseSource, NotSupported, SourceError
from music.trace import SourcesFailed, SwitchedOff, Trace, gives_up

Result = TypeVar("Result")
OFF = "this source is switched off"
FIRST = 1  # a collection's own description comes with its first page


@dataclass(frozen=True)
class Found:
    """One page of what was found, and by whom; `answered_by` is "" where nobody was left to answer."""

    page: Page[Item]
    answered_by: str
    attempts: tuple[Attempt, ...]


def search(
    query: str, kind: Kind, page: int, limit: int, source: str, languages: Sequence[str], deadline: Deadline
) -> Found:
    """What typed words find. Raises `SourcesFailed`.

    `source` is one source's name; "auto", the first that finds something; or "all", every one of them side by side,
    with what is the same recording named once.
    """
    trace = Trace(deadline)
    if source == "all":
        return _from_all(trace, query, kind, page, limit, languages)
    if source != "auto" and source not in sources():
        trace.skip(source, OFF)
        raise SwitchedOff(trace.attempts)
    asked = [one for one in sources().values() if source in ("auto", one.name)]
    return _from_one(trace, asked, query, kind, page, limit, languages)


def _from_one(
    trace: Trace,
    asked: Sequence[BaseSource],
    query: str,
    kind: Kind,
    page: int,
    limit: int,
    languages: Sequence[str],
) -> Found:
    """The page of the first source that finds something.

    Nothing is only said to be found where every source said so. A source that has hits on an earlier page, and none on
    this one, ends the list: the next source's page would belong to another.
    """
    empty: Found | None = None
    failed = not asked
    for one in asked:
        try:
            with trace.turn(last=one is asked[-1]):
                found = searched(trace, one, query, kind, page, limit, languages)
        except NotSupported:
            continue
        except SourceError:
            failed = True
            continue
        if found.items or (page > 1 and found.total):
            return Found(found, one.name, tuple(trace.attempts))
        empty = empty or Found(found, one.name, ())
    if failed or empty is None:
        raise SourcesFailed(trace.attempts)
    return replace(empty, attempts=tuple(trace.attempts))


def searched(
    trace: Trace, source: BaseSource, query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]
) -> Page[Item]:
    """One source's page of hits, the wished languages first."""
    until = trace.deadline
    found = trace.ask(source.name, "search", lambda: source.search(query, kind, page, limit, until), _count_of_page)
    return _ranked(found, languages)


def _from_all(trace: Trace, query: str, kind: Kind, page: int, limit: int, languages: Sequence[str]) -> Found:
    asked = list(sources().values())[:limit]  # each gives one at least
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
    for pending in begun:
        try:
            pages.append(_ranked(pending.result(), languages))
        except SourceError:
            continue
    if not pages:
        raise SourcesFailed(trace.attempts)
    merged = Page(_merged(pages)[:limit], None, any(found.has_more for found in pages))
    return Found(merged, "all", tuple(trace.attempts))


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


def track(wanted: TrackId, deadline: Deadline) -> tuple[Track, tuple[Attempt, ...]]:
    """The track of an id. Raises `Unresolved`."""
    return _of(wanted, "track", deadline, lambda source, until: source.track(wanted.native, until))


def listing(
    kind: Kind, wanted: TrackId, page: int, limit: int, deadline: Deadline
) -> tuple[Listing, tuple[Attempt, ...]]:
    """An album, playlist or artist with one page of its tracks. Raises `Unresolved`."""
    return _of(wanted, kind, deadline, lambda source, until: _listed(source, kind, wanted.native, page, limit, until))


def lookup(wanted: Link | ShortLink, deadline: Deadline) -> tuple[Track | Listing, tuple[Attempt, ...]]:
    """What is behind a link. Raises `Unresolved`, or `UnsupportedLink` where a short link leads elsewhere."""
    trace = Trace(deadline)
    named = followed(trace, wanted)
    return ask_one(trace, named.source, named.kind, lambda source, until: behind(source, named, until)), tuple(
        trace.attempts
    )


def behind(source: BaseSource, named: Link, until: Deadline) -> Track | Listing:
    """The track or the collection that a link names, asked of its source."""
    if named.is_token:
        return source.by_token(named.kind, named.native, FIRST, 1, until)
    if named.kind == "track":
        return source.track(named.native, until)
    return _listed(source, named.kind, named.native, FIRST, 1, until)


def _listed(source: BaseSource, kind: Kind, native: str, page: int, limit: int, until: Deadline) -> Listing:
    asked: Callable[[str, int, int, Deadline], Listing] = getattr(source, kind)
    return asked(native, page, limit, until)


def followed(trace: Trace, wanted: Link | ShortLink) -> Link:
    """The link that a short link leads to, asked of its one host; raises `UnsupportedLink` where it leads elsewhere."""
    if isinstance(wanted, Link):
        return wanted
    leads_to = ask_one(
        trace, wanted.source, "short link", lambda source, until: source.resolve_short(wanted.host, wanted.path, until)
    )
    named = read_link(leads_to)
    if isinstance(named, ShortLink):
        raise UnsupportedLink("A short link that leads to another one is not followed.")
    return named


def lyrics(wanted: TrackId, deadline: Deadline) -> tuple[Lyrics, tuple[Attempt, ...]]:
    """The words of a track. Raises `Unresolved`."""
    trace, known = Trace(deadline), lyrics_source()
    sung = ask_one(trace, wanted.source, "track", lambda source, until: source.track(wanted.native, until))
    try:
        found = trace.ask(known.name, "lyrics", lambda: known.lyrics(sung, deadline), _told)
    except SourceError as error:
        raise gives_up(trace, error) from error
    return found, tuple(trace.attempts)


def suggest(query: str, limit: int, deadline: Deadline) -> tuple[tuple[Track, ...], tuple[Attempt, ...]]:
    """Songs for words that are still being typed; what trends, while there are none. Raises `SourcesFailed`."""
    if not query:
        return trending("", limit, deadline)
    return _from_first(deadline, "suggest", lambda source, until: source.suggest(query, limit, until))


def trending(language: str, limit: int, deadline: Deadline) -> tuple[tuple[Track, ...], tuple[Attempt, ...]]:
    """Songs that many hear now, in one language, or in any for "". Raises `SourcesFailed`."""
    return _from_first(deadline, "trending", lambda source, until: source.trending(language, limit, until))


def ask_one(trace: Trace, name: str, step: str, call: Callable[[BaseSource, Deadline], Result]) -> Result:
    """What the one source that can answer says. Raises `Unresolved`."""
    source = sources().get(name)
    if source is None:
        trace.skip(name, OFF)
        raise SwitchedOff(trace.attempts)
    try:
        until = trace.deadline
        return trace.ask(name, step, lambda: call(source, until), _told)
    except SourceError as error:
        raise gives_up(trace, error) from error


def _of(
    wanted: TrackId, step: str, deadline: Deadline, call: Callable[[BaseSource, Deadline], Result]
) -> tuple[Result, tuple[Attempt, ...]]:
    trace = Trace(deadline)
    return ask_one(trace, wanted.source, step, call), tuple(trace.attempts)


def _from_first(
    deadline: Deadline, step: str, call: Callable[[BaseSource, Deadline], tuple[Track, ...]]
) -> tuple[tuple[Track, ...], tuple[Attempt, ...]]:
    """The songs of the first source that has any; none where all that can be asked answered with none."""
    trace, answered, asked = Trace(deadline), False, list(sources().values())
    for source in asked:
        try:
            with trace.turn(last=source is asked[-1]):
                found = trace.ask(source.name, step, partial(call, source, trace.deadline), _told)
        except NotSupported:
            continue
        except SourceError:
            continue
        answered = True
        if found:
            return found, tuple(trace.attempts)
    if not answered:
        raise SourcesFailed(trace.attempts)
    return (), tuple(trace.attempts)


def _told(answer: object) -> str:
    return f"{len(answer)} songs" if isinstance(answer, tuple) else "found"


def _count_of_page(found: Page[Item]) -> str:
    return f"{len(found.items)} of {'?' if found.total is None else found.total}"


def _ranked(found: Page[Item], languages: Sequence[str]) -> Page[Item]:
    """The page with the wished languages first, in the order of the wish; else as the service has it."""
    place = {language: number for number, language in enumerate(languages)}
    if not place:
        return found
    ordered = sorted(found.items, key=lambda item: place.get(getattr(item, "language", ""), len(place)))
    return replace(found, items=tuple(ordered))
