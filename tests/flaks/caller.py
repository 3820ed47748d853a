"""What a process of its own runs: it starts the site with its environment's settings, calls it, and prints the answers.

Each argument is one call as JSON, `{"method", "path", "headers", "body"}`; the answers are one JSON list on standard
output, and the log is on standard error.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.test import Client

PROGRAM = "import django; django.setup(); from tests.flaks.caller import main; main()"


def main() -> None:
    settings.ROOT_URLCONF = "tests.keys.urls"
    client = Client(raise_request_exception=False)
    print(json.dumps([answer(client, **json.loads(call)) for call in sys.argv[1:]]))


def answer(client: Client, path: str, method: str = "GET", headers: Any = None, body: str = "") -> dict[str, Any]:
    """The call's status, headers, and body as text."""
    response = client.generic(method, path, body, "application/json", headers=headers)
    return {"status": response.status_code, "headers": dict(response.headers), "body": response.content.decode()}
