"""The calls for songs: search, details, signed links, suggestions."""

from tests.standin.jiosaavn import found as finding
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.call import Call, missing
from tests.standin.jiosaavn.media import SUFFIX_OF_BITRATE, signed_link, song_of_field
from tests.standin.jiosaavn.rows import Row
from tests.standin.jiosaavn.suggestions import Found, suggestions
from tests.standin.search import found

TOKEN_FAILURE: Row = {"auth_url": False, "status": "failure"}


def search(call: Call) -> object:
    """`search.getResults`: `q`, page `p` from 1, page size `n`."""
    if "q" not in call.parameters:
        return missing("q")
    songs, page = found(call.text("q")), call.number("p", 1)
    part = call.part(songs, page, call.number("n", 10))
    start = call.number("n", 10) * max(page - 1, 0) + 1 if page else 0
    return {"total": len(songs), "start": start, "results": [call.row(song, "search") for song in part]}


def details(call: Call) -> object:
    """`song.getDetails`: `pids`, separated by commas; unknown ones are left out."""
    if not call.text("pids"):
        return missing("pids")
    known = ids.song_of_pid()
    asked = [pid.strip() for pid in call.text("pids").split(",")]
    rows = {pid: call.row(known[pid]) for pid in asked if pid in known}
    if call.is_v4:
        return {"songs": list(rows.values())}
    return rows or []


def token(call: Call) -> object:
    """`song.generateAuthToken`: a signed link for the media field `url` at `bitrate`."""
    song, bitrate = song_of_field(call.text("url")), call.text("bitrate")
    if song is None or bitrate not in SUFFIX_OF_BITRATE:
        return TOKEN_FAILURE
    return {"auth_url": signed_link(song, bitrate, call.addresses), "type": "mp4", "status": "success"}


def autocomplete(call: Call) -> object:
    """`autocomplete.get`: short rows without the media field."""
    query = call.text("query")
    hits = Found(found(query), finding.playlists(query), finding.artists(query))
    return suggestions(hits, call.addresses, call.is_v4)
