"""Which sources may be asked: those that the settings name, less those that staff have switched off.

The switches are read by the threads that serve requests, at most once a second a process, and held: the threads that
ask sources touch no database.
"""

from __future__ import annotations

import logging
import time
from threading import Lock

from flaks.problems import is_database_outage
from music.models import SourceSwitch
from music.sources import sources
from music.sources.base import BaseSource

logger = logging.getLogger(__name__)

HELD_SECONDS = 1.0


class _Held:
    """What was read last, and until when that is believed."""

    off: frozenset[str] = frozenset()
    until: float = 0.0
    lock = Lock()


def read() -> None:
    """Read the switches again where that was more than a second ago: one query then. For threads of requests only."""
    if time.monotonic() >= _Held.until and _Held.lock.acquire(blocking=False):
        try:
            refresh()
        finally:
            _Held.lock.release()


def refresh() -> None:
    """Read the switches now. A database that is away leaves them as they were."""
    off = _Held.off
    try:
        off = SourceSwitch.objects.off()
    except Exception as error:
        if not is_database_outage(error):
            raise
        logger.warning("the source switches could not be read (%s)", type(error).__name__)
    believe(off)


def believe(off: frozenset[str]) -> None:
    """Hold these for switched off, as they were read just now."""
    _Held.off, _Held.until = off, time.monotonic() + HELD_SECONDS


def forget() -> None:
    """Believe nothing that was read before."""
    _Held.off, _Held.until = frozenset(), 0.0


def enabled() -> dict[str, BaseSource]:
    """The sources that may be asked, by name, in the order in which they are; asks no database."""
    return {name: source for name, source in sources().items() if name not in _Held.off}


def audio_sources() -> list[BaseSource]:
    """The enabled sources that give audio, in the order in which they are asked."""
    return [source for source in enabled().values() if source.gives_audio]
