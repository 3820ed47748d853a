"""A key as plain data, for scripts: nothing of it is secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from keys.models import ApiKey, KeyQuota
from keys.moments import rfc3339


def record(key: ApiKey) -> dict[str, Any]:
    """What was set for the key; times are RFC 3339 in UTC, or None. A limit of None is unlimited."""
    return {
        "id": str(key.pk),
        "name": key.name,
        "owner": key.owner,
        "contact": key.contact,
        "notes": key.notes,
        "hint": key.hint,
        "lineage": str(key.lineage),
        "daily_limit": key.daily_limit,
        "stream_limit": key.stream_limit,
        "burst_limit": key.burst_limit,
        "scopes": key.scopes.split(),
        "addresses": key.addresses.split(),
        "expires_at": _moment(key.expires_at),
        "created_at": _moment(key.created_at),
    }


def _history(key: ApiKey) -> dict[str, Any]:
    return {
        "last_used_at": _moment(key.last_used_at),
        "replaces": str(key.replaces) if key.replaces is not None else None,
        "successor": str(key.successor) if key.successor is not None else None,
        "revoked_at": _moment(key.revoked_at),
        "revoked_by": key.revoked_by,
        "revoked_reason": key.revoked_reason,
    }


def _moment(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment is not None else None


def with_use(keys: Iterable[ApiKey], now: datetime) -> Iterator[dict[str, Any]]:
    """Each key's record with its `state` at `now`, its `used_today` (UTC, its relatives' included) and its history."""
    keys = list(keys)
    used = KeyQuota.objects.used_by((key.lineage for key in keys), now.astimezone(UTC).date())
    for key in keys:
        yield record(key) | {"state": key.state(now), "used_today": used.get(key.lineage, 0)} | _history(key)
