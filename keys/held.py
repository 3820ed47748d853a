"""Keys as they were read, believed for ten minutes while nothing is heard of a change: a call asks no database for one.

Once a second, while there are calls, one small query asks which keys have changed. A key that is disabled, revoked or
changed is so everywhere within two seconds; in the process that changed it, at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from datetime import datetime, timedelta

from keys.clocks import now_of_the_database
from keys.models import ApiKey

BELIEVED_SECONDS = 1.0  # after which it is asked what has changed
LATEST_SECONDS = 1.5  # until when a call goes on while another one is asking
WAITED_SECONDS = 0.3  # how long it waits for that then, before it asks itself
HELD_SECONDS = 600.0  # after which a key is read again all the same
OVERLAP = timedelta(seconds=10)  # by which a change may be seen later than it was dated, or a clock be set back
MOST = 20_000  # keys that a process holds
LONG_AGO = float("-inf")


class Held:
    """The keys that this process has read and that have not changed since."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, tuple[ApiKey, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._heard = LONG_AGO  # all that had changed by then is known
        self._asked = LONG_AGO  # when somebody last began to ask
        self._latest: datetime | None = None  # the latest change that was heard of, by the database's clock

    def get(self, digest: str) -> ApiKey | None:
        """The key of that digest, or None where nobody has it.

        One query where it is not held, and one where nobody has asked within a second what has changed.
        """
        self._hear()
        found = self._keys.get(digest)
        if found is not None and time.monotonic() < found[1]:
            return found[0]
        asked = self._asked
        key = ApiKey.objects.filter(digest=digest).first()
        self._put(digest, key, asked)
        return key

    def forget(self, digest: str) -> None:
        """Read this key again before it is believed."""
        with self._lock:
            self._keys.pop(digest, None)

    def clear(self) -> None:
        """Believe nothing that was read or heard before."""
        with self._lock:
            self._keys.clear()
            self._asked = time.monotonic()  # what is being read now is not held
            self._heard, self._latest = LONG_AGO, None

    def _hear(self) -> None:
        """Forget what has changed, unless that was asked a moment ago."""
        age = time.monotonic() - self._heard
        if age < BELIEVED_SECONDS:
            return
        is_late = age >= LATEST_SECONDS
        is_first = self._asking.acquire(timeout=WAITED_SECONDS if is_late else 0)
        try:
            if (is_first or is_late) and time.monotonic() - self._heard >= BELIEVED_SECONDS:
                self._ask()
        finally:
            if is_first:
                self._asking.release()

    def _ask(self) -> None:
        self._asked = asked = time.monotonic()  # before the database answers: what changes meanwhile is heard next time
        changed = ApiKey.objects.changed_since(self._since(asked))
        told = [changed_at for _, changed_at in changed] or [self._latest or now_of_the_database()]
        with self._lock:
            for digest, changed_at in changed:
                found = self._keys.get(digest)
                if found is not None and found[0].changed_at != changed_at:
                    del self._keys[digest]
            self._latest = max(told[-1], self._latest or told[-1])
            self._heard = max(asked, self._heard)

    def _since(self, asked: float) -> datetime | None:
        """From when on changes are asked for, by the database's clock; None where none was ever heard of.

        What is dated later than the latest is new, however far a clock has jumped ahead; what is dated within the last
        moments may be, where a clock was set back.
        """
        if self._latest is None:
            return None
        recently = now_of_the_database() - OVERLAP - timedelta(seconds=asked - self._heard)
        return min(self._latest, recently)

    def _put(self, digest: str, key: ApiKey | None, asked: float) -> None:
        with self._lock:
            self._keys.pop(digest, None)
            # What nobody has is asked for again: strangers must not fill the memory. A key that was read before
            # somebody asked what has changed may have changed in between, unheard.
            if key is not None and asked == self._asked:
                self._keys[digest] = (key, time.monotonic() + HELD_SECONDS)
            if len(self._keys) > MOST:
                self._keys.popitem(last=False)


HELD = Held()
