"""How long a list is said to be, and whether it goes on, where the service does not say or gives less than it says."""

from __future__ import annotations

from typing import Any

import pytest

from music.domain import Page, Playlist, Track
from music.guard import Targets
from music.sources.youtube import lists
from music.sources.youtube.ytmusic import PLAYLIST_PAGE, Music
from tests.music.youtube.conftest import soon

TARGETS = Targets(("googleusercontent.com",))
COUNTED, UNCOUNTED, ALBUM = "PLcounted", "PLuncounted", "OLAK5uy_whatever"


def row(place: int) -> dict[str, Any]:
    artists = [{"name": "Odette Vandermolen", "id": None}]
    return {"videoId": f"video{place:06d}", "title": f"Song {place}", "artists": artists, "duration_seconds": 200}


class Delivering(Music):
    """YouTube Music with a list that it sends by hundreds, and says to be of `said` tracks."""

    def __init__(self, length: int, said: int | None) -> None:
        self._length, self._said = length, said
        self.asked: list[int] = []

    def playlist(self, native: str, rows: int, deadline: object) -> dict[str, Any]:
        """The whole hundreds that hold `rows` rows; of an album's list the count is that of what was fetched."""
        self.asked.append(rows)
        fetched = min(self._length, max(1, -(-rows // PLAYLIST_PAGE)) * PLAYLIST_PAGE)
        count = fetched if native.startswith("OLAK") else self._said
        return {"title": "A list", "tracks": [row(place) for place in range(fetched)], "trackCount": count}


def page_of(music: Music, native: str, page: int, limit: int = 50) -> Page[Track]:
    listing = lists.playlist(music, native, lists.Part(page, limit), TARGETS, soon())
    assert isinstance(listing.item, Playlist)
    assert listing.item.total == listing.tracks.total
    return listing.tracks


@pytest.mark.parametrize("native", [UNCOUNTED, ALBUM])
@pytest.mark.parametrize(("length", "limit"), [(350, 50), (350, 100), (350, 70), (300, 100), (100, 50), (50, 50)])
def test_a_list_without_a_count_goes_on_to_its_very_end(native: str, length: int, limit: int) -> None:
    music = Delivering(length, None)
    pages = [page_of(music, native, page, limit) for page in range(1, -(-length // limit) + 1)]
    assert [track.title for page in pages for track in page.items] == [f"Song {place}" for place in range(length)]
    assert [page.has_more for page in pages] == [True] * (len(pages) - 1) + [False]
    assert not any(page.truncated for page in pages)
    # Only a page behind which the list was seen to end can say how long it is.
    assert {page.total for page in pages[:-1]} <= {None}
    assert pages[-1].total in (None, length)


def test_a_list_without_a_count_is_cut_off_at_our_depth() -> None:
    last = page_of(Delivering(3000, None), UNCOUNTED, 20)
    assert (len(last.items), last.total, last.has_more, last.truncated) == (50, None, False, True)
    beyond = page_of(Delivering(3000, None), UNCOUNTED, 21)
    assert (beyond.items, beyond.has_more, beyond.truncated) == ((), False, True)


def test_a_list_that_is_shorter_than_it_is_said_to_be_is_truncated_and_ends() -> None:
    music = Delivering(100, said=150)
    first, third = page_of(music, COUNTED, 1), page_of(music, COUNTED, 3)
    assert (len(first.items), first.total, first.has_more, first.truncated) == (50, 150, True, False)
    assert (third.items, third.total, third.has_more, third.truncated) == ((), 150, False, True)


def test_after_an_empty_part_there_is_no_more_whatever_was_said() -> None:
    beyond = page_of(Delivering(100, said=900), COUNTED, 4)
    assert (beyond.items, beyond.has_more, beyond.truncated) == ((), False, True)


def test_a_count_that_is_less_than_what_is_sent_is_no_count() -> None:
    page = page_of(Delivering(350, said=12), COUNTED, 1)
    assert (page.total, page.has_more, page.truncated) == (None, True, False)


def test_a_list_that_says_its_count_is_asked_for_no_row_more() -> None:
    music = Delivering(350, said=350)
    page = page_of(music, COUNTED, 1, 100)
    assert (page.total, page.has_more, page.truncated, music.asked) == (350, True, False, [100])
