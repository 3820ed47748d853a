"""The service's playlists: an ordinary one, one of 500 songs, one of 10,000, one without any, and one that is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.standin.song import Song
from tests.standin.spotify.ids import native_id, present, short_code, song_of_track, tracks_of_album

OTHER_ENTRIES = 2  # of the ordinary playlist: an episode, and a file of the owner's own


@dataclass(frozen=True)
class Playlist:
    """A playlist of `length` entries: the songs that are there, again and again; None for what is no song."""

    title: str
    owner: str
    length: int
    has_others: bool = False

    @property
    def native(self) -> str:
        """Its id."""
        return native_id("playlist", self.title)

    def entries(self, offset: int, limit: int) -> Sequence[Song | None]:
        """The entries from `offset` on, at most `limit`."""
        return [self._entry(number) for number in range(offset, min(offset + limit, self.length))]

    def _entry(self, number: int) -> Song | None:
        if self.has_others and number in range(3, 3 + OTHER_ENTRIES):
            return None
        return present()[number % len(present())]


ORDINARY = Playlist("Marmalade Mornings", "Orla Fenwright", 30 + OTHER_ENTRIES, has_others=True)
"""30 songs, and two entries that are none."""

LONG = Playlist("Five Hundred Kettles", "Kettle Club", 500)
"""500 songs."""

HUGE = Playlist("Ten Thousand Umbrellas", "Umbrella Bureau", 10_000)
"""10,000 songs."""

EMPTY = Playlist("Nothing Yet", "Tobin Ashcombe", 0)
"""No song."""

PLAYLISTS = (ORDINARY, LONG, HUGE, EMPTY)
BY_ID = {playlist.native: playlist for playlist in PLAYLISTS}
DELETED = native_id("playlist", "a playlist that was deleted")
"""The id of a playlist that is not there any more."""


def target_of_short(code: str) -> str | None:
    """Kind and id, as in `track/<id>`, behind a short link."""
    return _short_links().get(code)


def _short_links() -> dict[str, str]:
    kinds: dict[str, Iterable[str]] = {"track": song_of_track(), "album": tracks_of_album(), "playlist": BY_ID}
    return {short_code(native): f"{kind}/{native}" for kind, known in kinds.items() for native in known}
