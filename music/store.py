"""Where answers are remembered: in this process, and, with `REDIS_URL`, for all processes.

An entry knows its own age, so that no cache's clock is trusted. A Redis that is away is left alone for a few seconds,
while everything goes on with the process's own memory.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches
from redis.exceptions import RedisError

from music.moment import Moment

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
Answer = TypeVar("Answer")

AWAY_SECONDS = 5.0  # for which a shared cache that failed is not asked again
SHARED = "shared"
# What another release of ours wrote may not be readable any more, and is then worth nothing.
UNREADABLE = (
    *(pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError, ValueError),
    *(LookupError, OverflowError),
)


@dataclass(frozen=True)
class Entry(Generic[Value]):
    """A remembered value: as good as new for `fresh` seconds; better than none until it is `kept` seconds old."""

    value: Value
    fresh: float
    kept: float
    made: Moment = field(default_factory=Moment)

    @property
    def is_fresh(self) -> bool:
        return self.made.age() < self.fresh

    @property
    def is_kept(self) -> bool:
        return self.made.age() < self.kept


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

    def delete(self, key: str) -> None:
        """Forget a value."""
        self._asked(lambda backend: backend.delete(key), False)

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


@cache
def shared() -> Shared:
    """The one of this process, with one pool of connections for all threads."""
    return Shared(caches.create_connection(SHARED) if SHARED in settings.CACHES else None)


def get(key: str, memory: str = "default") -> Entry[Any] | None:
    """The entry that is remembered under the key and not over yet, in `memory` (a name in `CACHES`) or shared."""
    entry = caches[memory].get(key)
    if entry is None or not entry.is_fresh:
        entry = _newer(key, entry, memory)
    return entry if entry is not None and entry.is_kept else None


def _newer(key: str, own: Entry[Any] | None, memory: str) -> Entry[Any] | None:
    """What another process has remembered since, else this one's own."""
    found = shared().get(key)
    if not isinstance(found, Entry) or not found.is_kept or (own is not None and not found.is_fresh):
        return own
    caches[memory].set(key, found, _remaining(found))
    return found


def put(key: str, entry: Entry[Any], memory: str = "default") -> None:
    """Remember an entry until it is over; one that is over at once is not."""
    seconds = _remaining(entry)
    if seconds > 0:
        caches[memory].set(key, entry, seconds)
        shared().set(key, entry, seconds)


def drop(key: str, memory: str = "default") -> None:
    """Forget what is remembered under the key."""
    caches[memory].delete(key)
    shared().delete(key)


def _remaining(entry: Entry[Any]) -> float:
    return entry.kept - entry.made.age()
