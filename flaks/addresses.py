"""The caller's address and the site's own: the one place that knows which headers may be believed."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

ADDRESS_AND_PORT = re.compile(r"\[(?P<v6>[^]]+)](?::\d+)?|(?P<v4>[0-9.]+):\d+")


def client_ip(request: HttpRequest | Request) -> str:
    """The address that called, as seen by the outermost of `FLAKS_TRUSTED_PROXIES` proxies.

    Each proxy appends the address that it saw to X-Forwarded-For, so that entry N from the right was written by a
    proxy of ours; everything left of it is the caller's own word. A shorter header than that was not ours: then the
    connection's address counts.
    """
    peer: str = request.META.get("REMOTE_ADDR") or "127.0.0.1"  # a unix socket has none: it is this machine
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    return _bare(hops[-trusted]) or peer if trusted and len(hops) >= trusted else peer


def _bare(hop: str) -> str:
    """The address of a hop without the port that some proxies add; "" for what is no address."""
    found = ADDRESS_AND_PORT.fullmatch(hop)
    try:
        return str(ipaddress.ip_address(found["v6"] or found["v4"] if found else hop))
    except ValueError:
        return ""


def site_url(request: HttpRequest | Request) -> str:
    """Where this site is reached, without a trailing slash: `FLAKS_PUBLIC_URL`, else the request's own host.

    Raises `DisallowedHost` where the host is not one of `FLAKS_HOSTS`.
    """
    if settings.FLAKS_PUBLIC_URL:
        return str(settings.FLAKS_PUBLIC_URL)
    return f"{request.scheme}://{request.get_host()}"
