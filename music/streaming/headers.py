"""What an audio answer says of itself: its name, its tag, its length. Pure."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from django.utils.http import content_disposition_header

from music.known import KnownAudio
from music.streaming.ranges import Span

EXTENSIONS = {"audio/mp4": "m4a", "audio/webm": "webm", "audio/mpeg": "mp3"}
UNSAFE_IN_FILES = re.compile(r'[\\/:*?"<>|]')
UNSHOWN = ("C", "Z")  # control and format characters, separators
MAX_NAME = 120  # characters
MAX_SLUG = 60


def etag_of(track_id: str, audio: KnownAudio) -> str:
    """A strong tag that every process makes alike, so that a player may resume at another."""
    said = f"{track_id}|{audio.mime}|{audio.bitrate}|{audio.size}"
    return f'"{blake2b(said.encode(), digest_size=12).hexdigest()}"'


def disposition(name: str, mime: str) -> str:
    """`Content-Disposition`: to be played, not saved, under this name (RFC 6266)."""
    return str(content_disposition_header(False, f"{file_name(name)}.{EXTENSIONS.get(mime, 'm4a')}"))


def file_name(name: str) -> str:
    """A name that any file system takes and that cannot end a header."""
    shown = "".join(" " if unicodedata.category(letter)[0] in UNSHOWN else letter for letter in name)
    return " ".join(UNSAFE_IN_FILES.sub(" ", shown).split())[:MAX_NAME].strip(" .") or "audio"


def slug(name: str) -> str:
    """The name in the letters that a link may hold, as in `Marmalade-Telescope`; "" where too little is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain.replace("'", "")).strip("-")[:MAX_SLUG].strip("-")
    letters = sum(map(str.isalnum, words))
    return words if letters >= max(2, sum(map(str.isalnum, name)) // 2) else ""


def described(audio: KnownAudio, etag: str, name: str) -> dict[str, str]:
    """The headers of every answer that carries this audio, a HEAD's included."""
    return {
        "Content-Type": audio.mime,
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "no-store",
        "Content-Disposition": disposition(name, audio.mime),
    }


def measured(span: Span) -> dict[str, str]:
    """The headers that say which part of the file follows."""
    return {"Content-Length": str(span.length)} | ({} if span.whole else {"Content-Range": span.content_range})
