"""What the music part talks about: tracks, links, matches and attempts. Frozen, no Django, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Kind = Literal["track", "album", "playlist", "artist"]
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
    recording: str = field(
        default="", compare=False
    )  # the service's own key of the recording, "" if it has none; never shown
    is_video: bool = False  # a video, which may begin and end with more than the song

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
class Album:
    """An album on one service; `total` counts its tracks, None where the service does not say."""

    id: str  # "source:native"
    title: str
    artists: tuple[ArtistRef, ...]
    year: int | None
    language: str
    explicit: bool
    thumbnail: str
    url: str
    total: int | None

    @property
    def artist(self) -> str:
        """The artists' names in one line."""
        return ", ".join(artist.name for artist in self.artists)


@dataclass(frozen=True)
class Playlist:
    """A playlist on one service; `total` counts its tracks, None where the service does not say."""

    id: str  # "source:native"
    title: str
    owner: str
    thumbnail: str
    url: str
    total: int | None


@dataclass(frozen=True)
class Artist:
    """An artist on one service."""

    id: str  # "source:native"
    name: str
    thumbnail: str
    url: str


Item = Track | Album | Playlist | Artist
Collection = Album | Playlist | Artist
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Page(Generic[Entry]):
    """One page of a list.

    `total` counts the whole list, None where the service does not say; `truncated` where the service gives less of the
    list than it has.
    """

    items: tuple[Entry, ...]
    total: int | None
    has_more: bool
    truncated: bool = False


@dataclass(frozen=True)
class Hits:
    """One page of what was found, and by which source."""

    page: Page[Item]
    answered_by: str


@dataclass(frozen=True)
class Listing:
    """An album, a playlist or an artist with one page of its tracks (of an artist, the top songs)."""

    item: Collection
    tracks: Page[Track]


@dataclass(frozen=True)
class Lyrics:
    """The words of a track; `synced` in the LRC format. Both are "" where there are none."""

    track: str  # the track's id
    plain: str
    synced: str
    instrumental: bool
    source: str


@dataclass(frozen=True)
class Audio:
    """Which audio a track has on its service: a fact that outlives the links to it."""

    bitrate: int  # kbit/s
    mime: str
    codec: str
    size: int | None  # bytes
    open_to_all: bool = True  # False where the service ties its links to the address that asked


@dataclass(frozen=True)
class MediaLink:
    """A service's own link to a track's audio, probed: it answered audio when it was made."""

    url: str = field(repr=False)  # signed: a secret while it lives
    bitrate: int  # kbit/s
    mime: str
    codec: str
    size: int | None  # bytes
    expires_at: int | None  # seconds since the epoch; None for a link that does not expire
    available_at: int | None = None  # seconds since the epoch before which the service does not open it; None for now
    open_to_all: bool = True  # False where the service ties it to the address that asked: this server must carry it

    @property
    def audio(self) -> Audio:
        """What it leads to."""
        return Audio(self.bitrate, self.mime, self.codec, self.size, self.open_to_all)


@dataclass(frozen=True)
class Match:
    """How sure we are that the track is the wanted one; `requested` is None where the request was text."""

    score: float  # 0..1
    requested: Track | None
    alternatives: tuple[tuple[Track, float], ...]
    reason: str


@dataclass(frozen=True)
class Attempt:
    """One step that was asked of one source, and how it went; `ms` is its duration.

    `cause` is why a source was skipped: the outcome that closed it to us, or "" where nothing had failed.
    """

    source: str
    outcome: Outcome
    ms: int
    detail: str
    cause: Outcome | Literal[""] = ""
