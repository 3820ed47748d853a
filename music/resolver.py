"""From a wish to a song that plays: what is remembered, else which source is asked, by when, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings

from music import cache, lanes, matching, pins
from music.breaker import breaker_for
from music.cache import Choice, Refusal
from music.deadline import Deadline
from music.describing import keep, lately_named, named
from music.domain import Attempt, Audio, Match, MediaLink, Track
from music.flights import FLIGHTS
from music.lanes import Chosen, Player, Search
from music.links import Link, ShortLink, Text, TrackId
from music.memory import is_provisional
from music.pinned import by_pin, is_stand_in
from music.pins import Pin
from music.race import Lane, Race
from music.refusals import remembered, told_again
from music.sources.base import BaseSource, NotPlayable, SourceError
from music.store import Entry
from music.streaming.links import new_link
from music.switches import audio_sources, enabled
from music.trace import (
    NoMatch,
    SourcesFailed,
    Trace,
    Unknown,
    Unplayed,
)

Wanted = TrackId | Link | ShortLink | Text


@dataclass(frozen=True)
class Resolved:
    """A song that plays, and why it is this one.

    `link` is the service's own, None where what is known of the audio was enough; `cached` where nobody was asked;
    `stale` where this is an old answer, since every source fails.
    """

    track: Track
    audio: Audio
    link: MediaLink | None
    match: Match
    attempts: tuple[Attempt, ...]
    cached: bool = False
    stale: bool = False


def stream(
    wanted: Wanted, quality: int, languages: Sequence[str], deadline: Deadline, wants_link: bool = False
) -> Resolved:
    """The wanted song and its audio. Raises `Unresolved`, `NotATrack`, or `UnsupportedLink`.

    The first source that has an acceptable song with audio answers. An id or a link describes a song: its own source
    has it for sure, and every source that is asked before that one may have it too. `wants_link` asks for a link of
    the service where what is known of its audio would do.
    """
    pin = pins.pin_for(wanted, languages)
    key = _choice_key(wanted, languages, pin)

    def find() -> Resolved | None:
        return _remembered(key, quality, languages, pin, wants_link)

    def make() -> Resolved:
        return _made(key, wanted, quality, languages, pin, deadline, wants_link)

    found = find()
    if found is not None:
        return found
    return FLIGHTS.once(f"{key}:{quality}:{wants_link}", deadline, find, make)


def _choice_key(wanted: Wanted, languages: Sequence[str], pin: Pin | None) -> str:
    asked = cache.normalised(wanted.query) if isinstance(wanted, Text) else repr(wanted)
    pinned = () if pin is None else (pin,)
    return cache.key_of("choice", type(wanted).__name__, asked, tuple(languages), tuple(enabled()), *pinned)


def _remembered(key: str, quality: int, languages: Sequence[str], pin: Pin | None, wants_link: bool) -> Resolved | None:
    """The answer that needs no service. Raises what was found out before: that there is no such song."""
    held = _recalled(key, languages, pin)
    if held is None or not held.is_fresh:
        return None
    if isinstance(held.value, Refusal):
        raise told_again(held.value)
    choice: Choice = held.value
    service_link = cache.held_link(choice.track.id, quality)
    audio = service_link.audio if service_link is not None else cache.known_audio(choice.track.id, quality)
    if audio is None or (wants_link and service_link is None):
        return None
    if service_link is None and breaker_for(choice.track.source, "audio").rest is not None:
        return None  # a link of ours would lead to a service that is left alone
    return Resolved(choice.track, audio, service_link, choice.match, (), cached=True)


def _recalled(key: str, languages: Sequence[str], pin: Pin | None) -> Entry[Any] | None:
    """What is remembered, unless staff have pinned what a link named, which the link itself does not tell."""
    held = cache.recall(key)
    match = held.value.match if held is not None else None
    if pin is None and match is not None and match.requested is not None:
        return None if pins.pin_of_track(match.requested, languages) else held
    return held


def _made(
    key: str,
    wanted: Wanted,
    quality: int,
    languages: Sequence[str],
    pin: Pin | None,
    deadline: Deadline,
    wants_link: bool,
) -> Resolved:
    """The answer of the services; where they all fail, the last one that still plays."""
    held = _recalled(key, languages, pin)
    stale = _stale(held.value, quality) if held is not None and isinstance(held.value, Choice) else None
    trace = Trace(deadline if stale is None else deadline.at_most(cache.STALE_PATIENCE_MS))
    try:
        if held is not None and held.is_fresh and isinstance(held.value, Choice):
            replayed = _replayed(trace, held.value, quality)
            if replayed is not None:
                return replayed
        return _resolved(trace, key, wanted, quality, languages, pin, wants_link)
    except SourcesFailed as error:
        if stale is None:
            raise
        return replace(stale, attempts=error.attempts)
    except (NoMatch, Unknown, Unplayed) as error:
        cache.remember(key, remembered(error), cache.NOTHING_LIFE, cache.NOTHING_LIFE)
        raise


def _stale(choice: Choice, quality: int) -> Resolved | None:
    """An old choice, where a link to it is held."""
    service_link = cache.held_link(choice.track.id, quality)
    if service_link is None:
        return None
    return Resolved(choice.track, service_link.audio, service_link, choice.match, (), stale=True)


def _replayed(trace: Trace, choice: Choice, quality: int) -> Resolved | None:
    """A choice that is remembered, with a new link; None where there is none any more, or not now."""
    source = enabled().get(choice.track.source)
    if source is None:
        return None  # it was switched off meanwhile
    try:
        # Half of the time is left for the other sources, should this one be silent.
        made = new_link(Trace(trace.deadline.half(), trace.attempts), source, choice.track, quality)
    except (SourceError, SourcesFailed):
        return None
    return Resolved(choice.track, made.audio, made, choice.match, tuple(trace.attempts))


def _resolved(
    trace: Trace,
    key: str,
    wanted: Wanted,
    quality: int,
    languages: Sequence[str],
    pin: Pin | None,
    wants_link: bool,
) -> Resolved:
    life = settings.FLAKS_CACHE_SECONDS if isinstance(wanted, Text) else max(settings.FLAKS_CACHE_SECONDS, cache.DAY)
    if pin is None and not isinstance(wanted, Text):
        target = named(trace, wanted)
        pin = pins.pin_of_track(target, languages)
        key = _choice_key(wanted, languages, pin)
    if pin is not None:
        found = by_pin(trace, pin, partial(_by_description, quality, languages, wants_link))
        requested = None if isinstance(wanted, Text) else lately_named(wanted)
        found = replace(found, match=replace(found.match, requested=requested))
    elif isinstance(wanted, Text):
        found = _by_text(trace, wanted.query, quality, languages, wants_link)
    else:
        found = _by_description(quality, languages, wants_link, trace, target, audio_sources())
    order = [source.name for source in audio_sources()]
    if is_stand_in(pin, found) or is_provisional(trace.attempts, order, found.track.source):
        life = min(life, cache.PROVISIONAL_LIFE)
    cache.remember(key, Choice(found.track, found.match), life)
    keep(found.track)
    attempts = tuple(trace.attempts)
    return Resolved(found.track, found.audio, found.link, found.match, attempts, cached=not attempts)


def _by_text(trace: Trace, query: str, quality: int, languages: Sequence[str], wants_link: bool) -> Chosen:
    search = Search(trace, quality, languages, wants_link, matching.nothing())
    race, players = _race(trace), audio_sources()
    if not players:
        raise SourcesFailed(trace.attempts)
    own = [race.add(lanes.by_text(search, players[0], query, _at_once), _first_deadline(trace, players))]
    others = [lanes.by_text(search, source, query, race.first_is_silent) for source in players[1:]]
    describing = [source for source in enabled().values() if not source.gives_audio]
    waiting: list[Player] = []
    through = [race.add(lanes.through(search, source, query, waiting)) for source in describing]
    own += [race.add(run) for run in others]
    waiting += [Player(source, lane) for source, lane in zip(players, own, strict=True)]
    for lane in through:
        lane.players = own
    return _won(race, search, own)


def _by_description(
    quality: int,
    languages: Sequence[str],
    wants_link: bool,
    trace: Trace,
    target: Track,
    players: Sequence[BaseSource],
    never: str = "",
) -> Chosen:
    """The song that a description means, from the first of these sources that has it; `never` this id.

    A song of JioSaavn is its own description, and so first played from there; a video's own audio is the last resort.
    """
    search = Search(trace, quality, languages, wants_link, matching.nothing(target), never=never)
    race = _race(trace)
    if not players:
        raise SourcesFailed(trace.attempts)
    own = []
    for source in players:
        is_first = source is players[0]
        gate = _at_once if is_first else race.first_is_silent
        deadline = _first_deadline(trace, players) if is_first else None
        own.append(race.add(lanes.by_description(search, source, target, gate), deadline))
    return _won(race, search, own)


def _race(trace: Trace) -> Race[Chosen]:
    return Race(trace.deadline, settings.FLAKS_HEDGE_MS / 1000)


def _first_deadline(trace: Trace, players: Sequence[BaseSource]) -> Deadline:
    """The first source leaves half of the time to those after it."""
    return trace.deadline if len(players) == 1 else trace.deadline.half()


def _at_once() -> bool:
    return True


def _won(race: Race[Chosen], search: Search, own: Sequence[Lane[Chosen]]) -> Chosen:
    """The answer of the race; `own` are the lanes of the sources that give audio. Raises `Unresolved`."""
    answer = race.run()
    if answer is not None:
        return answer
    if search.has_failed or any(lane.error is not None for lane in own):
        raise SourcesFailed(search.trace.attempts, [source.name for source in audio_sources()])
    if isinstance(search.unplayed, NotPlayable) and search.unplayed.reason:
        raise Unplayed(search.trace.attempts, search.unplayed.reason)
    raise NoMatch(search.trace.attempts, search.nearest)
