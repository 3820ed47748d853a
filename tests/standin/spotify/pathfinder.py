"""Pathfinder: queries that are known by their hash, with the operations that describe music."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.standin.messages import Answer, Request, json_answer
from tests.standin.search import found, words
from tests.standin.song import Song
from tests.standin.spotify import ids, rows
from tests.standin.spotify.playlists import BY_ID, PLAYLISTS
from tests.standin.spotify.rows import Row

MOST_COUNTED = 1000
HASHES: Mapping[str, str] = {
    "getTrack": "612585ae06ba435ad26369870deaae23b5c8800a256cd8a57e08eddc25a37294",
    "getAlbum": "b9bfabef66ed756e5e13f68a942deb60bd4125ec1f1be8cc42769dc0259b4b10",
    "fetchPlaylist": "bb67e0af06e8d6f52b531f97468ee4acd44cd0f82b988e15c2ea47b1148efc77",
    "searchDesktop": "fcad5a3e0d5af727fb76966f06971c19cfa2275e6ff7671196753e008611873c",
    "queryArtistOverview": "ae0e2958a4ab645b35ca19ac04d0495ae12d9c5d7b7286217674801a9aab281a",
}
"""The one hash of each operation that the stand-in knows; of those with several, not the one that is asked first."""

Variables = Mapping[str, Any]


def asked(request: Request) -> tuple[str, Variables, str]:
    """Operation, variables and hash of a request; empty where they cannot be read."""
    try:
        variables = json.loads(request.parameters.get("variables", ""))
        extensions = json.loads(request.parameters.get("extensions", ""))
        hash_ = extensions["persistedQuery"]["sha256Hash"]
    except (ValueError, KeyError, TypeError):
        return "", {}, ""
    return request.parameters.get("operationName", ""), variables, hash_


def answer(request: Request, hashes: Mapping[str, str], origin: str) -> Answer:
    """The answer to a query; a hash that is not known is told with status 200, as GraphQL servers do."""
    operation, variables, hash_ = asked(request)
    if not operation:
        return json_answer({"errors": [{"message": "Must provide query string."}]}, 400)
    if hashes.get(operation) != hash_ or operation not in _OPERATIONS:
        return json_answer({"errors": [{"message": "PersistedQueryNotFound"}]})
    return json_answer({"data": _OPERATIONS[operation](variables, origin)})


def zero(request: Request) -> Answer:
    """The answer with nothing in it."""
    names = {"getTrack": "trackUnion", "getAlbum": "albumUnion", "fetchPlaylist": "playlistV2"}
    operation, _, _ = asked(request)
    if operation != "searchDesktop":
        return json_answer({"data": {names.get(operation, "artistUnion"): None}})
    sections = ("tracksV2", "albumsV2", "artists", "playlists")
    return json_answer({"data": {"searchV2": {name: {"items": [], "totalCount": 0} for name in sections}}})


def _part(variables: Variables) -> tuple[int, int]:
    offset, limit = variables.get("offset", 0), variables.get("limit", 10)
    return (offset, limit) if isinstance(offset, int) and isinstance(limit, int) else (0, 10)


def _native(variables: Variables) -> str:
    return str(variables.get("uri", "")).rpartition(":")[2]


def _section(made: Sequence[Row], variables: Variables) -> Row:
    offset, limit = _part(variables)
    return {"items": list(made[offset : offset + limit]), "totalCount": min(len(made), MOST_COUNTED)}


def _search(variables: Variables, origin: str) -> Row:
    query = str(variables.get("searchTerm", ""))
    songs = [song for song in found(query) if not ids.is_missing(song)]
    wanted = set(words(query))
    albums = list(dict.fromkeys(song.album for song in songs))
    names = [name for name, _ in dict(ids.top_of_artist()).values() if wanted & set(words(name))]
    playlists = [playlist for playlist in PLAYLISTS if wanted & set(words(playlist.title))]
    tracks: list[Row] = [
        {"item": {"__typename": "TrackResponseWrapper", "data": rows.track(song, origin)}, "matchedFields": []}
        for song in songs
    ]
    sections: Row = {
        "tracksV2": _section(tracks, variables),
        "albumsV2": _section([_wrapped("Album", rows.album(album, origin)) for album in albums], variables),
        "artists": _section(
            [_wrapped("Artist", rows.artist(name, origin)) for name in dict.fromkeys(names)], variables
        ),
        "playlists": _section([_wrapped("Playlist", rows.playlist(one, origin)) for one in playlists], variables),
    }
    return {"searchV2": sections}


def _wrapped(typename: str, data: Row) -> Row:
    return {"__typename": f"{typename}ResponseWrapper", "data": data}


def _track(variables: Variables, origin: str) -> Row:
    song = ids.song_of_track().get(_native(variables))
    if song is None:
        return {"trackUnion": None}
    row = rows.track(song, origin)
    first, *others = rows.credited(song)
    album: Row = {
        **rows.album_of_track(song.album, origin),
        "date": {"isoString": f"{song.album.year}-06-01T00:00:00Z", "precision": "DAY", "year": song.album.year},
    }
    del row["artists"]
    named = {"firstArtist": rows.artist_items((first,)), "otherArtists": rows.artist_items(tuple(others))}
    return {"trackUnion": {**row, **named, "albumOfTrack": album, "trackNumber": 1, "playcount": str(song.play_count)}}


def _album_row(song: Song, origin: str) -> Row:
    row = rows.track(song, origin)
    del row["albumOfTrack"], row["id"], row["__typename"], row["playability"]
    return {"track": row, "uid": ids.gid(ids.track_id(song))[:20]}


def _album(variables: Variables, origin: str) -> Row:
    tracks = ids.tracks_of_album().get(_native(variables))
    if not tracks:
        return {"albumUnion": {"__typename": "NotFound", "message": "There is no such album"}}
    of, (offset, limit) = tracks[0].album, _part(variables)
    items = [_album_row(song, origin) for song in tracks[offset : offset + limit]]
    date = {"isoString": f"{of.year}-06-01T00:00:00Z", "precision": "DAY"}
    listed = {"items": items, "totalCount": len(tracks)}
    return {"albumUnion": {**rows.album(of, origin), "date": date, "label": of.label, "tracksV2": listed}}


def _entry(song: Song | None, origin: str) -> Row:
    """An entry of a playlist; None is an episode."""
    if song is None:
        uri = f"spotify:episode:{ids.native_id('episode')}"
        episode = {"__typename": "Episode", "name": "Episode 7", "uri": uri}
        return {"itemV2": {"__typename": "EpisodeOrChapterResponseWrapper", "data": episode}, "uid": "0"}
    row = rows.track(song, origin)
    album = rows.album_of_track(song.album, origin)
    del album["id"], row["id"]
    row |= {"albumOfTrack": album, "trackDuration": row.pop("duration")}
    return {"itemV2": _wrapped("Track", row), "uid": ids.gid(ids.track_id(song))[:20]}


def _playlist(variables: Variables, origin: str) -> Row:
    of = BY_ID.get(_native(variables))
    if of is None:
        return {"playlistV2": {"__typename": "NotFound", "message": "There is no such playlist"}}
    offset, limit = _part(variables)
    items = [_entry(song, origin) for song in of.entries(offset, limit)]
    paging = {"limit": limit, "offset": offset}
    content: Row = {"__typename": "PlaylistItemsPage", "items": items, "pagingInfo": paging, "totalCount": of.length}
    return {"playlistV2": {**rows.playlist(of, origin), "content": content, "followers": 7}}


def _top_row(song: Song, origin: str) -> Row:
    """A song of an artist, whose album is an address and a cover without sizes."""
    row, album = rows.track(song, origin), rows.album_of_track(song.album, origin)
    sources = [{"url": url} for url, _ in rows.images(song.album.key, origin)]
    row["albumOfTrack"] = {"coverArt": {"sources": sources}, "uri": album["uri"]}
    del row["__typename"]
    return {"track": row, "uid": ids.gid(ids.track_id(song))[:20]}


def _artist(variables: Variables, origin: str) -> Row:
    name, songs = ids.top_of_artist().get(_native(variables), ("", ()))
    if not name:
        return {"artistUnion": None}
    items = [_top_row(song, origin) for song in songs]
    return {"artistUnion": {**rows.artist(name, origin), "discography": {"topTracks": {"items": items}}}}


_OPERATIONS: dict[str, Callable[[Variables, str], Row]] = {
    "searchDesktop": _search,
    "getTrack": _track,
    "getAlbum": _album,
    "fetchPlaylist": _playlist,
    "queryArtistOverview": _artist,
}
