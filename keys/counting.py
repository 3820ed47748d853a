"""From an answer to what is counted of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from keys.usage import USAGE, Row, milliseconds_since

OUTCOMES = ("ok", "cached", "no_match", "client_error", "limited", "failure")
LONGEST_SOURCE = 32


def count(request: Request, response: HttpResponseBase, group: str, received: float) -> None:
    """Count a call of a known key, or of a link that was made for one; `received` is of `time.perf_counter`."""
    # The attribute itself: asked for through the property, a request that was refused would be authenticated again.
    lineage: UUID | None = getattr(vars(request).get("_auth"), "lineage", None)
    if lineage is None:
        return
    body = getattr(response, "data", None)
    body = body if isinstance(body, dict) else {}
    row = Row(datetime.now(UTC).date(), lineage, group, outcome_of(response.status_code, body), _source_of(body))
    USAGE.count(row, milliseconds_since(received))


def outcome_of(status: int, body: dict[str, Any]) -> str:
    """One of `OUTCOMES`."""
    if status < 400:
        return "cached" if body.get("cached") is True else "ok"
    if status == 429:
        return "limited"
    if status >= 500:
        return "failure"
    return "no_match" if body.get("code") == "no_match" else "client_error"


def _source_of(body: dict[str, Any]) -> str:
    source = body.get("answered_by")
    return source[:LONGEST_SOURCE] if isinstance(source, str) else ""
