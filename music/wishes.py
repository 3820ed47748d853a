"""What was asked for, by a name under which staff can say what is right. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from music.cache import normalised
from music.links import Link, ShortLink, Text, TrackId

Kind = Literal["words", "track", "link"]


@dataclass(frozen=True)
class Wish:
    """Words as they are compared, the id of a described track ("source:native"), or a link whose track only its service
    can tell, in its canonical form."""

    kind: Kind
    name: str


def wish_of(wanted: TrackId | Link | ShortLink | Text) -> Wish:
    """The wish, however it was spelled."""
    match wanted:
        case Text():
            return Wish("words", normalised(wanted.query))
        case TrackId():
            return Wish("track", str(wanted))
        case Link(is_token=False):
            return Wish("track", f"{wanted.source}:{wanted.native}")
        case Link():
            return Wish("link", wanted.url)
        case ShortLink():
            return Wish("link", f"https://{wanted.host}{wanted.path}")


def digest(*parts: str) -> str:
    """A row's key of 32 characters, made of what the row is about: the same again meets the same row."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
