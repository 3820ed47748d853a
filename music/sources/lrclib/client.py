"""Talks to LRCLIB, an open collection of lyrics that asks for no key.

Its API, as its server's own source has it: `/api/get` finds one record whose title and artist are the same but for case
and punctuation, and whose duration differs by at most 2 s; `/api/search` finds up to 20 that hold the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from music.deadline import Deadline
from music.domain import Lyrics, Track
from music.sources.base import NotFound
from music.sources.lrclib import parse
from music.upstream import Upstream, UpstreamOptions

USER_AGENT = "Flaks-Music-API/0.1"  # the service wishes to know who asks
LONGEST = 3600  # seconds; a longer duration is refused


class Lrclib:
    """The source of lyrics "lrclib"."""

    name = parse.NAME

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    def lyrics(self, track: Track, deadline: Deadline) -> Lyrics:
        """The words of a track: of the record with its title, main artist and duration, else of one like it."""
        if not track.artists:
            raise NotFound(f"{track.id} names no artist to look for")
        found = parse.words_of(self._record(track, deadline), track) or self._searched(track, deadline)
        if found is None:
            raise NotFound(f"no lyrics for {track.id}")
        return found

    def _record(self, track: Track, deadline: Deadline) -> Any:
        named = {"track_name": track.title, "artist_name": parse.main_artist(track)}
        length = {"duration": str(track.duration)} if 0 < track.duration <= LONGEST else {}
        return self._ask("/api/get", {**named, **length}, deadline)

    def _searched(self, track: Track, deadline: Deadline) -> Lyrics | None:
        named = {"track_name": parse.bare_title(track), "artist_name": parse.main_artist(track)}
        return parse.best_of(self._ask("/api/search", named, deadline), track)

    def _ask(self, path: str, given: Mapping[str, str], deadline: Deadline) -> Any:
        answer = self._upstream.get(f"{self._upstream.base_url}{path}", deadline, params=given)
        return parse.decoded(answer.status, answer.body)


def upstream_options(base_url: str, **options: Any) -> UpstreamOptions:
    """How LRCLIB wants to be asked."""
    headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
    return UpstreamOptions(base_url=base_url, media_hosts=(), headers=headers, **options)
