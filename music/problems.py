"""What went wrong on the way to a song, as a problem with its code."""

from __future__ import annotations

from flaks.problems import Problem
from music.resolver import NoMatch, SourcesFailed, UnknownTrack, Unresolved
from music.serializers import alternatives_json, attempts_json

BLOCKED_RETRY = 60  # seconds
FAILED_RETRY = 5


def problem_of(error: Unresolved) -> Problem:
    """404 `no_match` or `not_found`, 503 `sources_blocked` or `sources_unavailable`, each with its attempts."""
    tried = {"attempts": attempts_json(error.attempts)}
    match error:
        case NoMatch():
            more = tried | {"alternatives": alternatives_json(error.match)}
            return Problem(404, "no_match", f"No song was sure enough: {error.match.reason}.", extra=more)
        case UnknownTrack():
            return Problem(404, "not_found", "The source has no such track, or no audio for it.", extra=tried)
        case SourcesFailed(blocked=True):
            detail = "The music services refuse this server at the moment."
            return Problem(503, "sources_blocked", detail, extra=tried, retry_after=BLOCKED_RETRY)
    detail = "The music services did not answer in time or not as they should."
    return Problem(503, "sources_unavailable", detail, extra=tried, retry_after=FAILED_RETRY)


def unsupported_link() -> Problem:
    """400 `unsupported_link` that says what is understood."""
    detail = "q: links are not read yet; send a song name, or an id such as jiosaavn:5WXAlMNt."
    return Problem(400, "unsupported_link", detail, extra={"parameter": "q"})
