"""Keys as they were read, believed for a second: a call with a key that is in use asks no database for it.

A key that is disabled, revoked or changed is so everywhere a second later; in the process that changed it, at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from keys.models import ApiKey

HELD_SECONDS = 1.0
MOST = 20_000  # keys that a process holds


class Held:
    """The keys that this process has read within the last second."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, tuple[ApiKey, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> ApiKey | None:
        """The key of that digest, or None where nobody has it: one query where it was not read within a second."""
        found = self._keys.get(digest)
        if found is not None and time.monotonic() < found[1]:
            return found[0]
        asked = time.monotonic()  # before the database answers: what changes meanwhile is not held for longer
        key = ApiKey.objects.filter(digest=digest).first()
        self._put(digest, key, asked + HELD_SECONDS)
        return key

    def clear(self) -> None:
        """Believe nothing that was read before."""
        with self._lock:
            self._keys.clear()

    def _put(self, digest: str, key: ApiKey | None, until: float) -> None:
        with self._lock:
            self._keys.pop(digest, None)
            if key is not None:  # what nobody has is asked for again: strangers must not fill the memory
                self._keys[digest] = (key, until)
            if len(self._keys) > MOST:
                self._keys.popitem(last=False)


HELD = Held()
