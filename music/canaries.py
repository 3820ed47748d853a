"""Canaries: questions of our own that tell whether a source answers this address, so that no caller's has to."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress

from music.breaker import breaker_for
from music.deadline import Deadline
from music.health import health_of
from music.pools import pool_for
from music.sources.base import BaseSource, NotSupported, Part, SourceBusy, SourceError
from music.switches import enabled

logger = logging.getLogger(__name__)

PATIENCE_MS = 4000


def sing(source: BaseSource, part: Part) -> SourceError | None:
    """Ask the source now, and open or close its breaker by what comes back: the error, or None where all is well."""
    started, health = time.perf_counter(), health_of(source.name)
    error = _asked(source, part)
    if isinstance(error, NotSupported):
        return None
    health.note("ok" if error is None else error.outcome, round((time.perf_counter() - started) * 1000))
    health.note_canary("" if error is None else f"{part}: {error}")
    if error is None:
        breaker_for(source.name, part).close()
    else:
        breaker_for(source.name, part).open(error)
    return error


def _asked(source: BaseSource, part: Part) -> SourceError | None:
    try:
        asked: Mapping[Part, Callable[[Deadline], None]] = {
            "search": source.ping,
            "queries": source.ping_queries,
            "audio": source.ping_audio,
        }
        asked[part](Deadline.after(PATIENCE_MS))
    except SourceError as error:
        return error
    except Exception:
        # What nobody foresaw in an answer is no reason to leave the breaker as it is.
        logger.exception("%s: the canary failed", source.name)
        return SourceError("internal error")
    return None


def send(source: BaseSource, part: Part) -> Future[SourceError | None] | None:
    """Have the source asked on one of its own threads; None where none is free."""
    try:
        return pool_for(source.name).start(lambda: sing(source, part))
    except SourceBusy:
        return None


def send_where_due(name: str, part: Part) -> None:
    """Send the canary to a source whose rest is over."""
    source = enabled().get(name)
    if source is not None and breaker_for(name, part).canary_is_due():
        send(source, part)


def wake() -> None:
    """Open connections and find out who answers, before the first caller has to."""
    for source in enabled().values():
        with suppress(RuntimeError):  # the process is stopping already
            send(source, "search")
