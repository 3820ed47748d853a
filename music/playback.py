"""What a stream answer says of the audio: our stable link, and the service's own while it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from music.domain import MediaLink, Track
from music.streaming.headers import slug

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


def stream_of(track: Track, quality: int, link: MediaLink, delivery: str, site: str, play_token: PlayToken) -> Stream:
    """The stable link under `site` that leads to the service's own, which stands beside it where anybody may open it.

    The service's link lives minutes, ours hours: a player that opens ours again gets a fresh one. `delivery` is what
    was asked for; audio that only this server may open is carried by it all the same, and so is, where nothing else was
    asked for, that of a source whose media hosts bots cannot reach, as the operator says (`FLAKS_CARRY`). Some players
    show the end of an address as the song's name: ours ends in it.
    """
    carried = (
        delivery == "proxy" or not link.open_to_all or (delivery == "auto" and track.source in settings.FLAKS_CARRY)
    )
    token, ends = play_token(track.id, quality, "proxy" if carried else "redirect", datetime.now(UTC))
    name = slug(f"{track.title} {track.artist}")
    direct_ends = datetime.fromtimestamp(link.expires_at, UTC) if link.open_to_all and link.expires_at else None
    return Stream(
        url=f"{site}/play/{token}/{name}.m4a" if name and link.mime == "audio/mp4" else f"{site}/play/{token}",
        delivery="proxy" if carried else "direct" if delivery == "direct" else "redirect",
        mime=link.mime,
        codec=link.codec,
        bitrate=link.bitrate,
        size=link.size,
        expires_at=ends,
        direct_url=link.url if link.open_to_all else "",
        direct_expires_at=direct_ends,
    )
