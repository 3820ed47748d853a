"""Where answers are remembered: in this process, and, with `REDIS_URL`, for all processes.

An entry knows its own age, so that no cache's clock is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.cache import caches

from flaks.shared import shared
from music.moment import Moment

__all__ = ["Entry", "drop", "get", "put", "shared"]

Value = TypeVar("Value")


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
