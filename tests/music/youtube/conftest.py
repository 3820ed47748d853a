"""The source against the stand-in: led there by a proxy and a certificate, or asking it directly."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from music.deadline import Deadline
from music.domain import Track
from music.sources.youtube import build
from music.sources.youtube.client import YouTube
from tests.standin.process import StandIn
from tests.standin.song import Song
from tests.standin.youtube import ids


def soon(milliseconds: int = 10_000) -> Deadline:
    """A deadline that no test should reach."""
    return Deadline.after(milliseconds)


def paths(standin: StandIn) -> list[str]:
    """What was asked of the service, by the last part of its path."""
    return [entry["path"].rpartition("/")[2] for entry in standin.log("youtube") if entry["part"] != "tunnel"]


@pytest.fixture
def youtube(standin: StandIn, settings: Settings) -> YouTube:
    """The source as an operator behind a proxy has it."""
    settings.YOUTUBE_PROXY, settings.FLAKS_CA_FILE = standin.url, str(standin.ca_file)
    return _built()


@pytest.fixture
def direct(standin: StandIn, settings: Settings) -> YouTube:
    """The source with its base addresses moved to the stand-in."""
    settings.YOUTUBE_URL = settings.YOUTUBE_MUSIC_URL = standin.url
    return _built()


def _built() -> YouTube:
    made = build()
    assert isinstance(made, YouTube)
    return made


def video(native: str) -> Track:
    """A track of which no more is known than its video."""
    return Track(f"youtube:{native}", "A song", (), None, 200, None, "", False, "", "")


def track_of(song: Song) -> Track:
    """The song, as far as its audio is concerned."""
    return video(ids.track_id(song))
