"""Who calls the API in the tests: a key of given limits, and a client that sends it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from keys.leases import LEASES
from keys.models import ApiKey, KeyQuota
from tests.conftest import Answer


class Caller:
    """A key of a given limit and who calls with it."""

    def __init__(self, limit: int | None, **fields: Any) -> None:
        self.key, plain = ApiKey.objects.issue(name="bot", daily_limit=limit, **fields)
        self.client = Client(headers={"X-API-Key": plain}, raise_request_exception=False)

    def get(self, path: str = "/api/v1/echo?q=song", **extra: str) -> Answer:
        return self.client.get(path, headers=extra)

    def used(self) -> int:
        """What the database has of today, once what was leased and not spent is back."""
        LEASES.return_all()
        return KeyQuota.objects.used(self.key.lineage, datetime.now(UTC).date())
