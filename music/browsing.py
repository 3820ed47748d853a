"""What the services list: albums, playlists, artists, what is behind a link, lyrics, suggestions and trends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from music import cache
from music.deadline import Deadline
from music.domain import Kind, Listing, Lyrics, Track
from music.fallback import Question, first_with_any
from music.links import Link, ShortLink, TrackId, UnsupportedLink, read_link
from music.memory import Answered, answered
from music.sources import lyrics_source
from music.sources.base import BaseSource, SourceError
from music.switches import enabled
from music.trace import SwitchedOff, Trace, gives_up

Result = TypeVar("Result")
OFF = "this source is switched off"
FIRST = 1  # a collection's own description comes with its first page


def listing(kind: Kind, wanted: TrackId, page: int, limit: int, deadline: Deadline) -> Answered[Listing]:
    """An album, playlist or artist with one page of its tracks. Raises `Unresolved`."""
    return answered(
        cache.key_of("list", kind, str(wanted), page, limit, tuple(enabled())),
        deadline,
        lambda trace: ask_one(
            trace,
            wanted.source,
            kind,
            lambda source, until: _listed(source, kind, wanted.native, page, limit, until),
        ),
        lambda found, _: cache.HOUR if not found.tracks.truncated else cache.PROVISIONAL_LIFE,
    )


def lookup(wanted: Link | ShortLink, deadline: Deadline) -> Answered[Track | Listing]:
    """What is behind a link. Raises `Unresolved`, or `UnsupportedLink` where a short link leads elsewhere."""

    def make(trace: Trace) -> Track | Listing:
        named = followed(trace, wanted)
        return ask_one(trace, named.source, named.kind, lambda source, until: behind(source, named, until))

    key = cache.key_of("list", "lookup", wanted, tuple(enabled()))
    return answered(key, deadline, make, lambda _found, _trace: cache.HOUR)


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


def lyrics(wanted: TrackId, deadline: Deadline) -> Answered[Lyrics]:
    """The words of a track. Raises `Unresolved`."""

    def make(trace: Trace) -> Lyrics:
        known = lyrics_source()
        sung = ask_one(trace, wanted.source, "track", lambda source, until: source.track(wanted.native, until))
        try:
            return trace.ask(known.name, "lyrics", lambda: known.lyrics(sung, trace.deadline), _told)
        except SourceError as error:
            raise gives_up(trace, error) from error

    key = cache.key_of("list", "lyrics", str(wanted), tuple(enabled()))
    return answered(key, deadline, make, lambda _found, _trace: cache.DAY)


def suggest(query: str, limit: int, deadline: Deadline) -> Answered[tuple[Track, ...]]:
    """Songs for words that are still being typed; what trends, while there are none. Raises `SourcesFailed`."""
    if not query:
        return trending("", limit, deadline)
    key = cache.key_of("list", "suggest", cache.normalised(query), limit, tuple(enabled()))
    return answered(
        key,
        deadline,
        lambda trace: _from_first(trace, "suggest", lambda source, until: source.suggest(query, limit, until)),
        _life_of_songs,
    )


def trending(language: str, limit: int, deadline: Deadline) -> Answered[tuple[Track, ...]]:
    """Songs that many hear now, in one language, or in any for "". Raises `SourcesFailed`."""
    key = cache.key_of("list", "trending", language, limit, tuple(enabled()))
    return answered(
        key,
        deadline,
        lambda trace: _from_first(trace, "trending", lambda source, until: source.trending(language, limit, until)),
        _life_of_songs,
    )


def _life_of_songs(found: tuple[Track, ...], trace: Trace) -> float:
    clean = all(attempt.outcome in ("ok", "no_match") for attempt in trace.attempts)
    return 10 * cache.MINUTE if found and clean else cache.PROVISIONAL_LIFE


def ask_one(trace: Trace, name: str, step: str, call: Callable[[BaseSource, Deadline], Result]) -> Result:
    """What the one source that can answer says. Raises `Unresolved`."""
    source = enabled().get(name)
    if source is None:
        trace.skip(name, OFF)
        raise SwitchedOff(trace.attempts)
    try:
        until = trace.deadline
        return trace.ask(name, step, lambda: call(source, until), _told)
    except SourceError as error:
        raise gives_up(trace, error) from error


def _from_first(
    trace: Trace, step: str, call: Callable[[BaseSource, Deadline], tuple[Track, ...]]
) -> tuple[Track, ...]:
    return first_with_any(trace, list(enabled().values()), Question(step, call, _told, bool)).answer


def _told(answer: object) -> str:
    return f"{len(answer)} songs" if isinstance(answer, tuple) else "found"
