"""The one throttle of the API: what a call costs, and where its key stands.

DRF asks every throttle even after one has refused, so that limits in separate throttles would spend each other's
units: all limits of a key are checked here, in one place, before any is spent for good.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from flaks.problems import QUOTA_TYPE, Problem, is_database_outage
from keys import buckets, repeats
from keys.leases import LEASES
from keys.models import ApiKey

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads this module itself

KEY = "flaks.key"  # in a request's META: the ApiKey that opened it
TICKET = "flaks.ticket"  # and what the call has cost


@dataclass(frozen=True)
class Allowance:
    """Where a key stands: of a UTC day, and of this second. A limit of None is unlimited."""

    day: date
    limit: int | None
    used: int
    reset_at: datetime
    seconds_left: int
    burst: int | None = None
    burst_left: int = 0

    @property
    def remaining(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    def headers(self) -> dict[str, str]:
        """RateLimit fields (draft 10 of the IETF's ratelimit headers) and the older X-RateLimit ones, for the day."""
        policies, states = [], []
        if self.burst is not None:
            policies.append(f'"burst";q={self.burst};w=1')
            states.append(f'"burst";r={self.burst_left};t=1')
        if self.limit is not None:
            policies.append(f'"daily";q={self.limit};w=86400')
            states.append(f'"daily";r={self.remaining};t={self.seconds_left}')
        if not policies:
            return {}
        return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(states)} | self._of_the_day()

    def _of_the_day(self) -> dict[str, str]:
        if self.limit is None:
            return {}
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(int(self.reset_at.timestamp())),
        }


@dataclass
class Ticket:
    """What an admitted call has cost: units of a day, or a repeat that was paid for, and which repeats it pays for."""

    key: ApiKey
    now: datetime
    units: int
    burst_left: int = 0
    repeat: str = ""
    free: repeats.Kind | None = None
    prepaid: list[str] = field(default_factory=list)

    @property
    def lineage(self) -> UUID:
        return self.key.lineage

    @property
    def day(self) -> date:
        return self.now.date()

    def allowance(self) -> Allowance:
        """Where the key stands now."""
        used = LEASES.used(self.lineage, self.day) if self.key.daily_limit is not None else 0
        return allowance_at(self.now, self.key, used, self.burst_left)


class KeyThrottle(BaseThrottle):
    """Takes one of the second's calls, then a repeat that is paid for, or the view's `cost` in units of the day.

    A view may name its call by `repeat`, so that the same call may be made once more, and the calls that it pays for
    by `prepaid`. Raises 429 `burst_limit` or `daily_quota_exceeded`. What it took is `request.META[TICKET]`.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        key: Any = request.auth
        now = datetime.now(UTC)  # read once: the day and its reset must come from the same reading
        burst = taken_of_burst(request, key)
        if not burst.admitted:
            raise burst_exceeded(key, now)
        ticket = _ticket(key, now, view)
        ticket.burst_left = burst.left
        if ticket.repeat:
            ticket.free = repeats.take(key.lineage, ticket.repeat)
        if ticket.free is not None:
            ticket.units = 0
        elif not _spent(ticket):
            raise quota_exceeded(ticket.allowance())
        request.META[TICKET] = ticket
        return True


def _ticket(key: ApiKey, now: datetime, view: APIView) -> Ticket:
    cost, repeat, prepaid = getattr(view, "cost", 1), getattr(view, "repeat", ""), getattr(view, "prepaid", [])
    return Ticket(key, now, cost, repeat=repeat, prepaid=prepaid)


def taken_of_burst(request: Request, key: ApiKey) -> buckets.Taken:
    """Take one of the calls that the key has in this second, once a request."""
    taken: buckets.Taken | None = request.META.get("flaks.burst")
    if taken is None:
        unlimited = buckets.Taken(True, 0)
        taken = unlimited if key.burst_limit is None else buckets.take(key.lineage, key.burst_limit)
        request.META["flaks.burst"] = taken
    return taken


def allowance_at(now: datetime, key: ApiKey, used: int, burst_left: int = 0) -> Allowance:
    """Where a key stands at `now` (UTC); the day ends at the next midnight, never in zero seconds."""
    reset_at = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    seconds_left = max(1, -int((now - reset_at).total_seconds() // 1))
    return Allowance(now.date(), key.daily_limit, used, reset_at, seconds_left, key.burst_limit, burst_left)


def burst_exceeded(key: ApiKey, now: datetime) -> Problem:
    """429 with the calls of a second, and the headers that say so."""
    extra = {"type": QUOTA_TYPE, "title": "Burst limit exceeded", "violated-policies": ["burst"]}
    headers = {"RateLimit-Policy": f'"burst";q={key.burst_limit};w=1', "RateLimit": '"burst";r=0;t=1'}
    detail = f"{key.burst_limit} calls per second"
    return Problem(429, "burst_limit", detail, extra=extra, headers=headers, retry_after=1)


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
    """Close the call's account: give back units where the failure was ours (500, 503), grant repeats, set headers.

    A call that was refused before the throttle takes its place in the second all the same, and is told where it stands.
    """
    key: ApiKey | None = request.META.get(KEY)
    if key is None:
        return
    burst = taken_of_burst(request, key)
    ticket: Ticket | None = request.META.get(TICKET)
    try:
        if ticket is not None:
            _close(ticket, response)
        elif "RateLimit" in response:
            return  # what was refused by a limit says so itself
        headers = (ticket or Ticket(key, datetime.now(UTC), 0, burst.left)).allowance().headers()
    except Exception as error:
        if not is_database_outage(error):
            raise
        return  # the answer says already that the database is away
    for name, value in headers.items():
        response[name] = value


def _close(ticket: Ticket, response: Response) -> None:
    if response.status_code in (500, 503):
        _take_back(ticket)
        return
    if ticket.free is None:
        if ticket.repeat:
            repeats.grant(ticket.lineage, ticket.repeat, "stream")
        for call in ticket.prepaid:
            repeats.grant(ticket.lineage, call, "prefetch")
    elif ticket.free == "stream" and not _is_from_memory(response):
        # A repeat is free because it costs us nothing: this one did. Where the day is used up, it is.
        _spent(Ticket(ticket.key, ticket.now, 1))


def _take_back(ticket: Ticket) -> None:
    if ticket.free is not None:
        repeats.grant(ticket.lineage, ticket.repeat, ticket.free)
    for _ in range(ticket.units):
        if not LEASES.give_back(ticket.lineage, ticket.day, ticket.key.daily_limit):
            break


def _spent(ticket: Ticket) -> bool:
    if not ticket.units:
        return True
    return LEASES.spend(ticket.lineage, ticket.day, ticket.key.daily_limit, ticket.units)


def _is_from_memory(response: Response) -> bool:
    body = response.data
    return response.status_code != 200 or not isinstance(body, dict) or bool(body.get("cached", True))
