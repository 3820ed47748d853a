"""Whether the process is alive, and whether it can serve: answered to any probe, by whatever host name it asks."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from flaks.problems import error_view, is_database_outage

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers `/healthz` and `/readyz` before hosts are checked: a balancer asks by address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.probes = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = self.probes.get(request.path.rstrip("/"))
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = probe(request)
        response["Cache-Control"] = "no-store"
        return response


def healthz(_: HttpRequest) -> HttpResponse:
    """200: the process is alive; nothing else is asked."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and is migrated, and the cache keeps what it is given; 503 otherwise."""
    try:
        ready = MigrationRecorder(connection).migration_qs.exists()
    except Exception as error:
        if not is_database_outage(error):
            raise
        ready = False
    cache.set("readyz", "ok", 10)
    return JsonResponse({"status": "ok"}) if ready and cache.get("readyz") == "ok" else error_view(request, 503)
