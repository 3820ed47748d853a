"""An artist as the service shows it: with a page of the top songs, as a row of a search, or empty."""

from collections.abc import Sequence

from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import Addresses
from tests.standin.jiosaavn.rows import Row, row, text
from tests.standin.jiosaavn.rows_v3 import row_v3
from tests.standin.song import Song

_NOTHING = ("dedicated_artist_playlist", "featured_artist_playlist", "singles", "latest_release", "similarArtists")


def _image(name: str, addresses: Addresses, size: int) -> str:
    return f"{addresses.images}/artists/{ids.slug(name).replace('-', '_')}_{ids.artist_id(name)}_{size}x{size}.jpg"


def _link(name: str, addresses: Addresses, page: str = "") -> str:
    return f"{addresses.pages}/artist/{ids.slug(name)}{page}/{ids.artist_token(name)}"


def artist_row(name: str, addresses: Addresses) -> Row:
    """The artist among search results."""
    return {
        "name": text(name),
        "id": ids.artist_id(name),
        "ctr": 100,
        "entity": 1,
        "image": _image(name, addresses, 50),
        "role": "Artist",
        "perma_url": _link(name, addresses, "-songs"),
        "type": "artist",
        "mini_obj": True,
        "isRadioPresent": True,
        "is_followed": False,
    }


def artist_v4(name: str, part: Sequence[Song], addresses: Addresses) -> Row:
    """The artist with those of the top songs that are on a page; it does not say how many there are."""
    pages = ("albums", "bio", "comments", "songs")
    return {
        "artistId": ids.artist_id(name) if name else "",
        "name": text(name),
        "subtitle": "Artist" if name else "",
        "image": _image(name, addresses, 150) if name else "",
        "follower_count": "1200" if name else "0",
        "type": "artist",
        "isVerified": bool(name),
        "dominantLanguage": part[0].language if part else "",
        "dominantType": "singer",
        "topSongs": [row(song, addresses) for song in part],
        "topAlbums": [],
        **{group: [] for group in _NOTHING},
        "isRadioPresent": bool(name),
        "bio": "",
        "urls": {
            **{page: _link(name, addresses, f"-{page}") if name else "" for page in pages},
            "overview": _link(name, addresses) if name else "",
        },
        "availableLanguages": [],
        "fan_count": "1200" if name else "0",
        "modules": {},
        "is_followed": False,
    }


def artist_v3(name: str, part: Sequence[Song], total: int, addresses: Addresses) -> Row:
    """The same in the older shape, which counts the songs."""
    return {
        "artistId": ids.artist_id(name) if name else "",
        "name": text(name),
        "image": _image(name, addresses, 150) if name else "",
        "topSongs": {"songs": [row_v3(song, addresses) for song in part], "total": total},
    }
