"""What was called, by whom, how it ended and how long it took: counted in memory, written in batches.

A thread of its own writes what this process has counted, each second and at shutdown, and gives back what is left of
dead leases. Rows are merged by upserts, so that any number of processes can add; a crash loses at most a
second of statistics, and never a unit of a quota.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from flaks.problems import is_database_outage
from keys.latency import bucket_of
from keys.leases import LEASES
from keys.models import UsageStat
from keys.touches import TOUCHES
from keys.upserts import at_once

logger = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
MOST = 20_000  # rows that wait for a database that is away; what is counted beyond is lost


@dataclass(frozen=True)
class Row:
    """What is counted together. Without `lineage` it is of the whole site, without `group` all that a key did."""

    day: date
    lineage: UUID | None  # the key, with those before and after it
    group: str = ""
    outcome: str = ""
    source: str = ""


class Usage:
    """What this process has counted and not written yet."""

    def __init__(self, every: float = EVERY_SECONDS) -> None:
        self._counts: dict[Row, Counter[int]] = {}
        self._waiting: dict[Row, Counter[int]] = {}  # what is being written, totals included
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._stopped = threading.Event()
        self._every = every
        self._process = 0

    def count(self, row: Row, ms: float) -> None:
        """One more call of a key, that took so many milliseconds."""
        with self._lock:
            found = self._counts.get(row)
            if found is None:
                if len(self._counts) + len(self._waiting) >= MOST:
                    return
                found = self._counts[row] = Counter()
            found[bucket_of(ms)] += 1
        if settings.FLAKS_BACKGROUND and self._process != os.getpid():
            self._start()

    def flush(self) -> None:
        """Write what was counted until now; what could not be written waits for the next time."""
        with self._writing:
            with self._lock:
                counted, self._counts = self._counts, {}
            for row, counts in _with_totals(counted).items():
                self._waiting.setdefault(row, Counter()).update(counts)
            try:
                self._write()
            except Exception as error:
                if not is_database_outage(error):
                    raise
                logger.warning("what was counted could not be written (%s)", type(error).__name__)

    def clear(self) -> None:
        """Forget what was counted."""
        with self._lock:
            self._counts, self._waiting = {}, {}

    def stop(self) -> None:
        """Write everything, and give back every lease; for the end of the process."""
        self._stopped.set()
        _quietly(self.flush)
        _quietly(TOUCHES.flush)
        _quietly(LEASES.return_all)

    def _write(self) -> None:
        rows, most = list(self._waiting), at_once(UsageStat)
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            UsageStat.objects.add({_told(row): self._waiting[row] for row in part})
            for row in part:
                del self._waiting[row]

    def _start(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
        threading.Thread(target=self._work, name="usage", daemon=True).start()
        atexit.register(self.stop)

    def _work(self) -> None:
        while not self._stopped.wait(self._every):
            close_old_connections()
            _quietly(self.flush)
            _quietly(TOUCHES.flush)
            _quietly(LEASES.return_dead)


def _with_totals(counted: dict[Row, Counter[int]]) -> dict[Row, Counter[int]]:
    """The rows, and beside them those of the whole site, and of each key and day."""
    rows: dict[Row, Counter[int]] = {}
    for row, counts in counted.items():
        for kind in (row, replace(row, lineage=None), Row(row.day, row.lineage)):
            rows.setdefault(kind, Counter()).update(counts)
    return rows


def _told(row: Row) -> tuple[date, UUID | None, str, str, str]:
    return row.day, row.lineage, row.group, row.outcome, row.source


def _quietly(work: Callable[[], None]) -> None:
    """Do it; what goes wrong is logged, since there is nobody to be told."""
    try:
        work()
    except Exception as error:
        logger.warning("the usage could not be settled (%s)", type(error).__name__, exc_info=error)


USAGE = Usage()


def add(counted: dict[Row, Counter[int]]) -> None:
    """Add calls by latency bucket that were counted elsewhere, and to what their site and their keys did in all."""
    told = {_told(row): counts for row, counts in _with_totals(counted).items()}
    if UsageStat.objects.filter(day__in={row.day for row in counted}).exists():
        UsageStat.objects.add(told)
    else:
        UsageStat.objects.make(told)


def milliseconds_since(started: float) -> float:
    """How long ago that was, of `time.perf_counter`."""
    return (time.perf_counter() - started) * 1000
