"""Talks to Spotify, which describes songs and gives no audio: embed pages, pathfinder, and the Web API if there is one.

The embed page is asked first: one request, which also brings the token for pathfinder. Search and long lists need
pathfinder; the Web API follows where that has failed. The `audioPreview` of the answers is not the song, and not read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import ClassVar

from music.deadline import Deadline
from music.domain import Item, Kind, Listing, Page, Track
from music.sources.base import SILENCED_FOR, BadAnswer, BaseSource, NotFound, Part, SourceBlocked, SourceError
from music.sources.spotify.addresses import Hosts
from music.sources.spotify.hashes import Hashes
from music.sources.spotify.lists import Lists, Wanted, share
from music.sources.spotify.pages import Pages
from music.sources.spotify.pathfinder import Pathfinder
from music.sources.spotify.shapes import NAME, checked
from music.sources.spotify.webapi import WebApi

logger = logging.getLogger(__name__)

SHORT_PATH = re.compile(r"/[A-Za-z0-9_-]{1,64}")
REDIRECTS = (301, 302, 303, 307, 308)


CANARY = "love"  # in every region's catalogue


class Spotify(BaseSource):
    """The source "spotify". Every id is 22 base62 characters; `limit` is at most 50."""

    name = NAME
    search_part: ClassVar[Part] = "queries"
    gives_audio: ClassVar[bool] = False

    def __init__(self, hosts: Hosts, hashes: Hashes, client_id: str = "", client_secret: str = "") -> None:
        self._hosts = hosts
        self._pages = Pages(hosts.pages)
        self._pathfinder = Pathfinder(hosts.pathfinder, self._pages.tokens, hashes)
        has_credentials = client_id and client_secret
        self._webapi = WebApi(hosts.api, hosts.accounts, client_id, client_secret) if has_credentials else None
        self._lists = Lists(self._pages, self._pathfinder, self._webapi)

    def search(self, query: str, kind: Kind, page: int, limit: int, deadline: Deadline) -> Page[Item]:
        offset = (page - 1) * limit
        if self._webapi is None:
            return self._pathfinder.search(query, kind, offset, limit, deadline)
        try:
            return self._pathfinder.search(query, kind, offset, limit, share(deadline))
        except SourceError as error:
            logger.info("spotify: %s (asking the Web API)", error)
        return self._webapi.search(query, kind, offset, limit, deadline)

    def track(self, native: str, deadline: Deadline) -> Track:
        checked(native)
        try:
            return self._pages.track(native, share(deadline) if self._other_ways else deadline)
        except NotFound:
            raise
        except SourceError as error:
            return self._track_without_page(native, error, deadline)

    def album(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._lists.listing(Wanted("album", checked(native), page, limit), deadline)

    def playlist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._lists.listing(Wanted("playlist", checked(native), page, limit), deadline)

    def artist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        return self._lists.listing(Wanted("artist", checked(native), page, limit), deadline)

    def resolve_short(self, host: str, path: str, deadline: Deadline) -> str:
        known = self._hosts.short.get(host)
        if known is None or not SHORT_PATH.fullmatch(path):
            raise NotFound("not a short link of the service")
        answer = known.get(self._hosts.addresses.short_path(host, path)[1], deadline)
        leads_to = answer.headers.get("Location", "")
        if answer.status in REDIRECTS and leads_to:
            return leads_to[:2000]
        if answer.status in (400, 404, 410):
            raise NotFound("the short link leads nowhere")
        raise BadAnswer(f"the short link answered HTTP {answer.status}")

    def ping(self, deadline: Deadline) -> None:
        self._pages.canary_token(deadline)

    def ping_queries(self, deadline: Deadline) -> None:
        if not self.search(CANARY, "track", 1, 1, deadline).items:
            raise SourceBlocked("zero results, for a word that has many", SILENCED_FOR)

    @property
    def _other_ways(self) -> list[Callable[[str, Deadline], Track]]:
        """What can be asked for a track without its page."""
        queried = [self._pathfinder.track] if self._pages.tokens.are_held else []
        return [*queried, self._webapi.track] if self._webapi else [*queried]

    def _track_without_page(self, native: str, reason: SourceError, deadline: Deadline) -> Track:
        """The track by another way than its page, which failed for the reason; raises that where no way leads to it."""
        for way in self._other_ways:
            try:
                return way(native, deadline)
            except NotFound:
                raise
            except SourceError as error:
                logger.info("spotify: %s (after the page failed)", error)
        raise reason
