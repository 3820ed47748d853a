"""Talks to JioSaavn: search, one song, and a link to its audio."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from music.deadline import Deadline
from music.domain import MediaLink, Track, TrackPage
from music.sources.base import BadAnswer, NotPlayable, SourceBlocked
from music.sources.jiosaavn import media, parse
from music.upstream import Upstream, UpstreamOptions

logger = logging.getLogger(__name__)

LinkMaker = Callable[[str, int, Deadline], str]  # media field, bitrate, deadline -> link

MEDIA_HOSTS = ("saavncdn.com",)
CANARY = "love"  # in every region's catalogue
CANARY_LIFE = 300  # seconds
PROBE_LIMIT = 64 * 1024


class JioSaavn:
    """The source "jiosaavn". `media_key` is the operator's, or ""; `languages` go with each call as a preference."""

    name = parse.NAME

    def __init__(self, upstream: Upstream, languages: tuple[str, ...] = (), media_key: str = "") -> None:
        self._upstream = upstream
        self._cookie = f"L={','.join(languages)}" if languages else ""
        self._media_key = media_key
        self._canary_sang_at = -float(CANARY_LIFE)

    def search(self, query: str, page: int, limit: int, deadline: Deadline) -> TrackPage:
        found = self._search(query, page, limit, deadline)
        if found.tracks or found.total:
            self._canary_sang_at = time.monotonic()
        elif time.monotonic() - self._canary_sang_at > CANARY_LIFE:
            self._ask_canary(deadline)
        return found

    def track(self, native: str, deadline: Deadline) -> Track:
        answer = self._call("song.getDetails", {"pids": native}, deadline)
        return parse.song_details(answer, native, self._upstream.targets)

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        if not track.handle:
            raise NotPlayable("the service names no audio for it")
        if self._media_key:
            try:
                return self._best(self._unsigned, track.handle, quality, deadline)
            except (BadAnswer, NotPlayable, SourceBlocked) as error:
                # Said aloud, since a key that stopped to fit would else only show as slower answers.
                logger.warning("jiosaavn: no unsigned link (%s); asking for an issued one", error)
        return self._best(self._issued, track.handle, quality, deadline)

    def ping(self, deadline: Deadline) -> None:
        self._ask_canary(deadline)

    def _best(self, make: LinkMaker, handle: str, quality: int, deadline: Deadline) -> MediaLink:
        """The first link that plays, from the best bitrate down."""
        missing = NotPlayable("there is no such file")
        for bitrate in media.bitrates_for(quality):
            try:
                return self._probed(make(handle, bitrate, deadline), deadline)
            except NotPlayable as error:
                missing = error
        raise missing

    def _search(self, query: str, page: int, limit: int, deadline: Deadline) -> TrackPage:
        answer = self._call("search.getResults", {"q": query, "p": str(page), "n": str(limit)}, deadline)
        return parse.search_page(answer, self._upstream.targets)

    def _ask_canary(self, deadline: Deadline) -> None:
        """The service's firewall answers some addresses with zero results, whatever the query."""
        if not self._search(CANARY, 1, 1, deadline).tracks:
            raise SourceBlocked("zero results, for a word that has many too")
        self._canary_sang_at = time.monotonic()

    def _unsigned(self, handle: str, bitrate: int, _deadline: Deadline) -> str:
        link = media.variant(media.unsigned_link(handle, self._media_key), bitrate)
        return media.secured(link, self._upstream.targets.origin)

    def _issued(self, handle: str, bitrate: int, deadline: Deadline) -> str:
        form = {"url": handle, "bitrate": str(media.TOKEN_BITRATES[bitrate])}
        answer = self._call("song.generateAuthToken", form, deadline, method="post")
        link = answer.get("auth_url") if isinstance(answer, dict) else None
        if not isinstance(link, str) or not link:
            raise NotPlayable("the service issued no link")
        return media.secured(link, self._upstream.targets.origin)

    def _probed(self, link: str, deadline: Deadline) -> MediaLink:
        if not self._upstream.targets.emitted(link):
            raise BadAnswer("a link to a host that is not the service's")
        headers = {"Range": media.PROBE_RANGE, "Accept-Encoding": "identity"}
        answer = self._upstream.get(link, deadline, limit=PROBE_LIMIT, headers=headers)
        return media.proven(link, answer, int(time.time()))

    def _call(self, name: str, given: dict[str, str], deadline: Deadline, method: str = "get") -> Any:
        fixed = {"__call": name, "_format": "json", "_marker": "0", "api_version": "4", "ctx": "web6dot0"}
        url = f"{self._upstream.base_url}/api.php"
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if method == "post":
            answer = self._upstream.post(url, deadline, data=fixed | given, headers=headers)
        else:
            answer = self._upstream.get(url, deadline, params=fixed | given, headers=headers)
        return parse.decoded(answer.status, answer.body)


def upstream_options(base_url: str, **options: Any) -> UpstreamOptions:
    """How JioSaavn wants to be asked: without a browser's headers it answers 403 at random."""
    headers = {
        "Accept": "application/json, text/plain, */*",
        "Referer": "https://www.jiosaavn.com/",
        "Accept-Language": "en-IN,en;q=0.9",
    }
    return UpstreamOptions(base_url=base_url, media_hosts=MEDIA_HOSTS, headers=headers, **options)
