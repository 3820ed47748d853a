"""The official Web API as an app in development mode finds it, and the token service."""

import base64
import re
from collections.abc import Callable, Sequence

from tests.standin.messages import Answer, Request, json_answer
from tests.standin.search import found
from tests.standin.song import Album, Song
from tests.standin.spotify import ids, rows
from tests.standin.spotify.playlists import BY_ID, Playlist
from tests.standin.spotify.rows import Row

CLIENT_ID, CLIENT_SECRET = "standin-app", "standin-app-secret"
MOST_FOUND = 10
PATH = re.compile(r"^/v1/(?:search|tracks/(?P<track>\w+)|albums/(?P<album>\w+)/tracks|playlists/(?P<list>\w+)/items)$")


def has_credentials(request: Request) -> bool:
    """Whether a request for a token holds the credentials of the stand-in's app."""
    wanted = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    form = request.parameters.get("grant_type") == "client_credentials"
    return form and request.headers.get("authorization") == f"Basic {wanted}"


def token_answer(token: str, is_known: bool) -> Answer:
    """The answer of the token service."""
    if not is_known:
        return json_answer({"error": "invalid_client", "error_description": "Invalid client"}, 400)
    return json_answer({"access_token": token, "token_type": "Bearer", "expires_in": 3600})


def error(status: int, message: str) -> Answer:
    """An error as the Web API words it."""
    return json_answer({"error": {"status": status, "message": message}}, status)


def answer(request: Request, origin: str) -> Answer:
    """The answer of the Web API."""
    asked = PATH.match(request.path)
    if asked is None:
        return error(404, "Service not found")
    offset, limit = _number(request, "offset", 0), _number(request, "limit", 20)
    if asked["track"]:
        song = ids.song_of_track().get(asked["track"])
        return json_answer(_track(song, origin)) if song else error(404, "Resource not found")
    if asked["album"]:
        tracks = ids.tracks_of_album().get(asked["album"], ())
        made = [_simple_track(song) for song in tracks[offset : offset + limit]]
        return json_answer(_paged(made, len(tracks), offset, limit)) if tracks else error(404, "Resource not found")
    if asked["list"]:
        return _items(BY_ID.get(asked["list"]), offset, limit, origin)
    return error(400, "Invalid limit") if limit > MOST_FOUND else _search(request, offset, limit, origin)


def zero(request: Request) -> Answer:
    """The answer with nothing in it."""
    kind = request.parameters.get("type", "track")
    empty = _paged([], 0, 0, 10)
    return json_answer({f"{kind}s": empty} if request.path == "/v1/search" else empty)


def _number(request: Request, name: str, default: int) -> int:
    value = request.parameters.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else default


def _paged(made: Sequence[Row | None], total: int, offset: int, limit: int) -> Row:
    goes_on = offset + limit < total
    return {
        "items": list(made),
        "limit": limit,
        "next": f"https://api.spotify.com/v1/next?offset={offset + limit}" if goes_on else None,
        "offset": offset,
        "previous": None,
        "total": total,
    }


def _items(playlist: Playlist | None, offset: int, limit: int, origin: str) -> Answer:
    if playlist is None:
        return error(404, "Resource not found")
    made: list[Row | None] = [
        {"added_at": "2026-01-01T00:00:00Z", "is_local": song is None, "item": _track(song, origin) if song else None}
        for song in playlist.entries(offset, limit)
    ]
    return json_answer(_paged(made, playlist.length, offset, limit))


def _search(request: Request, offset: int, limit: int, origin: str) -> Answer:
    songs = [song for song in found(request.parameters.get("q", "")) if not ids.is_missing(song)]
    makers: dict[str, Callable[[], list[Row]]] = {
        "track": lambda: [_track(song, origin) for song in songs],
        "album": lambda: [_album(album, origin) for album in dict.fromkeys(song.album for song in songs)],
        "artist": lambda: [_artist(name, origin) for name in dict.fromkeys(song.artists[0] for song in songs)],
        "playlist": list,
    }
    kind = request.parameters.get("type", "")
    if kind not in makers:
        return error(400, "Bad search type field")
    made = makers[kind]()
    return json_answer({f"{kind}s": _paged(made[offset : offset + limit], len(made), offset, limit)})


def _images(key: str, origin: str) -> list[Row]:
    largest_first = sorted(rows.images(key, origin), key=lambda image: -image[1])
    return [{"height": size, "url": url, "width": size} for url, size in largest_first]


def _named(kind: str, native: str, name: str) -> Row:
    return {"id": native, "name": name, "type": kind, "uri": f"spotify:{kind}:{native}"}


def _artists(names: Sequence[str]) -> list[Row]:
    return [_named("artist", ids.artist_id(name), name) for name in names]


def _artist(name: str, origin: str) -> Row:
    return {**_named("artist", ids.artist_id(name), name), "images": _images(name, origin)}


def _album(album: Album, origin: str) -> Row:
    return {
        **_named("album", ids.album_id(album), album.title),
        "artists": _artists([album.artist]),
        "images": _images(album.key, origin),
        "release_date": f"{album.year}-06-01",
        "release_date_precision": "day",
        "total_tracks": len(ids.tracks_of_album().get(ids.album_id(album), ())),
    }


def _simple_track(song: Song) -> Row:
    return {
        **_named("track", ids.track_id(song), rows.title(song)),
        "artists": _artists(rows.credited(song)),
        "duration_ms": rows.milliseconds(song),
        "explicit": song.explicit,
        "is_local": False,
    }


def _track(song: Song, origin: str) -> Row:
    codes = {"isrc": ids.isrc(song)}
    return {**_simple_track(song), "album": _album(song.album, origin), "external_ids": codes, "preview_url": None}
