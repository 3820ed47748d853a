"""The calls for albums, playlists and artists, by id and by the token of a link, and the searches for them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.standin.jiosaavn import found as finding
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.albums import album_row, album_v3, album_v4
from tests.standin.jiosaavn.artists import artist_row, artist_v3, artist_v4
from tests.standin.jiosaavn.call import Call, error, missing
from tests.standin.jiosaavn.playlists import BY_ID, BY_TOKEN, Playlist, playlist_row, playlist_v3, playlist_v4
from tests.standin.jiosaavn.rows import Row
from tests.standin.song import Song

Thing = TypeVar("Thing")


def filler(call: Call) -> Row:
    """The empty card that the service answers, with status 200, where nothing is."""
    return album_of(call, ())


def album_of(call: Call, tracks: Sequence[Song]) -> Row:
    """The album of these songs."""
    return (album_v4 if call.is_v4 else album_v3)(tracks, call.addresses)


def album(call: Call) -> object:
    """`content.getAlbumDetails`: `albumid`; all its songs come at once."""
    if not call.text("albumid"):
        return missing("albumid")
    return album_of(call, ids.tracks_of_album().get(call.text("albumid"), ()))


def playlist(call: Call) -> object:
    """`playlist.getDetails`: `listid`, page `p` from 1, page size `n`."""
    if not call.text("listid"):
        return missing("listid")
    return _playlist(call, BY_ID.get(call.text("listid")))


def artist(call: Call) -> object:
    """`artist.getArtistPageDetails`: `artistId`, `page` from 0, page size `n_song`."""
    if not call.text("artistId"):
        return missing("artistId")
    return _artist(call, call.text("artistId"), ids.artist_id, call.number("page", 0))


def by_token(call: Call) -> object:
    """`webapi.get`: `token` and `type`; a token of another kind, and one of no kind, answers the filler."""
    if not call.text("token"):
        return missing("token")
    kinds: dict[str, Callable[[Call, str], object]] = {
        "song": _song_of_token,
        "album": lambda call, token: album_of(call, ids.tracks_of_album_token().get(token, ())),
        "playlist": lambda call, token: _playlist(call, BY_TOKEN.get(token)),
        "artist": lambda call, token: _artist(call, token, ids.artist_token, call.number("p", 0)),
    }
    kind = kinds.get(call.text("type"))
    return kind(call, call.text("token")) if kind else filler(call)


def search_albums(call: Call) -> object:
    """`search.getAlbumResults`: `q`, page `p` from 1, page size `n`."""
    return _results(call, finding.albums(call.text("q")), lambda album: album_row(album, call.addresses))


def search_playlists(call: Call) -> object:
    """`search.getPlaylistResults`: `q`, page `p` from 1, page size `n`."""
    return _results(call, finding.playlists(call.text("q")), lambda playlist: playlist_row(playlist, call.addresses))


def search_artists(call: Call) -> object:
    """`search.getArtistResults`: `q`, page `p` from 1, page size `n`."""
    return _results(call, finding.artists(call.text("q")), lambda name: artist_row(name, call.addresses))


def _results(call: Call, hits: Sequence[Thing], row_of: Callable[[Thing], Row]) -> object:
    if "q" not in call.parameters:
        return missing("q")
    page = call.number("p", 1)
    part = call.part(hits, page, call.number("n", 10))
    return {"total": len(hits), "start": page, "results": [row_of(hit) for hit in part]}


def _song_of_token(call: Call, token: str) -> object:
    song = ids.song_of_token().get(token)
    if song is None:
        return filler(call)
    return {"songs": [call.row(song)]} if call.is_v4 else {ids.pid(song): call.row(song)}


def _playlist(call: Call, found: Playlist | None) -> object:
    if found is None:
        return filler(call)
    if found.is_private:
        return error("INPUT_INVALID", "The playlist is private")
    part = call.part(found.songs, call.number("p", 1), call.number("n", 50))
    return (playlist_v4 if call.is_v4 else playlist_v3)(found, part, call.addresses)


def _artist(call: Call, wanted: str, id_of: Callable[[str], str], page: int) -> object:
    parts = finding.songs_of_artist()
    name = next((name for name in parts if id_of(name) == wanted), "")
    songs = parts.get(name, ())
    part = call.part(songs, page + 1, call.number("n_song", 10))
    if call.is_v4:
        return artist_v4(name, part, call.addresses)
    return artist_v3(name, part, len(songs), call.addresses)
