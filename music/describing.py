"""What an id or a link names: the description of a song, which its source gives and which is remembered for days."""

from __future__ import annotations

from typing import cast

from music import cache
from music.browsing import ask_one, behind, followed
from music.deadline import Deadline
from music.domain import ArtistRef, Track
from music.flights import FLIGHTS
from music.links import Link, ShortLink, TrackId
from music.refusals import remembered, told_again
from music.switches import enabled
from music.trace import SourcesFailed, Trace, Unknown, Unplayed

DESCRIBED_LIFE = cache.DAY


class NotATrack(Exception):
    """A link to an album, a playlist or an artist where one song was wanted."""


def named(trace: Trace, wanted: TrackId | Link | ShortLink) -> Track:
    """The track that an id or a link names, now or lately. Raises `Unresolved`, `NotATrack`, or `UnsupportedLink`."""
    wanted = _by_id(wanted)
    if isinstance(wanted, TrackId):
        return described(trace, wanted)
    key = cache.key_of("track", wanted)
    held = cache.recall(key)
    if held is not None and held.is_fresh:
        return cast(Track, held.value)
    try:
        found = _behind(trace, wanted)
    except SourcesFailed:
        if held is None:
            raise
        return cast(Track, held.value)
    cache.remember(key, found, DESCRIBED_LIFE, cache.KNOWN_LIFE)
    keep(found)
    return found


def _by_id(wanted: TrackId | Link | ShortLink) -> TrackId | Link | ShortLink:
    """A link that holds a track's id as that id, so that whatever has described it is remembered for both."""
    if isinstance(wanted, Link) and wanted.kind == "track" and not wanted.is_token:
        return TrackId(wanted.source, wanted.native)
    return wanted


def track(wanted: TrackId, deadline: Deadline) -> Track:
    """The track of an id, asked for once for all who want it meanwhile. Raises `Unresolved`.

    That there is no such track, or that it is not played, is remembered too, and then told without asking anybody.
    """
    denied = cache.key_of("denied", str(wanted), tuple(enabled()))
    flight = cache.key_of("describing", str(wanted), tuple(enabled()))
    return _known(wanted, denied) or FLIGHTS.once(
        flight, deadline, lambda: _known(wanted, denied), lambda: _described_or_denied(wanted, denied, deadline)
    )


def _known(wanted: TrackId, denied: str) -> Track | None:
    """The track as it was described lately, or None. Raises what was found out before: that there is none."""
    held = cache.recall(cache.key_of("track", str(wanted)))
    if held is not None and held.is_fresh:
        return cast(Track, held.value)
    refusal = cache.recall(denied)
    if refusal is not None and refusal.is_fresh:
        raise told_again(refusal.value)
    return None


def _described_or_denied(wanted: TrackId, denied: str, deadline: Deadline) -> Track:
    try:
        return described(Trace(deadline), wanted)
    except (Unknown, Unplayed) as error:
        cache.remember(denied, remembered(error), cache.NOTHING_LIFE, cache.NOTHING_LIFE)
        raise


def described(trace: Trace, wanted: TrackId) -> Track:
    """The track of an id, as its source describes it, or did lately. Raises `Unresolved`."""
    key = cache.key_of("track", str(wanted))
    held = cache.recall(key)
    if held is not None and held.is_fresh:
        return cast(Track, held.value)
    try:
        found = ask_one(trace, wanted.source, "track", lambda source, until: source.track(wanted.native, until))
    except SourcesFailed:
        if held is None:
            raise
        return cast(Track, held.value)
    keep(found)
    return found


def lately_described(track_id: str) -> Track | None:
    """The track of an id where somebody has described it in the last days; asks nobody."""
    held = cache.recall(cache.key_of("track", track_id))
    return None if held is None else cast(Track, held.value)


def lately_named(wanted: TrackId | Link | ShortLink) -> Track | None:
    """The track that an id or a link named in the last days; asks nobody."""
    named = _by_id(wanted)
    held = cache.recall(cache.key_of("track", str(named) if isinstance(named, TrackId) else named))
    return None if held is None else cast(Track, held.value)


def written_down(track_id: str, title: str, artist: str, seconds: int) -> Track:
    """A track as somebody once wrote it down, for want of its source's word; `artist` are names in one line."""
    artists = tuple(ArtistRef("", name) for name in artist.split(", ") if name)
    return Track(track_id, title, artists, None, seconds, None, "", False, "", "")


def keep(track: Track) -> None:
    """Remember a track as its source has described it."""
    cache.remember(cache.key_of("track", track.id), track, DESCRIBED_LIFE, cache.KNOWN_LIFE)


def _behind(trace: Trace, wanted: Link | ShortLink) -> Track:
    to = followed(trace, wanted)
    if to.kind != "track":
        raise NotATrack(to.kind)
    found = ask_one(trace, to.source, "track", lambda source, until: behind(source, to, until))
    if not isinstance(found, Track):
        raise NotATrack(to.kind)
    return found
