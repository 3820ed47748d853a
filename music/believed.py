"""What was read from the database, believed for a second: it is asked once in it, and memory answers meanwhile."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from flaks.problems import is_database_outage

Value = TypeVar("Value")

logger = logging.getLogger(__name__)

BELIEVED_SECONDS = 1.0


class Believed(Generic[Value]):
    """A value of the database: `nothing` until it was first read.

    `load` reads it; it is given what is held, and answers that very object where nothing has changed. `what` names it
    in the log. `value` asks no database, and may be looked at by any thread; it is replaced, never changed.
    """

    def __init__(self, what: str, nothing: Value, load: Callable[[Value], Value]) -> None:
        self.value = nothing
        self._what, self._nothing, self._load = what, nothing, load
        self._until = 0.0
        self._reading = Lock()

    def read(self) -> None:
        """Read it again where that was more than a second ago. For threads of requests only.

        While one thread reads, the others go on with what is held.
        """
        if time.monotonic() >= self._until and self._reading.acquire(blocking=False):
            try:
                self.refresh()
            finally:
                self._reading.release()

    def refresh(self) -> None:
        """Read it now. A database that is away leaves it as it was; raises whatever else reading it does."""
        held = self.value
        try:
            found = self._load(held)
            # Where nothing has changed, nothing is written: another thread may hold something later by now.
            if found is not held:
                self.value = found
        except Exception as error:
            if not is_database_outage(error):
                raise
            logger.warning("the %s could not be read (%s)", self._what, type(error).__name__)
        self._until = time.monotonic() + BELIEVED_SECONDS

    def believe(self, value: Value) -> None:
        """Hold this, as it was read just now."""
        self.value, self._until = value, time.monotonic() + BELIEVED_SECONDS

    def forget(self) -> None:
        """Believe nothing that was read before."""
        self.value, self._until = self._nothing, 0.0
