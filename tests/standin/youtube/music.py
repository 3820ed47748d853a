"""The calls of music.youtube.com: search, what plays next, and pages."""

from collections.abc import Callable, Sequence

from tests.standin.song import Song
from tests.standin.youtube import pages, rows, shelf
from tests.standin.youtube.asked import Call, Json, read_token, token
from tests.standin.youtube.rows import Row
from tests.standin.youtube.specials import OUTSIDE_MUSIC, SPECIALS, UNSEARCHED

_PAGE = 20
_FILTERS = {"EgWKAQII": "songs", "EgWKAQIQ": "videos", "EgWKAQIY": "albums", "EgWKAQIg": "artists"}
_PLAYLISTS = "Eg-KAQwIABAAGAAgACgB"
_TITLES = {
    "songs": "Songs",
    "videos": "Videos",
    "albums": "Albums",
    "artists": "Artists",
    "playlists": "Community playlists",
}


def _songs(query: str, call: Call) -> list[Row]:
    return [rows.song_found(song, call.addresses) for song in shelf.matching(query)]


def _videos(query: str, call: Call) -> list[Row]:
    wanted = {word.lower() for word in query.split()}
    found = [video for video in SPECIALS.values() if wanted & {word.lower() for word in video.title.split()}]
    shown = [video for video in found if video is not UNSEARCHED and video.seconds]
    return [rows.video_found(each.id, each.title, each.author, each.seconds, call.addresses) for each in shown]


def _albums(query: str, call: Call) -> list[Row]:
    found = {song.album: song for song in shelf.matching(query)}
    return [rows.album_found(album, song.explicit, call.addresses) for album, song in found.items()]


def _artists(query: str, call: Call) -> list[Row]:
    names = dict.fromkeys(name for song in shelf.matching(query) for name in song.artists)
    return [rows.artist_found(name, call.addresses) for name in names]


def _playlists(query: str, call: Call) -> list[Row]:
    wanted = query.lower()
    found = [each for each in shelf.playlists().values() if wanted in each.title.lower()]
    return [rows.playlist_found(each, call.addresses) for each in found]


_SEARCHES: dict[str, Callable[[str, Call], list[Row]]] = {
    "songs": _songs,
    "videos": _videos,
    "albums": _albums,
    "artists": _artists,
    "playlists": _playlists,
}


def filter_of(params: str) -> str:
    """The filter that the parameter of a search stands for; songs where it is not known."""
    if params.startswith(_PLAYLISTS):
        return "playlists"
    return next((name for start, name in _FILTERS.items() if params.startswith(start)), "songs")


def search(call: Call) -> Json:
    """Twenty results, and a token for the next; a filter is always asked for."""
    if call.continuation:
        said = read_token(call.continuation)
        kind, query, start = str(said["kind"]), str(said["query"]), int(said["start"])
    else:
        kind, query, start = filter_of(call.text("params")), call.text("query"), 0
    found = _SEARCHES[kind](query, call)
    shelf_row: Row = {"contents": found[start : start + _PAGE]}
    if start + _PAGE < len(found):
        following = token(kind=kind, query=query, start=start + _PAGE)
        shelf_row["continuations"] = [{"nextContinuationData": {"continuation": following}}]
    if call.continuation:
        return {"continuationContents": {"musicShelfContinuation": shelf_row}}
    return _results(shelf_row | {"title": rows.text(_TITLES[kind])} if found else None)


def _results(shelf_row: Row | None) -> Json:
    message = {"messageRenderer": {"text": rows.text("No results found")}}
    section: Row = {"itemSectionRenderer": {"contents": [message]}}
    content = {"sectionListRenderer": {"contents": [{"musicShelfRenderer": shelf_row} if shelf_row else section]}}
    return {"contents": {"tabbedSearchResultsRenderer": {"tabs": [{"tabRenderer": {"content": content}}]}}}


def no_results(_call: Call) -> Json:
    """A search that has found nothing."""
    return _results(None)


def watch_next(call: Call) -> Json:
    """What plays with a video: itself, and then the radio."""
    video = call.text("videoId")
    song, special = shelf.song_of_id().get(video), SPECIALS.get(video)
    if song:
        queue: Sequence[Song] = (song, *shelf.like(song))
        return _queue([rows.next_up(each, call.addresses) for each in queue])
    if special and special not in OUTSIDE_MUSIC:
        said = special.id, special.title, special.author, special.seconds
        return _queue([rows.video_next_up(*said, call.addresses)])
    return _queue([rows.unplayable(video)])


def no_queue(_call: Call) -> Json:
    """Nothing that plays."""
    return _queue([])


def _queue(contents: list[Row]) -> Json:
    panel = {"musicQueueRenderer": {"content": {"playlistPanelRenderer": {"contents": contents}}}}
    tabs = {"tabs": [{"tabRenderer": {"title": "Up next", "content": panel}}]}
    tabbed = {"tabbedRenderer": {"watchNextTabbedResultsRenderer": tabs}}
    return {"contents": {"singleColumnMusicWatchNextResultsRenderer": tabbed}}


CALLS: dict[str, Callable[[Call], Json]] = {"search": search, "next": watch_next, "browse": pages.browse}
EMPTY: dict[str, Callable[[Call], Json]] = {"search": no_results, "next": no_queue, "browse": pages.nowhere}
