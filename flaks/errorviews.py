"""Django's own 400, 403, 404 and 500: problem+json for programs, a page for people."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from django_ratelimit.exceptions import Ratelimited

from flaks.addresses import client_ip
from flaks.problems import error_view, is_database_outage

logger = logging.getLogger(__name__)

FOR_PROGRAMS = ("/api/", "/play/", "/healthz", "/readyz")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host that is not ours, or a request that Django found suspicious."""
    return error_view(request, 400) if _for_program(request) else defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: staff without the permission; 429: too many requests from one address."""
    if isinstance(exception, Ratelimited):
        logger.warning("too many requests for %s from %s", request.path, client_ip(request))
        response = render(request, "429.html", status=429)
        response["Retry-After"] = "60"
        return response
    return error_view(request, 403) if _for_program(request) else defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no route has this path."""
    return error_view(request, 404) if _for_program(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it was the database that did not answer."""
    if not _for_program(request):
        return defaults.server_error(request)
    error = sys.exc_info()[1]
    return error_view(request, 503 if error is not None and is_database_outage(error) else 500)


def _for_program(request: HttpRequest) -> bool:
    return request.path.startswith(FOR_PROGRAMS)
