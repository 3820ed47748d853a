"""Is this candidate the wanted song? Pure.

For words that somebody typed, the score is the share of them that the candidate's title, artists and album hold.
Version words (live, remix, ...) must be met where they were asked for, and cost where they were not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from music.domain import Match, Track

ACCEPTED = 0.6
CLOSE = 0.1  # within this much of the best score, the service's own order decides
UNASKED_VERSION = 0.25
VERSION_WORDS = frozenset(
    "acoustic cover demo instrumental karaoke live lofi mashup mix rehearsal remix reprise reverb slowed sped "
    "unplugged nightcore 8d".split()
)
JUNK_WORDS = frozenset("callertune karaoke ringtone tune".split())


def words(text: str) -> list[str]:
    """The text's words in lower case without accents: `Café del Mar!` is `cafe del mar`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(character for character in plain if not unicodedata.combining(character)))


def text_score(query: str, track: Track) -> float:
    """How well a track answers typed words, from 0 to 1."""
    wanted = words(query)
    title = set(words(track.title))
    found = title | set(words(track.artist)) | set(words(track.album.title if track.album else ""))
    if not wanted or VERSION_WORDS.intersection(wanted) - found or (JUNK_WORDS & title).difference(wanted):
        return 0.0
    share = sum(word in found for word in wanted) / len(wanted)
    unasked = len((VERSION_WORDS & title).difference(wanted))
    return round(max(0.0, share - UNASKED_VERSION * unasked), 3)


def best_for_text(query: str, tracks: Sequence[Track]) -> tuple[Track | None, Match]:
    """The track to play for typed words, or None where no candidate is good enough; and the match that says why."""
    scored = [(track, text_score(query, track)) for track in tracks]
    best = max((score for _, score in scored), default=0.0)
    if best < ACCEPTED:
        nearest = sorted(scored, key=lambda pair: -pair[1])[:5]
        return None, Match(best, None, tuple(nearest), _refusal(scored, best))
    chosen, score = next(pair for pair in scored if pair[1] >= max(ACCEPTED, best - CLOSE))
    others = sorted((pair for pair in scored if pair[0] is not chosen), key=lambda pair: -pair[1])[:3]
    return chosen, Match(score, None, tuple(others), f"{score:.0%} of the words were found")


def _refusal(scored: Sequence[tuple[Track, float]], best: float) -> str:
    if not scored:
        return "nothing was found"
    return f"the nearest of {len(scored)} has a score of {best:.2f}, under {ACCEPTED}"
