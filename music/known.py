"""What is remembered of a track beyond the life of its links: its name, and which audio it has.

Entries hold domain facts only, never a link, a key or an address of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from music.domain import MediaLink, Track

LIFE = 7 * 86_400  # seconds


@dataclass(frozen=True)
class KnownAudio:
    """The audio that a track has at a quality; `size` is in bytes, `bitrate` in kbit/s."""

    mime: str
    bitrate: int
    size: int


def hold_audio(track_id: str, quality: int, link: MediaLink, size: int) -> KnownAudio:
    """Remember what the link of the track ("source:native") opens, and how long it is."""
    audio = KnownAudio(link.mime, link.bitrate, size)
    cache.set(f"audio:1:{track_id}:{quality}", audio, LIFE)
    return audio


def audio_of(track_id: str, quality: int) -> KnownAudio | None:
    """The audio of the track where it is remembered."""
    audio: KnownAudio | None = cache.get(f"audio:1:{track_id}:{quality}")
    return audio


def hold_name(track: Track) -> None:
    """Remember what the track is called."""
    cache.set(f"name:1:{track.id}", f"{track.title} - {track.artist}" if track.artist else track.title, LIFE)


def name_of(track_id: str) -> str:
    """What the track is called, title and artist; its id where that is not remembered."""
    return cache.get(f"name:1:{track_id}") or track_id.partition(":")[2]
