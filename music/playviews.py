"""GET and HEAD /play/<token>: to the audio, or the audio itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from keys.authentication import LinkAuthentication
from keys.grants import Grant
from music import known, links
from music.links import TrackId
from music.problems import range_not_satisfiable, too_many_streams
from music.streaming import handed, headers
from music.streaming.carried import opened
from music.streaming.limits import places
from music.streaming.links import link, unresolved
from music.streaming.listener import Listener
from music.streaming.origin import Origin
from music.streaming.places import Place, TooManyStreams
from music.streaming.ranges import Unsatisfiable
from music.trace import Trace
from music.views import MusicView


class PlayView(MusicView):
    """GET and HEAD /play/<token>, with or without a name behind it: no key and no header is needed."""

    group = "play"
    authentication_classes = [LinkAuthentication]
    permission_classes = []
    throttle_classes = []

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """A player says what audio it takes: that is no reason to refuse it a redirect, or a problem."""
        return JSONRenderer(), JSONRenderer.media_type

    def get(self, request: Request, **_path: str) -> HttpResponseBase:
        granted: Grant = request.auth  # type: ignore[assignment] # what `LinkAuthentication` answers
        wanted = links.track_id(granted.track)
        if granted.delivery == "redirect":
            return self._redirected(wanted, granted.quality)
        if request.method == "HEAD":
            return self._described(request, wanted, granted.quality)
        agent = handed.asked_as(wanted.source) if settings.FLAKS_ACCEL else None
        if agent is not None:
            return self._handed_over(wanted, granted, agent)
        try:
            place = places().take(_place(request, granted))
        except TooManyStreams as error:
            raise too_many_streams(error.whose) from error
        try:
            return self._carried(request, wanted, granted.quality, place)
        except BaseException:
            place.give_back()
            raise

    def _redirected(self, wanted: TrackId, quality: int) -> Response:
        found = link(wanted, quality, self.deadline)
        disposition = headers.disposition(known.name_of(str(wanted)), found.mime)
        named = {"Location": found.url, "Cache-Control": "no-store", "Content-Disposition": disposition}
        return Response(status=302, headers=named)

    def _described(self, request: Request, wanted: TrackId, quality: int) -> HttpResponseBase:
        """What a GET would be answered, from what is known: the media host is not asked."""
        audio = known.audio_of(str(wanted), quality) or self._origin(wanted, quality).audio
        etag = headers.etag_of(str(wanted), audio)
        said = headers.described(audio, etag, known.name_of(str(wanted))) | {"Content-Length": str(audio.size)}
        return get_conditional_response(request, etag, response=HttpResponse(headers=said)) or HttpResponse()

    def _handed_over(self, wanted: TrackId, granted: Grant, agent: str) -> HttpResponseBase:
        origin = self._origin(wanted, granted.quality)
        with unresolved(origin.trace):
            origin.await_opening(self.deadline)
        said = headers.described(origin.audio, origin.etag, known.name_of(str(wanted)))
        return HttpResponse(headers=said | handed.over(origin.link, granted.lineage, agent))

    def _carried(self, request: Request, wanted: TrackId, quality: int, place: Place) -> HttpResponseBase:
        origin = self._origin(wanted, quality)
        said = headers.described(origin.audio, origin.etag, known.name_of(str(wanted)))
        settled = _settled(request, origin.etag, said)
        if settled is not None:
            place.give_back()
            return settled
        asked, if_range = (request.headers.get(name, "") for name in ("Range", "If-Range"))
        with unresolved(origin.trace):
            try:
                stream = opened(origin, place, asked, if_range, self.deadline)
            except Unsatisfiable as error:
                raise range_not_satisfiable(error.size) from error
        said |= headers.measured(stream.span)
        return StreamingHttpResponse(stream, status=200 if stream.span.whole else 206, headers=said)

    def _origin(self, wanted: TrackId, quality: int) -> Origin:
        trace = Trace(self.deadline)
        with unresolved(trace):
            return Origin(wanted, quality, trace)


def _settled(request: Request, etag: str, said: dict[str, str]) -> HttpResponseBase | None:
    """The 304 or the 412 that the request's conditions ask for; a 304 says of the audio what a 200 would."""
    audio = HttpResponse(headers=said)
    answer = get_conditional_response(request, etag, response=audio)
    return None if answer is audio else answer


def _place(request: Request, granted: Grant) -> Place:
    listener = Listener(request.META.get("gunicorn.socket"))
    return Place(granted.lineage, granted.stream_limit, granted.still_active, listener)
