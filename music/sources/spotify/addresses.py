"""Where Spotify is asked: three base addresses that an operator may set, and the hosts that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from music.guard import is_loopback
from music.sources.spotify.hosts import Host
from music.upstream import Upstream, UpstreamOptions

MEDIA_HOSTS = ("scdn.co", "spotifycdn.com")  # covers
SHORT_HOSTS = ("spotify.link", "spotify.app.link")
LANGUAGE = {"Accept-Language": "en"}  # else titles come in the language of the address that asks
JSON = {"Accept": "application/json", **LANGUAGE}


@dataclass(frozen=True)
class Addresses:
    """The base addresses of the pages, of pathfinder and of the Web API, each without a trailing slash.

    The other hosts are fixed. Where a base address is on loopback, as in tests, the hosts that belong to it are played
    at the same origin, short links under a path that begins with their host.
    """

    pages: str = "https://open.spotify.com"
    pathfinder: str = "https://api-partner.spotify.com"
    api: str = "https://api.spotify.com"

    @property
    def accounts(self) -> str:
        """Where credentials get a token of the Web API."""
        return self.api if _is_local(self.api) else "https://accounts.spotify.com"

    def short_path(self, host: str, path: str) -> tuple[str, str]:
        """Base address and path at which a short link is asked."""
        return (self.pages, f"/{host}{path}") if _is_local(self.pages) else (f"https://{host}", path)


@dataclass(frozen=True)
class Hosts:
    """The hosts, each with a session of its own."""

    pages: Host
    pathfinder: Host
    api: Host
    accounts: Host
    short: Mapping[str, Host]
    addresses: Addresses


def hosts_at(addresses: Addresses, **options: Any) -> Hosts:
    """The hosts at the addresses; the options are those of `UpstreamOptions`."""

    def host(base_url: str, headers: Mapping[str, str]) -> Host:
        return Host(Upstream(UpstreamOptions(base_url=base_url, media_hosts=MEDIA_HOSTS, headers=headers, **options)))

    pages = {"Accept": "text/html", **LANGUAGE}
    return Hosts(
        pages=host(addresses.pages, pages),
        pathfinder=host(addresses.pathfinder, JSON),
        api=host(addresses.api, JSON),
        accounts=host(addresses.accounts, JSON),
        short={name: host(addresses.short_path(name, "")[0], pages) for name in SHORT_HOSTS},
        addresses=addresses,
    )


def _is_local(base_url: str) -> bool:
    return is_loopback(urlsplit(base_url).hostname or "")
