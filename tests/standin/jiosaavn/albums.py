"""An album as the service shows it: with its songs, as a row, or empty where a token or an id leads nowhere."""

from collections.abc import Sequence

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.rows import Row, album_link, image, row, text
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.song import Album, Song


def _head(tracks: Sequence[Song], addresses: Addresses) -> Row:
    first = tracks[0]
    return {
        "image": image(first, addresses),
        "perma_url": album_link(first, addresses),
        "year": str(first.album.year),
        "language": first.album.language,
    }


def _artist(name: str, role: str) -> Row:
    return {"id": ids.artist_id(name), "name": text(name), "role": role, "image": "", "type": "artist", "perma_url": ""}


def album_row(album: Album, addresses: Addresses) -> Row:
    """The album among search results; its `list_count` is "0" there, and its `song_count` is not."""
    tracks = ids.tracks_of_album()[ids.album_id(album)]
    people = [_artist(album.artist, "primary_artists")]
    return {
        "id": ids.album_id(album),
        "title": text(album.title),
        "subtitle": text(album.artist),
        "header_desc": "",
        "type": "album",
        "play_count": "",
        "explicit_content": "0",
        "list_count": "0",
        "list_type": "",
        "list": "",
        "more_info": {
            "music": text(album.artist),
            "song_count": str(len(tracks)),
            "artistMap": {"primary_artists": people, "featured_artists": [], "artists": people},
        },
        "button_tooltip_info": [],
        **_head(tracks, addresses),
    }


def album_trend(album: Album, addresses: Addresses) -> Row:
    """The album among what trends: it has no year, nobody is its primary artist, and its link leads inside."""
    people = {"primary_artists": [], "featured_artists": [], "artists": [_artist(album.artist, "")]}
    count = str(len(ids.tracks_of_album()[ids.album_id(album)]))
    path = f"s/album/{album.language}/{ids.slug(album.title)}-{album.year}/{ids.album_token(album)}"
    return {
        **album_row(album, addresses),
        "subtitle": "",
        "year": "",
        "perma_url": f"https://internal-site.jiosaavn.com/{path}",
        "more_info": {"release_date": f"{album.year}-06-01", "song_count": count, "artistMap": people},
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
        "more_info": {
            "artistMap": {"primary_artists": [_artist(album.artist, "")] if album else [], "featured_artists": []},
            "song_count": str(len(tracks)),
            "copyright_text": "",
            "is_dolby_content": False,
        },
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
