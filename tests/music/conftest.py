"""The music tests talk to the stand-in: the real client code over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import BaseCache, caches
from pytest_django import Settings

from music import pins, store, switches
from music.breaker import breaker_for
from music.health import health_of
from music.hedges import HEDGES
from music.pools import pool_for
from music.prefetching import prefetcher
from music.sources import lyrics_source, realm, sources
from music.streaming.limits import places
from tests.standin.process import StandIn


@pytest.fixture(scope="session")
def standin_process() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    """Each test meets sources of which nothing is known yet, and that nobody asks any more for a test before it."""
    forget_sources()
    yield
    eventually(lambda: prefetcher().is_idle)
    forget_sources()
    running = places().running()
    for place in running:
        place.end()
    assert not running, "a stream was opened and neither read to its end nor closed"


@pytest.fixture
def standin(standin_process: StandIn, settings: Settings) -> StandIn:
    """The stand-in without faults, with an empty log, and the sources pointed at it."""
    standin_process.begin_anew()
    settings.FLAKS_SOURCES = ["jiosaavn"]
    settings.JIOSAAVN_URL = settings.LRCLIB_URL = standin_process.url
    forget_sources()
    return standin_process


@pytest.fixture
def everywhere(standin: StandIn, settings: Settings) -> StandIn:
    """The stand-in as `standin` is, with all three sources switched on."""
    settings.FLAKS_SOURCES = ["jiosaavn", "spotify", "youtube"]
    settings.FLAKS_HEDGE_MS = 5_000  # a machine that stalls is no service that is late
    settings.SPOTIFY_OPEN_URL = settings.SPOTIFY_PARTNER_URL = settings.SPOTIFY_API_URL = standin.url
    settings.YOUTUBE_PROXY, settings.FLAKS_CA_FILE = standin.url, str(standin.ca_file)
    forget_sources()
    return standin


@pytest.fixture
def shared_memory(settings: Settings) -> BaseCache:
    """A cache that all processes share, played by this one: a second object of ours meets what the first has left."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
    settings.CACHES = {**settings.CACHES, "shared": memory}
    store.shared.cache_clear()
    caches["shared"].clear()
    return caches["shared"]


def forget_sources() -> None:
    """Have the sources made anew, with the settings as they are then, and nothing known of how they answered."""
    for made in (sources, lyrics_source, realm, breaker_for, health_of, pool_for, store.shared):
        made.cache_clear()
    switches.forget()
    pins.forget()
    for _ in range(200):
        HEDGES.earn()


def eventually(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until the condition holds; fails where it does not within so many seconds."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.005)
