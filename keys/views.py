"""GET /api/v1/usage: where the caller's key stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from flaks.api import ApiView
from keys.models import ApiKey, KeyQuota
from keys.moments import rfc3339
from keys.throttling import allowance_at

DAYS = 30


class UsageView(ApiView):
    """The key, its limit, what is used of today, and what was used of each of the last 30 days; costs nothing."""

    @property
    def cost(self) -> int:
        """Units of the key's day."""
        return 0

    def get(self, request: Request) -> Response:
        key: Any = request.auth
        now = datetime.now(UTC)
        used = KeyQuota.objects.used_on(key.lineage, _days(now.date()))
        allowance = allowance_at(now, key, used.get(now.date(), 0))
        return Response(
            {
                "key": _key_json(key),
                "limit": allowance.limit,
                "used": allowance.used,
                "remaining": allowance.remaining,
                "reset": rfc3339(allowance.reset_at),
                "days": [{"day": day.isoformat(), "used": used[day]} for day in sorted(used)],
            }
        )


def _days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(DAYS)]


def _key_json(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "hint": key.hint,
        "scopes": key.scopes.split(),
        "expires_at": rfc3339(key.expires_at) if key.expires_at is not None else None,
    }
