"""The calls of `api.php`."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from tests.standin.jiosaavn import lists, radio, songs
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.artists import artist_v3, artist_v4
from tests.standin.jiosaavn.call import Call, error, missing
from tests.standin.jiosaavn.suggestions import Found, suggestions
from tests.standin.messages import json_bytes

CALLS: dict[str, Callable[[Call], object]] = {
    "search.getResults": songs.search,
    "search.getAlbumResults": lists.search_albums,
    "search.getPlaylistResults": lists.search_playlists,
    "search.getArtistResults": lists.search_artists,
    "song.getDetails": songs.details,
    "song.generateAuthToken": songs.token,
    "autocomplete.get": songs.autocomplete,
    "content.getAlbumDetails": lists.album,
    "playlist.getDetails": lists.playlist,
    "artist.getArtistPageDetails": lists.artist,
    "webapi.get": lists.by_token,
    "reco.getreco": radio.recommendations,
    "webradio.createEntityStation": radio.create_station,
    "webradio.getSong": radio.station_songs,
    "content.getTrending": radio.trends,
}
_CHANGING = ("song.generateAuthToken",)


def _answer(name: str, call: Call) -> bytes:
    if not name:
        return json_bytes(missing("__call"))
    made = CALLS.get(name)
    return json_bytes(made(call) if made else error("INPUT_INVALID", "Invalid method"))


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
    call = Call(parameters, addresses)
    empty: dict[str, object] = {
        "song.getDetails": {"songs": []} if call.is_v4 else [],
        "song.generateAuthToken": songs.TOKEN_FAILURE,
        "autocomplete.get": suggestions(Found(), addresses, call.is_v4),
        "content.getAlbumDetails": lists.filler(call),
        "playlist.getDetails": lists.filler(call),
        "artist.getArtistPageDetails": artist_v4("", (), addresses) if call.is_v4 else artist_v3("", (), 0, addresses),
        "webapi.get": lists.filler(call),
        "reco.getreco": [],
        "content.getTrending": [],
        "webradio.createEntityStation": {"stationid": ""},
        "webradio.getSong": {"stationid": ""},
    }
    none_found = {"total": 0, "start": call.number("p", 1), "results": []}
    return json_bytes(empty.get(parameters.get("__call", ""), none_found))
