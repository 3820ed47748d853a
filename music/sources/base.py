"""What a source can do, and the errors that it may raise.

SourceError
  SourceBlocked        the service refuses this address: a firewall's page, 403, 451, suspicious zeroes
  SourceRateLimited    429
  SourceTimeout        no whole answer in time
  SourceUnreachable    no connection, or one that broke
  BadAnswer            an answer that is not what the service documents
  SourceBusy           our own pool for the source is full
  NotFound             the service does not know the id
  NotPlayable          the service knows the track but has no audio for us; says why
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from music.deadline import Deadline
from music.domain import MediaLink, Outcome, Track, TrackPage


class SourceError(Exception):
    """A source could not answer; the message says why and holds no secret."""

    outcome: ClassVar[Outcome] = "error"


class SourceBlocked(SourceError):
    outcome = "blocked"


class SourceRateLimited(SourceError):
    outcome = "rate_limited"


class SourceTimeout(SourceError):
    outcome = "timeout"


class SourceUnreachable(SourceError):
    outcome = "error"


class BadAnswer(SourceError):
    outcome = "error"


class SourceBusy(SourceError):
    outcome = "skipped"


class NotFound(SourceError):
    outcome = "no_match"


class NotPlayable(SourceError):
    outcome = "no_match"


class Source(Protocol):
    """A music service. Every call takes the deadline by which it must be done, and may raise any `SourceError`.

    Sources run in pool threads and never touch the database.
    """

    name: str

    def search(self, query: str, page: int, limit: int, deadline: Deadline) -> TrackPage:
        """Tracks for typed words, in the service's own order; `page` counts from 1."""

    def track(self, native: str, deadline: Deadline) -> Track:
        """The track of the service's own id. Raises `NotFound`."""

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        """A probed link of at most `quality` kbit/s, else of the lowest bitrate there is. Raises `NotPlayable`."""

    def ping(self, deadline: Deadline) -> None:
        """Return where the service answers as it should."""
