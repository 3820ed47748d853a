"""A refusal as it is remembered, and as it is told again to the next one who asks. Pure."""

from __future__ import annotations

from music.cache import Refusal
from music.trace import NoMatch, Unknown, Unplayed, Unresolved


def remembered(error: NoMatch | Unknown | Unplayed) -> Refusal:
    """What is remembered of a refusal; nobody is asked for the next one who hears it."""
    match error:
        case NoMatch():
            return Refusal("no_match", match=error.match)
        case Unplayed():
            return Refusal("unplayed", reason=error.reason)
    return Refusal("unknown")


def told_again(refused: Refusal) -> Unresolved:
    """The error that a remembered refusal was, without attempts: nobody was asked."""
    if refused.match is not None:
        return NoMatch((), refused.match)
    return Unplayed((), refused.reason) if refused.kind == "unplayed" else Unknown(())
