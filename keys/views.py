"""GET /api/v1/usage: where the caller's key stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from flaks.api import ApiView
from keys.models import ApiKey, KeyQuota, UsageStat
from keys.moments import rfc3339
from keys.throttling import allowance_at

DAYS = 30


class UsageView(ApiView):
    """The key, its limit, what is used of today, and the calls and units of each of the last 30 days; costs nothing.

    Calls are of a second ago; units are exact.
    """

    @property
    def cost(self) -> int:
        """Units of the key's day."""
        return 0

    def get(self, request: Request) -> Response:
        key: Any = request.auth
        now = datetime.now(UTC)
        days = [now.date() - timedelta(days=back) for back in range(DAYS)]
        used = KeyQuota.objects.used_on(key.lineage, days)
        calls = dict(UsageStat.objects.days_of_key(key.lineage, days[-1]).values_list("day", "calls"))
        allowance = allowance_at(now, key, used.get(now.date(), 0))
        return Response(
            {
                "key": _key_json(key),
                "limit": allowance.limit,
                "used": allowance.used,
                "remaining": allowance.remaining,
                "reset": rfc3339(allowance.reset_at),
                "days": [
                    {"day": day.isoformat(), "calls": calls.get(day, 0), "used": used.get(day, 0)}
                    for day in sorted(used.keys() | calls.keys())
                ],
            }
        )


def _key_json(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "hint": key.hint,
        "scopes": key.scopes.split(),
        "expires_at": rfc3339(key.expires_at) if key.expires_at is not None else None,
    }
