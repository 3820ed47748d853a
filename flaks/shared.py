"""What all processes share: the Redis of `REDIS_URL`, or nothing.

A Redis that is away is left alone for a few seconds, while everything goes on with the process's own memory.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches
from redis.exceptions import RedisError

from flaks.once import once

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

AWAY_SECONDS = 5.0  # for which a shared cache that failed is not asked again
SHARED = "shared"
# What another release of ours wrote may not be readable any more, and is then worth nothing.
UNREADABLE = (
    *(pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError, ValueError),
    *(LookupError, OverflowError),
)


class Shared:
    """The cache of all processes. Every method answers as an empty cache does while there is none, or it is away."""

    def __init__(self, backend: BaseCache | None) -> None:
        self._backend = backend
        self._away_until = 0.0

    @property
    def is_there(self) -> bool:
        """Whether what is put here reaches other processes."""
        return self._backend is not None and time.monotonic() >= self._away_until

    def get(self, key: str) -> Any:
        """The value, or None."""
        return self._asked(lambda backend: backend.get(key), None)

    def set(self, key: str, value: Any, seconds: float) -> None:
        """Remember a value."""
        self._asked(lambda backend: backend.set(key, value, max(1, int(seconds))), None)

    def add(self, key: str, value: Any, seconds: float) -> bool:
        """Remember a value where there is none yet; whether there was none, or nobody could be asked."""
        return self._asked(lambda backend: backend.add(key, value, max(1, int(seconds))), True)

    def delete(self, key: str) -> bool:
        """Forget a value; whether there was one. Of two who delete one value, one is told that there was."""
        return self._asked(lambda backend: backend.delete(key), False)

    def run(self, script: str, key: str, *arguments: float) -> Any:
        """What a Lua script answers, which has the one key; None where nobody could be asked."""

        def ask(backend: Any) -> Any:
            client = backend._cache.get_client(key, write=True)
            return client.eval(script, 1, backend.make_and_validate_key(key), *arguments)

        return self._asked(ask, None)

    def _asked(self, ask: Callable[[BaseCache], Answer], otherwise: Answer) -> Answer:
        if self._backend is None or time.monotonic() < self._away_until:
            return otherwise
        try:
            return ask(self._backend)
        except UNREADABLE:
            return otherwise
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            # Without its message, which may name the address with its password.
            logger.warning("the shared cache is away (%s); going on without it", type(error).__name__)
            return otherwise


@once
def shared() -> Shared:
    """The one of this process, with one pool of connections for all threads."""
    return Shared(caches.create_connection(SHARED) if SHARED in settings.CACHES else None)
