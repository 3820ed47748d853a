"""The music routes: read the input, ask the resolver, say what it answered."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from flaks.addresses import site_url
from flaks.api import ApiView
from keys.authentication import LinkAuthentication
from music import links, resolver
from music.deadline import Deadline
from music.playback import CEILINGS, stream_of
from music.problems import problem_of, unsupported_link
from music.serializers import (
    SearchInput,
    StreamInput,
    TrackInput,
    attempts_json,
    match_json,
    stream_json,
    track_json,
)


class MusicView(ApiView):
    """A view whose answer must be there within `FLAKS_DEADLINE_MS`."""

    deadline: Deadline
    started: float

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.started = time.perf_counter()
        self.deadline = Deadline.after(settings.FLAKS_DEADLINE_MS)
        super().initial(request, *args, **kwargs)

    def elapsed_ms(self) -> int:
        """Milliseconds since the view took the request up."""
        return round((time.perf_counter() - self.started) * 1000)

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(problem_of(exc) if isinstance(exc, resolver.Unresolved) else exc)


class SearchView(MusicView):
    """GET /api/v1/search: songs for typed words."""

    input_class = SearchInput

    def get(self, request: Request) -> Response:
        asked = self.params
        found = resolver.search(asked["q"], asked["page"], asked["limit"], asked["language"], self.deadline)
        total = found.page.total
        return Response(
            {
                "query": asked["q"],
                "type": asked["type"],
                "source": asked["source"],
                "answered_by": found.answered_by,
                "results": [track_json(track) for track in found.page.tracks],
                "page": asked["page"],
                "has_more": bool(found.page.tracks) and total is not None and asked["page"] * asked["limit"] < total,
                "total": total,
                "attempts": attempts_json(found.attempts),
                "cached": False,
                "stale": False,
            }
        )


class StreamView(MusicView):
    """GET /api/v1/stream: the right song, and a link that plays."""

    input_class = StreamInput

    def get(self, request: Request) -> Response:
        wanted, quality = self.params["wanted"], CEILINGS[self.params["quality"]]
        found = resolver.stream(wanted, quality, self.params["language"], self.deadline)
        key: Any = request.auth
        stream = stream_of(found.track.id, quality, found.link, site_url(request), key.play_token)
        return Response(
            {
                "track": track_json(found.track),
                "stream": stream_json(stream),
                "match": match_json(found.match),
                "answered_by": found.track.source,
                "attempts": attempts_json(found.attempts),
                "cached": False,
                "stale": False,
                "elapsed_ms": self.elapsed_ms(),
            }
        )

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = super().read_input(request)
        try:
            return asked | {"wanted": links.read(asked["q"])}
        except links.UnsupportedLink as error:
            raise unsupported_link() from error


class TrackView(MusicView):
    """GET /api/v1/tracks/<id>: one track."""

    input_class = TrackInput

    def get(self, request: Request, **_path: str) -> Response:
        track, _ = resolver.track(self.params["id"], self.deadline)
        return Response(track_json(track))


class PlayView(MusicView):
    """GET /play/<token>: to the audio, with no key and no header."""

    authentication_classes = [LinkAuthentication]
    permission_classes = []
    throttle_classes = []

    def get(self, request: Request, **_path: str) -> Response:
        link: Any = request.auth
        found = resolver.link(links.track_id(link.track), link.quality, self.deadline)
        return Response(status=302, headers={"Location": found.url, "Cache-Control": "no-store"})
