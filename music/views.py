"""The routes of one song: a name, an id or a link in, a track and a link that plays out."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from flaks.addresses import site_url
from flaks.api import ApiView
from flaks.problems import invalid_request
from music import browsing, describing, links, neighbours, pins, resolver, switches
from music.deadline import Deadline
from music.inputs import MAX_QUERY, IdInput, IdStreamInput, RelatedInput, StreamInput
from music.playback import CEILINGS, stream_of
from music.problems import not_a_track, problem_of, unsupported_link
from music.repeats import call_name
from music.serializers import attempts_json, lyrics_json, match_json, stream_json, track_json
from music.trace import Unresolved


class MusicView(ApiView):
    """A view whose answer must be there within `FLAKS_DEADLINE_MS`."""

    deadline: Deadline
    started: float

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.started = time.perf_counter()
        self.deadline = Deadline.after(settings.FLAKS_DEADLINE_MS)
        switches.read()
        pins.read()
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(problem_of(exc) if isinstance(exc, Unresolved) else exc)


class StreamView(MusicView):
    """GET /api/v1/stream: the right song, and a link that plays."""

    scope = "stream"
    input_class: ClassVar[type[Serializer[Any]]] = StreamInput

    def get(self, request: Request, **_path: str) -> Response:
        quality = CEILINGS[self.params["quality"]]
        found = self.resolved(quality)
        key: Any = request.auth
        stream = stream_of(found, quality, self.params["delivery"], site_url(request), key.play_token)
        return Response(
            {
                "track": track_json(found.track),
                "stream": stream_json(stream),
                "match": match_json(found.match),
                "answered_by": found.track.source,
                "attempts": attempts_json(found.attempts),
                "cached": found.cached,
                "stale": found.stale,
                "elapsed_ms": round((time.perf_counter() - self.started) * 1000),
            }
        )

    @property
    def repeat(self) -> str:
        """Some bots ask twice for each song that they play."""
        return call_name(self.params["wanted"], self.params["quality"], self.params["language"])

    def resolved(self, quality: int) -> resolver.Resolved:
        """The song that was asked for."""
        try:
            wants_link = self.params["delivery"] == "direct"
            return resolver.stream(self.params["wanted"], quality, self.params["language"], self.deadline, wants_link)
        except links.UnsupportedLink as error:
            raise unsupported_link("q", error) from error
        except describing.NotATrack as error:
            raise not_a_track(str(error)) from error

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = super().read_input(request)
        try:
            wanted = links.read(asked["q"])
        except links.UnsupportedLink as error:
            raise unsupported_link("q", error) from error
        if isinstance(wanted, links.Link) and wanted.kind != "track":
            raise not_a_track(wanted.kind)
        if isinstance(wanted, links.Text) and len(wanted.query) > MAX_QUERY:
            raise invalid_request("q", f"at most {MAX_QUERY} characters, where it is not a link")
        return asked | {"wanted": wanted}


class TrackStreamView(StreamView):
    """GET /api/v1/tracks/<id>/stream: a link that plays this track."""

    input_class = IdStreamInput

    def read_input(self, request: Request) -> dict[str, Any]:
        asked = MusicView.read_input(self, request)
        return asked | {"wanted": asked["id"], "language": ()}


class TrackView(MusicView):
    """GET /api/v1/tracks/<id>: one track."""

    scope = "metadata"
    input_class = IdInput

    def get(self, request: Request, **_path: str) -> Response:
        return Response(track_json(describing.track(self.params["id"], self.deadline)))


class RelatedView(MusicView):
    """GET /api/v1/tracks/<id>/related: songs that go on from it."""

    scope = "metadata"
    input_class = RelatedInput

    def get(self, request: Request, **_path: str) -> Response:
        found, attempts = neighbours.related(self.params["id"], self.params["limit"], self.deadline)
        return Response({"results": [track_json(track) for track in found], "attempts": attempts_json(attempts)})


class LyricsView(MusicView):
    """GET /api/v1/tracks/<id>/lyrics: its words."""

    scope = "metadata"
    input_class = IdInput

    def get(self, request: Request, **_path: str) -> Response:
        answer = browsing.lyrics(self.params["id"], self.deadline)
        return Response(lyrics_json(answer.value) | {"attempts": attempts_json(answer.attempts)})
