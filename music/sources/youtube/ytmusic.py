"""YouTube Music through ytmusicapi, whose requests go our way: vetted addresses, our time-outs, bounded bodies.

ytmusicapi reads a body before it looks at the status, fetches a whole page for a visitor id on its first call, has no
time-out of its own, and changes the process's locale. The session given to it here answers nothing but JSON of a
successful call, and raises our errors for all else; its headers are set beforehand.
"""

from __future__ import annotations

import io
import json
import locale
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import requests
from ytmusicapi import YTMusic
from ytmusicapi.constants import SUPPORTED_LOCATIONS
from ytmusicapi.exceptions import YTMusicServerError, YTMusicUserError
from ytmusicapi.helpers import initialize_headers

from music.deadline import Deadline
from music.domain import Kind
from music.sources.base import BadAnswer, NotFound, SourceError
from music.sources.youtube.transport import Wire, decoded

Answered = TypeVar("Answered")
Row = dict[str, Any]
Filter = Literal["songs", "videos", "albums", "playlists", "artists"]

PLAYLIST_PAGE = 100  # what the service sends at once of a playlist
SEARCH_FILTERS: dict[Kind, Filter] = {
    "track": "songs",
    "album": "albums",
    "playlist": "playlists",
    "artist": "artists",
}
DROPPED = {"content-encoding", "accept-encoding"}  # the former is untrue, the latter is the session's own

_deadline: ContextVar[Deadline] = ContextVar("ytmusic_deadline")


class Session(requests.Session):
    """What ytmusicapi takes for a session of requests; a call's deadline is that of the thread's context."""

    def __init__(self, wire: Wire, visitor: Callable[[], str]) -> None:
        super().__init__()
        self._wire = wire
        self._visitor = visitor

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **given: Any) -> requests.Response:
        """The answer to a call of ytmusicapi, which holds JSON; raises `SourceError`s."""
        body = json.dumps(given.get("json")).encode()
        answer = self._wire.post_body(str(url), _deadline.get(), body, self._headers(given))
        _check_contents(urlsplit(str(url)).path, given.get("json") or {}, decoded(answer))
        response = requests.Response()
        response.status_code, response.encoding, response.raw = answer.status, "utf-8", io.BytesIO(answer.body)
        return response

    def _headers(self, given: dict[str, Any]) -> dict[str, str]:
        headers = {name: value for name, value in (given.get("headers") or {}).items() if name.lower() not in DROPPED}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in (given.get("cookies") or {}).items())
        visitor = self._visitor()
        return headers | ({"X-Goog-Visitor-Id": visitor} if visitor else {})


def _check_contents(path: str, asked: Row, body: Row) -> None:
    """A page without contents: what the service sends for a list that is not there, is private or was taken away."""
    if path.endswith("/browse") and "browseId" in asked and "contents" not in body:
        raise NotFound("there is no such page")


class Music:
    """The calls to YouTube Music; answers ytmusicapi's rows, raises `SourceError`s."""

    def __init__(self, session: Session, region: str) -> None:
        self._api = _library(session, region)

    def search(self, query: str, kept: Filter, rows: int, deadline: Deadline) -> list[Row]:
        """At least `rows` rows where there are as many, by twenties."""
        try:
            return _asked(lambda: self._api.search(query, filter=kept, limit=rows), deadline)
        except NotFound as error:
            raise BadAnswer(f"a search was refused: {error}") from error

    def watch(self, video: str, radio: bool, rows: int, deadline: Deadline) -> list[Row]:
        """What plays with a video, itself first. Raises `NotFound` where the service plays nothing."""
        answer = _asked(lambda: self._api.get_watch_playlist(videoId=video, radio=radio, limit=rows), deadline)
        tracks = answer.get("tracks")
        return [row for row in tracks if isinstance(row, dict)] if isinstance(tracks, list) else []

    def album(self, native: str, deadline: Deadline) -> Row:
        """An album's page with all its tracks, by its `MPREb_` id. Raises `NotFound`."""
        return _asked(lambda: self._api.get_album(native), deadline)

    def playlist(self, native: str, rows: int, deadline: Deadline) -> Row:
        """A playlist's page with at least `rows` tracks where it has as many. Raises `NotFound`."""
        # ytmusicapi counts without those of the first answer.
        return _asked(lambda: self._api.get_playlist(native, limit=max(0, rows - PLAYLIST_PAGE)), deadline)

    def artist(self, native: str, deadline: Deadline) -> Row:
        """An artist's page. Raises `NotFound`, also for a channel that is none of an artist."""
        return _asked(lambda: self._api.get_artist(native), deadline)


def _asked(call: Callable[[], Answered], deadline: Deadline) -> Answered:
    """What ytmusicapi answers; whatever it makes of an answer that it cannot read is `BadAnswer`."""
    token = _deadline.set(deadline)
    try:
        return call()
    except SourceError:
        raise
    except (YTMusicServerError, YTMusicUserError) as error:
        raise NotFound("the service has nothing there") from error
    except Exception as error:
        if isinstance(error, KeyError) and error.args == ("musicImmersiveHeaderRenderer",):
            raise NotFound("a channel, but none of an artist") from None
        # Not chained: the library's message holds the whole answer.
        raise BadAnswer(f"an answer of another shape ({type(error).__name__})") from None
    finally:
        _deadline.reset(token)


def _library(session: Session, region: str) -> YTMusic:
    """The library in English; a region in which there is no YouTube Music is left for the service to tell."""
    before = locale.setlocale(locale.LC_ALL)
    location = region if region in SUPPORTED_LOCATIONS else ""
    try:
        library = YTMusic(requests_session=session, language="en", location=location)
    finally:
        locale.setlocale(locale.LC_ALL, before)
    library.base_headers = initialize_headers()
    return library
