"""Links to JioSaavn's audio: the service issues them, or an operator's key opens the media field; all are probed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from music.deadline import Deadline
from music.domain import MediaLink, Track
from music.sources.base import BadAnswer, NotPlayable, SourceBlocked
from music.sources.jiosaavn import media
from music.sources.jiosaavn.calls import Calls
from music.upstream import BROWSER, OpenAnswer

logger = logging.getLogger(__name__)

LinkMaker = Callable[[str, int, Deadline], str]  # media field, bitrate, deadline -> link

PROBE_LIMIT = 64 * 1024


class Audio:
    """The audio of the service's songs. `media_key` is the operator's, or ""."""

    def __init__(self, calls: Calls, media_key: str = "") -> None:
        self._calls = calls
        self._media_key = media_key
        self._targets = calls.upstream.targets

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        """A probed link of at most `quality` kbit/s, else of the lowest bitrate there is. Raises `NotPlayable`."""
        if not track.handle:
            raise NotPlayable("the service names no audio for it")
        if self._media_key:
            try:
                return self._best(self._unsigned, track.handle, quality, deadline)
            except (BadAnswer, NotPlayable, SourceBlocked) as error:
                # Said aloud, since a key that stopped to fit would else only show as slower answers.
                logger.warning("jiosaavn: no unsigned link (%s); asking for an issued one", error)
        return self._best(self._issued, track.handle, quality, deadline)

    def open(self, link: MediaLink, byte_range: str, deadline: Deadline) -> OpenAnswer:
        """The audio behind a link, its body still to come; `byte_range` is a Range header, or ""."""
        self._check(link.url)
        headers = {"Accept-Encoding": "identity"} | ({"Range": byte_range} if byte_range else {})
        return self._calls.upstream.open(link.url, deadline, headers)

    def asked_as(self) -> str | None:
        """The browser that is spoken as; None where the service is reached through a proxy."""
        return None if self._calls.upstream.is_proxied else BROWSER

    def _best(self, make: LinkMaker, handle: str, quality: int, deadline: Deadline) -> MediaLink:
        """The first link that plays, from the best bitrate down."""
        missing = NotPlayable("there is no such file")
        for bitrate in media.bitrates_for(quality):
            try:
                return self._probed(make(handle, bitrate, deadline), deadline)
            except NotPlayable as error:
                missing = error
        raise missing

    def _unsigned(self, handle: str, bitrate: int, _deadline: Deadline) -> str:
        link = media.variant(media.unsigned_link(handle, self._media_key), bitrate)
        return media.secured(link, self._targets.origin)

    def _issued(self, handle: str, bitrate: int, deadline: Deadline) -> str:
        form = {"url": handle, "bitrate": str(media.TOKEN_BITRATES[bitrate])}
        answer = self._calls.ask("song.generateAuthToken", form, deadline, method="post")
        link = answer.get("auth_url") if isinstance(answer, dict) else None
        if not isinstance(link, str) or not link:
            raise NotPlayable("the service issued no link")
        return media.secured(link, self._targets.origin)

    def _probed(self, link: str, deadline: Deadline) -> MediaLink:
        self._check(link)
        headers = {"Range": media.PROBE_RANGE, "Accept-Encoding": "identity"}
        answer = self._calls.upstream.get(link, deadline, limit=PROBE_LIMIT, headers=headers)
        return media.proven(link, answer, int(time.time()))

    def _check(self, link: str) -> None:
        if not self._targets.emitted(link):
            raise BadAnswer("a link to a host that is not the service's")
