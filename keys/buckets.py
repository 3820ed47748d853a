"""How many calls a key may make in a second: a bucket of tokens for each, in this process, or with Redis in all."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from flaks.shared import shared

MOST = 50_000  # buckets that a process holds; one that was not touched for a second is full, and can be forgotten
TAKE = """
local most, now = tonumber(ARGV[1]), redis.call('TIME')
now = tonumber(now[1]) + tonumber(now[2]) / 1000000
local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local at = tonumber(held[2]) or now
local tokens = math.min(most, (tonumber(held[1]) or most) + math.max(0, now - at) * most)
local taken = 0
if tokens >= 1 then tokens, taken = tokens - 1, 1 end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], 2000)
return {taken, math.floor(tokens)}
"""


@dataclass(frozen=True)
class Taken:
    """Whether there was a token, and how many whole ones are left."""

    admitted: bool
    left: int


class Buckets:
    """Buckets by name; each holds at most as many tokens as come in a second, and is full at first."""

    def __init__(self) -> None:
        self._held: OrderedDict[UUID, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: UUID, most: int, now: float) -> Taken:
        """Take a token of a bucket of `most`; `now` in seconds of a steady clock."""
        with self._lock:
            tokens, at = self._held.pop(name, (float(most), now))
            tokens = min(float(most), tokens + max(0.0, now - at) * most)
            admitted = tokens >= 1
            tokens -= admitted
            self._held[name] = (tokens, now)
            if len(self._held) > MOST:
                self._held.popitem(last=False)
        return Taken(admitted, int(tokens))

    def clear(self) -> None:
        """Fill every bucket."""
        with self._lock:
            self._held.clear()


BUCKETS = Buckets()


def take(lineage: UUID, most: int) -> Taken:
    """Take one of the key's calls of this second; of its successors', too. Asks Redis where there is one."""
    answered = shared().run(TAKE, f"burst:{lineage.hex}", most)
    if answered is not None:
        return Taken(bool(answered[0]), int(answered[1]))
    return BUCKETS.take(lineage, most, time.monotonic())
