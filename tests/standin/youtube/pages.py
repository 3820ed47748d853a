"""The pages of YouTube Music: albums, playlists by the hundred, artists."""

from collections.abc import Sequence

from tests.standin.song import Song
from tests.standin.youtube import ids, rows, shelf
from tests.standin.youtube.asked import Call, Json, read_token, token
from tests.standin.youtube.rows import Row
from tests.standin.youtube.specials import SPECIALS

_PAGE = 100
CHANNEL = ids.artist_id("Odette's Uploads")
"""A channel that is none of an artist."""


class NotThere(LookupError):
    """There is no such page: the service answers 404."""


def browse(call: Call) -> Json:
    """The page `browseId`, or what follows on a playlist. Raises `NotThere`."""
    if call.continuation:
        return _more(call)
    native = call.text("browseId")
    if native in shelf.albums():
        return _album(shelf.albums()[native], call)
    if native in shelf.artists():
        return _artist(*shelf.artists()[native], call)
    if native == CHANNEL and SPECIALS:
        return _channel(call)
    if native.removeprefix("VL") in shelf.album_lists():
        return _album_list(native.removeprefix("VL"), call)
    found = shelf.playlists().get(native.removeprefix("VL"))
    if found is None:
        raise NotThere(native)
    return _playlist(found, call)


def nowhere(call: Call) -> Json:
    """What the service sends for a page that was taken away."""
    text = {"simpleText": "The playlist does not exist."}
    return {"alerts": [{"alertRenderer": {"type": "ERROR", "text": text}}]}


def _two_columns(header: Row | None, shelf_name: str, contents: Row) -> Json:
    section: Row = {"contents": [{"musicResponsiveHeaderRenderer": header}]} if header else {}
    tab = {"tabRenderer": {"content": {"sectionListRenderer": section}}}
    second = {"sectionListRenderer": {"contents": [{shelf_name: contents}]}}
    return {"contents": {"twoColumnBrowseResultsRenderer": {"tabs": [tab], "secondaryContents": second}}}


def _album(tracks: Sequence[Song], call: Call) -> Json:
    album = tracks[0].album
    minutes = sum(song.duration for song in tracks) // 60
    play = {"playNavigationEndpoint": {"watchPlaylistEndpoint": {"playlistId": ids.album_list_id(album)}}}
    header: Row = {
        "title": rows.text(album.title),
        "subtitle": rows.text("Album", rows.DOT, str(album.year)),
        "straplineTextOne": rows.text(*rows.artist_runs((album.artist,))),
        "secondSubtitle": rows.text(f"{len(tracks)} songs", rows.DOT, f"{minutes} minutes"),
        "thumbnail": rows.pictured(album.title, call.addresses),
        "buttons": [{"musicPlayButtonRenderer": play}],
    }
    listed = [rows.track_of_album(song, number) for number, song in enumerate(tracks, 1)]
    return _two_columns(header, "musicShelfRenderer", {"contents": listed})


def _album_list(native: str, call: Call) -> Json:
    tracks = shelf.album_lists()[native]
    listed = [rows.listed(song, call.addresses) for song in tracks]
    return _two_columns(None, "musicPlaylistShelfRenderer", {"contents": listed, "targetId": native})


def _playlist(each: shelf.List, call: Call) -> Json:
    channel = {"browseEndpoint": {"browseId": ids.artist_id(each.owner)}}
    tapped = {"commandContext": {"onTap": {"innertubeCommand": channel}}}
    header: Row = {
        "title": rows.text(each.title),
        "subtitle": rows.text("Playlist", rows.DOT, "2026"),
        "facepile": {"avatarStackViewModel": {"text": {"content": each.owner}, "rendererContext": tapped}},
        "secondSubtitle": rows.text(f"{len(each.entries):,} songs", rows.DOT, "5+ hours"),
        "thumbnail": rows.pictured(each.title, call.addresses),
        "buttons": [],
    }
    contents = _entries(each, 0, call)
    return _two_columns(header, "musicPlaylistShelfRenderer", {"contents": contents} if contents else {})


def _entries(each: shelf.List, start: int, call: Call) -> list[Row]:
    """A hundred entries, and where to go on."""
    part = each.entries[start : start + _PAGE]
    made = [
        rows.listed(song, call.addresses) if song else rows.taken_away(f"Taken away {place}", call.addresses)
        for place, song in enumerate(part, start)
    ]
    if start + _PAGE < len(each.entries):
        command = {"continuationCommand": {"token": token(list=each.id, start=start + _PAGE)}}
        made.append({"continuationItemRenderer": {"continuationEndpoint": command}})
    return made


def _more(call: Call) -> Json:
    said = read_token(call.continuation)
    each = shelf.playlists().get(str(said.get("list")))
    if each is None:
        raise NotThere(call.continuation)
    items = _entries(each, int(said["start"]), call)
    return {"onResponseReceivedActions": [{"appendContinuationItemsAction": {"continuationItems": items}}]}


def _artist(name: str, tracks: Sequence[Song], call: Call) -> Json:
    heading = rows.browse("Songs", f"VL{ids.artist_list_id(name)}", "PLAYLIST")
    best = [_without_length(rows.listed(song, call.addresses)) for song in tracks[:5]]
    section: Row = {"musicShelfRenderer": {"title": rows.text(heading), "contents": best}}
    button = {"channelId": ids.artist_id(name), "subscribed": False}
    header: Row = {
        "title": rows.text(name),
        "thumbnail": rows.pictured(name, call.addresses),
        "subscriptionButton": {"subscribeButtonRenderer": button},
    }
    content = {"sectionListRenderer": {"contents": [section]}}
    columns = {"singleColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": {"content": content}}]}}
    return {"contents": columns, "header": {"musicImmersiveHeaderRenderer": header}}


def _without_length(row: Row) -> Row:
    """An artist's page does not say how long the songs are."""
    inner = row["musicResponsiveListItemRenderer"]
    assert isinstance(inner, dict)
    return {"musicResponsiveListItemRenderer": {name: value for name, value in inner.items() if name != "fixedColumns"}}


def _channel(call: Call) -> Json:
    header = {"musicVisualHeaderRenderer": {"title": rows.text("Odette's Uploads")}}
    content: Row = {"sectionListRenderer": {"contents": []}}
    columns = {"singleColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": {"content": content}}]}}
    return {"contents": columns, "header": header}
