"""yt-dlp: its table of the service's clients, and itself as the second way to a video's audio.

Its requests go our way (`urlopen` is the one door of `YoutubeDL`), it writes nothing to disk, runs no JavaScript, and
knows no other extractor than YouTube's. Importing it takes 0.1 to 0.3 s and 11 to 30 MB, and so happens where a source
is made.
"""

from __future__ import annotations

import io
import time
from threading import local
from typing import Any

from music.deadline import Deadline
from music.sources.base import BadAnswer, NotPlayable, SourceError
from music.sources.youtube import player
from music.sources.youtube.innertube import ORIGIN
from music.sources.youtube.neighbours import unchanged
from music.sources.youtube.transport import Wire, decoded
from music.text import whole_number

with unchanged():
    from yt_dlp import YoutubeDL
    from yt_dlp.extractor.youtube import YoutubeIE
    from yt_dlp.extractor.youtube._base import INNERTUBE_CLIENTS
    from yt_dlp.networking.common import Request, Response

PLAIN_CLIENT = "visionos"  # answers with addresses that need no JavaScript
OTHER_CLIENT = "web_embedded"  # is served videos that the former is not, such as those made for children
PASSED_ON = {"origin", "user-agent", "x-goog-visitor-id", "x-youtube-client-name", "x-youtube-client-version"}


def client_entry(name: str = PLAIN_CLIENT) -> dict[str, Any]:
    """What yt-dlp says of one of the service's clients, so that its upgrade is ours."""
    entry: dict[str, Any] = INNERTUBE_CLIENTS[name]
    return entry


class Quiet:
    """A logger that says nothing, in place of standard error: what matters is told by the answers."""

    def debug(self, line: str) -> None:
        """What it does."""

    warning = error = debug


class Downloader(YoutubeDL):  # type: ignore[misc]
    """YoutubeDL over `wire`, until `deadline`; `answers` are those of its last video, as the service gave them."""

    wire: Wire
    deadline: Deadline
    answers: list[dict[str, Any]]

    def urlopen(self, req: Request) -> Response:
        """The answer to a call of the API; raises `SourceError`s, which yt-dlp lets through."""
        if req.data is None:
            raise BadAnswer("yt-dlp asked for a page")
        headers = {name: value for name, value in req.headers.items() if name.lower() in PASSED_ON}
        answer = self.wire.post_body(req.url, self.deadline, req.data, headers)
        self.answers.append(decoded(answer))
        return Response(io.BytesIO(answer.body), req.url, {"Content-Type": "application/json"})


class LeanExtractor(YoutubeIE):  # type: ignore[misc]
    """The extractor without captions and storyboards, which would take most of its time."""

    @classmethod
    def ie_key(cls) -> str:
        """The name under which its options are found."""
        return "Youtube"

    def _extract_player_response(self, *args: Any, **named: Any) -> Any:
        answer = super()._extract_player_response(*args, **named)
        for part in ("captions", "storyboards"):
            (answer or {}).pop(part, None)
        return answer


class Fallback:
    """Asks yt-dlp for the audio of a video: one request, on an object of the thread's own."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._threads = local()

    def audio(self, video: str, client: str, visitor: str, max_seconds: int, deadline: Deadline) -> list[player.Audio]:
        """The audio files that yt-dlp finds, for one of the service's clients. Raises `SourceError`s."""
        downloader = self._downloader()
        downloader.deadline, downloader.answers = deadline, []
        downloader.params["extractor_args"] = _arguments(client, visitor)
        try:
            found = downloader.extract_info(f"{ORIGIN}/watch?v={video}", download=False, process=False)
        except SourceError:
            raise
        except Exception as error:
            raise _told(downloader.answers, video, max_seconds) from error
        return _files(_playable(found, max_seconds))

    def _downloader(self) -> Downloader:
        made: Downloader | None = getattr(self._threads, "made", None)
        if made is None:
            made = Downloader(_options(), auto_init=False)
            made.wire = self._wire
            made.add_info_extractor(LeanExtractor(made))
            self._threads.made = made
        return made


def _options() -> dict[str, Any]:
    return {
        "quiet": True,
        "noprogress": True,
        "skip_download": True,
        "cachedir": False,
        "logger": Quiet(),
        "extractor_retries": 0,
        "retries": 0,
        "noplaylist": True,
        "js_runtimes": {},
        "format": "bestaudio",
    }


def _arguments(client: str, visitor: str) -> dict[str, Any]:
    youtube = {
        "player_client": [client],
        "player_skip": ["webpage", "configs", "js", "initial_data"],
        "skip": ["hls", "dash", "translated_subs"],
    }
    return {"youtube": youtube | ({"visitor_data": [visitor]} if visitor else {})}


def _told(answers: list[dict[str, Any]], video: str, max_seconds: int) -> SourceError:
    """The error for what yt-dlp could not use, by the answer that it had."""
    if not answers:
        return BadAnswer("yt-dlp asked for nothing")
    try:
        player.check(answers[-1], video, max_seconds)
    except SourceError as error:
        return error
    return NotPlayable("yt-dlp found no audio in it")


def _playable(found: Any, max_seconds: int) -> dict[str, Any]:
    """What was found, where it is a song that has begun and will end. Raises `NotPlayable`."""
    if not isinstance(found, dict):
        raise BadAnswer("yt-dlp found something else than a video")
    if found.get("live_status") == "is_live":
        raise NotPlayable("a live stream", "live")
    if found.get("live_status") == "is_upcoming":
        raise NotPlayable("it has not begun", "upcoming")
    if (found.get("duration") or 0) > max_seconds:
        raise NotPlayable(f"longer than {max_seconds} seconds", "too_long")
    return found


def _files(found: dict[str, Any]) -> list[player.Audio]:
    """yt-dlp's formats as ours; the original language has the highest preference, and DRC is noted."""
    rows = [row for row in found.get("formats") or () if _is_audio(row)]
    best = max((row.get("language_preference") or 0 for row in rows), default=0)
    return [_file(row) for row in rows if (row.get("language_preference") or 0) == best]


def _is_audio(row: dict[str, Any]) -> bool:
    sounds = row.get("vcodec") == "none" and row.get("acodec") not in (None, "none") and row.get("tbr")
    plain = row.get("protocol") in (None, "https") and row.get("ext") in ("m4a", "webm") and row.get("url")
    return bool(sounds and plain) and not row.get("has_drm") and not str(row.get("format_id")).endswith("-drc")


def _file(row: dict[str, Any]) -> player.Audio:
    mime = "audio/mp4" if row["ext"] == "m4a" else "audio/webm"
    opens_in = max(0, whole_number(row.get("available_at"), 10**11) - int(time.time()))
    return player.Audio(str(row["url"]), mime, round(row["tbr"]), row.get("filesize"), opens_in)
