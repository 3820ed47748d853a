"""The base of every keyed API view: reads the input before anything is spent, and settles the key's account after."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from flaks.once import once
from flaks.problems import invalid_request
from keys.counting import count
from keys.throttling import settle

ANYTHING = "*/*"


class JsonNegotiation(DefaultContentNegotiation):
    """As DRF's, which parses what nearly every caller sends, nothing or `*/*`, anew for each of them."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and the media type of the answer. Raises `NotAcceptable` where there is none."""
        if format_suffix is None and request.META.get("HTTP_ACCEPT", ANYTHING) == ANYTHING:
            renderer = next(iter(renderers))
            return renderer, str(renderer.media_type)
        found: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return found


class ApiView(APIView):
    """A view whose `input_class` reads the path's and the query's parameters into `self.params`.

    The order of checks is DRF's own, key and permission first, but input that cannot be read is refused before the
    throttle: it costs no unit.
    """

    content_negotiation_class = JsonNegotiation
    input_class: ClassVar[type[Serializer[Any]]] = Serializer
    scope: ClassVar[str] = ""  # what the key has to open; "" is any key
    http_method_names = ["get", "head"]
    takes_body: ClassVar[bool] = False  # of JSON, in place of a query
    group: ClassVar[str] = ""  # under which the call is counted, where that is not its scope
    params: dict[str, Any]
    received: float = 0.0  # when, of `time.perf_counter`

    @property
    def cost(self) -> int:
        """What the call costs, in units of the key's day; known once its input is read."""
        return 1

    @property
    def repeat(self) -> str:
        """What names the same call, where it may be made once more for nothing; "" where it may not."""
        return ""

    @property
    def prepaid(self) -> list[str]:
        """The `repeat` of each later call that this one pays for."""
        return []

    def check_throttles(self, request: Request) -> None:
        method = str(request.method).lower()
        if method not in self.http_method_names or not hasattr(self, method):
            raise MethodNotAllowed(str(request.method))
        self.params = self.read_input(request)
        super().check_throttles(request)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        self.received = time.perf_counter()
        return super().initialize_request(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        settle(request, response)
        count(request, response, self.group or self.scope or "other", self.received)
        # Answers hold links that are signed for one key; unlike Authorization, X-API-Key keeps no shared cache away.
        response.setdefault("Cache-Control", "no-store")
        return response

    def read_input(self, request: Request) -> dict[str, Any]:
        """The parameters, checked; raises a 400 that names the one at fault."""
        given = self._given(request)
        if self.takes_body:
            return _checked(self.input_class, given)
        return dict(_checked_before(self.input_class, tuple(given.items())))

    def _given(self, request: Request) -> dict[str, Any]:
        if self.takes_body:
            if not isinstance(request.data, dict):
                raise invalid_request("body", "a JSON object is wanted")
            return {**request.data, **self.kwargs}
        if request.META.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in request.META:
            raise invalid_request("body", "this route takes none")
        return {**request.query_params.dict(), **self.kwargs}


def _checked(input_class: type[Serializer[Any]], given: dict[str, Any]) -> dict[str, Any]:
    return dict(_reader_of(input_class).run_validation(given))


@once
def _reader_of(input_class: type[Serializer[Any]]) -> Serializer[Any]:
    """The one that reads for all: it keeps nothing of what it reads, and DRF copies each field for each new one."""
    return input_class()


@lru_cache(maxsize=2048)
def _checked_before(input_class: type[Serializer[Any]], given: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """As `_checked`; what the same text was read as is remembered."""
    return _checked(input_class, dict(given))
