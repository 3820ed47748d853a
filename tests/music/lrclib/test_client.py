"""Lyrics of songs: the real client and the stand-in."""

from __future__ import annotations

import pytest

from music.deadline import Deadline
from music.sources import lyrics_source
from music.sources.base import (
    BadAnswer,
    NotFound,
    SourceBlocked,
    SourceError,
    SourceRateLimited,
    SourceTimeout,
    SourceUnreachable,
)
from music.sources.lrclib.client import Lrclib, upstream_options
from music.upstream import Upstream
from tests.music.lrclib.tracks import track_of
from tests.standin import catalogue
from tests.standin.lrclib.records import Holds, holds, lines_of
from tests.standin.process import StandIn

PLAIN_ONLY = catalogue.ACCENTED


@pytest.fixture
def lrclib(standin: StandIn) -> Lrclib:
    return Lrclib(Upstream(upstream_options(standin.url)))


def soon(milliseconds: int = 5000) -> Deadline:
    return Deadline.after(milliseconds)


def paths(standin: StandIn) -> list[str]:
    return [entry["path"] for entry in standin.log("lrclib")]


def test_words_with_and_without_times(lrclib: Lrclib, standin: StandIn) -> None:
    found = lrclib.lyrics(track_of(catalogue.PLAIN), soon())
    lines = lines_of(catalogue.PLAIN)
    assert found.plain == "\n".join(lines)
    assert [line.partition("]")[2].strip() for line in found.synced.split("\n")] == list(lines)
    assert (found.track, found.instrumental, found.source) == ("jiosaavn:aB3_-xYz", False, "lrclib")
    assert paths(standin) == ["/api/get"]


def test_it_says_who_asks_and_for_what(lrclib: Lrclib, standin: StandIn) -> None:
    lrclib.lyrics(track_of(catalogue.PLAIN), soon())
    entry = standin.log("lrclib")[0]
    song = catalogue.PLAIN
    wanted = {"track_name": song.title, "artist_name": song.artists[0], "duration": str(song.duration)}
    assert entry["query"] == wanted
    headers = {name.lower(): value for name, value in entry["headers"].items()}
    assert headers["user-agent"].startswith("Flaks-Music-API/")


def test_words_without_times(lrclib: Lrclib) -> None:
    found = lrclib.lyrics(track_of(PLAIN_ONLY), soon())
    assert (bool(found.plain), found.synced) == (True, "")


def test_an_instrumental_says_so(lrclib: Lrclib) -> None:
    found = lrclib.lyrics(track_of(catalogue.INSTRUMENTAL), soon())
    assert (found.instrumental, found.plain) == (True, "")


def test_a_song_that_is_named_after_its_film_is_searched_for(lrclib: Lrclib, standin: StandIn) -> None:
    found = lrclib.lyrics(track_of(catalogue.ENTITIES), soon())
    assert found.synced
    assert paths(standin) == ["/api/get", "/api/search"]
    query = standin.log("lrclib")[1]["query"]
    assert query == {"track_name": "Raat & Dhoop", "artist_name": "Linnet & Rook"}


def test_a_song_without_a_record_is_not_found(lrclib: Lrclib) -> None:
    assert holds(catalogue.NO_320) is Holds.NOTHING
    with pytest.raises(NotFound):
        lrclib.lyrics(track_of(catalogue.NO_320), soon())


@pytest.mark.parametrize("seconds", [4, 60])
def test_words_of_another_length_are_not_taken(lrclib: Lrclib, seconds: int) -> None:
    with pytest.raises(NotFound):
        lrclib.lyrics(track_of(catalogue.PLAIN, duration=catalogue.PLAIN.duration + seconds), soon())


def test_a_track_longer_than_the_service_takes_is_asked_without_its_length(lrclib: Lrclib, standin: StandIn) -> None:
    with pytest.raises(NotFound):
        lrclib.lyrics(track_of(catalogue.NO_320, duration=4000), soon())
    assert "duration" not in standin.log("lrclib")[0]["query"]


def test_a_track_without_artists_is_not_asked_for(lrclib: Lrclib, standin: StandIn) -> None:
    with pytest.raises(NotFound):
        lrclib.lyrics(track_of(catalogue.PLAIN, artists=()), soon())
    assert standin.log() == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("hang", SourceTimeout),
        ("slow:5000", SourceTimeout),
        ("http:302", BadAnswer),
        ("http:404", BadAnswer),
        ("http:500", BadAnswer),
        ("http:403", SourceBlocked),
        ("http:429", SourceRateLimited),
        ("html", SourceBlocked),
        ("empty", BadAnswer),
        ("zero", NotFound),
        ("truncated", SourceUnreachable),
        ("reset", SourceUnreachable),
    ],
)
def test_a_fault_is_one_of_our_errors(lrclib: Lrclib, standin: StandIn, fault: str, error: type[SourceError]) -> None:
    standin.fault("lrclib", fault)
    with pytest.raises(error):
        lrclib.lyrics(track_of(catalogue.PLAIN), soon(400))


@pytest.mark.usefixtures("standin")
def test_the_settings_make_it() -> None:
    assert lyrics_source().lyrics(track_of(catalogue.PLAIN), soon()).synced
