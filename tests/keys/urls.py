"""Routes that need no music service: one that answers, and one for each way to fail."""

from __future__ import annotations

from typing import cast

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from flaks import urls
from flaks.api import ApiView
from flaks.problems import Problem
from keys.authentication import LinkAuthentication
from keys.grants import Grant
from keys.models import SCOPES, ApiKey


class EchoInput(serializers.Serializer[dict[str, object]]):
    q = serializers.CharField(max_length=200)


class EchoView(ApiView):
    input_class = EchoInput

    def get(self, request: Request, **kwargs: str) -> Response:
        return Response({"q": self.params["q"], "key": cast(ApiKey, request.auth).name})


class ScopedView(EchoView):
    """As the echo, for keys of the scope that `as_view` names."""


class RepeatView(EchoView):
    """As the echo, and may be asked once more for nothing; `q` of "cold" is answered with some effort each time."""

    @property
    def repeat(self) -> str:
        return str(self.params["q"]).lower()

    def get(self, request: Request, **kwargs: str) -> Response:
        if self.params["q"] == "away":
            raise Problem(503, "sources_unavailable", "No source answers.", retry_after=5)
        return Response({"cached": self.params["q"] != "cold"})


class PrepaidView(EchoView):
    """Pays for what its `q` names, one unit a word."""

    @property
    def cost(self) -> int:
        return len(self.prepaid)

    @property
    def prepaid(self) -> list[str]:
        return str(self.params["q"]).split()


class BrokenView(ApiView):
    """Fails on our side, in the way that `q` names."""

    input_class = EchoInput

    def get(self, request: Request, **kwargs: str) -> Response:
        failures: dict[str, Exception] = {
            "503": Problem(503, "sources_unavailable", "No source answers.", retry_after=5),
            "404": Problem(404, "no_match", "There is no such song."),
            "outage": OperationalError("the database is away"),
        }
        raise failures.get(self.params["q"]) or RuntimeError(f"broken by {request.get_full_path()}")


class DearView(BrokenView):
    """As the broken one, for three units."""

    @property
    def cost(self) -> int:
        return 3


class LinkView(APIView):
    authentication_classes = [LinkAuthentication]
    permission_classes = []
    throttle_classes = []

    def get(self, request: Request, token: str) -> Response:
        return Response({"track": cast(Grant, request.auth).track})


class CountedLinkView(ApiView):
    """As a play route, which is counted."""

    group = "play"
    authentication_classes = [LinkAuthentication]
    permission_classes = []
    throttle_classes = []

    def get(self, request: Request, token: str) -> Response:
        return Response({"track": cast(Grant, request.auth).track})


def broken_page(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"broken by {request.get_full_path()}")


urlpatterns = [
    re_path(r"^api/v1/echo/?$", EchoView.as_view()),
    *(path(f"api/v1/scoped/{scope}", ScopedView.as_view(scope=scope)) for scope in SCOPES),
    path("api/v1/repeat", RepeatView.as_view()),
    path("api/v1/prepaid", PrepaidView.as_view()),
    path("api/v1/dear", DearView.as_view()),
    re_path(r"^api/v1/broken/?$", BrokenView.as_view()),
    path("api/v1/broken-page", broken_page),
    path("broken-page", broken_page),
    path("play/counted/<token>", CountedLinkView.as_view()),
    path("play/test/<token>", LinkView.as_view()),
    path("", include(urls)),
]

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
