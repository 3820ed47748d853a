"""The music services, one package each. A new one is a new package and one line in `BUILDERS`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings

from music.sources import jiosaavn
from music.sources.base import Source

BUILDERS: dict[str, Callable[[], Source]] = {
    "jiosaavn": jiosaavn.build,
}


@cache
def sources() -> dict[str, Source]:
    """The sources that `FLAKS_SOURCES` names, by name, in the order in which they are asked; made once a process."""
    return {name: BUILDERS[name]() for name in BUILDERS if name in settings.FLAKS_SOURCES}
