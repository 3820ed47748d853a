"""What the tests of keys share: a Redis, where there is one on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from flaks.shared import shared
from keys import buckets
from tests.keys import redis


@pytest.fixture
def redis_server(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """The limits are remembered in a Redis, as all processes with its `REDIS_URL` would."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with redis.running(tmp_path) as address:
        backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address, "KEY_PREFIX": "flaks"}
        settings.CACHES = {**settings.CACHES, "shared": backend}
        shared.cache_clear()
        yield
    shared.cache_clear()


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No token comes back while a test calls, neither here nor in Redis."""
    monkeypatch.setattr(buckets, "time", SimpleNamespace(monotonic=lambda: 1000.0))
    monkeypatch.setattr(buckets, "TAKE", buckets.TAKE.replace("redis.call('TIME')", "{1000, 0}"))


@pytest.fixture(params=["process", "redis"])
def memory(request: pytest.FixtureRequest) -> str:
    """Where limits are remembered; the test runs with each."""
    if request.param == "redis":
        request.getfixturevalue("redis_server")
    return str(request.param)
