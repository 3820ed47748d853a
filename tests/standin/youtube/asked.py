"""A call to the service's API: what its JSON asks for."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.standin.messages import Request
from tests.standin.youtube.addresses import Addresses

Json = dict[str, Any]


class BadToken(ValueError):
    """A continuation that the service did not hand out."""


@dataclass(frozen=True)
class Call:
    """One call: `name` as in `search`, `next`, `browse`, `player`."""

    name: str
    request: Request
    addresses: Addresses

    @cached_property
    def body(self) -> Json:
        """The JSON that was sent; empty where it is none."""
        try:
            sent = json.loads(self.request.body or b"{}")
        except ValueError:
            return {}
        return sent if isinstance(sent, dict) else {}

    def text(self, name: str) -> str:
        """A text of the JSON; "" where there is none."""
        value = self.body.get(name)
        return value if isinstance(value, str) else ""

    @property
    def client(self) -> str:
        """Which of the service's apps asks."""
        context = self.body.get("context")
        return str(context.get("client", {}).get("clientName", "")) if isinstance(context, dict) else ""

    @property
    def continuation(self) -> str:
        """The token of a page after the first; "" for the first."""
        query: Mapping[str, str] = self.request.parameters
        return self.text("continuation") or query.get("ctoken", "")


def token(**said: str | int) -> str:
    """What a page hands out for the one that follows it."""
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def read_token(value: str) -> Json:
    """What `token` was made of. Raises `BadToken`."""
    try:
        said = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except ValueError as error:
        raise BadToken from error
    if not isinstance(said, dict):
        raise BadToken
    return said
