"""The service's CDN: audio files that are computed, with Range, and covers."""

import re
import time

from tests.standin.frames import BITRATES
from tests.standin.jiosaavn.addresses import UNSIGNED_HOST
from tests.standin.jiosaavn.ids import song_of_file
from tests.standin.jiosaavn.media import KEY_PAIR_ID, signature
from tests.standin.messages import Answer, Request, text_answer
from tests.standin.mp4 import Mp4, song_file
from tests.standin.ranges import UnsatisfiableError, byte_range

AUDIO_PATH = re.compile(r"^/(?P<stem>\d{3}/[0-9a-f]{32})_(?P<bitrate>\d{2,3})\.mp4$")
_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>\n"


def _page(status: int, title: str) -> Answer:
    return text_answer(status, _PAGE.format(f"{status} {title}"), "text/html")


def not_found() -> Answer:
    """What the CDN answers for a file that is not there."""
    return _page(404, "Not Found")


def _is_allowed(request: Request) -> bool:
    sealed = request.parameters
    if "Expires" not in sealed and "Signature" not in sealed:
        return request.host == UNSIGNED_HOST or not request.host.endswith(".saavncdn.com")
    expires = sealed.get("Expires", "")
    if not (expires.isascii() and expires.isdigit()) or sealed.get("Key-Pair-Id") != KEY_PAIR_ID:
        return False
    return sealed.get("Signature") == signature(request.path, int(expires)) and int(expires) > time.time()


def _file(path: str) -> Mp4 | None:
    asked = AUDIO_PATH.match(path)
    song = song_of_file().get(asked["stem"]) if asked else None
    if not asked or not song or int(asked["bitrate"]) not in BITRATES or int(asked["bitrate"]) > song.best_bitrate:
        return None
    return song_file(song.duration, int(asked["bitrate"]), song.title, ", ".join(song.artists))


def audio(request: Request) -> Answer:
    """The file at `request.path`, or the part of it that is asked for.

    403 where the link is not signed as it must be or has expired, 404 where there is no such file, 416 past its end.
    """
    if request.method not in ("GET", "HEAD"):
        return _page(405, "Method Not Allowed")
    if not _is_allowed(request):
        return _page(403, "Forbidden")
    file = _file(request.path)
    return _part(request, file) if file else not_found()


def _part(request: Request, file: Mp4) -> Answer:
    headers = {"Content-Type": "audio/mp4", "Accept-Ranges": "bytes", "ETag": f'"{request.path[5:37]}-{file.size:x}"'}
    applies = request.headers.get("if-range", headers["ETag"]) == headers["ETag"]
    try:
        part = byte_range(request.headers.get("range", ""), file.size) if applies else None
    except UnsatisfiableError:
        return text_answer(416, "", "text/html", Content_Range=f"bytes */{file.size}")
    if part is None or request.method == "HEAD":
        return Answer(200, headers, file)
    start, stop = part
    return Answer(206, {**headers, "Content-Range": f"bytes {start}-{stop - 1}/{file.size}"}, file, start, stop)
