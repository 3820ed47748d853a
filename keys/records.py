"""A key as plain data, for scripts: nothing of it is secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from keys.models import ApiKey, KeyQuota
from keys.moments import rfc3339


def record(key: ApiKey) -> dict[str, Any]:
    """What was set for the key; times are RFC 3339 in UTC, the limits and `expires_at` may be None."""
    return {
        "id": str(key.pk),
        "name": key.name,
        "owner": key.owner,
        "hint": key.hint,
        "daily_limit": key.daily_limit,
        "stream_limit": key.stream_limit,
        "expires_at": rfc3339(key.expires_at) if key.expires_at is not None else None,
        "created_at": rfc3339(key.created_at),
    }


def with_use(keys: Iterable[ApiKey], now: datetime) -> Iterator[dict[str, Any]]:
    """Each key's record with its `state` at `now` and its `used_today` (UTC)."""
    keys = list(keys)
    used = KeyQuota.objects.used_by((key.lineage for key in keys), now.astimezone(UTC).date())
    for key in keys:
        yield record(key) | {"state": key.state(now), "used_today": used.get(key.lineage, 0)}
