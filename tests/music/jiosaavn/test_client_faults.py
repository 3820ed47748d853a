"""Every fault of the service in every call: one of our own errors, within the deadline, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.deadline import Deadline
from music.sources.base import (
    BadAnswer,
    SourceBlocked,
    SourceError,
    SourceRateLimited,
    SourceTimeout,
    SourceUnreachable,
)
from music.sources.jiosaavn.client import JioSaavn, upstream_options
from music.upstream import Upstream
from music.wire import Answer
from tests.music.jiosaavn.conftest import soon
from tests.music.jiosaavn.rows import JSON, album, artist, playlist, v4
from tests.standin import catalogue
from tests.standin.jiosaavn import ids, playlists
from tests.standin.process import StandIn

CALLS: dict[str, Callable[[JioSaavn, Deadline], object]] = {
    "track search": lambda client, until: client.search("love", "track", 1, 5, until),
    "playlist search": lambda client, until: client.search("tide", "playlist", 1, 5, until),
    "track": lambda client, until: client.track(ids.pid(catalogue.PLAIN), until),
    "album": lambda client, until: client.album(ids.album_id(catalogue.PLAIN.album), 1, 5, until),
    "playlist": lambda client, until: client.playlist(playlists.ORDINARY.id, 1, 5, until),
    "artist": lambda client, until: client.artist(ids.artist_id(catalogue.PLAIN.artists[0]), 1, 5, until),
    "token": lambda client, until: client.by_token("track", ids.song_token(catalogue.PLAIN), 1, 5, until),
    "related": lambda client, until: client.related(ids.pid(catalogue.PLAIN), 5, until),
    "suggest": lambda client, until: client.suggest("love", 5, until),
    "trending": lambda client, until: client.trending("hindi", 5, until),
    "ping": lambda client, until: client.ping(until),
}
FAULTS: dict[str, type[SourceError]] = {
    "hang": SourceTimeout,
    "slow:5000": SourceTimeout,
    "http:302": BadAnswer,
    "http:404": BadAnswer,
    "http:500": BadAnswer,
    "http:503": BadAnswer,
    "http:403": SourceBlocked,
    "http:451": SourceBlocked,
    "http:429": SourceRateLimited,
    "html": SourceBlocked,
    "empty": BadAnswer,
    "zero": SourceBlocked,
    "truncated": SourceUnreachable,
    "reset": SourceUnreachable,
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_of_our_errors(client: JioSaavn, standin: StandIn, fault: str, call: str) -> None:
    standin.fault("jiosaavn", fault)
    with pytest.raises(FAULTS[fault]):
        CALLS[call](client, soon(400 if fault.startswith(("hang", "slow")) else 5000))


@pytest.mark.parametrize("call", CALLS)
def test_a_call_without_time_left_is_not_made(client: JioSaavn, standin: StandIn, call: str) -> None:
    with pytest.raises(SourceTimeout):
        CALLS[call](client, Deadline.after(0))
    assert standin.log() == []


class Scripted(Upstream):
    """Answers with these values in turn, whatever is asked; with the last one from then on."""

    def __init__(self, *values: Any) -> None:
        super().__init__(upstream_options("https://www.jiosaavn.com"))
        self._values = list(values)

    def get(self, url: str, deadline: Deadline, *, limit: int = 0, **request: Mapping[str, str]) -> Answer:
        value = self._values.pop(0) if len(self._values) > 1 else self._values[0]
        return Answer(200, {}, json.dumps(value).encode())


SHAPES = st.sampled_from([v4(), album(), playlist(), artist(), {"songs": [v4()]}, [v4()], {"results": [v4()]}])


@given(st.sampled_from(list(CALLS.values())), st.lists(JSON | SHAPES, min_size=1, max_size=3))
def test_no_answer_of_another_shape_raises_anything_else(
    call: Callable[[JioSaavn, Deadline], object], values: list[Any]
) -> None:
    with suppress(SourceError):
        call(JioSaavn(Scripted(*values), ("hindi",)), soon())
