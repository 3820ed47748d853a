"""Which dub a video is of, by the singers that it names, where a list holds the song in several languages. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from music.matching.reading.sides import Side
from music.matching.target import gates
from music.matching.target.likeness import BY_OTHERS, SAME_NAME, Likeness, compare_sides

Compared = tuple[Side, Likeness]


def told_apart(video: Side, compared: Sequence[Compared], wished: Sequence[str]) -> list[Compared]:
    """The candidates of a video that names a singer, where the same song in another language is by others.

    The dub with that singer is meant then, and no row that only the film speaks for.
    """
    named = any(like.score > 0 and not like.filmed for _, like in compared)
    others = [side for side, like in compared if like.filmed or _is_by_others(like)]
    if not named or not others:
        return list(compared)
    return [
        (side, compare_sides(video, side, wished, told_apart=True) if _is_dub(side, like, others) else like)
        for side, like in compared
        if not like.filmed
    ]


def _is_by_others(like: Likeness) -> bool:
    return like.shut == BY_OTHERS and like.names >= SAME_NAME


def _is_dub(side: Side, like: Likeness, others: Sequence[Side]) -> bool:
    """Whether a candidate that is not shut out is of an album in a language, and one of the others in another."""
    sung = gates.album_language(side.track) if like.score > 0 else ""
    return bool(sung) and any(gates.sung_in(other, "") not in ("", sung) for other in others)
