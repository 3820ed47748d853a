"""Clocks that stand still."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from keys.leases import LEASES


@contextmanager
def one_moment(in_seconds: float = 0.0) -> Iterator[None]:
    """The moment that is so far away lasts, however long the machine takes: what is believed for a second stays so."""
    now = time.monotonic() + in_seconds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: now)
        patch.setattr(LEASES, "_clock", lambda: now)
        yield
