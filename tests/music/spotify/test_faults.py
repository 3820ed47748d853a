"""Every fault of the service, met by every call: a `SourceError` of the right kind, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from music.deadline import Deadline
from music.sources.base import (
    BadAnswer,
    NotFound,
    SourceBlocked,
    SourceError,
    SourceRateLimited,
    SourceTimeout,
    SourceUnreachable,
)
from music.sources.spotify.client import Spotify
from tests.music.spotify.conftest import soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids, playlists

TRACK = ids.track_id(catalogue.PLAIN)
CALLS: dict[str, Callable[[Spotify, Deadline], object]] = {
    "track": lambda client, until: client.track(TRACK, until),
    "search": lambda client, until: client.search("love", "track", 1, 5, until),
    "album": lambda client, until: client.album(ids.album_id(catalogue.PLAIN.album), 1, 5, until),
    "playlist": lambda client, until: client.playlist(playlists.LONG.native, 2, 5, until),
    "artist": lambda client, until: client.artist(ids.artist_id(catalogue.PLAIN.artists[0]), 1, 5, until),
    "short link": lambda client, until: client.resolve_short("spotify.link", f"/{ids.short_code(TRACK)}", until),
    "ping": lambda client, until: client.ping(until),
}
PAGE_FAULTS: dict[str, type[SourceError]] = {
    "hang": SourceTimeout,
    "slow:3000": SourceTimeout,
    "http:302": BadAnswer,
    "http:403": SourceBlocked,
    "http:404": NotFound,
    "http:429": SourceRateLimited,
    "http:451": SourceBlocked,
    "http:500": BadAnswer,
    "http:503": BadAnswer,
    "html": SourceBlocked,
    "empty": BadAnswer,
    "zero": NotFound,
    "truncated": SourceUnreachable,
    "reset": SourceUnreachable,
}
HARMLESS = {("short link", "truncated")}  # a redirect has no body that could be cut
QUERY_FAULTS = PAGE_FAULTS | {"http:404": BadAnswer}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_page_that_fails_says_why(client: Spotify, standin: StandIn, fault: str) -> None:
    standin.fault("spotify", fault)
    with pytest.raises(SourceError) as raised:
        client.track(TRACK, Deadline.after(600))
    assert type(raised.value) is PAGE_FAULTS[fault]


@pytest.mark.parametrize("fault", [fault for fault in QUERY_FAULTS if fault != "zero"])
def test_a_search_that_fails_says_why(client: Spotify, standin: StandIn, fault: str) -> None:
    client.search("love", "track", 1, 1, soon())
    standin.fault("spotify", fault)
    with pytest.raises(SourceError) as raised:
        client.search("love", "track", 1, 1, Deadline.after(600))
    assert type(raised.value) is QUERY_FAULTS[fault]


def test_a_search_without_results_is_an_empty_page(client: Spotify, standin: StandIn) -> None:
    client.ping(soon())
    client.search("love", "track", 1, 1, soon())
    standin.fault("spotify", "zero")
    assert client.search("love", "artist", 1, 1, soon()).items == ()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", [*PAGE_FAULTS, "http:204", "http:301", "http:400", "http:401", "http:599"])
@pytest.mark.parametrize("holds_token", [True, False])
def test_no_call_raises_anything_else(
    client: Spotify, standin: StandIn, call: str, fault: str, holds_token: bool
) -> None:
    if holds_token:
        client.search("love", "track", 1, 1, soon())
    standin.fault("spotify", fault)
    if (call, fault) in HARMLESS or (call, fault, holds_token) == ("search", "zero", True):
        assert CALLS[call](client, Deadline.after(400))
        return
    with pytest.raises(SourceError):
        CALLS[call](client, Deadline.after(400))


@pytest.mark.parametrize("fault", ["http:200", "http:206"])
def test_a_text_in_place_of_an_answer_is_bad(client: Spotify, standin: StandIn, fault: str) -> None:
    standin.fault("spotify", fault)
    for call in CALLS.values():
        with pytest.raises(BadAnswer):
            call(client, soon())


def test_a_passing_403_of_pathfinder_is_asked_again_once(apart: Spotify, rest: StandIn) -> None:
    rest.fault("spotify", "http:403")
    with pytest.raises(SourceBlocked):
        apart.search("love", "track", 1, 1, soon())
    assert [entry["status"] for entry in rest.log("spotify")] == [403, 403]


def test_no_time_left_is_a_timeout_and_nothing_is_asked(client: Spotify, standin: StandIn) -> None:
    for call in CALLS.values():
        with pytest.raises(SourceTimeout):
            call(client, Deadline.after(0))
    assert standin.log() == []
