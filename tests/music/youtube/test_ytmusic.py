"""ytmusicapi with its traps closed: what it asks for, and what it makes of answers that it cannot read."""

from __future__ import annotations

import json
import locale
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pytest_django import Settings

from music.sources.base import BadAnswer, NotFound, SourceBlocked, SourceError, SourceRateLimited
from music.sources.youtube import build
from music.sources.youtube.client import YouTube
from tests.music.youtube.canned import music
from tests.music.youtube.conftest import paths, soon, track_of
from tests.standin import catalogue
from tests.standin.process import StandIn


def test_the_first_call_fetches_no_page(youtube: YouTube, standin: StandIn) -> None:
    youtube.search("love", "track", 1, 5, soon())
    assert [(entry["method"], entry["path"]) for entry in standin.log("youtube", "api")] == [
        ("POST", "/youtubei/v1/search")
    ]


def test_it_asks_in_english_and_without_untrue_headers(youtube: YouTube, standin: StandIn) -> None:
    youtube.search("love", "track", 1, 5, soon())
    entry = standin.log("youtube", "api")[0]
    assert "content-encoding" not in entry["headers"]
    assert entry["headers"]["cookie"] == "SOCS=CAI"
    assert "x-goog-visitor-id" not in entry["headers"]


def test_it_sends_the_visitor_that_the_player_has(youtube: YouTube, standin: StandIn) -> None:
    youtube.link(track_of(catalogue.PLAIN), 160, soon())
    youtube.search("love", "track", 1, 5, soon())
    visitors = [entry["headers"].get("x-goog-visitor-id") for entry in standin.log("youtube", "api")]
    assert visitors[1]
    assert visitors[2] == visitors[1]
    assert paths(standin) == ["visitor_id", "player", "search"]


@pytest.mark.parametrize(("region", "sent"), [("IN", "IN"), ("DE", "DE"), ("AQ", None)])
def test_it_searches_for_a_region_where_there_is_one(
    standin: StandIn, settings: Settings, region: str, sent: str | None
) -> None:
    settings.YOUTUBE_MUSIC_URL, settings.YOUTUBE_REGION = standin.url, region
    build().search("love", "track", 1, 5, soon())
    (said,) = (name for name in standin.log("youtube")[0]["query"] if name.startswith("{"))
    assert json.loads(said)["context"]["client"].get("gl") == sent


def test_making_it_leaves_the_locale() -> None:
    before = locale.setlocale(locale.LC_ALL)
    music(b"{}")
    assert locale.setlocale(locale.LC_ALL) == before


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"<html>Sorry</html>", 429, SourceRateLimited),
        (b"<html>Sorry</html>", 200, SourceBlocked),
        (b"", 500, BadAnswer),
        (b"", 200, BadAnswer),
        (b"null", 200, BadAnswer),
        (b"[]", 200, BadAnswer),
        (b"{}", 200, BadAnswer),
        (b'{"error": 7}', 500, BadAnswer),
        (b'{"error": {"code": 400}}', 400, BadAnswer),
        (b'{"contents": {}}', 200, BadAnswer),
        (b'{"contents": {"tabbedSearchResultsRenderer": {"tabs": []}}}', 200, BadAnswer),
        (b'{"contents": ' + b"[" * 100_000, 200, BadAnswer),
    ],
)
def test_a_search_that_cannot_be_read(body: bytes, status: int, error: type[SourceError]) -> None:
    with pytest.raises(error):
        music(body, status).search("love", "songs", 5, soon())


@pytest.mark.parametrize(
    "location", ["https://www.google.com/sorry/index?continue=x", "https://consent.youtube.com/m?continue=x"]
)
def test_the_way_to_a_page_for_humans_is_a_block(location: str) -> None:
    with pytest.raises(SourceBlocked):
        music(b"", 302, location).search("love", "songs", 5, soon())


def test_the_error_holds_nothing_of_the_answer() -> None:
    with pytest.raises(BadAnswer) as raised:
        music({"contents": {"secret words": {}}}).search("love", "songs", 5, soon())
    assert "secret" not in str(raised.value)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("status", [400, 404])
def test_an_id_that_the_service_refuses_is_not_found(status: int) -> None:
    refused = music({"error": {"code": status, "message": "Requested entity was not found."}}, status)
    for ask in (refused.album, refused.artist):
        with pytest.raises(NotFound):
            ask("MPREb_whatever", soon())


def test_a_watch_list_of_nothing_is_not_found() -> None:
    tabs: dict[str, Any] = {"watchNextTabbedResultsRenderer": {"tabs": [{"tabRenderer": {}}]}}
    body = {"contents": {"singleColumnMusicWatchNextResultsRenderer": {"tabbedRenderer": tabs}}}
    with pytest.raises(NotFound):
        music(body).watch("A1234567890", False, 1, soon())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["contents", "header", "tabs", "runs", "text", "tabbedSearchResultsRenderer", "error"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.dictionaries(st.sampled_from(["contents", "responseContext", "header"]), JSON))
def test_no_answer_of_any_shape_lets_another_exception_out(body: dict[str, Any]) -> None:
    made = music(body)
    for ask in (
        lambda: made.search("love", "songs", 5, soon()),
        lambda: made.watch("A1234567890", True, 5, soon()),
        lambda: made.album("MPREb_whatever", soon()),
        lambda: made.playlist("PLwhatever", 5, soon()),
        lambda: made.playlist("OLAK5uy_whatever", 5, soon()),
        lambda: made.artist("UCwhatever", soon()),
    ):
        try:
            ask()
        except SourceError:
            continue
