"""YouTube as the stand-in plays it: YouTube Music's and the player's API, oEmbed, media, pictures."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from tests.standin.jiosaavn.cover import cover
from tests.standin.messages import Answer, Request, Text, json_answer, json_bytes, squeeze, text_answer
from tests.standin.youtube import media, music, player
from tests.standin.youtube.addresses import API_HOSTS, IMAGE_HOSTS, MEDIA_HOSTS, SERVICE, Addresses, at_origin
from tests.standin.youtube.asked import BadToken, Call, Json
from tests.standin.youtube.pages import NotThere
from tests.standin.youtube.recorded import Recorded

_API = "/youtubei/v1/"
_OEMBED = "/oembed"
_PICTURE = re.compile(r"^/(?:cover-(?P<stem>[a-z0-9-]+)=w\d+-h\d+(?:-l90-rj)?|vi/(?P<video>[\w-]{11})/hqdefault\.jpg)$")
_CALLS = music.CALLS | player.CALLS
_EMPTY = music.EMPTY | player.EMPTY


def _is_at(request: Request, hosts: tuple[str, ...]) -> bool:
    return any(fnmatchcase(request.host, pattern) for pattern in hosts)


def _part_of_path(path: str) -> str | None:
    if path.startswith(_API) or path == _OEMBED:
        return "api"
    if path == media.PATH:
        return "media"
    return "image" if _PICTURE.match(path) else None


def _error(status: int, message: str) -> Answer:
    return json_answer({"error": {"code": status, "message": message, "status": "STAND_IN"}}, status)


def _json(request: Request, answer: Json) -> Answer:
    content = json_bytes({"responseContext": {"visitorData": player.VISITOR}, **answer})
    headers = {"Content-Type": "application/json; charset=UTF-8", "Vary": "Origin, X-Origin, Referer"}
    if not request.accepts_gzip:
        return Answer(200, headers, Text(content))
    return Answer(200, {**headers, "Content-Encoding": "gzip"}, Text(squeeze(content)))


def _picture(path: str) -> Answer:
    found = _PICTURE.match(path)
    stem = (found["stem"] or re.sub(r"[^a-z0-9]", "-", found["video"].lower())) if found else ""
    return cover(f"/image/{stem}-500x500.jpg") or text_answer(404, "")


class YouTube:
    """The service; `recordings` is its folder of recorded bodies, if these are to be answered where one fits."""

    name = "youtube"
    hosts = (*API_HOSTS, *MEDIA_HOSTS, *IMAGE_HOSTS)

    def __init__(self, recordings: Path | None = None) -> None:
        self._recorded = Recorded(recordings)

    def part_of(self, request: Request) -> str | None:
        """By path where the stand-in is asked directly, else by host; an unknown path of a host is the host's."""
        for part, hosts in (("api", API_HOSTS), ("media", MEDIA_HOSTS), ("image", IMAGE_HOSTS)):
            if _is_at(request, hosts):
                return part
        return _part_of_path(request.path) if not request.tunnelled else None

    def answer(self, request: Request) -> Answer:
        """An API answer, a file, or a picture."""
        part = self.part_of(request)
        if part == "media":
            return media.audio(request) if request.path == media.PATH else media.gone()
        if part == "image":
            return _picture(request.path)
        if request.path == _OEMBED:
            return player.oembed(request)
        return self._called(request)

    def zero(self, request: Request) -> Answer:
        """Nothing found: the call's empty form, or no such file."""
        if self.part_of(request) != "api":
            return media.gone()
        if request.path == _OEMBED:
            return text_answer(404, "Not Found")
        call = self._call(request)
        return _json(request, _EMPTY[call.name](call)) if call.name in _EMPTY else _error(404, "Not Found")

    def _called(self, request: Request) -> Answer:
        call = self._call(request)
        if call.name not in _CALLS or request.method != "POST":
            return _error(404, "Requested entity was not found.")
        try:
            return _json(request, self._recorded.find(call) or _CALLS[call.name](call))
        except NotThere:
            return _error(404, "Requested entity was not found.")
        except (BadToken, KeyError):
            return _error(400, "Request contains an invalid argument.")

    def _call(self, request: Request) -> Call:
        return Call(request.path.removeprefix(_API), request, self._addresses(request))

    def _addresses(self, request: Request) -> Addresses:
        return SERVICE if _is_at(request, self.hosts) else at_origin(f"http://{request.authority}")
