"""Songs that will be wanted soon, resolved ahead: at most two at once a process, and only while all is well."""

from __future__ import annotations

import contextvars
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from flaks.once import once
from music import resolver
from music.breaker import breaker_for
from music.deadline import Deadline
from music.describing import NotATrack
from music.links import UnsupportedLink
from music.resolver import Wanted
from music.switches import audio_sources
from music.trace import Unresolved

logger = logging.getLogger(__name__)

AT_ONCE = 2
MOST_WAITING = 50


class Prefetcher:
    """The wishes that wait, and the two threads that work on them."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._working = 0
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="prefetch")

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being worked on, nor waits."""
        with self._lock:
            return not self._waiting and not self._working

    def put(self, work: Callable[[], None]) -> bool:
        """Have it done soon; False where too many wait already."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                return False
            self._waiting.append(work)
            if self._working == AT_ONCE:
                return True
            self._working += 1
        self._pool.submit(self._work)
        return True

    def _work(self) -> None:
        while (work := self._next()) is not None:
            try:
                work()
            except Exception:
                logger.exception("resolving ahead failed")

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            # A process that stops does not work off what waits.
            if self._waiting and threading.main_thread().is_alive():
                return self._waiting.popleft()
            self._working -= 1
            return None


@once
def prefetcher() -> Prefetcher:
    """The one of this process."""
    return Prefetcher()


def is_all_well() -> bool:
    """Whether the source that is asked first may be asked: songs are not resolved ahead from a source that fails."""
    first = next(iter(audio_sources()), None)
    return (
        first is not None
        and breaker_for(first.name, "search").rest is None
        and breaker_for(first.name, "audio").rest is None
    )


def resolve_ahead(wanted: Wanted, quality: int, languages: Sequence[str]) -> bool:
    """Have a song resolved soon; False where too many wait already. `quality` is a ceiling in kbit/s."""
    context = contextvars.copy_context()  # the request's id goes along into the log
    return prefetcher().put(lambda: context.run(_resolve, wanted, quality, languages))


def _resolve(wanted: Wanted, quality: int, languages: Sequence[str]) -> None:
    if not is_all_well():
        return
    try:
        resolver.stream(wanted, quality, languages, Deadline.after(settings.FLAKS_DEADLINE_MS))
    except (Unresolved, NotATrack, UnsupportedLink) as error:
        logger.info("nothing was resolved ahead: %s", type(error).__name__)
