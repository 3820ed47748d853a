"""What staff read for the names that the code has: sources, and how calls ended. Pure."""

from __future__ import annotations

SOURCES = {"jiosaavn": "JioSaavn", "spotify": "Spotify", "youtube": "YouTube", "": "No source"}
OUTCOMES = {  # of `keys.counting.OUTCOMES`, from the ground of a bar upwards
    "ok": "Answered",
    "cached": "From the cache",
    "no_match": "No match",
    "client_error": "Wrong call",
    "limited": "Over a limit",
    "failure": "Failed",
}


def source_title(name: str) -> str:
    """A source's name as people write it."""
    return SOURCES.get(name, name.capitalize())


def outcome_title(name: str) -> str:
    """How calls ended, in words."""
    return OUTCOMES.get(name, name.replace("_", " ").capitalize())
