"""The forms of the services' links, and what each names. Pure: a link is read for its ids and never opened.

A host is compared whole and a link that names a user (`https://youtube.com@…`) is refused, so that no address of
somebody else passes for one of a service. Where a form comes from the services' players of old, it is kept as long as
people still share it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import parse_qs, unquote

from music.domain import Kind

UNDERSTOOD = "Links to tracks, albums, playlists and artists of JioSaavn, Spotify and YouTube are understood."

ADDRESS = re.compile(
    r"(?:https?:/{1,2}|//)?([A-Za-z0-9.-]+)(?::(?:80|443))?(?=[/?#]|\Z)([^?#]*)(?:\?([^#]*))?", re.ASCII | re.IGNORECASE
)
SPOTIFY_URI = re.compile(r"spotify:(?://)?(?:user[:/][^:/]+[:/])?([a-z]+)[:/](.+)", re.ASCII | re.IGNORECASE)
SPOTIFY_PREFIX = re.compile(r"embed|(?:intl-)?[a-z]{2}(?:-[a-z]{2,4})?", re.ASCII | re.IGNORECASE)

# What follows an id in a link may be anything that people's keyboards and chats add, such as a bracket or a full stop.
SPOTIFY_ID = re.compile(r"[A-Za-z0-9]{22}(?![A-Za-z0-9])")
SHORT_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}(?![A-Za-z0-9_-])")
VIDEO_ID = re.compile(r"(?!videoseries|live_stream)[A-Za-z0-9_-]{11}")
YOUTUBE_LIST = re.compile(r"(MPREb_|OLAK5uy_|RDCLAK5uy_|PL|UC)[A-Za-z0-9_-]{8,54}(?![A-Za-z0-9_-])")
# Commas are part of a token, but not its last part: there they are the sentence's.
TOKEN = re.compile(r"[A-Za-z0-9_,-]{0,63}[A-Za-z0-9_-](?!,*[A-Za-z0-9_-])")

JIOSAAVN_PAGES: Mapping[str, Kind] = {
    "song": "track",
    "album": "album",
    "featured": "playlist",
    "playlist": "playlist",
    "artist": "artist",
}
JIOSAAVN_URLS: Mapping[Kind, str] = {"track": "song", "album": "album", "playlist": "featured", "artist": "artist"}
SPOTIFY_KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
YOUTUBE_LISTS: Mapping[str, tuple[Kind, str]] = {
    "MPREb_": ("album", "https://music.youtube.com/browse/"),
    "OLAK5uy_": ("album", "https://music.youtube.com/playlist?list="),
    "RDCLAK5uy_": ("playlist", "https://music.youtube.com/playlist?list="),
    "PL": ("playlist", "https://www.youtube.com/playlist?list="),
    "UC": ("artist", "https://www.youtube.com/channel/"),
}
YOUTUBE_LIST_PAGES = {"watch", "playlist", "embed"}
YOUTUBE_QUERY_PAGES = {"", "watch", "watch_popup", "playlist"}
YOUTUBE_VIDEO_PAGES = {"shorts", "live", "embed", "v", "e", "watch"}


class UnsupportedLink(ValueError):
    """A link, but of no service that we know, or to nothing that we can play; the message says which links we read."""

    def __init__(self, why: str = "This is no link of a music service that is known here.") -> None:
        super().__init__(f"{why} {UNDERSTOOD}")


@dataclass(frozen=True)
class Link:
    """What a link names.

    `native` is the service's own id, or with `is_token` a JioSaavn link token, which only JioSaavn can turn into an id;
    either is of `[A-Za-z0-9_,-]{1,64}`. `url` is the canonical form, made of the id alone.
    """

    source: str
    kind: Kind
    native: str
    is_token: bool = False
    url: str = ""


@dataclass(frozen=True)
class ShortLink:
    """A link whose redirect must be asked for, at this host and path and nowhere else."""

    source: str
    host: str
    path: str


@dataclass(frozen=True)
class _Address:
    host: str
    segments: tuple[str, ...]
    query: Mapping[str, str]


def named(address: str) -> Link | ShortLink:
    """What an address names, with or without its scheme, or a `spotify:` URI. Raises `UnsupportedLink` alone."""
    uri = SPOTIFY_URI.fullmatch(address)
    if uri:
        return _spotify_item(uri[1], uri[2])
    parts = _parts(address)
    return READERS[parts.host](parts)


def _parts(address: str) -> _Address:
    found = ADDRESS.match(address)
    host = found[1].lower().removesuffix(".") if found else ""
    if not found or host not in READERS:
        raise UnsupportedLink
    return _Address(host, _segments(found[2]), _query(found[3] or ""))


def _segments(path: str) -> tuple[str, ...]:
    return tuple(unquote(segment) for segment in path.split("/") if segment)


def _query(query: str) -> dict[str, str]:
    # Bots that take a link out of HTML leave its entities in, sometimes those of two turns.
    values = parse_qs(re.sub("&(?:amp;)+", "&", query))
    return {name: value[0] for name, value in values.items()}


def _start(pattern: re.Pattern[str], text: str, service: str) -> str:
    found = pattern.match(text)
    if not found:
        raise _nothing_at(service)
    return found[0]


def _nothing_at(service: str) -> UnsupportedLink:
    return UnsupportedLink(f"This {service} link names no track, album, playlist or artist.")


def _jiosaavn(address: _Address) -> Link:
    """`/song/<slug>/<token>` and its like; after `/s` and `/p`, where the pages of old are, more may stand between."""
    old = address.segments[:1] in {("s",), ("p",)}
    path = address.segments[1:] if old else address.segments[:3]
    kind = JIOSAAVN_PAGES.get(path[0].lower()) if len(path) > 2 else None
    if kind is None:
        raise _nothing_at("JioSaavn")
    token = _start(TOKEN, path[-1], "JioSaavn")
    return Link("jiosaavn", kind, token, True, f"https://www.jiosaavn.com/{JIOSAAVN_URLS[kind]}/-/{token}")


def _spotify(address: _Address) -> Link:
    """`/track/<id>` and its like, behind a language, `embed` or, for playlists of old, the user."""
    segments = list(address.segments)
    while segments and SPOTIFY_PREFIX.fullmatch(segments[0]):
        del segments[0]
    if segments[:1] == ["user"]:
        del segments[:2]
    page, native = (*segments, "", "")[:2]
    return _spotify_item(page, native)


def _spotify_item(page: str, native: str) -> Link:
    kind = SPOTIFY_KINDS.get(page.lower())
    if kind is None:
        raise _nothing_at("Spotify")
    native = _start(SPOTIFY_ID, native, "Spotify")
    return Link("spotify", kind, native, url=f"https://open.spotify.com/{kind}/{native}")


def _spotify_short(address: _Address) -> ShortLink:
    if len(address.segments) != 1:
        raise _nothing_at("Spotify")
    return ShortLink("spotify", address.host, "/" + _start(SHORT_CODE, address.segments[0], "Spotify"))


def _youtube(address: _Address) -> Link:
    if address.segments == ("attribution_link",):
        path, _, query = address.query.get("u", "").partition("?")
        return _youtube_page(_segments(path), _query(query))
    return _youtube_page(address.segments, address.query)


def _youtu_be(address: _Address) -> Link:
    first = address.segments[0] if address.segments else ""
    if first.lower() in {"", "watch", "playlist", "shorts", "live", "embed", "v"}:
        return _youtube_page(address.segments, address.query)
    return _video(first)


def _youtube_page(segments: tuple[str, ...], query: Mapping[str, str]) -> Link:
    page, name = (segments[0].lower() if segments else ""), (segments[1] if len(segments) > 1 else "")
    if page in YOUTUBE_QUERY_PAGES and "v" in query:
        return _video(query["v"])
    if page in YOUTUBE_VIDEO_PAGES and VIDEO_ID.match(name):
        return _video(name)
    if page in YOUTUBE_LIST_PAGES and "list" in query:
        return _youtube_list(query["list"], "PL", "OLAK5uy_", "RDCLAK5uy_")
    if page == "browse":
        return _youtube_list(name.removeprefix("VL"), *YOUTUBE_LISTS)
    if page == "channel":
        return _youtube_list(name, "UC")
    raise _nothing_at("YouTube")


def _video(text: str) -> Link:
    native = _start(VIDEO_ID, text, "YouTube")
    return Link("youtube", "track", native, url=f"https://www.youtube.com/watch?v={native}")


def _youtube_list(text: str, *prefixes: str) -> Link:
    found = YOUTUBE_LIST.match(text)
    if not found or found[1] not in prefixes:
        # Mixes ("RD…") have no end, and a listener's own lists ("LL", "WL") no reader but him.
        raise _nothing_at("YouTube")
    kind, url = YOUTUBE_LISTS[found[1]]
    return Link("youtube", kind, found[0], url=url + found[0])


READERS: Mapping[str, Callable[[_Address], Link | ShortLink]] = {
    "jiosaavn.com": _jiosaavn,
    "www.jiosaavn.com": _jiosaavn,
    "m.jiosaavn.com": _jiosaavn,
    "internal-site.jiosaavn.com": _jiosaavn,  # the service itself gives this one out now and then, and the next
    "staging.jiosaavn.com": _jiosaavn,
    "saavn.com": _jiosaavn,
    "www.saavn.com": _jiosaavn,
    "m.saavn.com": _jiosaavn,
    "open.spotify.com": _spotify,
    "play.spotify.com": _spotify,
    "spotify.link": _spotify_short,
    "spotify.app.link": _spotify_short,
    "youtube.com": _youtube,
    "www.youtube.com": _youtube,
    "m.youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "www.youtube-nocookie.com": _youtube,
    "youtu.be": _youtu_be,
    "www.youtu.be": _youtu_be,
}
