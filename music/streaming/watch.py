"""What ends streams from outside: listeners who left, keys that were switched off, places that others took.

One thread in each process that carries streams, while it does. It is no pool thread: it may ask the database.
"""

from __future__ import annotations

import logging
import select
import time
from collections.abc import Iterable
from threading import Lock, Thread

from django.db import connections

from music.streaming.places import Place, Places, StillActive

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.25  # how late a listener who has just come is looked at
TICK_SECONDS = 1.0
KEYS_SECONDS = 5.0
# The other side has closed, or at least sends nothing more: as proxies do, that is taken for having left.
LEFT = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


class Watch:
    """Looks at the streams of `places` from the first one on, until none is left."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._ticked_at = self._asked_at = 0.0

    def wake(self, places: Places) -> None:
        """See to it that somebody looks."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, args=(places,), name="streams", daemon=True)
                self._ticked_at = self._asked_at = time.monotonic()
                self._thread.start()

    def _run(self, places: Places) -> None:
        try:
            while self._goes_on(places):
                self._look(places)
        finally:
            connections.close_all()

    def _goes_on(self, places: Places) -> bool:
        with self._lock:  # a stream that begins now finds either a thread that will see it, or none
            if places.running():
                return True
            self._thread = None
            return False

    def _look(self, places: Places) -> None:
        try:
            end(left(places.running(), LOOK_SECONDS))
            now = time.monotonic()
            if now - self._ticked_at >= TICK_SECONDS:
                self._ticked_at = now
                end(places.shares.beat(places.running()))
            if now - self._asked_at >= KEYS_SECONDS:
                self._asked_at = now
                end(switched_off(places.running()))
        except Exception:  # whatever it was, streams go on, and are looked at again
            logger.exception("Looking at the running streams failed.")
            time.sleep(LOOK_SECONDS)


def end(places: Iterable[Place]) -> None:
    """Cut these streams short."""
    for place in places:
        place.end()


def left(running: Iterable[Place], seconds: float) -> list[Place]:
    """Those whose listeners have gone, found out at once; waits up to `seconds` for one."""
    by_descriptor = {place.listener.descriptor(): place for place in running if not place.is_over}
    by_descriptor.pop(-1, None)
    if not by_descriptor:
        time.sleep(seconds)
        return []
    poller = select.poll()
    for descriptor in by_descriptor:
        poller.register(descriptor, LEFT)
    events = poller.poll(seconds * 1000)
    return [by_descriptor[descriptor] for descriptor, event in events if event & LEFT]


def switched_off(running: Iterable[Place]) -> list[Place]:
    """Those whose lineage has no active key any more."""
    by_asker: dict[StillActive, list[Place]] = {}
    for place in running:
        by_asker.setdefault(place.still_active, []).append(place)
    out: list[Place] = []
    for still_active, asked in by_asker.items():
        active = still_active({place.lineage for place in asked})
        out += [place for place in asked if place.lineage not in active]
    return out
