"""What the music part talks about: tracks, links, matches and attempts. Frozen, no Django, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["ok", "no_match", "blocked", "rate_limited", "timeout", "error", "skipped"]


@dataclass(frozen=True)
class ArtistRef:
    """An artist as a track names it; `id` is the service's own and may be ""."""

    id: str
    name: str


@dataclass(frozen=True)
class AlbumRef:
    """An album as a track names it; `id` is the service's own and may be ""."""

    id: str
    title: str


@dataclass(frozen=True)
class Track:
    """One recording on one service. Text that is not known is "", never None."""

    id: str  # "source:native"
    title: str
    artists: tuple[ArtistRef, ...]
    album: AlbumRef | None
    duration: int  # seconds
    year: int | None
    language: str  # lower-case English name, as in "hindi"
    explicit: bool
    thumbnail: str
    url: str
    isrc: str | None = None
    handle: str = field(default="", repr=False, compare=False)  # by which the service finds the audio; never shown

    @property
    def source(self) -> str:
        """The service's name."""
        return self.id.partition(":")[0]

    @property
    def native(self) -> str:
        """The service's own id."""
        return self.id.partition(":")[2]

    @property
    def artist(self) -> str:
        """The artists' names in one line."""
        return ", ".join(artist.name for artist in self.artists)


@dataclass(frozen=True)
class TrackPage:
    """One page of a list of tracks; `total` is None where the service does not say."""

    tracks: tuple[Track, ...]
    total: int | None


@dataclass(frozen=True)
class MediaLink:
    """A service's own link to a track's audio, probed: it answered audio when it was made."""

    url: str = field(repr=False)  # signed: a secret while it lives
    bitrate: int  # kbit/s
    mime: str
    codec: str
    size: int | None  # bytes
    expires_at: int | None  # seconds since the epoch; None for a link that does not expire


@dataclass(frozen=True)
class Match:
    """How sure we are that the track is the wanted one; `requested` is None where the request was text."""

    score: float  # 0..1
    requested: Track | None
    alternatives: tuple[tuple[Track, float], ...]
    reason: str


@dataclass(frozen=True)
class Attempt:
    """One step that was asked of one source, and how it went; `ms` is its duration."""

    source: str
    outcome: Outcome
    ms: int
    detail: str
