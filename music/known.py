"""What is known of a track beyond the life of its links: its name, and which audio it has."""

from __future__ import annotations

from dataclasses import dataclass, replace

from music import cache, describing
from music.domain import Audio, MediaLink


@dataclass(frozen=True)
class KnownAudio:
    """The audio that a track has at a quality; `size` is in bytes, `bitrate` in kbit/s."""

    mime: str
    bitrate: int
    size: int


def hold_audio(track_id: str, quality: int, link: MediaLink, size: int) -> KnownAudio:
    """Remember how long the audio is that the link of the track ("source:native") opens."""
    audio: Audio = replace(link.audio, size=size)
    cache.hold_audio(track_id, quality, audio)
    return KnownAudio(audio.mime, audio.bitrate, size)


def audio_of(track_id: str, quality: int) -> KnownAudio | None:
    """The audio of the track where it is remembered, and how long it is."""
    audio = cache.known_audio(track_id, quality)
    return KnownAudio(audio.mime, audio.bitrate, audio.size) if audio is not None and audio.size else None


def name_of(track_id: str) -> str:
    """What the track is called, title and artist; its id where that is not remembered."""
    track = describing.lately_described(track_id)
    if track is None:
        return track_id.partition(":")[2]
    return f"{track.title} - {track.artist}" if track.artist else track.title
