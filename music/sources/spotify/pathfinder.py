"""Asks pathfinder, the GraphQL interface of Spotify's web player, with the token of anonymous visitors."""

from __future__ import annotations

import json
import logging
from typing import Any

from music.deadline import Deadline
from music.domain import Item, Kind, Listing, Page, Track
from music.sources.base import NotSupported
from music.sources.spotify import parse_pathfinder as parse
from music.sources.spotify.hashes import Hashes
from music.sources.spotify.hosts import Host
from music.sources.spotify.tokens import Bearer, Tokens

logger = logging.getLogger(__name__)

HEADERS = {"app-platform": "WebPlayer", "Referer": "https://open.spotify.com/"}
SEARCH_REACH = 1000  # entries; the service counts no further, and gives no more


class Pathfinder:
    """Search, and one page of an album, a playlist or an artist. Raises `SourceError` or nothing."""

    def __init__(self, host: Host, tokens: Tokens, hashes: Hashes) -> None:
        self._bearer = Bearer(host, tokens, HEADERS)
        self._targets = host.targets
        self._hashes = hashes

    def search(self, query: str, kind: Kind, offset: int, limit: int, deadline: Deadline) -> Page[Item]:
        """One page of what is found for typed words."""
        if offset >= SEARCH_REACH:
            return Page((), None, has_more=False, truncated=True)
        variables = {
            "searchTerm": query,
            "offset": offset,
            "limit": limit,
            "numberOfTopResults": 5,
            "includeAudiobooks": True,
            "includePreReleases": True,
            "includeAlbumPreReleases": False,
            "includeAuthors": False,
            "includeEpisodeContentRatingsV2": False,
        }
        return parse.search_page(self._data("searchDesktop", variables, deadline), kind, offset, limit, self._targets)

    def track(self, native: str, deadline: Deadline) -> Track:
        """A track with its album. Raises `NotFound`."""
        data = self._data("getTrack", {"uri": f"spotify:track:{native}"}, deadline)
        return parse.track_of(data, self._targets)

    def listing(self, kind: Kind, native: str, offset: int, limit: int, deadline: Deadline) -> Listing:
        """An album, playlist or artist with the rows from `offset` on. Raises `NotFound`."""
        wanted = {"uri": f"spotify:{kind}:{native}"}
        part = {"offset": offset, "limit": limit}
        if kind == "album":
            data = self._data("getAlbum", {**wanted, "locale": "", **part}, deadline)
            return parse.album_listing(data, offset, limit, self._targets)
        if kind == "playlist":
            data = self._data("fetchPlaylist", {**wanted, **part, "enableWatchFeedEntrypoint": False}, deadline)
            return parse.playlist_listing(data, offset, limit, self._targets)
        data = self._data("queryArtistOverview", {**wanted, "locale": "", "includePrerelease": False}, deadline)
        return parse.artist_listing(data, offset, limit, self._targets)

    def _data(self, operation: str, variables: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
        """What the first hash that the service knows answers. Raises `NotSupported` where it knows none."""
        for hash_ in self._hashes.of(operation):
            try:
                data = self._asked(operation, variables, hash_, deadline)
            except parse.QueryUnknown:
                logger.info("spotify: %s is not known as %s", operation, hash_[:12])
                continue
            self._hashes.worked(operation, hash_)
            return data
        self._hashes.give_up(operation)
        logger.warning("spotify: %s is known by none of its hashes; set SPOTIFY_HASHES", operation)
        raise NotSupported(f"{operation}: the service knows none of our queries")

    def _asked(self, operation: str, variables: dict[str, Any], hash_: str, deadline: Deadline) -> dict[str, Any]:
        params = {
            "operationName": operation,
            "variables": _compact(variables),
            "extensions": _compact({"persistedQuery": {"version": 1, "sha256Hash": hash_}}),
        }
        answer = self._bearer.get("/pathfinder/v1/query", deadline, params)
        if answer.status == 403:  # seen to pass at once
            answer = self._bearer.get("/pathfinder/v1/query", deadline, params)
        return parse.data_of(answer.status, answer.body)


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
