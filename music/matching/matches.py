"""What every match says: how many others it shows, and why, in few words. Pure."""

from __future__ import annotations

from music.domain import Match, Track

ALTERNATIVES, NEAREST = 3, 5  # other songs that are shown beside a chosen one, and where none is chosen
LONGEST_REASON = 160  # characters


def nothing(target: Track | None = None) -> Match:
    """The match of no candidates at all, for a known song or for typed words."""
    return Match(0.0, target, (), "nothing was found")


def bounded(reason: str) -> str:
    """The reason, cut where it is too long to be shown."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"
