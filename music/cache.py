"""What is remembered between requests: the services' own links while they live.

Entries hold domain objects only, never a key, a header or an address of ours.
"""

from __future__ import annotations

import time

from django.core.cache import cache

from music.domain import MediaLink

SPARE = 60  # seconds that a link must still have left when it is handed out
UNSIGNED_LIFE = 3600  # seconds for which a link without an expiry is believed before it is probed again


def held_link(track_id: str, quality: int) -> MediaLink | None:
    """The service's link for the track ("source:native") where one with 60 s or more is held."""
    link: MediaLink | None = cache.get(_key(track_id, quality))
    if link is None or (link.expires_at is not None and link.expires_at - time.time() < SPARE):
        return None
    return link


def hold_link(track_id: str, quality: int, link: MediaLink) -> None:
    """Remember a probed link until 60 s before it ends."""
    life = UNSIGNED_LIFE if link.expires_at is None else link.expires_at - int(time.time()) - SPARE
    if life > 0:
        cache.set(_key(track_id, quality), link, life)


def drop_link(track_id: str, quality: int) -> None:
    """Forget a link that no longer opens."""
    cache.delete(_key(track_id, quality))


def _key(track_id: str, quality: int) -> str:
    return f"link:1:{track_id}:{quality}"
