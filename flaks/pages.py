"""The public pages that need no key: landing page and health."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from flaks.addresses import site_url


@require_safe
@ratelimit(key="ip", rate="120/m", method=ratelimit.ALL)
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and how to make the first call."""
    return render(request, "landing.html", {"base_url": site_url(request)})


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated; its error is answered as 503 otherwise."""
    get_user_model().objects.exists()
    return JsonResponse({"status": "ok"})
