"""The app of songs and their sources."""

from django.apps import AppConfig


class MusicConfig(AppConfig):
    name = "music"
