"""Clocks that stand still."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from keys.leases import LEASES


@contextmanager
def one_moment() -> Iterator[None]:
    """What is believed for a second is believed throughout, however long the machine takes."""
    now = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: now)
        patch.setattr(LEASES, "_clock", lambda: now)
        yield
