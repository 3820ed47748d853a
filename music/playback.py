"""What a stream answer says of the audio: our stable link, and the service's own while it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from music.domain import MediaLink

CEILINGS = {"auto": 320, "320": 320, "160": 160, "96": 96}  # kbit/s
PlayToken = Callable[[str, int, str, datetime], tuple[str, datetime]]  # track id, quality, delivery, now


@dataclass(frozen=True)
class Stream:
    """A link that plays, what it plays, and until when. Times are UTC; `size` is in bytes."""

    url: str
    delivery: str
    mime: str
    codec: str
    bitrate: int
    size: int | None
    expires_at: datetime | None
    direct_url: str
    direct_expires_at: datetime | None


def stream_of(track_id: str, quality: int, link: MediaLink, site: str, play_token: PlayToken) -> Stream:
    """The stable link under `site` that leads to the service's own, which stands beside it.

    The service's link lives minutes, ours hours: a player that opens ours again gets a fresh one.
    """
    token, ends = play_token(track_id, quality, "redirect", datetime.now(UTC))
    direct_ends = None if link.expires_at is None else datetime.fromtimestamp(link.expires_at, UTC)
    return Stream(
        url=f"{site}/play/{token}",
        delivery="redirect",
        mime=link.mime,
        codec=link.codec,
        bitrate=link.bitrate,
        size=link.size,
        expires_at=ends,
        direct_url=link.url,
        direct_expires_at=direct_ends,
    )
