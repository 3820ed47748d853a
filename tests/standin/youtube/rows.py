"""Rows as YouTube Music shows them: of songs, albums, artists and playlists, and of what plays next."""

import re
from collections.abc import Sequence

from tests.standin.song import Album, Song
from tests.standin.youtube import ids
from tests.standin.youtube.addresses import Addresses
from tests.standin.youtube.shelf import List

Row = dict[str, object]
DOT: Row = {"text": " • "}


def clock(seconds: int) -> str:
    """A length as the service writes it: 3:07, 1:00:00."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def count(number: int) -> str:
    """A count as the service writes it: 42M, 900K."""
    return f"{number // 1_000_000}M" if number >= 1_000_000 else f"{number // 1000}K"


def thumbnails(name: str, addresses: Addresses) -> list[Row]:
    """A cover in two sizes."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"
    return [
        {"url": f"{addresses.images}/cover-{stem}=w{size}-h{size}-l90-rj", "width": size, "height": size}
        for size in (60, 120)
    ]


def pictured(name: str, addresses: Addresses) -> Row:
    """A cover where a row or a header has it."""
    return {"musicThumbnailRenderer": {"thumbnail": {"thumbnails": thumbnails(name, addresses)}}}


def text(*runs: object) -> Row:
    """A text of runs; a plain string is a run of its own."""
    return {"runs": [{"text": run} if isinstance(run, str) else run for run in runs]}


def browse(label: str, native: str, page: str) -> Row:
    """A run that leads to a page: ARTIST, ALBUM, PLAYLIST, USER_CHANNEL."""
    configs = {"browseEndpointContextMusicConfig": {"pageType": f"MUSIC_PAGE_TYPE_{page}"}}
    endpoint = {"browseId": native, "browseEndpointContextSupportedConfigs": configs}
    return {"text": label, "navigationEndpoint": {"browseEndpoint": endpoint}}


def artist_runs(names: Sequence[str]) -> list[Row]:
    """The artists, joined as the service joins them."""
    joined: list[Row] = []
    for place, name in enumerate(names):
        joined += [{"text": " & " if place == len(names) - 1 else ", "}] if place else []
        joined.append(browse(name, ids.artist_id(name), "ARTIST"))
    return joined


def album_run(album: Album) -> Row:
    """The album's title, which leads to its page."""
    return browse(album.title, ids.album_id(album), "ALBUM")


def watch(video: str, kind: str = "ATV") -> Row:
    """What playing a video leads to."""
    config = {"watchEndpointMusicConfig": {"musicVideoType": f"MUSIC_VIDEO_TYPE_{kind}"}}
    return {"watchEndpoint": {"videoId": video, "watchEndpointMusicSupportedConfigs": config}}


def flex(*columns: Row) -> list[Row]:
    """The columns of a row."""
    return [{"musicResponsiveListItemFlexColumnRenderer": {"text": column}} for column in columns]


def _overlay(endpoint: Row) -> Row:
    button = {"musicPlayButtonRenderer": {"playNavigationEndpoint": endpoint}}
    return {"musicItemThumbnailOverlayRenderer": {"content": button}}


def _badges(explicit: bool) -> Row:
    label = {"accessibilityData": {"accessibilityData": {"label": "Explicit"}}}
    return {"badges": [{"musicInlineBadgeRenderer": label}]} if explicit else {}


def _item(row: Row) -> Row:
    return {"musicResponsiveListItemRenderer": row}


def song_found(song: Song, addresses: Addresses) -> Row:
    """A song among the results of a search."""
    video = ids.track_id(song)
    said = text(*artist_runs(song.artists), DOT, album_run(song.album), DOT, clock(song.duration))
    title = text({"text": song.title, "navigationEndpoint": watch(video)})
    row: Row = {
        "thumbnail": pictured(song.album.title, addresses),
        "overlay": _overlay(watch(video)),
        "flexColumns": flex(title, said, text(f"{count(song.play_count)} plays")),
        "playlistItemData": {"videoId": video},
    }
    return _item(row | _badges(song.explicit))


def video_found(video: str, title: str, author: str, seconds: int, addresses: Addresses) -> Row:
    """A video among the results of a search."""
    said = text(browse(author, ids.artist_id(author), "USER_CHANNEL"), DOT, "12K views", DOT, clock(seconds))
    heading = text({"text": title, "navigationEndpoint": watch(video, "UGC")})
    row: Row = {
        "thumbnail": pictured(title, addresses),
        "overlay": _overlay(watch(video, "UGC")),
        "flexColumns": flex(heading, said),
        "playlistItemData": {"videoId": video},
    }
    return _item(row)


def album_found(album: Album, explicit: bool, addresses: Addresses) -> Row:
    """An album among the results of a search."""
    said = text("Album", DOT, *artist_runs((album.artist,)), DOT, str(album.year))
    row: Row = {
        "thumbnail": pictured(album.title, addresses),
        "overlay": _overlay({"watchPlaylistEndpoint": {"playlistId": ids.album_list_id(album)}}),
        "flexColumns": flex(text(album.title), said),
        "navigationEndpoint": album_run(album)["navigationEndpoint"],
    }
    return _item(row | _badges(explicit))


def artist_found(name: str, addresses: Addresses) -> Row:
    """An artist among the results of a search."""
    row: Row = {
        "thumbnail": pictured(name, addresses),
        "flexColumns": flex(text(name), text("Artist", DOT, "1.2M monthly audience")),
        "navigationEndpoint": browse(name, ids.artist_id(name), "ARTIST")["navigationEndpoint"],
    }
    return _item(row)


def playlist_found(each: List, addresses: Addresses) -> Row:
    """A playlist among the results of a search."""
    row: Row = {
        "thumbnail": pictured(each.title, addresses),
        "flexColumns": flex(text(each.title), text(each.owner, DOT, f"{len(each.entries)} songs")),
        "navigationEndpoint": browse(each.title, f"VL{each.id}", "PLAYLIST")["navigationEndpoint"],
    }
    return _item(row)


def listed(song: Song, addresses: Addresses) -> Row:
    """A song of a playlist."""
    video = ids.track_id(song)
    title = text({"text": song.title, "navigationEndpoint": watch(video)})
    row: Row = {
        "thumbnail": pictured(song.album.title, addresses),
        "overlay": _overlay(watch(video)),
        "flexColumns": flex(title, text(*artist_runs(song.artists)), text(album_run(song.album))),
        "fixedColumns": fixed(song.duration),
        "playlistItemData": {"videoId": video},
    }
    return _item(row | _badges(song.explicit))


def taken_away(title: str, addresses: Addresses) -> Row:
    """What a playlist shows of a song that is no longer there."""
    row: Row = {
        "thumbnail": pictured(title, addresses),
        "flexColumns": flex(text(title), text("Unknown"), text("")),
        "musicItemRendererDisplayPolicy": "MUSIC_ITEM_RENDERER_DISPLAY_POLICY_GREY_OUT",
    }
    return _item(row)


def track_of_album(song: Song, number: int) -> Row:
    """A song on an album's page: no cover, and no artists where they are the album's."""
    video = ids.track_id(song)
    title = text({"text": song.title, "navigationEndpoint": watch(video)})
    artists: Row = text(*artist_runs(song.artists)) if song.artists != (song.album.artist,) else {}
    row: Row = {
        "overlay": _overlay(watch(video)),
        "index": text(str(number)),
        "flexColumns": flex(title, artists, text(f"{count(song.play_count)} plays")),
        "fixedColumns": fixed(song.duration),
        "playlistItemData": {"videoId": video},
    }
    return _item(row | _badges(song.explicit))


def fixed(seconds: int) -> list[Row]:
    """The length beside a row."""
    return [{"musicResponsiveListItemFixedColumnRenderer": {"text": text(clock(seconds))}}]


def next_up(song: Song, addresses: Addresses) -> Row:
    """A song in what plays next."""
    said = text(*artist_runs(song.artists), DOT, album_run(song.album), DOT, str(song.album.year))
    return _panel(ids.track_id(song), song.title, said, song.duration, thumbnails(song.album.title, addresses))


def video_next_up(video: str, title: str, author: str, seconds: int, addresses: Addresses) -> Row:
    """A video in what plays next; a live stream (of 0 seconds) has no length."""
    said = text(browse(author, ids.artist_id(author), "USER_CHANNEL"), DOT, "12K views")
    return _panel(video, title, said, seconds, thumbnails(title, addresses))


def _panel(video: str, title: str, said: Row, seconds: int, covers: list[Row]) -> Row:
    row: Row = {
        "videoId": video,
        "title": text(title),
        "longBylineText": said,
        "thumbnail": {"thumbnails": covers},
        "navigationEndpoint": watch(video),
        "menu": {"menuRenderer": {"items": []}},
    }
    return {"playlistPanelVideoRenderer": row | ({"lengthText": text(clock(seconds))} if seconds else {})}


def unplayable(video: str) -> Row:
    """A video in what plays next that is not played."""
    row: Row = {"videoId": video, "unplayableText": text("Video unavailable")}
    return {"playlistPanelVideoRenderer": row}
