"""Calls that may be made once more for nothing: some bots ask twice for each song that they play.

Remembered in Redis where there is one, else by the process. A repeat is taken by one of those who ask at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from hashlib import blake2b
from typing import Literal
from uuid import UUID

from flaks.shared import shared

Kind = Literal["stream", "prefetch"]  # which call paid for it

SECONDS = 600.0
MOST = 50_000  # that a process remembers


class Repeats:
    """What this process remembers."""

    def __init__(self) -> None:
        self._granted: OrderedDict[str, tuple[Kind, float]] = OrderedDict()
        self._lock = threading.Lock()

    def grant(self, name: str, kind: Kind, now: float) -> None:
        """Let the call be made once more, until `SECONDS` after `now`, of a steady clock."""
        with self._lock:
            self._granted.pop(name, None)
            self._granted[name] = (kind, now + SECONDS)
            if len(self._granted) > MOST:
                self._granted.popitem(last=False)

    def take(self, name: str, now: float) -> Kind | None:
        """Which call paid for this one, or None where none did."""
        with self._lock:
            kind, until = self._granted.pop(name, (None, 0.0))
        return kind if now < until else None

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._granted.clear()


REPEATS = Repeats()


def grant(lineage: UUID, call: str, kind: Kind) -> None:
    """Let a key of the lineage make the call once more within ten minutes."""
    name = _name(lineage, call)
    if shared().is_there:
        shared().set(name, kind, SECONDS)
    else:
        REPEATS.grant(name, kind, time.monotonic())


def take(lineage: UUID, call: str) -> Kind | None:
    """Take the repeat of a call, where there is one; which call paid for it."""
    name = _name(lineage, call)
    if shared().is_there:
        kind: Kind | None = shared().get(name)
        return kind if kind is not None and shared().delete(name) else None
    return REPEATS.take(name, time.monotonic())


def _name(lineage: UUID, call: str) -> str:
    return f"repeat:{lineage.hex}:{blake2b(call.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
