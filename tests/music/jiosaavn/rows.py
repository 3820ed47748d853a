"""Invented rows in the service's two shapes, and what hypothesis makes of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from music.guard import Targets

CDN = Targets(("saavncdn.com",))
FIELD = "QUJD" * 24
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def v4(**changes: Any) -> dict[str, Any]:
    """A song row of the v4 shape."""
    more = {
        "album_id": "4711",
        "album": "Harbour &amp; Lights",
        "duration": "202",
        "encrypted_media_url": FIELD,
        "artistMap": {
            "primary_artists": [{"id": "7", "name": "Orla Fenwright", "role": "primary_artists"}],
            "featured_artists": [],
            "artists": [{"id": "8", "name": "Tobin Ashcombe", "role": "singer"}],
        },
    }
    row = {
        "id": "aB3_-xYz",
        "title": "Paper &quot;Boat&quot;",
        "type": "song",
        "perma_url": "https://www.jiosaavn.com/song/paper-boat/Mg0,cxdSYX_",
        "image": "https://c.saavncdn.com/248/Harbour-150x150.jpg",
        "language": "English",
        "year": "2018",
        "explicit_content": "1",
    }
    return row | {"more_info": more | changes.pop("more_info", {})} | changes


def v3(**changes: Any) -> dict[str, Any]:
    """The same song in the v3 shape."""
    return {
        "id": "aB3_-xYz",
        "song": "Paper &quot;Boat&quot;",
        "album": "Harbour &amp; Lights",
        "albumid": "4711",
        "primary_artists": "Orla Fenwright",
        "primary_artists_id": "7",
        "singers": "Orla Fenwright",
        "artistMap": {"Orla Fenwright": "7", "Some Composer": "9"},
        "duration": "202",
        "year": "2018",
        "language": "english",
        "explicit_content": 1,
        "perma_url": "https://www.jiosaavn.com/song/paper-boat/Mg0,cxdSYX_",
        "image": "http://c.saavncdn.com/248/Harbour-150x150.jpg",
        "encrypted_media_url": FIELD,
        "disabled": "true",
    } | changes


def album(**changes: Any) -> dict[str, Any]:
    """A detailed album of three songs, v4."""
    people = [{"id": "7", "name": "Orla &amp; the Fenwrights", "role": ""}]
    return {
        "id": "40404001",
        "title": "Harbour &quot;Lights&quot;",
        "subtitle": "Orla, Tobin",
        "type": "album",
        "perma_url": "https://www.jiosaavn.com/album/harbour-lights/Lnt,z3_",
        "image": "https://c.saavncdn.com/194/Harbour-150x150.jpg?bch=49",
        "language": "English",
        "year": "2018",
        "explicit_content": "0",
        "list_count": "3",
        "list": [v4(id=f"song{number}") for number in range(3)],
        "more_info": {"song_count": "3", "artistMap": {"primary_artists": people, "artists": people}},
    } | changes


def playlist(**changes: Any) -> dict[str, Any]:
    """The first two songs of a playlist of 500, v4."""
    return {
        "id": "505050505",
        "title": "Low &amp; Tide",
        "type": "playlist",
        "perma_url": "https://www.jiosaavn.com/featured/low-tide/Tide,x9_",
        "image": "https://c.saavncdn.com/editorial/LowTide_20251211_150x150.jpg",
        "list_count": "500",
        "list": [v4(id="song0"), v4(id="song1")],
        "more_info": {"firstname": "Odette", "lastname": "Farraway", "contents": "song0,song1"},
    } | changes


def artist(**changes: Any) -> dict[str, Any]:
    """An artist with two top songs, v4."""
    return {
        "artistId": "606060",
        "name": "Orla &amp; Co.",
        "type": "artist",
        "image": "https://c.saavncdn.com/artists/Orla_004_150x150.jpg",
        "topSongs": [v4(id="song0"), v4(id="song1")],
        "urls": {"overview": "https://www.jiosaavn.com/artist/orla/Orla,3f_"},
    } | changes
