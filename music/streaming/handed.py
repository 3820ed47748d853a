"""Audio whose bytes are left to nginx (`FLAKS_ACCEL`): we check the link, it asks the media host and carries.

`deploy/nginx` holds what nginx needs; it refuses hosts that are not on its own list.
"""

from __future__ import annotations

import uuid

from music.domain import MediaLink
from music.sources import sources

LOCATION = "/_flaks_audio"


def asked_as(source: str) -> str | None:
    """The `User-Agent` with which nginx may open the source's links; None where this process alone may."""
    found = sources().get(source)
    return found.asked_as() if found is not None else None


def over(link: MediaLink, lineage: uuid.UUID, agent: str) -> dict[str, str]:
    """The headers that tell nginx what to open, as whom, and whose stream it is; none of them reaches the listener."""
    return {
        "X-Accel-Redirect": LOCATION,
        "X-Flaks-Audio": link.url,
        "X-Flaks-Agent": agent,
        "X-Flaks-Lineage": lineage.hex,
    }
