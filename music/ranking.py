"""The order of what was found. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from music.domain import Item, Page


def ranked(found: Page[Item], languages: Sequence[str]) -> Page[Item]:
    """The page with the wished languages first, in the order of the wish; else as the service has it."""
    place = {language: number for number, language in enumerate(languages)}
    if not place:
        return found
    ordered = sorted(found.items, key=lambda item: place.get(getattr(item, "language", ""), len(place)))
    return replace(found, items=tuple(ordered))
