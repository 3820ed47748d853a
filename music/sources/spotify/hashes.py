"""The queries that pathfinder knows: it takes no query text, only the hash of one that the web player uses.

Hashes stay valid for long after the player has moved on, several of one operation at once: each operation has an
ordered list, and what worked last is asked first. Seen in public clients of June to August 2026.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

from music.sources.base import NotSupported

KNOWN: Mapping[str, tuple[str, ...]] = {
    "getTrack": ("612585ae06ba435ad26369870deaae23b5c8800a256cd8a57e08eddc25a37294",),
    "getAlbum": ("b9bfabef66ed756e5e13f68a942deb60bd4125ec1f1be8cc42769dc0259b4b10",),
    "fetchPlaylist": (
        "a65e12194ed5fc443a1cdebed5fabe33ca5b07b987185d63c72483867ad13cb4",
        "bb67e0af06e8d6f52b531f97468ee4acd44cd0f82b988e15c2ea47b1148efc77",
        "e4b2953f160e58e38ac025d79b5a9b3aceee5c4c716598e9830bfceb69faff5f",
    ),
    "searchDesktop": (
        "eff59fa0a3d026b88b56fddbcf4bdfa16a186b8175a5c1a358c072e053c2e5b0",
        "fcad5a3e0d5af727fb76966f06971c19cfa2275e6ff7671196753e008611873c",
        "db61238974d27839a136c9dc02bfdbe3fab7635f21cf85976ebff9a1ee281345",
    ),
    "queryArtistOverview": ("ae0e2958a4ab645b35ca19ac04d0495ae12d9c5d7b7286217674801a9aab281a",),
}
OVERRIDE = re.compile(r"([A-Za-z]{1,40})=([0-9a-f]{64})")
GIVEN_UP = 600  # seconds for which an operation that no hash opens is not asked again


def overrides(text: str) -> dict[str, tuple[str, ...]]:
    """An operator's hashes by operation, from `searchDesktop=<64 hex digits>` and the like, with commas between.

    Raises `ValueError` for a word of another form and for an operation that is not used.
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in filter(None, map(str.strip, text.split(","))):
        parts = OVERRIDE.fullmatch(word)
        if parts is None or parts[1] not in KNOWN:
            raise ValueError(f"expected one of {', '.join(KNOWN)} with = and 64 hex digits, got {word[:80]!r}")
        found[parts[1]] = (*found.get(parts[1], ()), parts[2])
    return found


class Hashes:
    """The hashes in the order in which they are asked; threads may share it."""

    def __init__(self, first: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._ordered = {name: tuple(dict.fromkeys((*(first or {}).get(name, ()), *KNOWN[name]))) for name in KNOWN}
        self._given_up: dict[str, float] = {}

    def of(self, operation: str) -> tuple[str, ...]:
        """The operation's hashes. Raises `NotSupported` for a while after none of them was known to the service."""
        if time.monotonic() < self._given_up.get(operation, 0.0):
            raise NotSupported(f"{operation}: the service knows none of our queries")
        return self._ordered[operation]

    def worked(self, operation: str, hash_: str) -> None:
        """Ask this one first from now on."""
        if self._ordered[operation][0] != hash_:
            self._ordered[operation] = (hash_, *(one for one in self._ordered[operation] if one != hash_))

    def give_up(self, operation: str) -> None:
        """None of them is known to the service."""
        self._given_up[operation] = time.monotonic() + GIVEN_UP
