"""Which sources may be asked: those that the settings name, less those that staff have switched off.

The switches are read by the threads that serve requests, at most once a second a process, and held: the threads that
ask sources touch no database.
"""

from __future__ import annotations

from music.believed import Believed
from music.models import SourceSwitch
from music.sources import sources
from music.sources.base import BaseSource

NONE_OFF: frozenset[str] = frozenset()

_OFF = Believed("source switches", NONE_OFF, lambda _held: SourceSwitch.objects.off())


def read() -> None:
    """Read the switches again where that was more than a second ago: one query then. For threads of requests only."""
    _OFF.read()


def refresh() -> None:
    """Read the switches now. A database that is away leaves them as they were."""
    _OFF.refresh()


def believe(off: frozenset[str]) -> None:
    """Hold these for switched off, as they were read just now."""
    _OFF.believe(off)


def forget() -> None:
    """Believe nothing that was read before."""
    _OFF.forget()


def enabled() -> dict[str, BaseSource]:
    """The sources that may be asked, by name, in the order in which they are; asks no database."""
    return {name: source for name, source in sources().items() if name not in _OFF.value}


def audio_sources() -> list[BaseSource]:
    """The enabled sources that give audio, in the order in which they are asked."""
    return [source for source in enabled().values() if source.gives_audio]
