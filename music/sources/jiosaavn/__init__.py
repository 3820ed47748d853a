"""JioSaavn, made from the settings."""

from django.conf import settings

from music.sources.base import BaseSource
from music.sources.jiosaavn.client import JioSaavn, upstream_options
from music.upstream import Upstream


def build() -> BaseSource:
    """The source as the operator has set it up."""
    options = upstream_options(
        settings.JIOSAAVN_URL,
        proxy=settings.JIOSAAVN_PROXY,
        connect_ms=settings.JIOSAAVN_CONNECT_MS,
        read_ms=settings.JIOSAAVN_READ_MS,
        connections=settings.FLAKS_SOURCE_THREADS,
        ca_file=settings.FLAKS_CA_FILE,
    )
    return JioSaavn(Upstream(options), tuple(settings.JIOSAAVN_LANGUAGES), settings.JIOSAAVN_MEDIA_KEY)
