"""Which rows are one recording, and which of its copies is taken."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.domain import AlbumRef
from music.matching import best_for_text, best_for_track, is_same_recording
from tests.music.matching.tracks import TARGET, known, song


def test_one_recording_is_named_once() -> None:
    chosen, match = best_for_text("paper boat", [song("Paper Boat", number=1), song("Paper Boat", number=2)])
    assert chosen is not None
    assert match.alternatives == ()


def test_the_same_recording_is_known_across_services() -> None:
    assert is_same_recording(TARGET, replace(TARGET, id="youtube:abc", duration=202))
    assert not is_same_recording(TARGET, known("Paper Boat (Live)"))
    assert not is_same_recording(TARGET, known("Paper Boat", duration=206))


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_whether_two_tracks_are_one_recording_is_symmetric(one: str, two: str, filmed: bool, too: bool) -> None:
    left, right = replace(known(one), is_video=filmed), replace(known(two), is_video=too)
    assert is_same_recording(left, right) == is_same_recording(right, left)


COPIES = [
    replace(known("Paper Boat"), id="jiosaavn:1", album=AlbumRef("", "Best of Boats"), year=2020, recording="77"),
    replace(known('Paper Boat (From "Harbour")'), id="jiosaavn:2", album=None, year=2011, recording="77"),
    replace(known("Paper Boat"), id="jiosaavn:3", album=AlbumRef("", "Harbour"), year=2012, recording="77"),
    replace(known("Paper Boat", duration=203), id="jiosaavn:4", album=AlbumRef("", "Kites"), year=2010),
]


@pytest.mark.parametrize(
    ("album", "right"),
    [("Best of Boats", "jiosaavn:1"), ("Kites", "jiosaavn:4"), ("", "jiosaavn:4"), ("Harbour", "jiosaavn:3")],
)
def test_of_the_copies_of_one_recording_the_album_then_the_original_is_chosen(album: str, right: str) -> None:
    target = replace(TARGET, album=AlbumRef("", album) if album else None)
    chosen, match = best_for_track(target, COPIES)
    assert chosen is not None
    assert chosen.id == right
    assert match.alternatives == ()


def test_two_recordings_that_are_too_alike_are_not_guessed() -> None:
    songs = [known("Paper Boat", duration=197), known("Paper Boat", duration=203)]
    chosen, match = best_for_track(TARGET, songs)
    assert chosen is None
    assert match.reason == "2 of 2 are too alike to tell which is meant"
    assert [track for track, _ in match.alternatives] == songs


def test_the_album_settles_which_of_two_recordings_is_meant() -> None:
    target = replace(TARGET, album=AlbumRef("", "Kites"))
    songs = [known("Paper Boat", duration=197), replace(known("Paper Boat", duration=203), album=AlbumRef("", "Kites"))]
    assert best_for_track(target, songs)[0] == songs[1]
