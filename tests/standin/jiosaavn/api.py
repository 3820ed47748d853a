"""The calls of `api.php`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.albums import album_v3, album_v4
from tests.standin.jiosaavn.media import SUFFIX_OF_BITRATE, signed_link, song_of_field
from tests.standin.jiosaavn.rows import Row, row
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.jiosaavn.suggestions import suggestions
from tests.standin.messages import json_bytes
from tests.standin.search import found
from tests.standin.song import Song

_MOST_ROWS = 500
TOKEN_FAILURE: Row = {"auth_url": False, "status": "failure"}


@dataclass(frozen=True)
class Call:
    """One call: its parameters, and the addresses that its answer is to hold."""

    parameters: Mapping[str, str]
    addresses: Addresses

    @property
    def is_v4(self) -> bool:
        """Whether the newer shape is asked for."""
        return self.parameters.get("api_version") == "4"

    def number(self, name: str, default: int) -> int:
        """A parameter as a number; what is none counts as `default`."""
        value = self.parameters.get(name, "")
        return int(value) if value.isascii() and value.isdigit() else default

    def row(self, song: Song, origin: str = "none") -> Row:
        """The song in the shape that is asked for."""
        return (row if self.is_v4 else row_v3)(song, self.addresses, origin)


def _error(code: str, message: str) -> Row:
    return {"error": {"code": code, "msg": message}}


def search(call: Call) -> object:
    """`search.getResults`: `q`, page `p` from 1, page size `n`."""
    if "q" not in call.parameters:
        return _error("INPUT_MISSING", "q is missing")
    songs = found(call.parameters["q"])
    page, size = call.number("p", 1), min(call.number("n", 10), _MOST_ROWS)
    first = max(page - 1, 0) * size
    rows = [call.row(song, "search") for song in songs[first : first + size]]
    return {"total": len(songs), "start": first + 1 if page else 0, "results": rows}


def details(call: Call) -> object:
    """`song.getDetails`: `pids`, separated by commas; unknown ones are left out."""
    if not call.parameters.get("pids"):
        return _error("INPUT_MISSING", "pids is missing")
    known = ids.song_of_pid()
    asked = [pid.strip() for pid in call.parameters["pids"].split(",")]
    rows = {pid: call.row(known[pid]) for pid in asked if pid in known}
    if call.is_v4:
        return {"songs": list(rows.values())}
    return rows or []


def token(call: Call) -> object:
    """`song.generateAuthToken`: a signed link for the media field `url` at `bitrate`."""
    song, bitrate = song_of_field(call.parameters.get("url", "")), call.parameters.get("bitrate", "")
    if song is None or bitrate not in SUFFIX_OF_BITRATE:
        return TOKEN_FAILURE
    return {"auth_url": signed_link(song, bitrate, call.addresses), "type": "mp4", "status": "success"}


def _album(call: Call, tracks: Sequence[Song]) -> Row:
    return (album_v4 if call.is_v4 else album_v3)(tracks, call.addresses)


def album(call: Call) -> object:
    """`content.getAlbumDetails`: `albumid`; an unknown one answers a filler."""
    if not call.parameters.get("albumid"):
        return _error("INPUT_MISSING", "albumid is missing")
    return _album(call, ids.tracks_of_album().get(call.parameters["albumid"], ()))


def by_token(call: Call) -> object:
    """`webapi.get`: `token` and `type`; of the types, song and album are played, and all else answers a filler."""
    if not call.parameters.get("token"):
        return _error("INPUT_MISSING", "token is missing")
    if call.parameters.get("type") == "album":
        return _album(call, ids.tracks_of_album_token().get(call.parameters["token"], ()))
    song = ids.song_of_token().get(call.parameters["token"])
    if song is None or call.parameters.get("type") != "song":
        return _album(call, ())
    return {"songs": [call.row(song)]} if call.is_v4 else {ids.pid(song): call.row(song)}


def autocomplete(call: Call) -> object:
    """`autocomplete.get`: short rows without the media field."""
    return suggestions(found(call.parameters.get("query", "")), call.addresses, call.is_v4)


CALLS: dict[str, Callable[[Call], object]] = {
    "search.getResults": search,
    "song.getDetails": details,
    "song.generateAuthToken": token,
    "autocomplete.get": autocomplete,
    "content.getAlbumDetails": album,
    "webapi.get": by_token,
}
_CHANGING = ("song.generateAuthToken",)


def _answer(name: str, call: Call) -> bytes:
    if not name:
        return json_bytes(_error("INPUT_MISSING", "__call is missing"))
    made = CALLS.get(name)
    return json_bytes(made(call) if made else _error("INPUT_INVALID", "Invalid method"))


@lru_cache(maxsize=1024)
def _kept(name: str, parameters: tuple[tuple[str, str], ...], addresses: Addresses) -> bytes:
    return _answer(name, Call(dict(parameters), addresses))


def answer(parameters: Mapping[str, str], addresses: Addresses) -> bytes:
    """The JSON body that answers a call; answers that do not change are kept, so that a busy benchmark costs little."""
    name = parameters.get("__call", "")
    if name in _CHANGING:
        return _answer(name, Call(parameters, addresses))
    return _kept(name, tuple(sorted(parameters.items())), addresses)


def zero(parameters: Mapping[str, str], addresses: Addresses) -> bytes:
    """The well-formed answer of a call that has found nothing."""
    name, call = parameters.get("__call", ""), Call(parameters, addresses)
    empty: dict[str, object] = {
        "song.getDetails": {"songs": []} if call.is_v4 else [],
        "song.generateAuthToken": TOKEN_FAILURE,
        "autocomplete.get": suggestions((), addresses, call.is_v4),
        "content.getAlbumDetails": _album(call, ()),
        "webapi.get": _album(call, ()),
    }
    return json_bytes(empty.get(name, {"total": 0, "start": call.number("p", 1), "results": []}))
