"""Leaves a service alone that fails or refuses this address, and asks it by canary whether that is over.

A breaker opens on 5 failures in a row, on failures in half of at least 10 calls within 30 s, and at once on an error
that says for how long this address had better stay away. What a song or an id is to blame for never counts. Open, it
lets nothing through; when its time is over, one canary is sent, never a caller's question.
"""

from __future__ import annotations

import logging
import socket
import time
from collections import deque
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from django.conf import settings

from flaks.once import once
from music.domain import Outcome
from music.moment import Moment
from music.sources.base import (
    NotFound,
    NoTimeLeft,
    NotPlayable,
    NotSupported,
    Part,
    SourceBusy,
    SourceError,
    SourceResting,
    SourceSilent,
)
from music.store import shared

logger = logging.getLogger(__name__)

IN_A_ROW = 5
WINDOW_SECONDS, WINDOW_CALLS = 30.0, 10
FIRST_REST, LONGEST_REST = 10.0, 300.0  # seconds; a rest after a failed canary is twice as long as the one before
GLANCE_SECONDS = 1.0  # between two looks at what other processes have found
CLOSED = "closed"  # what other processes read where a canary has sung
CANARY_SECONDS = 15.0  # for which one canary keeps others back
ANSWERED = (NotFound, NotPlayable)  # the service has done its part
NOT_ASKED = (NotSupported, SourceBusy, SourceResting, NoTimeLeft)


@dataclass(frozen=True)
class Rest:
    """For how long the service is left alone, and why; the same for every process of this address."""

    since: Moment
    seconds: float
    cause: Outcome
    reason: str

    @property
    def remaining(self) -> float:
        return max(0.0, self.seconds - self.since.age())


class Breaker:
    """One part of one source, as this address meets it. Threads share it; it never waits and asks no database."""

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self._key = f"breaker:1:{name}:{address}"
        self._lock = Lock()
        self._recent: deque[tuple[float, bool]] = deque()
        self._in_a_row = 0
        self._rest: Rest | None = None
        self._is_silence = False  # whether the rest began with calls that had not answered yet
        self._is_told = True  # whether the other processes can know of the rest
        self._next_glance = 0.0
        self._canary_until = 0.0

    @property
    def rest(self) -> Rest | None:
        """Why the service is left alone; None where it is not. A rest whose time is over lasts until a canary sings."""
        self._glance()
        return self._rest

    def check(self) -> None:
        """Return where the service may be asked. Raises `SourceResting`."""
        rest = self.rest
        if rest is not None:
            raise SourceResting(f"left alone after: {rest.reason}", rest.cause)

    def note(self, error: SourceError | None) -> None:
        """Count how a call went; None for one that was answered."""
        if isinstance(error, NOT_ASKED):
            return
        failure = None if isinstance(error, ANSWERED) else error
        with self._lock:
            opens = self._counted(failure)
        if failure is not None and opens:
            self.open(failure)

    def take_back(self) -> None:
        """A call that was counted as failed because nobody waited for it any more has been answered after all."""
        if self._is_silence:
            self.close()
            return
        with self._lock:
            self._in_a_row = 0
            for index in range(len(self._recent) - 1, -1, -1):
                if self._recent[index][1]:
                    self._recent[index] = (self._recent[index][0], False)
                    break

    def open(self, error: SourceError) -> None:
        """Leave the service alone: for as long as the error says, else twice as long as the last time."""
        self._next_glance = 0.0  # a weaker refusal here must not end what another process was told
        self._glance()
        last = self._rest
        doubled = min(LONGEST_REST, last.seconds * 2) if last is not None else FIRST_REST
        seconds = error.rest_seconds or doubled
        with self._lock:
            if last is not None and last.remaining > seconds:
                return  # a call that was under way brings a weaker refusal after the stronger one
            rest = Rest(Moment(), seconds, error.outcome, str(error)[:200])
            self._rest, self._is_told, self._is_silence = rest, False, isinstance(error, SourceSilent)
        logger.warning("%s: left alone for %.0f s: %s", self.name, seconds, error)
        self._tell(rest)

    def close(self) -> None:
        """Ask the service again."""
        if self._forget():
            logger.info("%s: asked again", self.name)
        # Also where this process knew of no rest: another one may.
        shared().set(self._key, CLOSED, LONGEST_REST)

    def _forget(self) -> bool:
        """Count from nothing again; whether there was a rest."""
        with self._lock:
            was_open, self._rest = self._rest is not None, None
            self._in_a_row, self._is_silence = 0, False
            self._recent.clear()
        return was_open

    def canary_is_due(self) -> bool:
        """Whether the rest is over; True for one caller, in all processes, who is then to send the canary."""
        rest = self._rest
        return rest is not None and rest.remaining <= 0 and self._may_send()

    def _may_send(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._canary_until:
                return False
            self._canary_until = now + CANARY_SECONDS
        return shared().add(f"{self._key}:canary", 1, CANARY_SECONDS)

    def _counted(self, failure: SourceError | None) -> bool:
        """Count a call; whether it is the one that opens the breaker."""
        now = time.monotonic()
        self._recent.append((now, failure is not None))
        while now - self._recent[0][0] > WINDOW_SECONDS:
            self._recent.popleft()
        self._in_a_row = 0 if failure is None else self._in_a_row + 1
        if failure is None:
            return False
        return failure.rest_seconds > 0 or (self._rest is None and self._too_many())

    def _too_many(self) -> bool:
        failures = sum(failed for _, failed in self._recent)
        half = len(self._recent) >= WINDOW_CALLS and failures * 2 >= len(self._recent)
        return half or self._in_a_row >= IN_A_ROW

    def _glance(self) -> None:
        """Take over what another process of this address has found."""
        now = time.monotonic()
        if now < self._next_glance or not shared().is_there:
            return
        self._next_glance = now + GLANCE_SECONDS
        found, own = shared().get(self._key), self._rest
        if not shared().is_there:
            return  # it went away just now: what was known still holds
        if own is not None and (found is None or not self._is_told):
            self._tell(own)  # it was away then, or has lost what it was told
        elif isinstance(found, Rest):
            self._rest, self._is_silence = found, False
        elif found == CLOSED and own is not None:
            self._forget()

    def _tell(self, rest: Rest) -> None:
        shared().set(self._key, rest, rest.seconds + LONGEST_REST)
        self._is_told = shared().is_there


def address_of(source: str) -> str:
    """A name for the address from which the source is asked: its proxy's, else this machine's."""
    proxy = str(getattr(settings, f"{source.upper()}_PROXY", ""))
    told = proxy or socket.gethostname()
    return blake2b(told.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=6).hexdigest()


@once
def breaker_for(source: str, part: Part) -> Breaker:
    """The breaker of one part of a source, made once a process."""
    return Breaker(f"{source}/{part}", address_of(source))
