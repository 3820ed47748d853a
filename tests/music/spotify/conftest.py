"""The real client against the stand-in: all of the service in one place, or its pages apart from the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from music.deadline import Deadline
from music.sources.spotify.addresses import Addresses, hosts_at
from music.sources.spotify.client import Spotify
from music.sources.spotify.hashes import Hashes
from tests.standin.process import StandIn
from tests.standin.spotify import CONTROL
from tests.standin.spotify.webapi import CLIENT_ID, CLIENT_SECRET

Steer = Callable[..., None]


def soon() -> Deadline:
    """Enough time for anything that the stand-in answers."""
    return Deadline.after(10_000)


def spotify(pages: StandIn, rest: StandIn, *credentials: str) -> Spotify:
    """A client whose pages are played by one stand-in, and everything else by another."""
    return Spotify(hosts_at(Addresses(pages.url, rest.url, rest.url)), Hashes(), *credentials)


@pytest.fixture(scope="session")
def other_process() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def rest(other_process: StandIn) -> StandIn:
    """A second stand-in, without faults and with an empty log, which plays all but the pages."""
    other_process.begin_anew()
    return other_process


@pytest.fixture
def steer(standin: StandIn) -> Iterator[Steer]:
    """Steers the stand-in: `steer(revoke=True)`, `steer(hashes={})`."""

    def tell(**wish: Any) -> None:
        with requests.Session() as session:
            session.trust_env = False
            assert session.post(standin.url + CONTROL, json=wish, timeout=10).status_code == 200

    yield tell
    tell(reset=True)


@pytest.fixture
def client(standin: StandIn) -> Spotify:
    """A client without credentials."""
    return spotify(standin, standin)


@pytest.fixture
def apart(standin: StandIn, rest: StandIn) -> Spotify:
    """A client without credentials, whose pages are on `standin`, and all else on `rest`."""
    return spotify(standin, rest)


@pytest.fixture
def official(standin: StandIn, rest: StandIn) -> Spotify:
    """A client with credentials; its pages and pathfinder are on `standin`, and the Web API on `rest`."""
    hosts = hosts_at(Addresses(standin.url, standin.url, rest.url))
    return Spotify(hosts, Hashes(), CLIENT_ID, CLIENT_SECRET)


def paths(standin: StandIn) -> list[str]:
    """What Spotify was asked for, in order."""
    return [entry["path"] for entry in standin.log("spotify", "api")]


def queries(standin: StandIn) -> list[str]:
    """The operations that pathfinder was asked for, in order."""
    return [entry["query"]["operationName"] for entry in standin.log("spotify") if "operationName" in entry["query"]]
