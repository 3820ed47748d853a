"""What is remembered of the services' answers, and for how long.

Entries hold domain objects only, never a key, a header or an address of ours. The keys tell the shape of those objects
and how the services are asked, so that neither a new release nor another setting meets what is not its own.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Any, Literal

from music import domain, store
from music.domain import Audio, Match, MediaLink, Track
from music.sources import realm
from music.sources.base import Unplayable
from music.store import Entry

MINUTE, HOUR, DAY = 60, 3600, 86_400
SPARE = 60  # seconds that a link must still have left when it is handed out
UNSIGNED_LIFE = HOUR  # for which a link without an expiry is believed before it is probed again
STALE_LIFE = DAY  # for which an answer may stand in where every source fails
PROVISIONAL_LIFE = 2 * MINUTE  # of an answer that a source with a higher place could not take part in
NOTHING_LIFE = 10 * MINUTE  # of "there is no such song"
STALE_PATIENCE_MS = 2000  # for which the sources are waited for where a stale answer is at hand
KNOWN_LIFE = 3 * DAY  # of what is known of a song: its description, and which audio it has
PAGES = "pages"  # the memory of what is large


@dataclass(frozen=True)
class Choice:
    """Which song was chosen for a wish, and why."""

    track: Track
    match: Match


@dataclass(frozen=True)
class Refusal:
    """That there is no such song, with the nearest ones, or that it is not played, with the API's code for why."""

    kind: Literal["no_match", "unknown", "unplayed"]
    match: Match | None = None
    reason: Unplayable = ""


@cache
def _shape() -> str:
    """A name for how the objects look; entries that another release wrote have another one."""
    kinds = [kind for kind in vars(domain).values() if is_dataclass(kind)]
    told = [
        (str(kind), [(field.name, str(field.type)) for field in fields(kind)]) for kind in (*kinds, Choice, Refusal)
    ]
    return blake2b(repr(told).encode(), digest_size=6).hexdigest()


def normalised(query: str) -> str:
    """A query as it is compared: without case, compatibility forms and superfluous space."""
    return " ".join(unicodedata.normalize("NFKC", query).casefold().split())


def key_of(kind: str, *parts: Hashable) -> str:
    """The key of what is remembered; of any text, short and without a character that a cache refuses."""
    told = blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{kind}:{_shape()}:{realm()}:{told}"


def recall(key: str) -> Entry[Any] | None:
    """What is remembered under a key of `key_of`, fresh or, for want of better, still kept."""
    return store.get(key, _memory(key))


def remember(key: str, value: object, seconds: float, stale: float = STALE_LIFE) -> None:
    """Remember a value as fresh for so long, and to stand in for a failing source for `stale` seconds in all."""
    store.put(key, Entry(value, seconds, max(seconds, stale)), _memory(key))


def _memory(key: str) -> str:
    return PAGES if key.startswith(("page:", "list:")) else "default"


def held_link(track_id: str, quality: int) -> MediaLink | None:
    """The service's link for the track ("source:native") where one with 60 s or more is held."""
    key = _link_key(track_id, quality)
    entry = store.get(key)
    link: MediaLink | None = entry.value if entry is not None else None
    if link is None or (link.expires_at is not None and link.expires_at - time.time() < SPARE):
        return None
    return link


def hold_link(track_id: str, quality: int, link: MediaLink) -> None:
    """Remember a probed link until 60 s before it ends, and for longer which audio it leads to."""
    life = UNSIGNED_LIFE if link.expires_at is None else link.expires_at - time.time() - SPARE
    store.put(_link_key(track_id, quality), Entry(link, life, life))
    hold_audio(track_id, quality, link.audio)


def hold_audio(track_id: str, quality: int, audio: Audio) -> None:
    """Remember which audio a track has; its size, once known, is kept where it is not said again."""
    if audio.size is None:
        known = known_audio(track_id, quality)
        audio = known if known is not None and replace(known, size=None) == audio else audio
    store.put(_audio_key(track_id, quality), Entry(audio, KNOWN_LIFE, KNOWN_LIFE))


def drop_link(track_id: str, quality: int) -> None:
    """Forget a link that no longer opens, and that there was such audio."""
    store.drop(_link_key(track_id, quality))
    store.drop(_audio_key(track_id, quality))


def known_audio(track_id: str, quality: int) -> Audio | None:
    """Which audio the track ("source:native") had when its link was last made."""
    entry = store.get(_audio_key(track_id, quality))
    return entry.value if entry is not None else None


def _link_key(track_id: str, quality: int) -> str:
    return key_of("link", track_id, quality)


def _audio_key(track_id: str, quality: int) -> str:
    return key_of("audio", track_id, quality)
