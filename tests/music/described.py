"""The API's description as a caller reads it, and what compares an answer with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import schemathesis
from django.test import Client
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import CHECKS, load_all_checks

load_all_checks()
CONFORMANCE = (
    *("status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    "response_headers_conformance",
)
EXAMPLES = hypothesis_settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


HANDLER = ClientHandler(enforce_csrf_checks=False)


def description() -> dict[str, Any]:
    """What `/api/schema` answers."""
    found: dict[str, Any] = json.loads(Client().get("/api/schema").content)
    return found


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site as a WSGI application that leaves the test's own database connection open."""
    response: Any = HANDLER(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [bytes(response.getvalue())]


@cache
def described() -> Any:
    """What schemathesis has read of the description, once for all tests."""
    return schemathesis.openapi.from_wsgi("/api/schema", application)


def conformance() -> Any:
    """The checks of status, content type, shape and headers."""
    return CHECKS.get_by_names(CONFORMANCE)
