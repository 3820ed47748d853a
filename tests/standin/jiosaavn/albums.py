"""An album as the service shows it: with its songs, or empty where a token or an id leads nowhere."""

from collections.abc import Sequence

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.rows import Row, album_link, image, row, text
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.song import Song


def _head(tracks: Sequence[Song], addresses: Addresses) -> Row:
    first = tracks[0]
    return {
        "image": image(first, addresses),
        "perma_url": album_link(first, addresses),
        "year": str(first.album.year),
        "language": first.album.language,
    }


def album_v4(tracks: Sequence[Song], addresses: Addresses) -> Row:
    """The album of `tracks`; without any, the filler that the service answers with status 200."""
    album = tracks[0].album if tracks else None
    made: Row = {
        "id": ids.album_id(album) if album else "0",
        "title": text(album.title) if album else "",
        "subtitle": text(album.artist) if album else "",
        "header_desc": "",
        "type": "album",
        "perma_url": "",
        "image": "",
        "language": "",
        "year": "",
        "play_count": "",
        "explicit_content": "0",
        "list_count": str(len(tracks)),
        "list_type": "song",
        "list": [row(song, addresses) for song in tracks],
        "more_info": {"song_count": str(len(tracks)), "copyright_text": "", "is_dolby_content": False},
    }
    return {**made, **_head(tracks, addresses)} if tracks else made


def album_v3(tracks: Sequence[Song], addresses: Addresses) -> Row:
    """The same in the older shape."""
    album = tracks[0].album if tracks else None
    made: Row = {
        "albumid": ids.album_id(album) if album else "0",
        "title": text(album.title) if album else "",
        "name": text(album.title) if album else "",
        "primary_artists": text(album.artist) if album else "",
        "primary_artists_id": ids.artist_id(album.artist) if album else "",
        "perma_url": "",
        "image": "",
        "year": "",
        "songs": [row_v3(song, addresses) for song in tracks],
    }
    return {**made, **_head(tracks, addresses)} if tracks else made
