"""The real client, asking the stand-in."""

from __future__ import annotations

import pytest

from music.deadline import Deadline
from music.sources.jiosaavn.client import JioSaavn, upstream_options
from music.upstream import Upstream
from tests.standin.process import StandIn


@pytest.fixture
def client(standin: StandIn) -> JioSaavn:
    return JioSaavn(Upstream(upstream_options(standin.url)), ("hindi", "english"))


def soon(milliseconds: int = 5000) -> Deadline:
    """A deadline that only a hanging service misses."""
    return Deadline.after(milliseconds)


def calls(standin: StandIn) -> list[str]:
    """The calls that the service saw, in order."""
    return [entry["query"].get("__call", "") for entry in standin.log("jiosaavn", "api")]
