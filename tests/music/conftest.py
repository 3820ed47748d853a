"""The music tests talk to the stand-in: the real client code over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from music.sources import sources
from tests.standin.process import StandIn


@pytest.fixture(scope="session")
def standin_process() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture
def standin(standin_process: StandIn, settings: Settings) -> Iterator[StandIn]:
    """The stand-in without faults, with an empty log, and the sources pointed at it."""
    standin_process.clear_faults()
    standin_process.set_latency(0)
    standin_process.clear_log()
    settings.JIOSAAVN_URL = standin_process.url
    sources.cache_clear()
    yield standin_process
    sources.cache_clear()
