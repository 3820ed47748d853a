"""The embed pages: HTML with the item's data, and a token for anonymous visitors, in a script element."""

from collections.abc import Callable, Sequence

from tests.standin.messages import Answer, json_bytes, text_answer
from tests.standin.song import Song
from tests.standin.spotify import ids
from tests.standin.spotify.playlists import BY_ID
from tests.standin.spotify.rows import Row, credited, images, milliseconds, title

MOST_ROWS = 50
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>Stand-in</title></head><body><div id="__next">'
    '</div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'
)


def entity(kind: str, native: str, origin: str) -> Row | None:
    """The data of an item; None where there is no such item."""
    makers: dict[str, Callable[[str, str], Row | None]] = {
        "track": _track,
        "album": _album,
        "playlist": _playlist,
        "artist": _artist,
    }
    return makers[kind](native, origin) if kind in makers else None


def page(found: Row | None, token: str, ends: int) -> Answer:
    """The page of the data; without any, the page that the service shows with status 200 for what is not there."""
    config: Row = {"clientId": "stand-in", "correlationId": "stand-in", "locale": "en"}
    if found is None:
        return wrapped({"props": {"pageProps": {"config": config, "status": 404}, "__N_SSP": True}})
    session = {"accessToken": token, "accessTokenExpirationTimestampMs": ends, "isAnonymous": True}
    data = {"defaultAudioFileObject": {"passthrough": "NONE"}, "embeded_entity_uri": found["uri"], "entity": found}
    state = {"data": data, "settings": {"entityContext": found["type"], "session": session}}
    return wrapped({"props": {"pageProps": {"config": config, "state": state}, "__N_SSP": True}})


def wrapped(data: object) -> Answer:
    """A page around the data, whose angle brackets are escaped as the service's framework does."""
    text = json_bytes(data).decode().replace("<", "\\u003c")
    return text_answer(200, _PAGE.replace("{data}", text), "text/html; charset=utf-8")


def _identity(key: str, origin: str) -> Row:
    return {"image": [{"maxHeight": size, "maxWidth": size, "url": url} for url, size in images(key, origin)]}


def _common(kind: str, native: str, name: str, key: str, origin: str) -> Row:
    return {
        "duration": 0,
        "hasVideo": False,
        "id": native,
        "isExplicit": False,
        "isPlayable": True,
        "name": name,
        "playabilityReason": "PLAYABLE",
        "releaseDate": None,
        "title": name,
        "type": kind,
        "uri": f"spotify:{kind}:{native}",
        "visualIdentity": _identity(key, origin),
    }


def _track(native: str, origin: str) -> Row | None:
    song = ids.song_of_track().get(native)
    if song is None:
        return None
    return {
        **_common("track", ids.track_id(song), title(song), song.album.key, origin),
        "artists": [{"name": name, "uri": f"spotify:artist:{ids.artist_id(name)}"} for name in credited(song)],
        "audioPreview": {"url": f"https://p.scdn.co/mp3-preview/{ids.gid(ids.track_id(song))}"},
        "duration": milliseconds(song),
        "isExplicit": song.explicit,
        "releaseDate": {"isoString": f"{song.album.year}-06-01T00:00:00Z"},
    }


def _row(song: Song | None) -> Row:
    """A row of a list; None is an episode."""
    native = ids.track_id(song) if song else ids.native_id("episode")
    kind = "track" if song else "episode"
    return {
        "audioPreview": {"format": "MP3_96", "url": f"https://p.scdn.co/mp3-preview/{ids.gid(native)}"},
        "duration": milliseconds(song) if song else 3_600_000,
        "entityType": kind,
        "isExplicit": bool(song and song.explicit),
        "isPlayable": True,
        "playabilityReason": "PLAYABLE",
        "subtitle": ",\u00a0".join(credited(song)) if song else "A Podcast about Kettles",
        "title": title(song) if song else "Episode 7",
        "uid": ids.gid(native)[:20],
        "uri": f"spotify:{kind}:{native}",
    }


def _rows(songs: Sequence[Song | None]) -> list[Row]:
    return [_row(song) for song in songs[:MOST_ROWS]]


def _album(native: str, origin: str) -> Row | None:
    tracks = ids.tracks_of_album().get(native)
    if not tracks:
        return None
    album = tracks[0].album
    made = _common("album", native, album.title, album.key, origin)
    return {**made, "subtitle": album.artist, "trackList": _rows(tracks)}


def _playlist(native: str, origin: str) -> Row | None:
    playlist = BY_ID.get(native)
    if playlist is None:
        return None
    made = _common("playlist", native, playlist.title, playlist.title, origin)
    return {**made, "authors": None, "subtitle": playlist.owner, "trackList": _rows(playlist.entries(0, MOST_ROWS))}


def _artist(native: str, origin: str) -> Row | None:
    name, songs = ids.top_of_artist().get(native, ("", ()))
    if not name:
        return None
    made = _common("artist", ids.artist_id(name), name, name, origin)
    return {**made, "subtitle": "Top tracks", "trackList": _rows(songs)}
