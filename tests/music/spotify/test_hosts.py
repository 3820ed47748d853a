"""The rule for 429: a short wait is waited out once, and a longer one closes the host until it is over."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from music.deadline import Deadline
from music.sources.base import SourceRateLimited
from music.sources.spotify import hosts
from music.sources.spotify.addresses import Addresses, hosts_at
from music.sources.spotify.client import Spotify
from music.sources.spotify.hosts import Host, wait_stated
from music.wire import Answer
from tests.music.spotify.conftest import soon
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids

PATH = f"/embed/track/{ids.track_id(catalogue.PLAIN)}"
STATED = 5.0  # seconds, as the stand-in says with a 429


@pytest.fixture
def host(standin: StandIn) -> Host:
    return hosts_at(Addresses(standin.url, standin.url, standin.url)).pages


def test_a_short_wait_is_slept_and_the_call_sent_again(
    host: Host, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        standin.clear_faults()

    monkeypatch.setattr(time, "sleep", sleep)
    standin.fault("spotify", "http:429")
    assert host.get(PATH, soon()).status == 200
    assert slept == [STATED]
    assert len(standin.log("spotify")) == 2


def test_it_is_slept_once_only(host: Host, standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    standin.fault("spotify", "http:429")
    with pytest.raises(SourceRateLimited, match="HTTP 429 for 5 s"):
        host.get(PATH, soon())
    assert slept == [STATED]
    assert len(standin.log("spotify")) == 2


def test_a_wait_beyond_the_deadline_is_not_slept_and_closes_the_host(host: Host, standin: StandIn) -> None:
    standin.fault("spotify", "http:429")
    with pytest.raises(SourceRateLimited):
        host.get(PATH, Deadline.after(1000))
    standin.clear_faults()
    with pytest.raises(SourceRateLimited, match="left alone"):
        host.get(PATH, soon())
    assert len(standin.log("spotify")) == 1


def test_a_closed_host_opens_again(host: Host) -> None:
    host.close(-1)
    assert host.get(PATH, soon()).status == 200


def test_a_closed_host_closes_no_other(standin: StandIn) -> None:
    all_hosts = hosts_at(Addresses(standin.url, standin.url, standin.url))
    all_hosts.pathfinder.close(60)
    assert all_hosts.pages.get(PATH, soon()).status == 200
    with pytest.raises(SourceRateLimited):
        all_hosts.pathfinder.get(PATH, soon())


def test_a_limited_page_is_followed_by_the_next_way_at_once(apart: Spotify, standin: StandIn, rest: StandIn) -> None:
    apart.ping(soon())
    standin.fault("spotify", "http:429")
    assert apart.track(ids.track_id(catalogue.PLAIN), Deadline.after(4000)).album
    assert apart.track(ids.track_id(catalogue.PLAIN), soon()).album
    assert len(standin.log("spotify")) == 2
    assert len(rest.log("spotify")) == 2


NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
IN_A_MINUTE = format_datetime(NOW.replace(minute=1), usegmt=True)
A_MINUTE_AGO = format_datetime(NOW.replace(hour=11, minute=59), usegmt=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3),
        (" 2.5 ", 2.5),
        ("0", 0),
        (IN_A_MINUTE, 60),
        (A_MINUTE_AGO, 0),
        ("86400", 86400),
        ("999999999", 86400),
        ("", hosts.UNSTATED),
        ("soon", hosts.UNSTATED),
        ("-1", hosts.UNSTATED),
        ("nan", hosts.UNSTATED),
        ("1e9", hosts.UNSTATED),
    ],
)
def test_how_long_a_429_asks_for(header: str, seconds: float) -> None:
    assert wait_stated(Answer(429, {"Retry-After": header}, b""), NOW.timestamp()) == seconds


def test_a_used_up_quota_closes_for_hours() -> None:
    body = b'{"error":{"status":429,"message":"Too many requests","reason":"QUOTA_EXCEEDED"}}'
    assert wait_stated(Answer(429, {"Retry-After": "1"}, body), 0) == hosts.QUOTA
    assert wait_stated(Answer(429, {}, body), 0) == hosts.QUOTA


@given(st.text(max_size=40), st.binary(max_size=40))
def test_no_answer_makes_the_wait_anything_but_a_time_within_a_day(header: str, body: bytes) -> None:
    assert 0 <= wait_stated(Answer(429, {"Retry-After": header}, body), NOW.timestamp()) <= hosts.LONGEST
