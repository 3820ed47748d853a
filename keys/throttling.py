"""The one throttle of the API: the key's units per UTC day.

DRF asks every throttle even after one has refused, so that limits in separate throttles would spend each other's
units: all limits of a key are checked here, in one place.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from flaks.problems import QUOTA_TYPE, Problem, is_database_outage
from keys.models import ApiKey, KeyQuota

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads this module itself


@dataclass(frozen=True)
class Allowance:
    """Where a key stands after this call was admitted or refused; `limit` and `remaining` are None if unlimited."""

    lineage: uuid.UUID
    day: date
    limit: int | None
    used: int
    reset_at: datetime
    seconds_left: int

    @property
    def remaining(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    def headers(self) -> dict[str, str]:
        """RateLimit fields (draft 10 of the IETF's ratelimit headers) and the older X-RateLimit ones, for the day."""
        if self.limit is None:
            return {}
        return {
            "RateLimit-Policy": f'"daily";q={self.limit};w=86400',
            "RateLimit": f'"daily";r={self.remaining};t={self.seconds_left}',
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(int(self.reset_at.timestamp())),
        }


class KeyThrottle(BaseThrottle):
    """Spends the view's `cost` in units of the key's day; raises 429 `daily_quota_exceeded` where too few are left.

    What it found is `request.META["flaks.allowance"]`, for headers and for giving the unit back.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        key = cast(ApiKey, request.auth)
        now = datetime.now(UTC)  # read once: the day and its reset must come from the same reading
        units = getattr(view, "cost", 1)
        admitted = not units or KeyQuota.objects.spend(key.lineage, now.date(), key.daily_limit, units)
        used = KeyQuota.objects.used(key.lineage, now.date()) if key.daily_limit is not None else 0
        allowance = allowance_at(now, key.lineage, key.daily_limit, used)
        if not admitted:
            raise quota_exceeded(allowance)
        request.META["flaks.allowance"] = allowance
        return True


def allowance_at(now: datetime, lineage: uuid.UUID, limit: int | None, used: int) -> Allowance:
    """Where a key stands at `now` (UTC); the day ends at the next midnight, never in zero seconds."""
    reset_at = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    seconds_left = max(1, -int((now - reset_at).total_seconds() // 1))
    return Allowance(lineage, now.date(), limit, used, reset_at, seconds_left)


def quota_exceeded(allowance: Allowance) -> Problem:
    """429 with the day's limit, when it resets, and the headers that say so."""
    detail = f"{allowance.limit} calls per UTC day; resets at {allowance.reset_at:%Y-%m-%dT%H:%M:%SZ}"
    extra = {"type": QUOTA_TYPE, "title": "Daily quota exceeded", "violated-policies": ["daily"]}
    return Problem(
        429,
        "daily_quota_exceeded",
        detail,
        extra=extra,
        headers=allowance.headers(),
        retry_after=allowance.seconds_left,
    )


def settle(request: Request, response: Response) -> None:
    """Set the key's headers on an answer, and give the unit back where the failure was ours (500 and 503)."""
    allowance: Allowance | None = request.META.get("flaks.allowance")
    if allowance is None:
        return
    if response.status_code in (500, 503) and _given_back(allowance):
        allowance = replace(allowance, used=max(0, allowance.used - 1))
    for name, value in allowance.headers().items():
        response[name] = value


def _given_back(allowance: Allowance) -> bool:
    try:
        return KeyQuota.objects.give_back(allowance.lineage, allowance.day, allowance.limit)
    except Exception as error:
        if not is_database_outage(error):
            raise
        return False  # the answer says already that the database is away
