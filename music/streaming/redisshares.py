"""How many streams of each key run on all processes and machines, counted exactly in Redis.

For each lineage there are three sorted sets: `running` (a stream's name, and when it was last heard of), `stalled`
(since when its listener takes nothing) and `out` (when it had to make room for another). A process that dies is heard
of no more: its streams are forgotten after `LIFE_SECONDS`.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Collection
from functools import cached_property
from itertools import groupby
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from music.streaming.places import IDLE_SECONDS, Answer, Place
from music.streaming.shares import ProcessShares

logger = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
LIFE_SECONDS = 30
RETRY_SECONDS = 5.0
SETS = ("running", "stalled", "out")

TAKE = """
local clock = redis.call('TIME')
local now, name, limit = clock[1] + clock[2] / 1000000, ARGV[1], tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
local evicted = ''
if limit >= 0 and redis.call('ZCARD', KEYS[1]) >= limit then
  if redis.call('ZCARD', KEYS[1]) > limit or limit == 0 then return {0, ''} end
  for _, stalled in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    redis.call('ZREM', KEYS[2], stalled)
    if redis.call('ZREM', KEYS[1], stalled) == 1 then
      evicted = stalled
      redis.call('ZADD', KEYS[3], now, stalled)
      break
    end
  end
  if evicted == '' then return {0, ''} end
end
redis.call('ZADD', KEYS[1], now, name)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, 10 * tonumber(ARGV[3])) end
return {1, evicted}
"""
BEAT = """
local clock = redis.call('TIME')
local now, out = clock[1] + clock[2] / 1000000, {}
for at = 2, #ARGV, 2 do
  local name, idle = ARGV[at], tonumber(ARGV[at + 1])
  if redis.call('ZREM', KEYS[3], name) == 1 then
    out[#out + 1] = name
  else
    redis.call('ZADD', KEYS[1], now, name)
    if idle > 0 then redis.call('ZADD', KEYS[2], now - idle, name) else redis.call('ZREM', KEYS[2], name) end
  end
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, 10 * tonumber(ARGV[1])) end
return out
"""


class RedisShares:
    """Exact on any number of processes. While Redis is away each process counts its own part, as `ProcessShares`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._local = ProcessShares()
        self._away_until = 0.0
        self._told: dict[uuid.UUID, float] = {}  # when a lineage was last heard of
        self._stalled: dict[uuid.UUID, frozenset[str]] = {}

    @cached_property
    def _redis(self) -> Redis:
        # Made at the first use: a connection must not be older than the process.
        return Redis.from_url(self._url, socket_timeout=1, socket_connect_timeout=0.5)

    def take(self, place: Place) -> Answer:
        """Count the place, if its key's limit allows; at the limit, in the place of an idle one, wherever it runs."""
        limit = -1 if place.limit is None else place.limit
        answered = self._asked(TAKE, place.lineage, place.name, limit, LIFE_SECONDS)
        if answered is None:
            return self._local.take(place)
        admitted, evicted = answered
        if not admitted:
            return Answer(admitted=False)
        return Answer(admitted=True, evicted=self._local.swapped(place, evicted.decode()))

    def leave(self, place: Place) -> None:
        """Count it no more."""
        self._local.leave(place)
        self._forget(place)

    def _forget(self, place: Place) -> None:
        if time.monotonic() < self._away_until:
            return
        try:
            with self._redis.pipeline(transaction=False) as sent:
                for key in _keys(place.lineage):
                    sent.zrem(key, place.name)
                sent.execute()
        except RedisError as error:
            self._is_away(error)

    def beat(self, running: Collection[Place]) -> list[Place]:
        """Say that these run: every 10 s, and at once where one has stalled, or waits to be told to end."""
        out = []
        for lineage, group in groupby(sorted(running, key=_lineage), key=_lineage):
            out += self._beat(lineage, list(group))
        for lineage in set(self._told) - {place.lineage for place in running}:
            del self._told[lineage], self._stalled[lineage]
        return out

    def _beat(self, lineage: uuid.UUID, running: list[Place]) -> list[Place]:
        idle = {place.name: place.idle() for place in running}
        stalled = frozenset(name for name, seconds in idle.items() if seconds > IDLE_SECONDS)
        is_due = time.monotonic() - self._told.get(lineage, 0.0) >= BEAT_SECONDS
        if not (is_due or stalled or stalled != self._stalled.get(lineage, frozenset())):
            return []
        named: list[Any] = []
        for name, seconds in idle.items():
            named += [name, f"{seconds:.3f}" if name in stalled else 0]
        answered = self._asked(BEAT, lineage, LIFE_SECONDS, *named)
        if answered is None:
            return []
        self._told[lineage], self._stalled[lineage] = time.monotonic(), stalled
        for place in running:
            if place.is_over:  # since we looked: what was just said of it would count it for half a minute
                self._forget(place)
        out = {name.decode() for name in answered}
        return [place for place in running if place.name in out]

    def _asked(self, script: str, lineage: uuid.UUID, *arguments: Any) -> Any:
        """What the script answers; None while Redis is away."""
        if time.monotonic() < self._away_until:
            return None
        try:
            return self._redis.eval(script, len(SETS), *_keys(lineage), *arguments)
        except RedisError as error:
            self._is_away(error)
            return None

    def _is_away(self, error: RedisError) -> None:
        self._away_until = time.monotonic() + RETRY_SECONDS
        # Its message may quote the address, and with it a password.
        logger.warning("Redis does not count streams (%s): each process counts its own part.", type(error).__name__)


def _keys(lineage: uuid.UUID) -> list[str]:
    """The three sets; the braces keep them on one node of a cluster."""
    return [f"flaks:streams:{{{lineage.hex}}}:{name}" for name in SETS]


def _lineage(place: Place) -> uuid.UUID:
    return place.lineage
