"""One page of an album, a playlist or an artist, from the place that has it at the least cost.

A first page is read from the embed page, which is whole for most lists; a later one is asked of pathfinder, as is
every page of a list that is longer than its embed page shows. The Web API follows where pathfinder has failed and the
operator has credentials; else the answer is what the embed page shows, and says that it is truncated.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from music.deadline import Deadline
from music.domain import Kind, Listing
from music.sources.base import NotFound, SourceError
from music.sources.spotify.pages import Pages
from music.sources.spotify.parse_embed import Shown
from music.sources.spotify.pathfinder import Pathfinder
from music.sources.spotify.webapi import WebApi

logger = logging.getLogger(__name__)

SHARE = 0.7  # of the time left, for a way that another one may have to follow


@dataclass(frozen=True)
class Wanted:
    """A page of a list; `page` counts from 1."""

    kind: Kind
    native: str
    page: int
    limit: int

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * self.limit


class Lists:
    """The lists. Raises `SourceError` or nothing."""

    def __init__(self, pages: Pages, pathfinder: Pathfinder, webapi: WebApi | None) -> None:
        self._pages = pages
        self._pathfinder = pathfinder
        self._webapi = webapi

    def listing(self, wanted: Wanted, deadline: Deadline) -> Listing:
        """The list with that page of its tracks. Raises `NotFound`."""
        if wanted.page > 1 and wanted.kind != "artist" and self._pages.tokens.are_held:
            return self._later_page(wanted, deadline)
        try:
            shown = self._pages.shown(wanted.kind, wanted.native, share(deadline))
        except NotFound:
            raise
        except SourceError:
            if not self._pages.tokens.are_held:
                raise
            return self._queried(wanted, deadline)
        if shown.is_whole:
            return shown.listing(wanted.page, wanted.limit)
        return _tried(lambda: self._queried(wanted, share(deadline))) or self._without_query(shown, wanted, deadline)

    def _later_page(self, wanted: Wanted, deadline: Deadline) -> Listing:
        try:
            return self._queried(wanted, share(deadline))
        except SourceError as error:
            logger.info("spotify: %s (asking the embed page)", error)
            reason = error
        return self._without_query(self._shown_after(reason, wanted, deadline), wanted, deadline)

    def _shown_after(self, reason: SourceError, wanted: Wanted, deadline: Deadline) -> Shown:
        """What the page shows of a list that pathfinder did not give: it may have lists that pathfinder denies."""
        try:
            return self._pages.shown(wanted.kind, wanted.native, deadline)
        except SourceError as error:
            raise (reason if isinstance(reason, NotFound) else error) from error

    def _without_query(self, shown: Shown, wanted: Wanted, deadline: Deadline) -> Listing:
        webapi = self._webapi
        if shown.is_whole or webapi is None:
            return shown.listing(wanted.page, wanted.limit)
        official = _tried(lambda: webapi.listing(shown.item, wanted.offset, wanted.limit, share(deadline)))
        return official or shown.listing(wanted.page, wanted.limit)

    def _queried(self, wanted: Wanted, deadline: Deadline) -> Listing:
        return self._pathfinder.listing(wanted.kind, wanted.native, wanted.offset, wanted.limit, deadline)


def share(deadline: Deadline) -> Deadline:
    """An earlier deadline, which leaves time to go another way, or to hand over what there is."""
    return Deadline(time.monotonic() + SHARE * deadline.remaining())


def _tried(way: Callable[[], Listing]) -> Listing | None:
    try:
        return way()
    except SourceError as error:
        logger.info("spotify: %s (going on with what else there is)", error)
        return None
