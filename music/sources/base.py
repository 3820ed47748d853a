"""What a source can do, and the errors that it may raise.

SourceError
  SourceBlocked        the service refuses this address: a firewall's page, 403, 451, suspicious zeroes
  SourceRateLimited    429
  SourceTimeout        no whole answer in time
    SourceSilent       none yet, when another source had answered
    NoTimeLeft         our own time was over before it was asked
  SourceUnreachable    no connection, or one that broke
  BadAnswer            an answer that is not what the service documents
  SourceBusy           our own pool for the source is full
  SourceResting        its breaker is open: it is left alone for a while, and says why
  NotFound             the service does not know the id
  NotPlayable          the service knows the track but has no audio for us; says why
  NotSupported         the source cannot do this at all
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from music.deadline import Deadline
from music.domain import Item, Kind, Listing, Lyrics, MediaLink, Outcome, Page, Track

if TYPE_CHECKING:
    from music.upstream import OpenAnswer  # it raises these errors

# A service may tell us of its songs and refuse us their audio, search on hosts of its own (then that part is
# "queries"), and serve from media hosts while nothing else answers.
Part = Literal["search", "queries", "audio", "media"]
Unplayable = Literal["", "age_restricted", "private", "paid", "geo_blocked", "live", "upcoming", "too_long"]


SILENCED_FOR = 60.0  # seconds of rest for a service that answers with nothing, whatever it is asked


class SourceError(Exception):
    """A source could not answer; the message says why and holds no secret."""

    outcome: ClassVar[Outcome] = "error"
    rest_seconds: float = 0.0  # for which this address had better leave the service alone; 0: the breaker decides
    part: Part | None = None  # of the source, where it is another one than what was asked


class SourceBlocked(SourceError):
    outcome = "blocked"

    def __init__(self, message: str, rest_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.rest_seconds = rest_seconds


class SourceRateLimited(SourceError):
    outcome = "rate_limited"


class SourceTimeout(SourceError):
    outcome = "timeout"


class NoTimeLeft(SourceTimeout):
    """Says nothing of the source."""


class SourceSilent(SourceTimeout):
    pass


class SourceUnreachable(SourceError):
    outcome = "error"


class BadAnswer(SourceError):
    outcome = "error"


class SourceBusy(SourceError):
    outcome = "skipped"


class SourceResting(SourceError):
    """`cause` is the outcome that opened the breaker."""

    outcome = "skipped"

    def __init__(self, message: str, cause: Outcome) -> None:
        super().__init__(message)
        self.cause = cause


class NotFound(SourceError):
    outcome = "no_match"


class NotPlayable(SourceError):
    """`reason` is a code of the API, or "" where there simply is no audio."""

    outcome = "no_match"

    def __init__(self, message: str, reason: Unplayable = "") -> None:
        super().__init__(message)
        self.reason = reason


class NotSupported(SourceError):
    outcome = "skipped"


class BaseSource:
    """A music service; what a source does not override, it does not support.

    Every call takes the deadline by which it must be done, and raises `SourceError` or nothing. `native` is the
    service's own id, `page` counts from 1, `limit` is the size of a page. Sources run in pool threads and never touch
    the database.
    """

    name: ClassVar[str]
    search_part: ClassVar[Part] = "search"  # "queries" where typed words go to other hosts than ids and links
    typed_rows: ClassVar[int] = 20  # asked for at first where one song is wanted for typed words
    gives_audio: ClassVar[bool] = True  # else its tracks are descriptions, whose audio is found elsewhere

    def search(self, query: str, kind: Kind, page: int, limit: int, deadline: Deadline) -> Page[Item]:
        """What is found for typed words, in the service's own order."""
        raise NotSupported(f"{self.name} has no search of this kind")

    def track(self, native: str, deadline: Deadline) -> Track:
        """One track. Raises `NotFound`, or `NotPlayable` where the service says no more of it."""
        raise NotSupported(f"{self.name} has no tracks")

    def album(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        """An album and one page of its tracks, asked for alone. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no albums")

    def playlist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        """A playlist and one page of its tracks, asked for alone. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no playlists")

    def artist(self, native: str, page: int, limit: int, deadline: Deadline) -> Listing:
        """An artist and one page of the top songs. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no artists")

    def by_token(self, kind: Kind, token: str, page: int, limit: int, deadline: Deadline) -> Track | Listing:
        """What a link's token stands for, where the service's links hold tokens in place of ids. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no link tokens")

    def resolve_short(self, host: str, path: str, deadline: Deadline) -> str:
        """Where a short link leads, as text to be read for its ids; it is not asked there. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no short links")

    def related(self, native: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        """Songs that go on from a track. Raises `NotFound`."""
        raise NotSupported(f"{self.name} has no related songs")

    def suggest(self, query: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        """Songs for words that are still being typed, with duration and thumbnail."""
        raise NotSupported(f"{self.name} has no suggestions")

    def trending(self, language: str, limit: int, deadline: Deadline) -> tuple[Track, ...]:
        """Songs that many hear now, in one language, or in any for ""."""
        raise NotSupported(f"{self.name} has no trends")

    def link(self, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        """A probed link of at most `quality` kbit/s, else of the lowest bitrate there is. Raises `NotPlayable`."""
        raise NotSupported(f"{self.name} gives no audio")

    def open(self, link: MediaLink, byte_range: str, deadline: Deadline) -> OpenAnswer:
        """The audio behind a link, from the connection that may open it; `byte_range` is a Range header, or ""."""
        raise NotSupported(f"{self.name} gives no audio")

    def asked_as(self) -> str | None:
        """The `User-Agent` with which another server on this machine may open a link of this source.

        None where it may not: where the source gives no audio, or is reached through a proxy of its own.
        """
        return None

    def ping(self, deadline: Deadline) -> None:
        """The canary: return where the service finds what every catalogue has. Raises any `SourceError`."""
        raise NotSupported(f"{self.name} cannot be asked how it is")

    def ping_queries(self, deadline: Deadline) -> None:
        """The canary for typed words, where those go to hosts of their own. Raises any `SourceError`."""
        raise NotSupported(f"{self.name} has one search for all")

    def ping_audio(self, deadline: Deadline) -> None:
        """The canary for audio: return where the service lets this address have it. Raises any `SourceError`."""
        raise NotSupported(f"{self.name} gives no audio")


class LyricsSource(Protocol):
    """A service that knows the words of songs, whoever plays them."""

    name: str

    def lyrics(self, track: Track, deadline: Deadline) -> Lyrics:
        """The words of a track, found by its title, artist and duration. Raises `NotFound`, or any `SourceError`."""
