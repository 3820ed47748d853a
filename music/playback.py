"""What a stream answer says of the audio: our stable link, and the service's own while it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from django.conf import settings

from music.domain import Audio, MediaLink, Track
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
    was asked for; audio that only this server may open is carried by it all the same, and so is, where nothing else was
    asked for, that of a source whose media hosts bots cannot reach, as the operator says (`FLAKS_CARRY`). Some players
    show the end of an address as the song's name: ours ends in it.
    """
    track, audio, link = found.track, found.audio, found.link
    is_asked_for = delivery == "proxy" or (delivery == "auto" and track.source in settings.FLAKS_CARRY)
    carried = is_asked_for or not audio.open_to_all
    token, ends = play_token(track.id, quality, "proxy" if carried else "redirect", datetime.now(UTC))
    name = slug(f"{track.title} {track.artist}")
    shown = link if audio.open_to_all else None
    return Stream(
        url=f"{site}/play/{token}/{name}.m4a" if name and audio.mime == "audio/mp4" else f"{site}/play/{token}",
        delivery="proxy" if carried else "direct" if delivery == "direct" else "redirect",
        mime=audio.mime,
        codec=audio.codec,
        bitrate=audio.bitrate,
        size=audio.size,
        expires_at=ends,
        direct_url=shown.url if shown else "",
        direct_expires_at=datetime.fromtimestamp(shown.expires_at, UTC) if shown and shown.expires_at else None,
    )
