"""LRCLIB as the stand-in plays it: `/api/get` and `/api/search`."""

from tests.standin.lrclib.records import Record, found, matching
from tests.standin.messages import Answer, Request, json_answer

_PATHS = ("/api/get", "/api/search")
_MOST = 20
_NOT_FOUND = {"message": "Failed to find specified track", "name": "TrackNotFound", "statusCode": 404}


def _refused(why: str) -> Answer:
    return json_answer({"message": why, "name": "ValidationError", "statusCode": 400}, 400)


def _seconds(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _get(request: Request) -> Answer:
    given = request.parameters
    if not given.get("track_name") or not given.get("artist_name"):
        return _refused("track_name, artist_name: cannot be empty")
    length = _seconds(given["duration"]) if "duration" in given else None
    if "duration" in given and (length is None or not 1 <= length <= 3600):
        return _refused("duration: must be between 1 and 3600")
    record = matching(given["track_name"], given["artist_name"], length, given.get("album_name", ""))
    return json_answer(record.shown()) if record else json_answer(_NOT_FOUND, 404)


def _search(request: Request) -> Answer:
    given = request.parameters
    hits: tuple[Record, ...] = found(given.get("q", ""), given.get("track_name", ""), given.get("artist_name", ""))
    return json_answer([record.shown() for record in hits[:_MOST]])


class Lrclib:
    """The service."""

    name = "lrclib"
    hosts = ("lrclib.net",)

    def part_of(self, request: Request) -> str | None:
        """By path where the stand-in is asked directly, else by host."""
        if request.host in self.hosts:
            return "api"
        return "api" if request.path in _PATHS and not request.tunnelled else None

    def answer(self, request: Request) -> Answer:
        """A record, or a list of them."""
        answers = {"/api/get": _get, "/api/search": _search}
        made = answers.get(request.path)
        return made(request) if made else json_answer(_NOT_FOUND, 404)

    def zero(self, request: Request) -> Answer:
        """No such record, or an empty list."""
        return json_answer([]) if request.path == "/api/search" else json_answer(_NOT_FOUND, 404)
