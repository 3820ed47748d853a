"""JioSaavn's audio links: which files a song has, and how an answer proves that one plays. Pure.

A file's name ends in its bitrate: `<32 hex>_320.mp4`. The service issues signed links for them
(`song.generateAuthToken`), which live about five minutes; an operator who may read the service's media field supplies
the key for that.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.padding import PKCS7

from music.domain import MediaLink
from music.sources.base import BadAnswer, NotPlayable, SourceBlocked, SourceRateLimited
from music.wire import Answer

BITRATES = (320, 160, 96)  # kbit/s, as measured on the service's files (AAC-LC in MP4)
TOKEN_BITRATES = {320: 320, 160: 128, 96: 64}  # what `song.generateAuthToken` calls them; 64 is inferred
BITRATE_IN_NAME = re.compile(r"_(12|48|96|160|320)\.mp4$")
SIGNED_LIFE = 240  # seconds, where the link does not say
PROBE_RANGE = "bytes=0-4095"


def bitrates_for(quality: int) -> tuple[int, ...]:
    """The bitrates to try, best first: those not above the ceiling, else the lowest."""
    return tuple(bitrate for bitrate in BITRATES if bitrate <= quality) or BITRATES[-1:]


def unsigned_link(handle: str, key: str) -> str:
    """The file's address that a row's media field holds: DES in ECB mode, PKCS#5 padding, base64.

    `key` is the operator's, 8 bytes. Raises `BadAnswer` where the field does not open with it.
    """
    # The cipher is the service's choice. DES is 3DES with one key thrice; the library deprecates the short form.
    cipher = Cipher(TripleDES(key.encode() * 3), modes.ECB())
    try:
        decryptor, unpadder = cipher.decryptor(), PKCS7(64).unpadder()
        padded = decryptor.update(base64.b64decode(handle, validate=True)) + decryptor.finalize()
        link = (unpadder.update(padded) + unpadder.finalize()).decode("ascii")
    except ValueError as error:
        raise BadAnswer("the media field does not open with the operator's key") from error
    if not BITRATE_IN_NAME.search(link):
        raise BadAnswer("the media field holds no file of a known form")
    return link


def variant(link: str, bitrate: int) -> str:
    """The address of the same song at another bitrate."""
    return BITRATE_IN_NAME.sub(f"_{bitrate}.mp4", link)


def secured(link: str, origin: str) -> str:
    """The link over https: old rows say http. The origin that the operator let through stays as it is."""
    return link if origin and link.startswith(f"{origin}/") else re.sub("^http://", "https://", link)


def bitrate_of(link: str) -> int:
    """The bitrate in kbit/s that the file's name states. Raises `BadAnswer`."""
    found = BITRATE_IN_NAME.search(urlsplit(link).path)
    if found is None:
        raise BadAnswer("a link to a file of another form")
    return int(found[1])


def expiry_of(link: str, now: int) -> int | None:
    """When a signed link ends, in seconds since the epoch; None for one that is not signed."""
    parameters = parse_qs(urlsplit(link).query)
    if "Signature" not in parameters:
        return None
    stated = parameters.get("Expires", [""])[0]
    ends = int(stated) if re.fullmatch(r"[0-9]{9,11}", stated) else now + SIGNED_LIFE
    return ends if now < ends <= now + 86400 else now + SIGNED_LIFE


def proven(link: str, answer: Answer, now: int) -> MediaLink:
    """The link, where the answer to a request of its first bytes shows audio.

    Raises `SourceRateLimited` on 429, `SourceBlocked` on 403, 451 and on a page, `BadAnswer` on a failing server, and
    `NotPlayable` where there is no such file.
    """
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status == 429:
        raise SourceRateLimited("the media host answered HTTP 429")
    if answer.status in (403, 451) or (answer.status in (200, 206) and kind == "text/html"):
        raise SourceBlocked(f"the media host answered HTTP {answer.status}")
    if answer.status >= 500:
        raise BadAnswer(f"the media host answered HTTP {answer.status}")
    if answer.status in (404, 410):
        raise NotPlayable("there is no such file")
    if not _is_audio(answer, kind):
        raise BadAnswer("the media host answered something else than audio")
    return MediaLink(link, bitrate_of(link), "audio/mp4", "aac", _size(answer), expiry_of(link, now))


def _is_audio(answer: Answer, kind: str) -> bool:
    typed = kind in ("audio/mp4", "audio/mp4a-latm", "audio/x-m4a", "video/mp4", "application/octet-stream")
    from_start = answer.headers.get("Content-Range", "").startswith("bytes 0-")
    return answer.status == 206 and typed and from_start and answer.body[4:8] == b"ftyp"


def _size(answer: Answer) -> int | None:
    found = re.fullmatch(r"bytes 0-\d+/(\d{1,12})", answer.headers.get("Content-Range", ""))
    return int(found[1]) if found else None
