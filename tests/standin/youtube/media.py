"""The service's media: audio that is computed, behind addresses that hold for six hours and for one listener."""

import time
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlencode

from tests.standin.messages import Answer, Request, text_answer
from tests.standin.mp4 import Mp4, song_file
from tests.standin.ranges import UnsatisfiableError, byte_range
from tests.standin.youtube.shelf import song_of_id
from tests.standin.youtube.specials import SPECIALS

PATH = "/videoplayback"
LINK_SECONDS = 21_600
LISTENER = "127.0.0.1"
"""The address that every client of the stand-in has."""

BITRATE_OF_ITAG = {"139": 48, "140": 96}
_SECRET = b"the stand-in signs with this too"
_SIGNED = ("expire", "ei", "ip", "id", "itag", "clen")


@lru_cache(maxsize=256)
def file_of(video: str, itag: str) -> Mp4 | None:
    """The audio file of a video; None where there is none."""
    song, special = song_of_id().get(video), SPECIALS.get(video)
    if itag not in BITRATE_OF_ITAG or not (song or (special and special.seconds)):
        return None
    if song:
        return song_file(song.duration, BITRATE_OF_ITAG[itag], song.title, ", ".join(song.artists))
    assert special
    return song_file(special.seconds, BITRATE_OF_ITAG[itag], special.title, special.author)


def _signature(parameters: dict[str, str]) -> str:
    said = "&".join(f"{name}={parameters.get(name, '')}" for name in _SIGNED)
    return blake2b(said.encode(), key=_SECRET, digest_size=40).hexdigest()


def address(video: str, itag: str, seconds: int, size: int, origin: str) -> str:
    """The signed address of a file."""
    parameters = {
        "expire": str(int(time.time()) + LINK_SECONDS),
        "ei": "stand-in",
        "ip": LISTENER,
        "id": video,
        "itag": itag,
        "source": "youtube",
        "mime": "audio/mp4",
        "clen": str(size),
        "dur": f"{seconds}.000",
        "c": "VISIONOS",
        "sparams": ",".join(_SIGNED),
    }
    return f"{origin}{PATH}?{urlencode(parameters | {'sig': _signature(parameters)})}"


def _is_allowed(parameters: dict[str, str]) -> bool:
    expire = parameters.get("expire", "")
    if not (expire.isascii() and expire.isdigit()) or parameters.get("ip") != LISTENER:
        return False
    return parameters.get("sig") == _signature(parameters) and int(expire) > time.time()


def audio(request: Request) -> Answer:
    """The file, or the part of it that is asked for.

    403 for an address that was changed, has ended or is another listener's, 404 where there is no such file, 416 past
    its end.
    """
    if request.method not in ("GET", "HEAD"):
        return text_answer(405, "")
    if not _is_allowed(request.parameters):
        return text_answer(403, "", "text/plain")
    file = file_of(request.parameters["id"], request.parameters["itag"])
    return _part(request, file) if file else gone()


def gone() -> Answer:
    """What is answered for a file that is not there."""
    return text_answer(404, "", "text/plain")


def _part(request: Request, file: Mp4) -> Answer:
    headers = {"Content-Type": "audio/mp4", "Accept-Ranges": "bytes", "Last-Modified": "Sat, 02 May 2026 10:00:00 GMT"}
    try:
        part = byte_range(request.headers.get("range", ""), file.size)
    except UnsatisfiableError:
        return text_answer(416, "", Content_Range=f"bytes */{file.size}")
    if part is None or request.method == "HEAD":
        return Answer(200, headers, file)
    start, stop = part
    return Answer(206, {**headers, "Content-Range": f"bytes {start}-{stop - 1}/{file.size}"}, file, start, stop)
