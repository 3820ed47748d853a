"""yt-dlp as the second way: when it is asked, what it asks, and that it leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from music.sources.base import NotPlayable, SourceBlocked, SourceRateLimited
from music.sources.youtube import ytdlp
from music.sources.youtube.client import YouTube
from music.sources.youtube.transport import Wire, options
from tests.music.youtube.conftest import paths, soon, track_of, video
from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.youtube import ids, specials

NEIGHBOURS = """
import logging, sys, warnings
import requests.adapters, urllib3.util.url

def seen():
    level = logging.getLogger("urllib3").level
    return requests.adapters.select_proxy, urllib3.util.url._PERCENT_RE, level, warnings.filters[:]

before = seen()
import music.sources.youtube.ytdlp
assert "yt_dlp.networking._requests" in sys.modules
assert seen() == before
assert requests.adapters.select_proxy is requests.utils.select_proxy
"""
LAZY = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django; django.setup()
import music.sources, music.sources.youtube, music.resolver
assert not {"yt_dlp", "ytmusicapi"} & set(sys.modules)
"""


@pytest.fixture
def fallback(standin: StandIn) -> ytdlp.Fallback:
    """yt-dlp, led to the stand-in by its base address."""
    return ytdlp.Fallback(Wire("www.youtube.com", options(standin.url)))


@pytest.mark.parametrize("program", [NEIGHBOURS, LAZY], ids=["requests stays as it is", "nothing is loaded in vain"])
def test_importing_it_touches_no_other_source(program: str) -> None:
    root = Path(__file__).parents[3]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("special", [specials.KIDS, specials.SABR])
def test_another_app_is_tried_once_for_what_ours_is_not_served(
    youtube: YouTube, standin: StandIn, special: specials.Special
) -> None:
    link = youtube.link(video(special.id), 160, soon())
    assert (link.mime, link.codec, link.open_to_all) == ("audio/mp4", "aac", False)
    assert paths(standin) == ["visitor_id", "player", "player"]
    numbers = [entry["headers"].get("x-youtube-client-name") for entry in standin.log("youtube")]
    assert [number for number in numbers if number] == ["101", "101", "56"]


def test_an_answer_of_another_shape_is_read_by_yt_dlp(youtube: YouTube, standin: StandIn) -> None:
    link = youtube.link(video(specials.SHAPE.id), 96, soon())
    assert link.bitrate <= 96
    assert paths(standin) == ["visitor_id", "player", "player"]


def test_what_no_app_is_served_is_not_playable(youtube: YouTube, standin: StandIn) -> None:
    with pytest.raises(NotPlayable):
        youtube.link(video(specials.SECRET.id), 160, soon())
    assert paths(standin).count("player") == 2


def test_it_finds_the_same_files_as_our_own_question(youtube: YouTube, fallback: ytdlp.Fallback) -> None:
    files = fallback.audio(ids.track_id(catalogue.PLAIN), ytdlp.PLAIN_CLIENT, "", 10_800, soon())
    link = youtube.link(track_of(catalogue.PLAIN), 320, soon())
    assert (link.size, link.bitrate, link.mime) in [(file.size, file.bitrate, file.mime) for file in files]


@pytest.mark.parametrize(("special", "reason"), specials.REFUSALS)
def test_it_says_why_a_video_does_not_play(fallback: ytdlp.Fallback, special: specials.Special, reason: str) -> None:
    with pytest.raises(NotPlayable) as raised:
        fallback.audio(special.id, ytdlp.PLAIN_CLIENT, "", 10_800, soon())
    assert raised.value.reason == reason


@pytest.mark.parametrize("special", [specials.BOT_CHECK, specials.PLACEHOLDER])
def test_it_tells_a_block_of_this_server(fallback: ytdlp.Fallback, special: specials.Special) -> None:
    with pytest.raises(SourceBlocked):
        fallback.audio(special.id, ytdlp.PLAIN_CLIENT, "", 10_800, soon())


def test_it_tells_a_limit_by_its_status(fallback: ytdlp.Fallback, standin: StandIn) -> None:
    standin.fault("youtube", "http:429")
    with pytest.raises(SourceRateLimited):
        fallback.audio(ids.track_id(catalogue.PLAIN), ytdlp.PLAIN_CLIENT, "", 10_800, soon())


def test_it_sends_the_visitor_and_asks_once(fallback: ytdlp.Fallback, standin: StandIn) -> None:
    fallback.audio(ids.track_id(catalogue.PLAIN), ytdlp.PLAIN_CLIENT, "CgtWisitor%3D%3D", 10_800, soon())
    entries = standin.log("youtube")
    assert [entry["path"] for entry in entries] == ["/youtubei/v1/player"]
    assert entries[0]["headers"]["x-goog-visitor-id"] == "CgtWisitor%3D%3D"
    assert "cookie" not in entries[0]["headers"]


def test_each_thread_has_an_object_of_its_own(fallback: ytdlp.Fallback) -> None:
    barrier = threading.Barrier(4)

    def one(place: int) -> tuple[int, int]:
        barrier.wait(10)
        song = catalogue.LOVE[place]
        return place, fallback.audio(ids.track_id(song), ytdlp.PLAIN_CLIENT, "", 10_800, soon())[0].size or 0

    with ThreadPoolExecutor(4) as pool:
        sizes = dict(pool.map(one, range(4)))
    assert len(set(sizes.values())) == 4


def test_it_has_one_extractor_no_javascript_and_no_cache(fallback: ytdlp.Fallback) -> None:
    downloader = fallback._downloader()
    assert list(downloader._ies) == ["Youtube"]
    assert downloader.params["js_runtimes"] == {}
    assert downloader.params["cachedir"] is False
    assert "_request_director" not in vars(downloader)


def test_the_table_of_apps_is_yt_dlps() -> None:
    entry = ytdlp.client_entry()
    assert entry["INNERTUBE_CONTEXT"]["client"]["clientName"] == "VISIONOS"
    assert entry["REQUIRE_JS_PLAYER"] is False
    assert ytdlp.client_entry(ytdlp.OTHER_CLIENT)["SUPPORTS_COOKIES"] in (True, False)
