"""What a song of the made-up catalogue is, whichever service presents it."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b


class Kind(StrEnum):
    """What a recording is in respect of the song that it is called after."""

    ORIGINAL = "original"
    COVER = "cover"
    DUB = "dub"
    REMIX = "remix"
    LIVE = "live"
    KARAOKE = "karaoke"
    INSTRUMENTAL = "instrumental"
    LOFI = "lofi"
    RINGTONE = "ringtone"


@dataclass(frozen=True, slots=True)
class Album:
    """An album: title without entities, artist, language in lower case, year, and whether it is a soundtrack."""

    title: str
    artist: str
    language: str
    year: int
    label: str
    film: bool = False

    @property
    def key(self) -> str:
        """The same on every start and for no other album."""
        return "|".join((self.title, self.artist, self.language, str(self.year)))


@dataclass(frozen=True, slots=True)
class Song:
    """One row of the catalogue. Texts are plain (no entities); `duration` is in seconds, `best_bitrate` in kbit/s.

    Rows with the same `recording` sound the same: a single and its album track, or a song on a compilation.
    """

    title: str
    album: Album
    artists: tuple[str, ...]
    duration: int
    language: str
    play_count: int
    recording: str
    kind: Kind = Kind.ORIGINAL
    featured: tuple[str, ...] = ()
    composers: tuple[str, ...] = ()
    explicit: bool = False
    best_bitrate: int = 320
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.title}|{self.artists[0]}|{self.language}|{self.album.key}")

    def __hash__(self) -> int:
        return hash(self.key)


def pick(low: int, high: int, *of: object) -> int:
    """A number from `low` to `high`, both included, that always is the same for the same `of`."""
    digest = blake2b("\0".join(map(str, of)).encode(), digest_size=8).digest()
    return low + int.from_bytes(digest, "big") % (high - low + 1)
