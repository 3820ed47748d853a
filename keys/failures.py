"""Who tries keys that nobody has: counted per address and minute, in this process, or with Redis in all."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict

from flaks.shared import shared

MOST_FAILURES = 60  # unknown keys of one address in a minute
ACCEPTED_SECONDS = 600.0
MOST = 20_000  # addresses, and keys, that a process remembers
COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""
READ = "return tonumber(redis.call('GET', KEYS[1]) or '0')"


class Failures:
    """The unknown keys of each address in its current minute, and the keys that were accepted of late."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._accepted: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, address: str, minute: int) -> None:
        """One more unknown key of the address."""
        with self._lock:
            then, count = self._counts.pop(address, (minute, 0))
            self._counts[address] = (minute, count + 1 if then == minute else 1)
            if len(self._counts) > MOST:
                self._counts.popitem(last=False)

    def counted(self, address: str, minute: int) -> int:
        """The unknown keys of the address in that minute."""
        then, count = self._counts.get(address, (minute, 0))
        return count if then == minute else 0

    def accept(self, digest: str, now: float) -> None:
        """The key opened at `now`, of a steady clock."""
        with self._lock:
            self._accepted.pop(digest, None)
            self._accepted[digest] = now
            if len(self._accepted) > MOST:
                self._accepted.popitem(last=False)

    def was_accepted(self, digest: str, now: float) -> bool:
        """Whether the key opened here within ten minutes."""
        return now - self._accepted.get(digest, float("-inf")) < ACCEPTED_SECONDS

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._counts.clear()
            self._accepted.clear()


FAILURES = Failures()


def count(address: str) -> None:
    """One more unknown key of the address."""
    minute = int(time.time() // 60)
    place = _place(address)
    if shared().run(COUNT, f"failures:{place}:{minute}", 120) is None:
        FAILURES.count(place, minute)


def seconds_to_wait(address: str) -> int:
    """For how long the address may try no more keys; 0 where it may."""
    now = time.time()
    minute, place = int(now // 60), _place(address)
    counted = shared().run(READ, f"failures:{place}:{minute}")
    if counted is None:
        counted = FAILURES.counted(place, minute)
    return 60 - int(now % 60) if counted >= MOST_FAILURES else 0


def _place(address: str) -> str:
    """The address, or of IPv6 the network that one caller has."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address) or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", None) or found)
    return str(ipaddress.ip_network((int(found), 64), strict=False))
