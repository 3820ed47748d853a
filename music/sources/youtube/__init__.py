"""YouTube, made from the settings."""

from importlib import import_module

from django.conf import settings

from music.sources.base import BaseSource


def build() -> BaseSource:
    """The source as the operator has set it up; loads yt-dlp and ytmusicapi, which nothing else needs."""
    made: BaseSource = import_module("music.sources.youtube.making").made(settings)
    return made
