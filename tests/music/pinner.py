"""A member of staff who pins songs, for the tests of what that does."""

from __future__ import annotations

import time

from django.db import connection

from keys.models import AdminUser
from music import pinning, pins
from music.believed import BELIEVED_SECONDS
from music.models import MatchPin
from music.pinning import Choice, Staff
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.song import Song
from tests.standin.youtube import ids as youtube_ids


def carol() -> Staff:
    """Carol, who may pin."""
    user, _ = AdminUser.objects.get_or_create(username="carol", defaults={"is_staff": True, "is_superuser": True})
    return Staff(user.pk, user.username)


def on_jiosaavn(song: Song) -> str:
    """The song's id there."""
    return f"jiosaavn:{jiosaavn_ids.pid(song)}"


def on_youtube(song: Song) -> str:
    """The song's id there."""
    return f"youtube:{youtube_ids.track_id(song)}"


def pin(request: str, right: str, instead_of: str = "", language: str = "") -> MatchPin:
    """Pin what is right for a request, and have this process know it at once, as the one that pins does."""
    wish = pinning.wished(request)
    known = pinning.pin_of(wish, language)
    choice = Choice(pinning.described(right), language, "", known.revision if known else 0)
    made = pinning.pin(carol(), wish, choice, instead_of)
    _know()
    return made


def unpin(row: MatchPin) -> None:
    """Have the pin hold no longer, and this process know it."""
    pinning.activate(carol(), row, active=False)
    _know()


def soon() -> None:
    """After the second for which a process believes what it has read."""
    time.sleep(BELIEVED_SECONDS + 0.05)


def _know() -> None:
    if connection.in_atomic_block:
        pins.refresh()  # what the end of the transaction brings about, which a test's own never reaches
