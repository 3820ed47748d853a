"""Asks one host of Spotify's, by its rule for 429: wait if it is short, else leave the host alone until then."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import partial

from music.deadline import Deadline
from music.guard import Targets
from music.sources.base import SourceRateLimited
from music.upstream import Upstream
from music.wire import Answer

PATIENCE = 5  # seconds that a call may sleep
UNSTATED = 30  # seconds, where a 429 does not say for how long: the window of the Web API
QUOTA = 3 * 3600  # seconds, where a day's quota is used up
LONGEST = 24 * 3600
NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


class Host:
    """A host, and until when it is closed to us. Raises `SourceRateLimited`, and what `Upstream` raises."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._closed_until = 0.0  # on the monotonic clock

    @property
    def targets(self) -> Targets:
        """Where the host's answers may lead."""
        return self._upstream.targets

    def get(
        self,
        path: str,
        deadline: Deadline,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a GET of a path under the base address."""
        url = self._upstream.base_url + path
        send = partial(self._upstream.get, url, deadline, params=params or {}, headers=headers or {})
        return self._asked(send, deadline)

    def post(self, path: str, deadline: Deadline, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """The answer to a POST of a form."""
        url = self._upstream.base_url + path
        return self._asked(partial(self._upstream.post, url, deadline, data=form, headers=headers), deadline)

    def close(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self._closed_until = max(self._closed_until, time.monotonic() + seconds)

    def _asked(self, send: Callable[[], Answer], deadline: Deadline) -> Answer:
        if (left := self._closed_until - time.monotonic()) > 0:
            raise SourceRateLimited(f"left alone for another {math.ceil(left)} s, as it asked")
        answer = send()
        if answer.status != 429:
            return answer
        seconds = self._close_as(answer)
        if seconds <= PATIENCE and seconds < deadline.remaining():
            time.sleep(seconds)
            answer = send()
            if answer.status != 429:
                return answer
            seconds = self._close_as(answer)
        raise SourceRateLimited(f"HTTP 429 for {math.ceil(seconds)} s")

    def _close_as(self, answer: Answer) -> float:
        seconds = wait_stated(answer, time.time())
        self.close(seconds)
        return seconds


def wait_stated(answer: Answer, now: float) -> float:
    """For how many seconds a 429 asks to be left alone, a day at most; `now` is in seconds since the epoch."""
    stated = answer.headers.get("Retry-After", "").strip()
    seconds = float(stated) if NUMBER.fullmatch(stated) else _until(stated, now)
    if b"QUOTA_EXCEEDED" in answer.body:
        seconds = max(seconds, QUOTA)
    return min(seconds, LONGEST)


def _until(date: str, now: float) -> float:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - now)
    except (ValueError, OverflowError):
        return UNSTATED
