"""How much time an answer has left."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Deadline:
    """A moment on the monotonic clock, which no change of the machine's time can move."""

    at: float

    @classmethod
    def after(cls, milliseconds: int) -> Deadline:
        """The deadline that is this far away."""
        return cls(time.monotonic() + milliseconds / 1000)

    def half(self) -> Deadline:
        """The deadline for one who must leave as much time to another."""
        return Deadline(self.at - self.remaining() / 2)

    def at_most(self, milliseconds: int) -> Deadline:
        """This deadline, or the one that is so far away, whichever is earlier."""
        return Deadline(min(self.at, time.monotonic() + milliseconds / 1000))

    def remaining(self) -> float:
        """Seconds left; never negative."""
        return max(0.0, self.at - time.monotonic())
