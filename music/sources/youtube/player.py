"""What `/player` answers: whether a video plays, which audio it has, and what it is. Pure.

The service answers with HTTP 200 and says in `playabilityStatus` what is wrong, in words. The words are known from
recorded answers and from other players: they hold for English, which is what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from music.domain import ArtistRef, MediaLink, Track
from music.guard import Targets
from music.sources.base import BadAnswer, NotFound, NotPlayable, SourceBlocked, SourceError, Unplayable
from music.sources.youtube import adverts, ids
from music.sources.youtube.errors import OtherClientWanted, SessionLimited, Unreadable
from music.text import clean, whole_number

LINK_LIFE = 6 * 3600  # seconds; the longest that the service's links were seen to live
CODECS = {"audio/mp4": "aac", "audio/webm": "opus"}
MIME = re.compile(r'(audio/(?:mp4|webm)); codecs="(mp4a\.40\.[0-9]+|opus)"')
AGE = {"AGE_VERIFICATION_REQUIRED", "AGE_CHECK_REQUIRED", "CONTENT_CHECK_REQUIRED"}

Body = dict[str, Any]


@dataclass(frozen=True)
class Audio:
    """One audio file of a video; `bitrate` is the measured average in kbit/s, and it opens in `opens_in` seconds."""

    url: str
    mime: str
    bitrate: int
    size: int | None
    opens_in: int = 0


# In the order in which they are looked for: a bot check is a LOGIN_REQUIRED, as are age and privacy.
WORDS: tuple[tuple[str, Unplayable], ...] = (
    (r"\bprivate\b", "private"),
    (r"\bage\b|inappropriate for some users|age-restricted", "age_restricted"),
    (r"music premium|\bmembers?\b|\bpayment\b|\bpurchase\b|\brent\b", "paid"),
    (r"in your (?:country|region)|from your location", "geo_blocked"),
    (r"premieres? in|live event will begin|upcoming", "upcoming"),
)


def check(answer: Body, video: str, max_seconds: int) -> Body:
    """The answer's `videoDetails`, where it says that the video plays.

    Raises `SourceBlocked` on the bot check and on another video in its place, `SourceRateLimited`, `NotFound`,
    `NotPlayable` with its reason, and `Unreadable` for an answer of another shape.
    """
    state = answer.get("playabilityStatus")
    if not isinstance(state, dict) or not isinstance(state.get("status"), str):
        raise Unreadable("no playability")
    if state["status"] != "OK":
        raise refusal(state["status"], _reason(state))
    details = answer.get("videoDetails")
    if not isinstance(details, dict):
        raise Unreadable("no details of the video")
    if details.get("videoId") != video:
        raise SourceBlocked("another video in place of the one asked for")
    if details.get("isLive") is True:
        raise NotPlayable("a live stream", "live")
    if details.get("isUpcoming") is True:
        raise NotPlayable("it has not begun", "upcoming")
    if whole_number(details.get("lengthSeconds")) > max_seconds:
        raise NotPlayable(f"longer than {max_seconds} seconds", "too_long")
    return details


def refusal(status: str, reason: str) -> SourceError:
    """The error for a `playabilityStatus`; `reason` is the service's English text."""
    words = reason.lower()
    said = clean(reason, 120) or status
    if re.search(r"\bbot\b", words):
        return SourceBlocked("the service asks for a proof that this server is no bot")
    if re.search(r"try again later|request limit|needs to be reloaded", words):
        return SessionLimited("the service limits this address for a while")
    if status in AGE:
        return NotPlayable(said, "age_restricted")
    if status == "LIVE_STREAM_OFFLINE":
        return NotPlayable(said, "upcoming")
    for pattern, code in WORDS:
        if re.search(pattern, words):
            return NotPlayable(said, code)
    if status == "ERROR":
        return NotFound(said)
    if status in ("UNPLAYABLE", "LOGIN_REQUIRED"):
        return OtherClientWanted(said) if "is not available" in words else NotPlayable(said)
    return Unreadable("a playability that is not known")


def _reason(state: Body) -> str:
    """The words of the refusal, wherever they are; `subreason` names the country."""
    screen = state.get("errorScreen")
    shown = screen.get("playerErrorMessageRenderer") if isinstance(screen, dict) else None
    parts: list[Any] = [state.get("reason"), *_list(state.get("messages"))]
    parts += [_text(shown.get("subreason"))] if isinstance(shown, dict) else []
    return " ".join(part for part in parts if isinstance(part, str))[:2000]


def _text(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    runs = [run for run in _list(value.get("runs")) if isinstance(run, dict)]
    return str(value.get("simpleText") or " ".join(str(run.get("text", "")) for run in runs))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def audio_of(answer: Body) -> list[Audio]:
    """The audio files that can be opened as they are, in the original language and with the original dynamics.

    Raises `OtherClientWanted` where there is none.
    """
    streaming = answer.get("streamingData")
    listed = _list(streaming.get("adaptiveFormats")) if isinstance(streaming, dict) else []
    rows = [row for row in listed if isinstance(row, dict)]
    files = [audio for row in rows if _is_original(row) and (audio := _audio(row, adverts.seconds_before(answer)))]
    if not files:
        raise OtherClientWanted("the service names no audio for it")
    return files


def _is_original(row: Body) -> bool:
    spoken = row.get("audioTrack")
    return row.get("isDrc") is not True and (not isinstance(spoken, dict) or spoken.get("audioIsDefault") is True)


def _audio(row: Body, opens_in: int) -> Audio | None:
    kind, url = row.get("mimeType"), row.get("url")
    found = MIME.fullmatch(kind) if isinstance(kind, str) else None
    bits = whole_number(row.get("averageBitrate")) or whole_number(row.get("bitrate"))
    if not found or not isinstance(url, str) or not bits or "targetDurationSec" in row:
        return None
    size = whole_number(row.get("contentLength"), 10**12) or None
    return Audio(url, found[1], round(bits / 1000), size, opens_in)


def chosen(files: Iterable[Audio], quality: int) -> Audio:
    """The best file of at most `quality` kbit/s, else the lowest; m4a before opus. Raises `NotPlayable`."""
    ranked = sorted(files, key=lambda audio: (audio.mime != "audio/mp4", -audio.bitrate))
    if not ranked:
        raise NotPlayable("the service names no audio for it")
    fitting = [audio for audio in ranked if audio.bitrate <= quality]
    return fitting[0] if fitting else min(ranked, key=lambda audio: (audio.mime != "audio/mp4", audio.bitrate))


def media_link(audio: Audio, now: int, targets: Targets) -> MediaLink:
    """The file as a link, which holds until its address says and for ours alone, since our address is signed in it.

    Raises `BadAnswer` for a link to elsewhere.
    """
    if not targets.emitted(audio.url):
        raise BadAnswer("a link to a host that is not the service's")
    expiry = whole_number(parse_qs(urlsplit(audio.url).query).get("expire", [""])[0], 10**11)
    if expiry <= now:
        raise BadAnswer("a link that has ended, or does not say when it will")
    ends = min(expiry, now + LINK_LIFE)
    opens = now + audio.opens_in if audio.opens_in else None
    return MediaLink(
        audio.url, audio.bitrate, audio.mime, CODECS[audio.mime], audio.size, ends, opens, open_to_all=False
    )


def described(answer: Body, video: str) -> Track:
    """The track as `videoDetails` tells it, playable or not. Raises as `check` does where it tells nothing."""
    details = answer.get("videoDetails")
    details = details if isinstance(details, dict) and details.get("videoId") == video else {}
    title, author = clean(details.get("title")), clean(details.get("author"), 200)
    seconds = whole_number(details.get("lengthSeconds"), 24 * 3600)
    if not (title and author and seconds):
        check(answer, video, 24 * 3600)
        raise NotPlayable("the service says too little of it")
    artist = ArtistRef(ids.matched(ids.CHANNEL, details.get("channelId")), author.removesuffix(ids.TOPIC))
    return Track(
        id=f"{ids.NAME}:{video}",
        title=title,
        artists=(artist,),
        album=None,
        duration=seconds,
        year=None,
        language="",
        explicit=False,
        thumbnail=ids.video_picture(video),
        url=ids.video_page(video),
        is_video=not author.endswith(ids.TOPIC),
    )
