"""The public pages that need no key."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from flaks.addresses import site_url


@require_safe
@ratelimit(key="ip", rate="120/m", method=ratelimit.ALL)
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and how to make the first call."""
    return render(request, "landing.html", {"base_url": site_url(request)})
