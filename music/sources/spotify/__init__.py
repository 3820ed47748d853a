"""Spotify, made from the settings."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from music.sources.base import BaseSource
from music.sources.spotify.addresses import Addresses, hosts_at
from music.sources.spotify.client import Spotify
from music.sources.spotify.hashes import Hashes, overrides


def build() -> BaseSource:
    """The source as the operator has set it up. Raises `ImproperlyConfigured` for hashes of another form."""
    addresses = Addresses(settings.SPOTIFY_OPEN_URL, settings.SPOTIFY_PARTNER_URL, settings.SPOTIFY_API_URL)
    hosts = hosts_at(
        addresses,
        proxy=settings.SPOTIFY_PROXY,
        connections=settings.FLAKS_SOURCE_THREADS,
        ca_file=settings.FLAKS_CA_FILE,
    )
    try:
        hashes = Hashes(overrides(settings.SPOTIFY_HASHES))
    except ValueError as error:
        raise ImproperlyConfigured(f"SPOTIFY_HASHES: {error}") from error
    return Spotify(hosts, hashes, settings.SPOTIFY_CLIENT_ID, settings.SPOTIFY_CLIENT_SECRET)
