"""What a play token opens once its lineage was found to have an active key."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from keys.models import ApiKey


@dataclass(frozen=True)
class Grant:
    """Which audio, how it is delivered, for whom, and how many streams the lineage may be carried at once."""

    track: str  # "source:native"
    quality: int  # the ceiling, kbit/s
    delivery: str  # "redirect" or "proxy"
    lineage: uuid.UUID
    stream_limit: int | None  # None is no limit of its own

    @staticmethod
    def still_active(lineages: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Those of the lineages that have an active key now; one query, for streams that are running."""
        return ApiKey.objects.active_lineages(lineages, timezone.now())
