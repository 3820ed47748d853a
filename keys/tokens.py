"""The two strings that are shown to callers, the API key and the play token: make, check, hash. Pure.

An API key is `flk_live_`, 32 base62 characters of randomness (190 bits) and 6 of checksum, so that junk is refused
without asking the database and secret scanners can tell a real one. A play token is signed and holds no secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import struct
import zlib
from dataclasses import dataclass
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PREFIX = "flk_live_"
KEY = re.compile(r"flk_live_[0-9A-Za-z]{38}")


def make_key() -> str:
    """A new API key of 47 characters."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(32))
    return f"{PREFIX}{body}{_checksum(body)}"


def is_well_formed(key: str) -> bool:
    """Whether prefix, length, alphabet and checksum are those of a key that we made."""
    if len(key) != 47 or not KEY.fullmatch(key):
        return False
    return _checksum(key[9:41]) == key[41:]


def digest(key: str) -> str:
    """The SHA-256 under which a key is stored, as 64 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()


def hint(key: str) -> str:
    """The only part of a key that is ever shown again: its first 12 and last 4 characters."""
    return f"{key[:12]}...{key[-4:]}"


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, remainder = divmod(number, 62)
        digits = ALPHABET[remainder] + digits
    return digits


class LinkError(ValueError):
    """A play token that is not one of ours."""


class LinkExpired(LinkError):
    """A play token of ours whose time is over."""


@dataclass(frozen=True)
class Link:
    """What a play token says: which audio, how, for whom and until when."""

    track: str  # "source:native"
    quality: int  # the ceiling, kbit/s
    delivery: str  # a key of DELIVERIES
    lineage: UUID
    expires_at: int  # seconds since the epoch


DELIVERIES = {"redirect": 1, "proxy": 2}
VERSION = 1
HEADER = struct.Struct(">BBHI16s")  # version, delivery, quality, expiry, lineage
SIGNATURE = 16  # bytes of HMAC-SHA256


def sign_link(link: Link, secret: str) -> str:
    """The token for a link: letters, digits, `-` and `_` only."""
    delivery = DELIVERIES[link.delivery]
    header = HEADER.pack(VERSION, delivery, link.quality, link.expires_at, link.lineage.bytes)
    payload = header + link.track.encode("ascii")
    return base64.urlsafe_b64encode(payload + _signature(payload, secret)).decode().rstrip("=")


def read_link(token: str, secret: str, now: float) -> Link:
    """The link that a token stands for.

    Raises `LinkError` where it was not signed with `secret`, `LinkExpired` where its time is over at `now` (seconds
    since the epoch).
    """
    payload, signature = _unpacked(token)
    if not hmac.compare_digest(signature, _signature(payload, secret)):
        raise LinkError("not signed here")
    version, delivery, quality, expires_at, lineage = HEADER.unpack(payload[: HEADER.size])
    if version != VERSION:
        raise LinkError("of another version")
    if expires_at <= now:
        raise LinkExpired("expired")
    names = {number: name for name, number in DELIVERIES.items()}
    return Link(payload[HEADER.size :].decode("ascii"), quality, names[delivery], UUID(bytes=lineage), expires_at)


def _unpacked(token: str) -> tuple[bytes, bytes]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{40,200}", token):
        raise LinkError("not a token")
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) % 4 != 1 else b""
    # The last character has bits to spare: only one of its spellings is the token that we made.
    if len(raw) <= HEADER.size + SIGNATURE or base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
        raise LinkError("not a token")
    return raw[:-SIGNATURE], raw[-SIGNATURE:]


def _signature(payload: bytes, secret: str) -> bytes:
    key = hashlib.sha256(b"flaks.play:" + secret.encode()).digest()
    return hmac.new(key, payload, hashlib.sha256).digest()[:SIGNATURE]
