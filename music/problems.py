"""What went wrong on the way to a song, as a problem with its code."""

from __future__ import annotations

from datetime import datetime

from flaks.problems import Problem
from music.links import UnsupportedLink
from music.serializers import alternatives_json, attempts_json
from music.trace import Crowded, NoMatch, SourcesFailed, SwitchedOff, Unknown, Unplayed, Unresolved

BLOCKED_RETRY = 60  # seconds
FAILED_RETRY = 5
CROWDED_RETRY = 1
SERVICES = ("JioSaavn", "Spotify", "YouTube")


def problem_of(error: Unresolved) -> Problem:
    """404 `no_match`, `not_playable` or `not_found`, 503 `sources_blocked` or `sources_unavailable`, with attempts."""
    tried = {"attempts": attempts_json(error.attempts)}
    match error:
        case NoMatch():
            more = tried | {"alternatives": alternatives_json(error.match)}
            return Problem(404, "no_match", f"No song was sure enough: {error.match.reason}.", extra=more)
        case Unplayed() if error.reason:
            detail = f"This cannot be played: {error.reason.replace('_', ' ')}."
            return Problem(404, "not_playable", detail, extra=tried | {"reason": error.reason})
        case SwitchedOff():
            detail = "The source that this is of is switched off on this server."
            return Problem(404, "not_found", detail, extra=tried)
        case Unplayed() | Unknown():
            return Problem(404, "not_found", "The source has no such thing, or no audio for it.", extra=tried)
        case Crowded():
            detail = "Many callers wait for the same answer; ask again in a second."
            return Problem(503, "sources_unavailable", detail, extra=tried, retry_after=CROWDED_RETRY)
        case SourcesFailed(blocked=True):
            detail = "The music services refuse this server at the moment."
            return Problem(503, "sources_blocked", detail, extra=tried, retry_after=BLOCKED_RETRY)
    detail = "The music services did not answer in time or not as they should."
    return Problem(503, "sources_unavailable", detail, extra=tried, retry_after=FAILED_RETRY)


def unsupported_link(parameter: str, error: UnsupportedLink) -> Problem:
    """400 `unsupported_link` that says why, and names the services whose links are read."""
    return Problem(
        400, "unsupported_link", f"{parameter}: {error}", extra={"parameter": parameter, "supported": list(SERVICES)}
    )


def not_a_track(kind: str, parameter: str = "q") -> Problem:
    """400 `not_a_track` that says where the thing can be asked for."""
    article = "an" if kind[0] in "a" else "a"
    detail = f"{parameter}: this is a link to {article} {kind}; ask /api/v1/lookup?url= for it."
    return Problem(400, "not_a_track", detail, extra={"parameter": parameter})


def too_many_reports(most: int, resets_at: datetime, seconds_left: int) -> Problem:
    """429 `too_many_reports`: as many as a key may send in a UTC day. Its own quota has nothing to do with it."""
    detail = f"{most} reports per UTC day and key; more from {resets_at:%Y-%m-%dT%H:%M:%SZ}"
    return Problem(429, "too_many_reports", detail, retry_after=seconds_left)


def too_many_streams(whose: str) -> Problem:
    """429 `too_many_streams`: as many run as may at once, for this "key" or on this "server"."""
    who = "for this key" if whose == "key" else "on this server"
    return Problem(429, "too_many_streams", f"Too many streams run {who}; try again in a moment.", retry_after=5)


def range_not_satisfiable(size: int) -> Problem:
    """416 `range_not_satisfiable`, with how long the audio is."""
    headers = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes", "Cache-Control": "no-store"}
    return Problem(416, "range_not_satisfiable", f"The audio has {size} bytes.", headers=headers)
