"""The ways to a song that plays, one lane a source: by typed words, by another service's description, by its id."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from music import cache, matching
from music.deadline import Deadline
from music.domain import Audio, Match, MediaLink, Page, Track
from music.race import Gate, Lane
from music.ranking import ranked
from music.sources.base import BaseSource, NotFound, NotPlayable, SourceError
from music.trace import Pending, Trace

CANDIDATES = 20  # rows asked for when one song is wanted
NO_AUDIO = "the song was found, but has no audio"

Waits = Generator["Pending[Any] | Gate", Any, Any]


@dataclass(frozen=True)
class Chosen:
    """A song with its audio; `link` is None where what is known of the audio was enough."""

    track: Track
    match: Match
    audio: Audio
    link: MediaLink | None


@dataclass
class Search:
    """What is looked for, and the nearest that was found so far.

    `quality` is a ceiling in kbit/s; `wants_link` where nothing but a link of the service will do.
    """

    trace: Trace
    quality: int
    languages: Sequence[str]
    wants_link: bool
    nearest: Match
    unplayed: SourceError | None = None
    has_failed: bool = False  # on a way that no lane of a source that gives audio tells of
    never: str = ""  # the id of a track that is known to be wrong

    def words(
        self, source: BaseSource, query: str, until: Deadline, page: int = 1, rows: int = CANDIDATES
    ) -> Pending[Any]:
        """A search of one source for typed words."""
        return self.trace.begin(
            source.name,
            "search",
            lambda: source.search(query, "track", page, rows, until),
            lambda found: f"{len(found.items)} of {'?' if found.total is None else found.total}",
            part=source.search_part,
            deadline=until,
        )

    def link(self, source: BaseSource, track: Track, until: Deadline) -> Pending[MediaLink]:
        """The link step of one source."""
        return self.trace.begin(
            source.name,
            "link",
            lambda: source.link(track, self.quality, until),
            lambda found: f"{found.bitrate} kbit/s",
            part="audio",
            deadline=until,
        )

    def heard(self, match: Match) -> None:
        """Keep the nearest match of all sources."""
        self.nearest = max(self.nearest, match, key=lambda one: (one.score, len(one.alternatives)))


def by_text(search: Search, source: BaseSource, query: str, may_link: Gate) -> Callable[[Lane[Chosen]], Waits]:
    """The source's own answer to typed words."""

    def run(lane: Lane[Chosen]) -> Waits:
        search.trace.check(source.name, "link", "audio")
        choice = yield from _found(search, source, query, lane)
        if choice.chosen is None:
            search.heard(choice.match)
            return None
        lane.aside = lambda: choice.match
        return (yield from _played(search, source, choice.chosen, lambda: choice.match, lane, may_link))

    return run


def _found(search: Search, source: BaseSource, query: str, lane: Lane[Chosen]) -> Waits:
    """The best of the first rows for typed words; where none will do, of the next ones too."""
    tracks: list[Track] = []
    for page in range(1, CANDIDATES // source.typed_rows + 1):
        found = yield search.words(source, query, lane.deadline, page, source.typed_rows)
        tracks += _tracks(found, search.languages)
        choice = matching.TextChoice(query, tracks, search.languages)
        if choice.chosen is not None or not found.has_more:
            break
    return choice


def by_description(
    search: Search, source: BaseSource, target: Track, may_link: Gate
) -> Callable[[Lane[Chosen]], Waits]:
    """The song that a description means: itself at its own source, else what matches it."""

    def run(lane: Lane[Chosen]) -> Waits:
        search.trace.check(source.name, "link", "audio")
        if source.name == target.source:
            own = Match(1.0, target, (), "asked for by its id")
            return (yield from _played(search, source, target, lambda: own, lane, may_link))
        chosen, match = yield from _matched(search, source, target, lane)
        search.heard(match)
        return (yield from _played(search, source, chosen, lambda: match, lane, may_link))

    return run


@dataclass(frozen=True)
class Player:
    """A source that plays what another describes, once its own lane has ended without an answer."""

    source: BaseSource
    own_lane: Lane[Chosen]

    def is_free(self) -> bool:
        """Whether its own lane is over."""
        return self.own_lane.is_done


def through(
    search: Search, describing: BaseSource, query: str, players: Sequence[Player]
) -> Callable[[Lane[Chosen]], Waits]:
    """The song that a service without audio finds for typed words, played by the first of these that has it."""

    def run(lane: Lane[Chosen]) -> Waits:
        found = yield search.words(describing, query, lane.deadline)
        target, match = matching.best_for_text(query, _tracks(found, search.languages), search.languages)
        if target is None:
            return None
        for player in players:
            yield player.is_free
            answer = yield from _played_by(search, player, target, lane)
            if answer is not None:
                return replace(answer, match=_through(answer.match, match, target))
        return None

    return run


def _played_by(search: Search, player: Player, target: Track, lane: Lane[Chosen]) -> Waits:
    if not player.is_free() or player.own_lane.error is not None:
        return None  # it is silent to the end, or has just failed
    try:
        chosen, match = yield from _matched(search, player.source, target, lane)
        return (yield from _played(search, player.source, chosen, lambda: match, lane, lambda: True))
    except SourceError as error:
        search.has_failed = search.has_failed or not isinstance(error, (NotFound, NotPlayable))
        return None


def _through(match: Match, by_words: Match, target: Track) -> Match:
    """The match of typed words: no surer than either of its two steps."""
    reason = f"{by_words.reason}; {match.reason}"
    alternatives = tuple(pair for pair in by_words.alternatives if pair[0].id != target.id)
    return Match(min(match.score, by_words.score), None, alternatives, reason)


def _matched(search: Search, source: BaseSource, target: Track, lane: Lane[Chosen]) -> Waits:
    """The target at another source: by its artist and title, then, where that finds nothing like it, by its title."""
    match = matching.nothing(target)
    for query in matching.queries_for(target):
        found = yield search.words(source, query, lane.deadline)
        tracks = [track for track in _tracks(found, ()) if track.id != search.never]
        chosen, match = matching.best_for_track(target, tracks, search.languages)
        if chosen is not None:
            return chosen, match
    return None, match


def _played(
    search: Search,
    source: BaseSource,
    chosen: Track | None,
    match: Callable[[], Match],
    lane: Lane[Chosen],
    may_link: Gate,
) -> Waits:
    if chosen is None:
        return None
    lane.found_candidate()
    if not may_link():
        yield may_link
    try:
        audio, link = yield from _audio(search, source, chosen, lane)
    except (NotPlayable, NotFound) as error:
        search.unplayed = error
        search.heard(_silent(match(), chosen))
        return None
    return Chosen(chosen, match(), audio, link)


def _audio(search: Search, source: BaseSource, chosen: Track, lane: Lane[Chosen]) -> Waits:
    held = cache.held_link(chosen.id, search.quality)
    if held is not None:
        return held.audio, held
    known = cache.known_audio(chosen.id, search.quality)
    if known is not None and not search.wants_link:
        return known, None
    made = yield search.link(source, chosen, lane.deadline)
    cache.hold_link(chosen.id, search.quality, made)
    return made.audio, made


def _tracks(found: Page[Any], languages: Sequence[str]) -> list[Track]:
    return [item for item in ranked(found, languages).items if isinstance(item, Track)]


def _silent(match: Match, chosen: Track) -> Match:
    """The match of a song that turned out to have no audio: it becomes the first alternative."""
    return replace(match, alternatives=((chosen, match.score), *match.alternatives), reason=NO_AUDIO)
