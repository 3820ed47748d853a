"""What every answer carries: a request id, how long it took, and the headers that keep browsers safe."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from flaks import logs
from flaks.checks import note_forwarded

GetResponse = Callable[[HttpRequest], HttpResponse]

API = "/api/"
ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' https:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class RequestIdMiddleware:
    """Gives each request an id (the caller's own, where it is well-formed), and each API answer its Server-Timing.

    The id is `request.META["flaks.request_id"]`; it stands in every log line and problem, and comes back as
    `X-Request-ID`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ACCEPTABLE_ID.fullmatch(given) else uuid.uuid4().hex
        request.META["flaks.request_id"] = request_id
        token = logs.request_id.set(request_id)
        note_forwarded(request)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request_id
        if request.path.startswith(API):
            total = f"total;dur={(time.perf_counter() - started) * 1000:.1f}"
            response["Server-Timing"] = ", ".join(filter(None, (response.get("Server-Timing"), total)))
        return response


class ForPeople(MiddlewareMixin):
    """Django's middleware for those who sign in, which the API's callers do not: their requests pass it by."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(API):
            return self.get_response(request)
        return super().__call__(request)


class PageSessionMiddleware(ForPeople, SessionMiddleware):
    """Sessions, of pages alone."""


class PageAuthenticationMiddleware(ForPeople, AuthenticationMiddleware):
    """`request.user`, of pages alone."""


class PageMessageMiddleware(ForPeople, MessageMiddleware):
    """Messages, of pages alone."""


class SecurityHeadersMiddleware:
    """Sets the Content-Security-Policy and the Permissions-Policy; Django's own middleware sets the rest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
