"""Whether what a media host answers is audio. Pure."""

from __future__ import annotations

from collections.abc import Mapping

# Hosts that serve files without looking at them say these; the first bytes decide then.
UNTYPED = ("application/octet-stream", "binary/octet-stream", "video/mp4")
FIRST_BYTES = 16
WEBM = b"\x1aE\xdf\xa3"


def kind_of(headers: Mapping[str, str]) -> str:
    """The media type that an answer states, in lower case and without parameters."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def is_audio(kind: str) -> bool:
    """Whether the type says audio; where it is one of `UNTYPED`, `begins_as_audio` decides."""
    return kind.startswith("audio/")


def begins_as_audio(first: bytes) -> bool:
    """Whether a file that begins so is MP4, WebM, or MPEG audio."""
    return _is_mp4(first) or first.startswith((WEBM, b"ID3")) or _is_mpeg_frame(first)


def _is_mp4(first: bytes) -> bool:
    """A box of a few brands, with its length, and nothing before it."""
    return first[4:8] == b"ftyp" and 16 <= int.from_bytes(first[:4]) <= 512


def _is_mpeg_frame(first: bytes) -> bool:
    """An MPEG audio frame's header: 11 bits of sync, then version, layer (II or III), bitrate and rate, none reserved.

    Strict, since a text in UTF-16 begins with FF FE.
    """
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xE0 != 0xE0:
        return False
    version, layer, bitrate, rate = (first[1] >> 3) & 3, (first[1] >> 1) & 3, first[2] >> 4, (first[2] >> 2) & 3
    return version != 1 and layer in (1, 2) and bitrate not in (0, 15) and rate != 3
