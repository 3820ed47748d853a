"""How the parts of the source are put together from the settings."""

from __future__ import annotations

from typing import Any

from music.breaker import breaker_for
from music.sources.youtube import ids, ytdlp
from music.sources.youtube.client import YouTube
from music.sources.youtube.innertube import InnerTube, PlayerClient
from music.sources.youtube.limits import Budget
from music.sources.youtube.transport import Wire, options
from music.sources.youtube.ytmusic import Music, Session


def made(settings: Any) -> YouTube:
    """The source; `settings` has the `YOUTUBE_` ones, and those of `FLAKS_` that are for every source."""
    shared = {
        "proxy": settings.YOUTUBE_PROXY,
        "connections": settings.FLAKS_SOURCE_THREADS,
        "ca_file": settings.FLAKS_CA_FILE,
    }
    wire = Wire("www.youtube.com", options(settings.YOUTUBE_URL, **shared))
    client = PlayerClient.from_table(ytdlp.client_entry(), settings.YOUTUBE_REGION)
    tube = InnerTube(wire, client)
    music_wire = Wire("music.youtube.com", options(settings.YOUTUBE_MUSIC_URL, **shared))
    music = Music(Session(music_wire, lambda: tube.held_visitor), settings.YOUTUBE_REGION)
    budget = Budget.of_process(settings.YOUTUBE_HOURLY_VIDEOS)
    may_ask = breaker_for(ids.NAME, "audio").check
    return YouTube(music, tube, ytdlp.Fallback(wire), budget, settings.FLAKS_MAX_TRACK_SECONDS, may_ask)
