"""What a known song is searched for by."""

from dataclasses import replace

from music.matching import queries_for
from tests.music.matching.tracks import TARGET, known


def test_a_known_song_is_searched_for_by_artist_and_title_then_by_title() -> None:
    assert list(queries_for(known("Paper Boat (feat. X)"))) == ["Paper Boat Orla Fenwright", "Paper Boat"]


def test_a_song_without_artists_is_searched_for_once() -> None:
    assert list(queries_for(replace(TARGET, artists=()))) == ["Paper Boat"]


def test_a_videos_title_is_searched_without_what_surrounds_it() -> None:
    video = replace(known("Orla Fenwright - Paper Boat (Official Video) | Film", "Kite Music"), is_video=True)
    assert list(queries_for(video)) == ["Orla Fenwright Paper Boat", "Paper Boat"]
    topic = replace(known("Paper Boat", "Orla Fenwright - Topic"), is_video=True)
    assert list(queries_for(topic)) == ["Paper Boat Orla Fenwright", "Paper Boat"]
