"""Covers and portraits: plain squares, one colour each, computed as PNG."""

import re
import struct
import zlib
from functools import lru_cache
from hashlib import blake2b

from tests.standin.messages import Answer, Text

IMAGE_PATH = re.compile(r"^/(?:image|artists|editorial)/(?P<stem>[a-z0-9_-]+)[-_](?P<size>50|150|500)x(?P=size)\.jpg$")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@lru_cache(maxsize=256)
def _square(stem: str, size: int) -> bytes:
    colour = blake2b(stem.encode(), digest_size=3).digest()
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes(size)) * size)
    parts = _chunk(b"IHDR", header), _chunk(b"PLTE", colour), _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def cover(path: str) -> Answer | None:
    """The cover at `path`, None where it is no cover's. The name says jpg, the Content-Type says what it is: PNG."""
    asked = IMAGE_PATH.match(path)
    if not asked:
        return None
    return Answer(200, {"Content-Type": "image/png"}, Text(_square(asked["stem"], int(asked["size"]))))
