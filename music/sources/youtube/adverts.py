"""How long a video's audio stays shut: where an advertisement was planned before it, media is refused for its length.

The shape is the one that yt-dlp 2026.10.26 reads. No answer with advertisements was recorded for the app that is
spoken for here; other apps' answers have them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from music.text import whole_number

LONGEST = 120  # seconds; no advertisement is longer, and nobody waits that long


def seconds_before(answer: dict[str, Any]) -> int:
    """Seconds after a `/player` answer during which its media is refused; 0 where nothing was planned before it."""
    return min(LONGEST, sum(map(_seconds, _planned(answer))))


def _planned(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in _rows(answer.get("adPlacements")):
        placement = _at(row, "adPlacementRenderer")
        if _at(placement, "config", "adPlacementConfig").get("kind") == "AD_PLACEMENT_KIND_START":
            yield _at(placement, "renderer", "instreamVideoAdRenderer")
    for row in _rows(answer.get("adSlots")):
        slot = _at(row, "adSlotRenderer")
        if _at(slot, "adSlotMetadata").get("triggerEvent") == "SLOT_TRIGGER_EVENT_BEFORE_CONTENT":
            yield from _in_slot(slot)


def _in_slot(slot: dict[str, Any]) -> Iterator[dict[str, Any]]:
    layout = _at(slot, "fulfillmentContent", "fulfilledLayout", "playerBytesAdLayoutRenderer", "renderingContent")
    yield _at(layout, "instreamVideoAdRenderer")
    for one in _rows(_at(layout, "playerBytesSequentialLayoutRenderer").get("sequentialLayouts")):
        yield _at(one, "playerBytesAdLayoutRenderer", "renderingContent", "instreamVideoAdRenderer")


def _seconds(advert: dict[str, Any]) -> int:
    """Until it may be skipped, else its length, rounded up."""
    skipped = whole_number(advert.get("skipOffsetMilliseconds"))
    if skipped:
        return -(-skipped // 1000)
    described = advert.get("playerVars")
    stated = parse_qs(described).get("length_seconds", [""])[-1] if isinstance(described, str) else ""
    return whole_number(stated)


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(value: Any, *path: str) -> dict[str, Any]:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
