"""From a request to its ApiKey: by the key that it carries, or by the play token in its path."""

from __future__ import annotations

import time
from typing import NoReturn

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from flaks.addresses import client_ip
from flaks.problems import Problem
from keys import failures, tokens
from keys.failures import FAILURES
from keys.grants import Grant
from keys.held import HELD
from keys.models import ApiKey
from keys.throttling import KEY
from keys.touches import TOUCHES

REALM = 'Bearer realm="flaks"'
DETAILS = {
    "key_missing": "Send your key as X-API-Key, or as Authorization: Bearer.",
    "key_invalid": "This key is not known here.",
    "key_disabled": "This key has been disabled; ask the operator.",
    "key_expired": "This key has expired; ask the operator for a new one.",
    "key_revoked": "This key has been revoked; ask the operator for a new one.",
}


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: flk_live_…` or `Authorization: Bearer flk_live_…`; `request.auth` is the ApiKey.

    One query where the key is not held, and once a second one for all keys (`keys.held`); a string that cannot be a key
    costs none. Raises 401 with `key_missing`, `key_invalid`, `key_disabled`, `key_expired` or `key_revoked`, and 429
    `too_many_failures` where the address has tried 60 keys within a minute that nobody has, unless this very key opened
    here of late.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey]:
        plain = self._presented(request)
        if not tokens.is_well_formed(plain):
            _refuse("key_invalid")
        key = self._known(request, tokens.digest(plain))
        now = timezone.now()
        state = key.state(now)
        if state != "active":
            _refuse(f"key_{state}")
        FAILURES.accept(key.digest, time.monotonic())
        TOUCHES.note(key, now)
        request.META[KEY] = key
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return REALM

    def _known(self, request: Request, digest: str) -> ApiKey:
        if not FAILURES.was_accepted(digest, time.monotonic()):
            _refuse_guessing(client_ip(request))
        key = HELD.get(digest)
        if key is None:
            failures.count(client_ip(request))
            _refuse("key_invalid")
        return key

    def _presented(self, request: Request) -> str:
        header = request.headers.get("X-API-Key", "").strip()
        scheme, _, bearer = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() == "bearer" and bearer.strip():
            if header and header != bearer.strip():
                raise AuthenticationFailed("Two different keys were sent; send one.", "key_invalid")
            return bearer.strip()
        if not header:
            raise NotAuthenticated(DETAILS["key_missing"], "key_missing")
        return header


class LinkAuthentication(BaseAuthentication):
    """The play token in the path: no key and no header is needed; `request.auth` is the `Grant`.

    One query. Raises 404 `link_invalid` where the token is not ours or its lineage has no active key, 410
    `link_expired` where its time is over.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Grant]:
        link = self._link(request.parser_context["kwargs"]["token"])
        limits = ApiKey.objects.stream_limits(link.lineage, timezone.now())
        if not limits:
            raise Problem(404, "link_invalid", "This link is not valid.")
        # While a key is being rotated its lineage has two: the newer one rules.
        return AnonymousUser(), Grant(link.track, link.quality, link.delivery, link.lineage, limits[0])

    def _link(self, token: str) -> tokens.Link:
        try:
            return tokens.read_link(token, settings.SECRET_KEY, time.time())
        except tokens.LinkExpired as error:
            raise Problem(410, "link_expired", "This link has expired; ask for the song again.") from error
        except tokens.LinkError as error:
            raise Problem(404, "link_invalid", "This link is not valid.") from error


def _refuse_guessing(address: str) -> None:
    if wait := failures.seconds_to_wait(address):
        raise Problem(429, "too_many_failures", "Too many unknown keys from this address.", retry_after=wait)


def _refuse(code: str) -> NoReturn:
    raise AuthenticationFailed(DETAILS[code], code)
