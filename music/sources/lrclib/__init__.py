"""LRCLIB, made from the settings."""

from django.conf import settings

from music.sources.base import LyricsSource
from music.sources.lrclib.client import Lrclib, upstream_options
from music.upstream import Upstream


def build() -> LyricsSource:
    """The source of lyrics as the operator has set it up."""
    options = upstream_options(
        settings.LRCLIB_URL, connections=settings.FLAKS_SOURCE_THREADS, ca_file=settings.FLAKS_CA_FILE
    )
    return Lrclib(Upstream(options))
