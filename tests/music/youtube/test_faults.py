"""Every fault of the service: the right error, in time, and what is no longer asked afterwards."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest
from pytest_django import Settings

from music.breaker import breaker_for
from music.sources.base import (
    BadAnswer,
    NotFound,
    SourceBlocked,
    SourceError,
    SourceRateLimited,
    SourceResting,
    SourceTimeout,
    SourceUnreachable,
)
from music.sources.youtube import build
from music.sources.youtube.client import YouTube
from music.sources.youtube.errors import SessionLimited
from tests.music.youtube.conftest import paths, soon, track_of, video
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import ids, shelf, specials

FAULTS: list[tuple[str, type[SourceError]]] = [
    ("hang", SourceTimeout),
    ("slow:5000", SourceTimeout),
    ("http:500", BadAnswer),
    ("http:503", BadAnswer),
    ("http:404", BadAnswer),
    ("http:400", BadAnswer),
    ("http:302", BadAnswer),
    ("http:403", SourceBlocked),
    ("http:451", SourceBlocked),
    ("http:429", SourceRateLimited),
    ("html", SourceBlocked),
    ("empty", BadAnswer),
    ("truncated", SourceUnreachable),
    ("reset", SourceUnreachable),
]
PLAIN = catalogue.PLAIN


def raised(youtube: YouTube, call: str, ms: int = 400) -> SourceError:
    """The error of a call that has so much time."""
    calls: dict[str, Callable[[], object]] = {
        "search": lambda: youtube.search("love", "track", 1, 20, soon(ms)),
        "track": lambda: youtube.track(ids.track_id(PLAIN), soon(ms)),
        "album": lambda: youtube.album(ids.album_id(PLAIN.album), 1, 20, soon(ms)),
        "playlist": lambda: youtube.playlist(shelf.EMPTY.id, 1, 20, soon(ms)),
        "artist": lambda: youtube.artist(ids.artist_id(PLAIN.artists[0]), 1, 20, soon(ms)),
        "related": lambda: youtube.related(ids.track_id(PLAIN), 5, soon(ms)),
        "suggest": lambda: youtube.suggest("love", 5, soon(ms)),
        "ping": lambda: youtube.ping(soon(ms)),
        "link": lambda: youtube.link(track_of(PLAIN), 160, soon(ms)),
    }
    with pytest.raises(SourceError) as caught:
        calls[call]()
    return caught.value


@pytest.mark.parametrize(("fault", "error"), FAULTS)
@pytest.mark.parametrize(
    "call", ["search", "track", "album", "playlist", "artist", "related", "suggest", "ping", "link"]
)
def test_each_call_raises_the_right_error(
    youtube: YouTube, standin: StandIn, call: str, fault: str, error: type[SourceError]
) -> None:
    standin.fault("youtube", fault)
    if call == "track" and fault in ("http:404", "http:400"):
        error = NotFound  # oEmbed says so of a video that is not there
    hangs = fault in ("hang", "slow:5000")
    started = time.monotonic()
    assert isinstance(raised(youtube, call, 400 if hangs else 10_000), error)
    if hangs:  # far under the 3 and 5 s that a single connection may take: it was the call's own deadline
        assert time.monotonic() - started < 2.5


@pytest.mark.parametrize("fault", ["http:500", "http:503", "http:404", "hang", "reset"])
def test_a_failing_server_is_not_asked_through_yt_dlp(youtube: YouTube, standin: StandIn, fault: str) -> None:
    standin.fault("youtube", fault)
    raised(youtube, "link")
    assert paths(standin).count("player") <= 1


@pytest.mark.parametrize("listens", [True, False])
def test_a_song_is_described_while_music_hangs_or_is_gone(standin: StandIn, settings: Settings, listens: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        settings.YOUTUBE_URL = standin.url
        settings.YOUTUBE_MUSIC_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert build().track(ids.track_id(PLAIN), soon(4000)).title == PLAIN.title
    assert paths(standin) == ["oembed", "visitor_id", "player"]


def test_a_missing_certificate_is_no_connection(standin: StandIn, settings: Settings) -> None:
    settings.YOUTUBE_PROXY = standin.url
    with pytest.raises(SourceUnreachable):
        build().search("love", "track", 1, 5, soon())


@pytest.mark.parametrize(
    ("special", "error"),
    [
        (specials.BOT_CHECK, SourceBlocked),
        (specials.PLACEHOLDER, SourceBlocked),
        (specials.LIMITED, SourceRateLimited),
    ],
)
def test_a_refusal_of_this_server_stops_the_next_calls(
    youtube: YouTube, standin: StandIn, special: specials.Special, error: type[SourceError]
) -> None:
    with pytest.raises(error) as refusal:
        youtube.link(video(special.id), 160, soon())
    assert paths(standin) == ["visitor_id", "player"]
    breaker_for("youtube", "audio").note(refusal.value)
    with pytest.raises(SourceResting) as resting:
        youtube.link(track_of(PLAIN), 160, soon())
    assert resting.value.cause == error.outcome
    assert paths(standin) == ["visitor_id", "player"]
    youtube.ping(soon())


def test_a_refusal_of_this_server_leaves_search_as_it_is(youtube: YouTube) -> None:
    with pytest.raises(SourceBlocked):
        youtube.link(video(specials.BOT_CHECK.id), 160, soon())
    assert youtube.search("love", "track", 1, 5, soon()).items
    assert youtube.track(ids.track_id(PLAIN), soon()).title == PLAIN.title


@pytest.mark.parametrize(
    ("special", "seconds"), [(specials.BOT_CHECK, 600), (specials.PLACEHOLDER, 600), (specials.LIMITED, 3600)]
)
def test_a_refusal_says_how_long_the_player_is_left_alone(
    youtube: YouTube, standin: StandIn, special: specials.Special, seconds: int
) -> None:
    with pytest.raises((SourceBlocked, SessionLimited)) as refusal:
        youtube.link(video(special.id), 160, soon())
    assert (refusal.value.part, refusal.value.rest_seconds) == ("audio", seconds)
    standin.clear_log()
    assert youtube.link(track_of(PLAIN), 160, soon()).bitrate
    # With another visitor: a limit may hang on the one that met it.
    assert paths(standin) == ["visitor_id", "player"]


def test_the_canary_for_audio_is_heard_while_callers_are_kept_back(youtube: YouTube, standin: StandIn) -> None:
    breaker_for("youtube", "audio").open(SourceBlocked("a bot check"))
    youtube.ping_audio(soon())
    assert paths(standin) == ["visitor_id", "player"]


def test_a_video_that_does_not_play_stops_nothing(youtube: YouTube) -> None:
    for special in (specials.AGE, specials.PRIVATE, specials.GEO, specials.LIVE):
        with pytest.raises(SourceError):
            youtube.link(video(special.id), 160, soon())
    assert youtube.link(track_of(PLAIN), 160, soon()).bitrate


@pytest.mark.usefixtures("youtube")
def test_the_hours_budget_is_kept(standin: StandIn, settings: Settings) -> None:
    settings.YOUTUBE_HOURLY_VIDEOS = 4  # for two processes
    thrifty = build()
    for _ in range(2):
        thrifty.link(track_of(PLAIN), 160, soon())
    with pytest.raises(SourceRateLimited):
        thrifty.link(track_of(PLAIN), 160, soon())
    assert paths(standin).count("player") == 2
    assert thrifty.search("love", "track", 1, 5, soon()).items


def test_the_visitor_is_kept_for_an_hour(youtube: YouTube, standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [time.monotonic()]
    monkeypatch.setattr("music.sources.youtube.innertube.time.monotonic", lambda: clock[0])
    for _ in range(3):
        youtube.link(track_of(PLAIN), 160, soon(60_000))
    assert paths(standin) == ["visitor_id", "player", "player", "player"]
    clock[0] += 3601
    youtube.link(track_of(PLAIN), 160, soon(60_000))
    assert paths(standin)[-2:] == ["visitor_id", "player"]


def test_links_end_when_their_address_says(youtube: YouTube) -> None:
    link = youtube.link(track_of(PLAIN), 160, soon())
    assert link.expires_at
    assert 0 < link.expires_at - time.time() <= 21_600
