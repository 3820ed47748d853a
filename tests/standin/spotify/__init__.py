"""Spotify as the stand-in plays it: embed pages, pathfinder, the Web API, short links, covers.

Asked directly, everything is at one origin, short links under `/spotify.link/` and `/spotify.app.link/`. A POST to
`/spotify/control` steers what no fault can: `{"hashes": {"searchDesktop": "<hash>"}}` sets the hashes that pathfinder
knows (an empty object none), `{"revoke": true}` makes every token that was issued worthless, `{"reset": true}` undoes
both. Songs that it has not: `ids.is_missing`.
"""

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from tests.standin.jiosaavn.cover import cover
from tests.standin.messages import Answer, Request, Text, json_answer, text_answer
from tests.standin.spotify import embed, pathfinder, webapi
from tests.standin.spotify.ids import STRAY_SHORT_CODE
from tests.standin.spotify.playlists import target_of_short
from tests.standin.spotify.recorded import Recorded
from tests.standin.spotify.tokens import Tokens

CONTROL = "/spotify/control"
SHORT_HOSTS = ("spotify.link", "spotify.app.link")
IMAGE_HOSTS = ("i.scdn.co", "*.spotifycdn.com")
_PAGE = re.compile(r"^/embed/(track|album|playlist|artist|show|episode)/([0-9A-Za-z]{22})$")
_IMAGE = re.compile(r"^/image/([0-9a-f]{40})$")
_SHORT = re.compile(r"^/spotify(?:\.app)?\.link/([A-Za-z0-9_-]+)$")
_QUERY, _TOKEN = "/pathfinder/v1/query", "/api/token"


class Spotify:
    """The service; `recordings` is its folder of recorded bodies, if these are to be answered where one fits."""

    name = "spotify"
    hosts = (
        "open.spotify.com",
        "api-partner.spotify.com",
        "api.spotify.com",
        "accounts.spotify.com",
        *SHORT_HOSTS,
        *IMAGE_HOSTS,
    )

    def __init__(self, recordings: Path | None = None) -> None:
        self._recorded = Recorded(recordings)
        self._tokens = Tokens()
        self._hashes: Mapping[str, str] = pathfinder.HASHES

    def part_of(self, request: Request) -> str | None:
        """By path where the stand-in is asked directly, else by host; `control` for the route that steers it."""
        if any(fnmatchcase(request.host, pattern) for pattern in self.hosts):
            return "image" if any(fnmatchcase(request.host, pattern) for pattern in IMAGE_HOSTS) else "api"
        if request.tunnelled:
            return None
        if request.path == CONTROL:
            return "control"
        if _IMAGE.match(request.path):
            return "image"
        known = (_PAGE, _SHORT, webapi.PATH)
        is_known = request.path in (_QUERY, _TOKEN) or any(pattern.match(request.path) for pattern in known)
        return "api" if is_known else None

    def answer(self, request: Request) -> Answer:
        """A page, a row of JSON, a redirect or a cover."""
        path = _path_of(request)
        if path == CONTROL:
            return self._steered(request)
        if page := _PAGE.match(path):
            return self._page(page[1], page[2], request)
        if short := _SHORT.match(path):
            return _redirect(short[1])
        if image := _IMAGE.match(path):
            return cover(f"/image/{image[1]}-500x500.jpg") or text_answer(404, "")
        if path == _TOKEN:
            return webapi.token_answer(self._tokens.issue("app")[0], webapi.has_credentials(request))
        return self._with_token(path, request)

    def zero(self, request: Request) -> Answer:
        """The service's way to say that there is nothing."""
        path = _path_of(request)
        if _PAGE.match(path):
            return embed.page(None, "", 0)
        if path == _QUERY:
            return pathfinder.zero(request)
        return webapi.zero(request) if webapi.PATH.match(path) else json_answer({}, 404)

    def _steered(self, request: Request) -> Answer:
        wish = json.loads(request.body or b"{}")
        if wish.get("revoke"):
            self._tokens.revoke()
        if wish.get("reset"):
            self._tokens.reset()
            self._hashes = pathfinder.HASHES
        self._hashes = wish.get("hashes", self._hashes)
        return json_answer({"hashes": dict(self._hashes)})

    def _page(self, kind: str, native: str, request: Request) -> Answer:
        token, ends = self._tokens.issue("anonymous")
        recorded = self._recorded.page(request.path, token, ends)
        if recorded is not None:
            return embed.wrapped(recorded)
        return embed.page(embed.entity(kind, native, self._images(request)), token, ends)

    def _with_token(self, path: str, request: Request) -> Answer:
        kind = "app" if webapi.PATH.match(path) else "anonymous"
        if not self._tokens.is_good(kind, request.headers.get("authorization", "")):
            return webapi.error(401, "The access token expired")
        if path == _QUERY:
            return self._query(request)
        return webapi.answer(request, self._images(request))

    def _query(self, request: Request) -> Answer:
        operation, variables, hash_ = pathfinder.asked(request)
        recorded = self._recorded.answer(operation, variables)
        if recorded and self._hashes.get(operation) == hash_:
            return Answer(200, {"Content-Type": "application/json"}, Text(recorded))
        return pathfinder.answer(request, self._hashes, self._images(request))

    def _images(self, request: Request) -> str:
        """The origin of the covers: the service's own, or the stand-in's where it is asked directly."""
        is_host = any(fnmatchcase(request.host, pattern) for pattern in self.hosts)
        return "https://i.scdn.co" if is_host else f"http://{request.authority}"


def _path_of(request: Request) -> str:
    """The path as it is where the stand-in is asked directly: short links begin with their host."""
    return f"/{request.host}{request.path}" if request.host in SHORT_HOSTS else request.path


def _redirect(code: str) -> Answer:
    target = target_of_short(code)
    if code == STRAY_SHORT_CODE:
        return text_answer(307, "", Location="http://169.254.169.254/latest/meta-data/")
    if target is None:
        return text_answer(404, "There is no such link.\n")
    return text_answer(307, "", Location=f"https://open.spotify.com/{target}?si=0123456789abcdef")
