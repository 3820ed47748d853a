"""Asks Spotify's official Web API, where the operator has credentials of an app."""

from __future__ import annotations

import base64
import logging
import time
from dataclasses import replace
from typing import Any

from music.deadline import Deadline
from music.domain import Album, Artist, Collection, Item, Kind, Listing, Page, Track
from music.sources.base import NotSupported, SourceError
from music.sources.spotify import parse_webapi as parse
from music.sources.spotify.hosts import Host
from music.sources.spotify.shapes import Token
from music.sources.spotify.tokens import Bearer, Tokens

logger = logging.getLogger(__name__)

MOST_FOUND = 10  # results that one call of a search gives apps in development mode
MOST_ROWS = 50
UNPAID = 3600  # seconds for which an app whose owner's Premium has lapsed is not asked again


class WebApi:
    """Search, a track, and one page of an album's or a playlist's tracks. Raises `SourceError` or nothing."""

    def __init__(self, api: Host, accounts: Host, client_id: str, client_secret: str) -> None:
        self._accounts = accounts
        self._credentials = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._host = api
        self._bearer = Bearer(api, Tokens(self._token))

    def search(self, query: str, kind: Kind, offset: int, limit: int, deadline: Deadline) -> Page[Item]:
        """One page of what is found, ten rows a call; `truncated` where a call after the first one failed."""
        page = self._found(query, kind, offset, min(limit, MOST_FOUND), deadline)
        rest = deadline.half()  # a call that hangs leaves time to hand over what the others found
        for start in range(MOST_FOUND, limit, MOST_FOUND):
            if not page.has_more:
                break
            try:
                more = self._found(query, kind, offset + start, min(limit - start, MOST_FOUND), rest)
            except SourceError as error:
                logger.info("spotify: %s (going on with %d rows)", error, len(page.items))
                return replace(page, truncated=True)
            page = replace(more, items=page.items + more.items)
        return page

    def _found(self, query: str, kind: Kind, offset: int, limit: int, deadline: Deadline) -> Page[Item]:
        params = {"q": query, "type": kind, "offset": str(offset), "limit": str(limit)}
        return parse.search_page(self._call("/v1/search", params, deadline), kind, self._host.targets)

    def track(self, native: str, deadline: Deadline) -> Track:
        """A track with its album and its ISRC. Raises `NotFound`."""
        return parse.track_of(self._call(f"/v1/tracks/{native}", {}, deadline), self._host.targets)

    def listing(self, of: Collection, offset: int, limit: int, deadline: Deadline) -> Listing:
        """An album or playlist with its tracks from `offset` on. Raises `NotFound`, for an artist `NotSupported`."""
        if isinstance(of, Artist):
            raise NotSupported("the Web API lists no songs of an artist")
        album, native = (of if isinstance(of, Album) else None), of.id.partition(":")[2]
        path = f"/v1/albums/{native}/tracks" if album else f"/v1/playlists/{native}/items"
        params = {"offset": str(offset), "limit": str(min(limit, MOST_ROWS))}
        page = parse.tracks_page(self._call(path, params, deadline), self._host.targets, album)
        return Listing(replace(of, total=page.total), page)

    def _call(self, path: str, params: dict[str, str], deadline: Deadline) -> Any:
        answer = self._bearer.get(path, deadline, params)
        if answer.status == 403 and answer.body.lstrip(b'"').startswith(b"Active premium subscription required"):
            self._host.close(UNPAID)
        return parse.answer_of(answer.status, answer.body)

    def _token(self, deadline: Deadline) -> Token:
        headers = {"Authorization": f"Basic {self._credentials}"}
        form = {"grant_type": "client_credentials"}
        answer = self._accounts.post("/api/token", deadline, form, headers)
        return parse.token_of(answer.status, answer.body, time.time())
