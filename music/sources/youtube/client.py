"""The source "youtube": YouTube Music for what is known of a song, `/player` for its audio."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from music.deadline import Deadline
from music.domain import Item, Kind, Listing, MediaLink, Page, Track
from music.guard import Targets
from music.sources.base import (
    SILENCED_FOR,
    BadAnswer,
    BaseSource,
    NotFound,
    NotPlayable,
    SourceBlocked,
    SourceError,
    SourceTimeout,
    SourceUnreachable,
)
from music.sources.youtube import ids, lists, parse, player, ytdlp
from music.sources.youtube.errors import OtherClientWanted, Unreadable
from music.sources.youtube.held import Held
from music.sources.youtube.innertube import InnerTube
from music.sources.youtube.limits import Budget, refused
from music.sources.youtube.ytmusic import SEARCH_FILTERS, Music
from music.upstream import OpenAnswer

logger = logging.getLogger(__name__)

Answered = TypeVar("Answered")

CANARY = "love"  # in every region's catalogue
CANARY_VIDEO = "dQw4w9WgXcQ"  # there since 2009
MUSIC_FAILS = (SourceTimeout, SourceBlocked, SourceUnreachable, BadAnswer)  # www.youtube.com may answer all the same
SEARCH_DEPTH = 200  # rows; each twenty are a request
ROWS: dict[Kind, Callable[[Any, Targets], Item]] = {
    "track": parse.track,
    "album": parse.album,
    "playlist": parse.playlist,
    "artist": parse.artist,
}


class YouTube(BaseSource):
    """A song is searched and described without `/player`, of which an address is granted some 300 an hour.

    `max_seconds` is the longest video that is played; `may_ask` raises where `/player` is left alone.
    """

    name = ids.NAME

    def __init__(
        self,
        music: Music,
        tube: InnerTube,
        fallback: ytdlp.Fallback,
        budget: Budget,
        max_seconds: int,
        may_ask: Callable[[], None] = lambda: None,
    ) -> None:
        self._may_ask = may_ask
        self._music = music
        self._tube = tube
        self._fallback = fallback
        self._budget = budget
        self._held = Held()
        self._max_seconds = max_seconds
        self._targets = tube.wire.targets

    def search(self, query: str, kind: Kind, page: int, limit: int, deadline: Deadline) -> Page[Item]:
        start, wanted = (page - 1) * limit, min(page * limit, SEARCH_DEPTH)
        if start >= SEARCH_DEPTH:
            return Page[Item]((), None, has_more=False, truncated=True)
        rows = self._music.search(query, SEARCH_FILTERS[kind], wanted, deadline)
        found = tuple(parse.each(ROWS[kind], rows[start:wanted], self._targets))
        more, deep = len(rows) >= wanted, wanted == SEARCH_DEPTH
        return Page[Item](found, None, has_more=more and not deep, truncated=more and deep)

    def track(self, native: str, deadline: Deadline) -> Track:
        if not ids.matched(ids.VIDEO, native):
            raise ids.unknown(native)
        for describe in (self._watched, self._searched):
            found = describe(native, deadline)
            if found is not None:
                return found
        return self._counted(lambda: self._described(native, deadline))

    def album(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return lists.album(self._music, native, lists.Part(page, limit), self._targets, deadline)

    def playlist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return lists.playlist(self._music, native, lists.Part(page, limit), self._targets, deadline)

    def artist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return lists.artist(self._music, native, lists.Part(page, limit), self._targets, deadline)

    def related(self, native: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        if not ids.matched(ids.VIDEO, native):
            raise ids.unknown(native)
        rows = self._music.watch(native, True, limit + 1, deadline)
        tracks = parse.unique(parse.each(parse.track, rows, self._targets))
        return tuple(track for track in tracks if track.native != native)[:limit]

    def suggest(self, query: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        rows = self._music.search(query, "songs", min(limit, 20), deadline)
        return parse.unique(parse.each(parse.track, rows, self._targets))[:limit]

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        if not ids.matched(ids.VIDEO, track.native):
            raise ids.unknown(track.native)
        files = self._files(track.native, deadline)
        return player.media_link(player.chosen(files, quality), int(time.time()), self._targets)

    def open(self, link: MediaLink, byte_range: str, deadline: Deadline) -> OpenAnswer:
        return self._tube.media(link.url, byte_range, deadline)

    def asked_as(self) -> str | None:
        return None if self._tube.wire.is_proxied else self._tube.agent

    def ping(self, deadline: Deadline) -> None:
        if not self._music.search(CANARY, "songs", 1, deadline):
            raise SourceBlocked("zero results, for a word that has many", SILENCED_FOR)
        self._tube.visitor(deadline)  # at hand for the first song, which would else wait for it

    def ping_audio(self, deadline: Deadline) -> None:
        try:
            self._spent(lambda: self._asked(CANARY_VIDEO, deadline))
        except (NotFound, NotPlayable):
            return  # about the video, not about this address

    def _files(self, video: str, deadline: Deadline) -> list[player.Audio]:
        """The audio of a video; yt-dlp is asked only where our own question was answered in a way unknown to us."""
        try:
            held = self._held.take(video)
            return self._read(held, video) if held else self._counted(lambda: self._asked(video, deadline))
        except OtherClientWanted as error:
            logger.info("youtube: %s (%s); asking through yt-dlp as another client", video, error)
            client = ytdlp.OTHER_CLIENT
        except Unreadable as error:
            logger.warning("youtube: %s has %s; asking through yt-dlp", video, error)
            client = ytdlp.PLAIN_CLIENT
        visitor = self._tube.held_visitor
        return self._counted(lambda: self._fallback.audio(video, client, visitor, self._max_seconds, deadline))

    def _asked(self, video: str, deadline: Deadline) -> list[player.Audio]:
        return self._read(self._tube.player(video, deadline), video)

    def _read(self, answer: dict[str, Any], video: str) -> list[player.Audio]:
        player.check(answer, video, self._max_seconds)
        return player.audio_of(answer)

    def _described(self, native: str, deadline: Deadline) -> Track:
        """By the player, whose answer is held: the song may be played next."""
        answer = self._tube.player(native, deadline)
        found = player.described(answer, native)
        self._held.keep(native, answer)
        return found

    def _counted(self, ask: Callable[[], Answered]) -> Answered:
        """A call to `/player`, within the hour's budget, and not while the service refuses this address."""
        self._may_ask()
        return self._spent(ask)

    def _spent(self, ask: Callable[[], Answered]) -> Answered:
        self._budget.spend()
        try:
            return ask()
        except SourceError as error:
            if refused(error):
                self._tube.forget_visitor()
            raise

    def _watched(self, native: str, deadline: Deadline) -> Track | None:
        """By the list that plays with it: one request, with artists and album."""
        try:
            rows = self._music.watch(native, False, 1, deadline.half())
        except (NotFound, *MUSIC_FAILS):
            return None
        return parse.watched(rows, native, self._targets)

    def _searched(self, native: str, deadline: Deadline) -> Track | None:
        """By its title: oEmbed, which does not say how long it is, and a search for that. Raises `NotFound`."""
        title, channel = parse.embedded(self._tube.embed(native, deadline))
        if not title:
            return None
        try:
            rows = self._music.search(f"{title} {channel}"[:200], "videos", 1, deadline.half())
        except MUSIC_FAILS:
            return None
        return parse.watched(rows, native, self._targets)
