"""A moment that no change of the machine's clock can move."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SKEW = 5.0  # seconds by which the clocks of two machines that share a cache may differ


@cache
def boot_id() -> str:
    """Which boot of which machine this is: moments of one boot can be compared by its steady clock."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""  # no Linux: the wall clock alone tells


@dataclass(frozen=True)
class Moment:
    """When something was; `wall` is Unix time in seconds, `steady` runs from the machine's boot."""

    wall: float = field(default_factory=time.time)
    steady: float = field(default_factory=time.monotonic)
    boot: str = field(default_factory=boot_id)

    def age(self) -> float:
        """Seconds since then, by whichever clock says more; infinite where neither can be believed.

        A clock that was set back would else bring back to life what has ended.
        """
        by_wall = time.time() - self.wall
        if self.boot and self.boot == boot_id():
            return max(by_wall, time.monotonic() - self.steady)
        return max(by_wall, 0.0) if by_wall >= -SKEW else float("inf")
