"""What the tests of carried streams share: songs of the stand-in, asked for with `delivery=proxy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from music.streaming.places import Places
from music.streaming.shares import ProcessShares
from tests.music.streaming.served import Served, serving
from tests.standin.process import StandIn

PathOf = Callable[..., str]


class Clock:
    """A clock that the test turns."""

    now = 1000.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.now


def heard(answer: HttpResponseBase) -> bytes:
    """The whole of a carried stream; Django's client closes it at its end."""
    return b"".join(streamed(answer))


def streamed(answer: HttpResponseBase) -> Iterator[bytes]:
    """The bytes of a carried stream as they come."""
    assert isinstance(answer, StreamingHttpResponse), getattr(answer, "content", "")
    return cast("Iterator[bytes]", answer.streaming_content)


def leave(answer: HttpResponseBase) -> None:
    """What the server does for a listener who leaves a stream that has begun.

    By the iterator of Django's client: to close the answer itself would close the test's database too.
    """
    cast("Any", answer)._iterator.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server as it is without any setting, for tests that change nothing of it."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def path_of(api: Client, standin: StandIn) -> PathOf:
    """The path of a link to what is asked for, carried by this server."""

    def path(wanted: str, **asked: str) -> str:
        answer = api.get("/api/v1/stream", {"q": wanted, "delivery": "proxy", **asked})
        assert answer.status_code == 200, answer.content
        return re.sub(r"^http://testserver", "", answer.json()["stream"]["url"])

    return path


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    """The places of a test: two, and nobody watches them."""
    made = Places(2, ProcessShares(processes=1))
    monkeypatch.setattr("music.playviews.places", lambda: made)
    return made
