"""JioSaavn as the stand-in plays it: `api.php`, the CDN, covers."""

from fnmatch import fnmatchcase
from pathlib import Path

from tests.standin.jiosaavn import api
from tests.standin.jiosaavn.addresses import API_HOSTS, MEDIA_HOSTS, SERVICE, Addresses, at_origin
from tests.standin.jiosaavn.cdn import AUDIO_PATH, audio, not_found
from tests.standin.jiosaavn.cover import IMAGE_PATH, cover
from tests.standin.messages import Answer, Request, Text, squeeze
from tests.standin.recordings import Recordings

_API_PATH = "/api.php"


def _is_at(request: Request, hosts: tuple[str, ...]) -> bool:
    return any(fnmatchcase(request.host, pattern) for pattern in hosts)


def _part_of_path(path: str) -> str | None:
    if AUDIO_PATH.match(path):
        return "media"
    if IMAGE_PATH.match(path):
        return "image"
    return "api" if path == _API_PATH else None


def _json(request: Request, content: bytes) -> Answer:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if not request.accepts_gzip:
        return Answer(200, headers, Text(content))
    return Answer(200, {**headers, "Content-Encoding": "gzip"}, Text(squeeze(content)))


class JioSaavn:
    """The service; `recordings` is its folder of recorded bodies, if these are to be answered where one fits."""

    name = "jiosaavn"
    hosts = (*API_HOSTS, *MEDIA_HOSTS)

    def __init__(self, recordings: Path | None = None) -> None:
        self._recordings = Recordings(recordings)

    def part_of(self, request: Request) -> str | None:
        """By path where the stand-in is asked directly, else by host; an unknown path of a host is the host's."""
        part = _part_of_path(request.path)
        if _is_at(request, API_HOSTS):
            return "api"
        if _is_at(request, MEDIA_HOSTS):
            return part if part == "image" else "media"
        return part if not request.tunnelled else None

    def answer(self, request: Request) -> Answer:
        """An API answer, a file, or a cover."""
        if self.part_of(request) == "media":
            return audio(request)
        if request.path != _API_PATH:
            return cover(request.path) or not_found()
        recorded = self._recordings.find(request.parameters)
        return _json(request, recorded or api.answer(request.parameters, self._addresses(request)))

    def zero(self, request: Request) -> Answer:
        """Nothing found: the call's empty form, or no such file."""
        if request.path != _API_PATH:
            return not_found()
        return _json(request, api.zero(request.parameters, self._addresses(request)))

    def _addresses(self, request: Request) -> Addresses:
        return SERVICE if _is_at(request, self.hosts) else at_origin(f"http://{request.authority}")
