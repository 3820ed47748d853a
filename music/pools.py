"""A pool of threads per source: a source that hangs holds its own threads, never another's, and none of the server's
past the deadline."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from threading import BoundedSemaphore
from typing import TypeVar

from django.conf import settings

from flaks.once import once
from music.deadline import Deadline
from music.sources.base import SourceBusy, SourceTimeout

Result = TypeVar("Result")


class SourcePool:
    """Runs calls of one source on at most `threads` threads; a full pool refuses at once instead of queueing."""

    def __init__(self, name: str, threads: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=f"source-{name}")
        self._free = BoundedSemaphore(threads)

    def start(self, call: Callable[[], Result]) -> Future[Result]:
        """Begin a call. Raises `SourceBusy`."""
        if not self._free.acquire(blocking=False):
            raise SourceBusy("all threads for this source are busy")
        try:
            # The request's id goes along, so that what the thread logs can be found by it.
            future = self._executor.submit(contextvars.copy_context().run, call)
        except BaseException:
            self._free.release()
            raise
        future.add_done_callback(lambda _: self._free.release())
        return future

    def wait(self, future: Future[Result], deadline: Deadline) -> Result:
        """What a call that has begun answers; raises what it raises, or `SourceTimeout` at the deadline.

        A call that is still running then is left to end by its own time-outs.
        """
        try:
            return future.result(timeout=deadline.remaining())
        except FutureTimeout as error:
            if future.done():
                return future.result()  # it ended just now, or the time-out is its own
            raise SourceTimeout("no answer in time") from error


@once
def pool_for(source: str) -> SourcePool:
    """The source's pool, made once a process."""
    return SourcePool(source, settings.FLAKS_SOURCE_THREADS)
