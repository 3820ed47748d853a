"""The places of this process, made at its first stream: what they are counted with must not be older than it."""

from __future__ import annotations

from django.conf import settings

from flaks.once import once
from music.streaming.places import Places, Shares
from music.streaming.shares import ProcessShares
from music.streaming.watch import Watch


@once
def places() -> Places:
    """`FLAKS_MAX_STREAMS` places, watched while any is taken."""
    watch = Watch()
    made = Places(settings.FLAKS_MAX_STREAMS, _shares(), lambda: watch.wake(made))
    return made


def _shares() -> Shares:
    if not settings.REDIS_URL:
        return ProcessShares()
    from music.streaming.redisshares import RedisShares  # noqa: PLC0415 # loaded only where it is wanted

    return RedisShares(settings.REDIS_URL)
