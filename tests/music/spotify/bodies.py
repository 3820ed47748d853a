"""Invented answers in the shapes of the service: what the parser tests start from, and change."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from music.guard import Targets

CDN = Targets(("open.spotify.com", "scdn.co", "spotifycdn.com"))
TRACK, ALBUM, PLAYLIST, ARTIST = (
    "1aTrack0000000000000AB",
    "2bAlbum0000000000000AB",
    "3cList00000000000000AB",
    "4dSinger000000000000AB",
)
NBSP = "\u00a0"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def cover(size: int = 640, name: str = "height") -> dict[str, Any]:
    """An image of a list of images."""
    return {"url": f"https://i.scdn.co/image/{size:040x}", name: size}


def page(entity: Any, session: Any = None, **props: Any) -> bytes:
    """An embed page's HTML."""
    state = {"data": {"entity": entity}, "settings": {"session": session}}
    return html({"props": {"pageProps": props or {"state": state}}})


def html(data: Any) -> bytes:
    """The HTML around the data."""
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    return f"<!DOCTYPE html><html><head><title>Embed</title></head><body>{script}</body></html>".encode()


def embed_track(**changes: Any) -> dict[str, Any]:
    """The data of a track's page."""
    return {
        "artists": [{"name": "Linnet &amp; Rook", "uri": f"spotify:artist:{ARTIST}"}, {"name": "Tobin, Son of Ash"}],
        "audioPreview": {"url": "https://p.scdn.co/mp3-preview/00"},
        "duration": 213573,
        "id": TRACK,
        "isExplicit": True,
        "isPlayable": True,
        "name": "Paper Boat",
        "releaseDate": {"isoString": "1998-11-12T00:00:00Z"},
        "title": "Paper Boat",
        "type": "track",
        "uri": f"spotify:track:{TRACK}",
        "visualIdentity": {"image": [cover(300, "maxHeight"), cover(64, "maxHeight"), cover(640, "maxHeight")]},
    } | changes


def embed_row(**changes: Any) -> dict[str, Any]:
    """A row of a list's page."""
    return {
        "duration": 197949,
        "entityType": "track",
        "isExplicit": False,
        "subtitle": f"Linnet & Rook,{NBSP}Tobin, Son of Ash",
        "title": "Paper Boat",
        "uri": f"spotify:track:{TRACK}",
    } | changes


def embed_list(kind: str = "playlist", rows: int = 2, **changes: Any) -> dict[str, Any]:
    """The data of a list's page."""
    native = {"playlist": PLAYLIST, "album": ALBUM, "artist": ARTIST}[kind]
    return {
        "id": native,
        "name": "Boats of All Sizes",
        "releaseDate": None,
        "subtitle": "Juno Marchbanks",
        "trackList": [embed_row() for _ in range(rows)],
        "type": kind,
        "uri": f"spotify:{kind}:{native}",
        "visualIdentity": {"image": [cover(64, "maxHeight"), cover(640, "maxHeight")]},
    } | changes


def artists(*names: str) -> dict[str, Any]:
    """Artists as pathfinder lists them."""
    return {"items": [{"profile": {"name": name}, "uri": f"spotify:artist:{ARTIST}"} for name in names]}


def row(**changes: Any) -> dict[str, Any]:
    """A track as pathfinder's search shows it."""
    album = {"coverArt": {"sources": [cover()]}, "name": "Boats", "uri": f"spotify:album:{ALBUM}"}
    return {
        "__typename": "Track",
        "albumOfTrack": album,
        "artists": artists("Linnet & Rook"),
        "contentRating": {"label": "EXPLICIT"},
        "duration": {"totalMilliseconds": 320357},
        "id": TRACK,
        "name": "Paper Boat",
        "uri": f"spotify:track:{TRACK}",
    } | changes


def album_row(**changes: Any) -> dict[str, Any]:
    """An album as pathfinder's search shows it."""
    return {
        "__typename": "Album",
        "artists": artists("Linnet & Rook"),
        "coverArt": {"sources": [cover(64), cover(640)]},
        "date": {"year": 2013},
        "name": "Boats",
        "uri": f"spotify:album:{ALBUM}",
    } | changes


def playlist_row(**changes: Any) -> dict[str, Any]:
    """A playlist as pathfinder's search shows it."""
    return {
        "__typename": "Playlist",
        "images": {"items": [{"sources": [{"height": None, "url": "https://i.scdn.co/image/00", "width": None}]}]},
        "name": "Boats of All Sizes",
        "ownerV2": {"data": {"name": "Juno Marchbanks"}},
        "uri": f"spotify:playlist:{PLAYLIST}",
    } | changes


def artist_row(**changes: Any) -> dict[str, Any]:
    """An artist as pathfinder's search shows it."""
    return {
        "__typename": "Artist",
        "profile": {"name": "Linnet & Rook"},
        "uri": f"spotify:artist:{ARTIST}",
        "visuals": {"avatarImage": {"sources": [cover(160), cover(640), cover(320)]}},
    } | changes


def found(**sections: Any) -> dict[str, Any]:
    """Search results."""
    return {"searchV2": sections}


def web_track(**changes: Any) -> dict[str, Any]:
    """A track of the Web API."""
    return {
        "album": {"id": ALBUM, "name": "Boats", "images": [cover()], "release_date": "2013-05-17"},
        "artists": [{"id": ARTIST, "name": "Linnet & Rook", "uri": f"spotify:artist:{ARTIST}"}],
        "duration_ms": 156306,
        "explicit": False,
        "external_ids": {"isrc": "QZABC2300001"},
        "id": TRACK,
        "name": "Paper Boat",
        "uri": f"spotify:track:{TRACK}",
    } | changes
