"""How staff see a track: what it is called, and where they can listen to it."""

from __future__ import annotations

from dataclasses import dataclass

from flaks.names import source_title
from music import describing
from music.deadline import Deadline
from music.describing import NotATrack
from music.domain import Track
from music.links import Text, UnsupportedLink, read
from music.text import without_marks
from music.trace import Trace, Unresolved

PAGES = {"youtube": "https://www.youtube.com/watch?v={}", "spotify": "https://open.spotify.com/track/{}"}


@dataclass(frozen=True)
class Shown:
    """A track as staff see it. What is not known is "", and its length 0; `page` is an https page of its service."""

    id: str
    name: str = ""
    album: str = ""
    seconds: int = 0
    service: str = ""
    page: str = ""

    @property
    def length(self) -> str:
        """Minutes and seconds, "" where they are not known."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}" if self.seconds else ""


def shown(text: str, deadline: Deadline | None = None) -> Shown:
    """The track that an id or a link of ours names, as somebody has described it lately; with a deadline its service is
    asked by then where nobody has."""
    try:
        wanted = read(text)
    except UnsupportedLink:
        return Shown(text)
    if isinstance(wanted, Text):
        return Shown(text)
    track = describing.lately_named(wanted)
    if track is None and deadline is not None:
        try:
            track = describing.named(Trace(deadline), wanted)
        except (Unresolved, NotATrack, UnsupportedLink):
            track = None
    return (
        of_track(track) if track is not None else Shown(text, service=source_title(wanted.source), page=page_of(text))
    )


def of_track(track: Track) -> Shown:
    """A track that is described."""
    name = name_of(track.title, track.artist)
    album = without_marks(track.album.title) if track.album else ""
    page = track.url if track.url.startswith("https://") else page_of(track.id)
    return Shown(track.id, name, album, track.duration, source_title(track.source), page)


def name_of(title: str, artist: str) -> str:
    """Title and artist in one line, without marks that turn what stands beside them."""
    return without_marks(f"{title} - {artist}" if artist else title)


def page_of(text: str) -> str:
    """The https page of its service for an id, or a link in the form that ours have; "" where an id alone has none."""
    if text.startswith("https://"):
        return text  # a link in the canonical form that ours have
    source, _, native = text.partition(":")
    return PAGES[source].format(native) if source in PAGES else ""
