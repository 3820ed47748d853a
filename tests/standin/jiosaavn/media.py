"""The media field of a row, and signed links: how they are made and how they are checked."""

import base64
import re
import time
from functools import lru_cache
from hashlib import shake_256

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.padding import PKCS7

from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.ids import file_stem, song_of_file
from tests.standin.song import Song

MEDIA_KEY = "standin!"
"""The stand-in's own key of the media field; it opens nothing but the stand-in's rows."""

LINK_SECONDS = 300
KEY_PAIR_ID = "APKASTANDINSTANDIN00"
SUFFIX_OF_BITRATE = {"16": "12", "32": "48", "64": "96", "128": "160", "320": "320"}
_SIGNING_SECRET = b"the stand-in signs with this"
_PLAIN_LINK = re.compile(r"^https?://[^/]+/(?P<stem>\d{3}/[0-9a-f]{32})_96\.mp4$")


def _cipher() -> Cipher[modes.ECB]:
    return Cipher(TripleDES(MEDIA_KEY.encode() * 3), modes.ECB())


@lru_cache(maxsize=4096)
def media_field(song: Song, media_origin: str) -> str:
    """`encrypted_media_url` of the song: base64 of the DES-encrypted link to its 96 kbit/s file."""
    padder, encryptor = PKCS7(64).padder(), _cipher().encryptor()
    link = f"{media_origin}/{file_stem(song)}_96.mp4".encode()
    padded = padder.update(link) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


@lru_cache(maxsize=4096)
def song_of_field(field: str) -> Song | None:
    """The song whose media field this is, at whatever origin; None for anything else."""
    unpadder, decryptor = PKCS7(64).unpadder(), _cipher().decryptor()
    try:
        padded = decryptor.update(base64.b64decode(field, validate=True)) + decryptor.finalize()
        link = (unpadder.update(padded) + unpadder.finalize()).decode()
    except ValueError:
        return None
    found = _PLAIN_LINK.match(link)
    return song_of_file().get(found["stem"]) if found else None


def signature(path: str, expires: int) -> str:
    """What a link to `path` (with its leading slash) that ends at Unix time `expires` must be signed with."""
    digest = shake_256(_SIGNING_SECRET + f"{path}?{expires}".encode()).digest(256)
    return base64.b64encode(digest).decode().translate(str.maketrans("+=/", "-_~"))


def signed_link(song: Song, bitrate: str, addresses: Addresses) -> str:
    """The link that the service issues for `bitrate` (a key of SUFFIX_OF_BITRATE); it works for LINK_SECONDS."""
    path, expires = f"/{file_stem(song)}_{SUFFIX_OF_BITRATE[bitrate]}.mp4", int(time.time()) + LINK_SECONDS
    sealed = f"Expires={expires}&Signature={signature(path, expires)}&Key-Pair-Id={KEY_PAIR_ID}"
    return f"{addresses.signed}{path}?{sealed}"
