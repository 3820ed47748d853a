"""The music services, one package each. A new one is a new package and one line in `BUILDERS`."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.utils.module_loading import import_string

from flaks.once import once
from music.sources.base import BaseSource, LyricsSource

# By the name of the function that makes each, so that what a source needs is loaded only where it is switched on.
BUILDERS = {
    "jiosaavn": "music.sources.jiosaavn.build",
    "spotify": "music.sources.spotify.build",
    "youtube": "music.sources.youtube.build",
}


@once
def sources() -> dict[str, BaseSource]:
    """The sources that `FLAKS_SOURCES` names, by name, in the order in which they are asked; made once a process."""
    return {name: import_string(builder)() for name, builder in BUILDERS.items() if name in settings.FLAKS_SOURCES}


@cache
def realm() -> str:
    """A name for how the services are asked: their addresses, proxies, languages and region, of which answers depend.

    No setting can be read back from it.
    """
    names = [name for name in dir(settings) if name.startswith(tuple(f"{source.upper()}_" for source in BUILDERS))]
    told = [(name, getattr(settings, name)) for name in names]
    return blake2b(repr(told).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=6).hexdigest()


@once
def lyrics_source() -> LyricsSource:
    """The one source of lyrics, made once a process."""
    made: LyricsSource = import_string("music.sources.lrclib.build")()
    return made
