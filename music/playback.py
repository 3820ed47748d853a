"""What a stream answer says of the audio: our stable link, and the service's own while it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from music.domain import Audio, MediaLink, Track

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


class Playable(Protocol):
    """A track with what is known of its audio, and a link of the service where one is held."""

    @property
    def track(self) -> Track: ...
    @property
    def audio(self) -> Audio: ...
    @property
    def link(self) -> MediaLink | None: ...


def stream_of(found: Playable, quality: int, delivery: str, site: str, play_token: PlayToken) -> Stream:
    """The stable link under `site` that leads to the service's own, which stands beside it where anybody may open it.

    The service's link lives minutes, ours hours: a player that opens ours again gets a fresh one. `delivery` is what
    was asked for; audio that only this server may open is carried by it all the same.
    """
    audio, link = found.audio, found.link
    carried = delivery == "proxy" or not audio.open_to_all
    token, ends = play_token(found.track.id, quality, "proxy" if carried else "redirect", datetime.now(UTC))
    shown = link if audio.open_to_all else None
    return Stream(
        url=f"{site}/play/{token}",
        delivery="proxy" if carried else "direct" if delivery == "direct" else "redirect",
        mime=audio.mime,
        codec=audio.codec,
        bitrate=audio.bitrate,
        size=audio.size,
        expires_at=ends,
        direct_url=shown.url if shown else "",
        direct_expires_at=datetime.fromtimestamp(shown.expires_at, UTC) if shown and shown.expires_at else None,
    )
