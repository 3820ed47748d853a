"""The service's ids and addresses: what they look like, and the pages and pictures that are made of them. Pure."""

from __future__ import annotations

import re
from typing import Any

from music.sources.base import NotFound

NAME = "youtube"
VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
ALBUM = re.compile(r"MPREb_[A-Za-z0-9_-]{4,40}")
ALBUM_LIST = re.compile(r"OLAK5uy_[A-Za-z0-9_-]{4,50}")
PLAYLIST = re.compile(r"(?:PL|RDCLAK|OLAK5uy_|UU|FL)[A-Za-z0-9_-]{4,58}")
CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
VISITOR = re.compile(r"[A-Za-z0-9_%=-]{8,2000}")
ALBUM_AUDIO = "MUSIC_VIDEO_TYPE_ATV"  # ytmusicapi's type of an album's track; all others are videos
TOPIC = " - Topic"  # ends the name of a channel on which the service itself puts album audio
SIZE = re.compile(r"=w[0-9]{1,4}-h[0-9]{1,4}(?=-|$)")


def matched(pattern: re.Pattern[str], value: Any) -> str:
    """The value where it is an id of this pattern, else ""."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def unknown(native: str) -> NotFound:
    """The error for an id that the service does not know."""
    return NotFound(f"{NAME}:{native} is not known")


def video_page(video: str) -> str:
    """The page that plays a video."""
    return f"https://music.youtube.com/watch?v={video}"


def video_picture(video: str) -> str:
    """A picture that every video has (480 x 360)."""
    return f"https://i.ytimg.com/vi/{video}/hqdefault.jpg"


def album_page(album: str) -> str:
    """The page of an album, by either of its ids."""
    return playlist_page(album) if ALBUM_LIST.fullmatch(album) else f"https://music.youtube.com/browse/{album}"


def playlist_page(playlist: str) -> str:
    """The page of a playlist."""
    return f"https://music.youtube.com/playlist?list={playlist}"


def artist_page(channel: str) -> str:
    """The page of an artist."""
    return f"https://music.youtube.com/channel/{channel}"


def large(picture: str) -> str:
    """A cover of the service's picture server in 544 x 544; other pictures as they are."""
    return SIZE.sub("=w544-h544", picture)
