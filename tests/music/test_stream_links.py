"""GET /api/v1/stream for links and ids of all services: played from JioSaavn, else a video plays its own audio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
import requests
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from keys.models import KeyQuota
from music.cache import held_link, hold_link
from music.streaming.places import Places
from music.streaming.shares import ProcessShares
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf, specials

URL = "/api/v1/stream"
PLAIN = catalogue.PLAIN
ON_YOUTUBE = youtube_ids.track_id(PLAIN)
ONLY_HERE = youtube_ids.track_id(shelf.ONLY_HERE)


def heard(answer: HttpResponseBase) -> bytes:
    """The whole of a carried stream."""
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(cast("Iterator[bytes]", answer.streaming_content))


@pytest.mark.parametrize(
    ("wanted", "requested"),
    [
        (f"https://youtu.be/{ON_YOUTUBE}?si=abc", "youtube"),
        (f"https://www.youtube.com/watch?list=PLabc&v={ON_YOUTUBE}", "youtube"),
        (f"youtube:{ON_YOUTUBE}", "youtube"),
        (f"https://open.spotify.com/track/{spotify_ids.track_id(PLAIN)}", "spotify"),
        (f"spotify:track:{spotify_ids.track_id(PLAIN)}", "spotify"),
        (f"https://spotify.link/{spotify_ids.short_code(spotify_ids.track_id(PLAIN))}", "spotify"),
    ],
)
def test_a_song_that_is_named_elsewhere_plays_from_jiosaavn(
    api: Client, everywhere: StandIn, wanted: str, requested: str
) -> None:
    answer = api.get(URL, {"q": wanted})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["answered_by"], body["track"]["title"]) == ("jiosaavn", PLAIN.title)
    assert body["track"]["id"] == f"jiosaavn:{jiosaavn_ids.pid(PLAIN)}"
    assert body["match"]["requested"]["source"] == requested
    assert body["match"]["score"] >= 0.75
    assert not [entry for entry in everywhere.log("youtube") if entry["path"].endswith("/player")]


@pytest.mark.parametrize(
    ("link", "source", "native"),
    [
        (f"https://youtu.be/{ON_YOUTUBE}", "youtube", ON_YOUTUBE),
        (f"https://open.spotify.com/track/{spotify_ids.track_id(PLAIN)}", "spotify", spotify_ids.track_id(PLAIN)),
    ],
)
def test_a_song_that_was_described_by_its_id_is_not_described_again_for_its_link(
    api: Client, everywhere: StandIn, link: str, source: str, native: str
) -> None:
    assert api.get(f"/api/v1/tracks/{source}:{native}").status_code == 200
    everywhere.clear_log()
    body = api.get(URL, {"q": link}).json()
    assert (body["answered_by"], body["match"]["requested"]["id"]) == ("jiosaavn", f"{source}:{native}")
    assert everywhere.log(source) == []


@pytest.mark.parametrize("form", ["https://www.jiosaavn.com/song/x/{}", "saavn.com/s/song/english/a/b/{}"])
def test_a_jiosaavn_link_plays_that_song(api: Client, everywhere: StandIn, form: str) -> None:
    body = api.get(URL, {"q": form.format(jiosaavn_ids.song_token(catalogue.LIVE))}).json()
    assert body["track"]["title"] == catalogue.LIVE.title
    assert body["match"]["reason"] == "asked for by its id"


@pytest.mark.parametrize("song", [catalogue.LIVE, catalogue.REMIX, catalogue.KARAOKE, catalogue.INSTRUMENTAL])
def test_a_version_is_matched_by_that_version(api: Client, everywhere: StandIn, song: catalogue.Song) -> None:
    body = api.get(URL, {"q": f"youtube:{youtube_ids.track_id(song)}"}).json()
    assert body["track"]["title"] == song.title


def test_a_song_that_only_youtube_has_is_carried_by_us(api: Client, everywhere: StandIn) -> None:
    stream = api.get(URL, {"q": f"https://youtu.be/{ONLY_HERE}"}).json()["stream"]
    assert (stream["delivery"], stream["mime"], stream["codec"]) == ("proxy", "audio/mp4", "aac")
    assert (stream["direct_url"], stream["direct_expires_at"]) == ("", None)
    path = re.sub(r"^http://testserver", "", stream["url"])
    whole = Client().get(path)
    body = heard(whole)
    assert (whole.status_code, whole["Accept-Ranges"]) == (200, "bytes")
    assert len(body) == int(whole["Content-Length"]) == stream["size"]
    part = Client().get(path, headers={"Range": "bytes=100-299"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-299/{stream['size']}")
    assert heard(part) == body[100:300]
    head = Client().head(path)
    assert (head.status_code, head["Content-Length"]) == (200, str(stream["size"]))
    past = Client().get(path, headers={"Range": "bytes=999999999-"})
    assert (past.status_code, past["Content-Range"]) == (416, f"bytes */{stream['size']}")


def test_a_server_that_is_full_says_so_and_asks_nothing_of_the_service(
    api: Client, everywhere: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = api.get(URL, {"q": f"youtube:{ONLY_HERE}"}).json()["stream"]
    path = re.sub(r"^http://testserver", "", stream["url"])
    one_place = Places(1, ProcessShares())
    monkeypatch.setattr("music.playviews.places", lambda: one_place)
    first = Client().get(path)
    everywhere.clear_log()
    full = Client().get(path)
    assert (full.status_code, full.json()["code"]) == (429, "too_many_streams")
    assert int(full["Retry-After"]) > 0
    assert everywhere.log() == []
    assert heard(first)
    assert heard(Client().get(path, headers={"Range": "bytes=0-9"}))


def test_a_jiosaavn_song_whose_files_are_refused_plays_from_youtube(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:403", "media")
    body = api.get(URL, {"q": f"jiosaavn:{jiosaavn_ids.pid(PLAIN)}"}).json()
    assert (body["answered_by"], body["track"]["title"]) == ("youtube", PLAIN.title)
    assert body["match"]["requested"]["source"] == "jiosaavn"


def test_a_shared_text_of_several_lines_is_read(api: Client, everywhere: StandIn) -> None:
    body = api.get(URL, {"q": f"Listen to this:\nhttps://youtu.be/{ON_YOUTUBE}\n\nsent from my phone"}).json()
    assert body["track"]["title"] == PLAIN.title


def test_a_held_link_that_no_longer_opens_is_replaced(api: Client, everywhere: StandIn) -> None:
    stream = api.get(URL, {"q": f"youtube:{ONLY_HERE}"}).json()["stream"]
    path = re.sub(r"^http://testserver", "", stream["url"])
    held = held_link(f"youtube:{ONLY_HERE}", 320)
    assert held is not None
    hold_link(f"youtube:{ONLY_HERE}", 320, replace(held, url=held.url + "broken"))
    part = Client().get(path, headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(heard(part))) == (206, 10)


def test_text_that_jiosaavn_does_not_have_is_answered_by_youtube(api: Client, everywhere: StandIn) -> None:
    body = api.get(URL, {"q": "periscope lullaby quillon haddersby"}).json()
    assert (body["answered_by"], body["stream"]["delivery"]) == ("youtube", "proxy")
    asked = [attempt["source"] for attempt in body["attempts"]]
    assert asked[0] == "jiosaavn"
    assert [source for source in asked if source != "spotify"] == ["jiosaavn", "youtube", "youtube"]


def test_a_bot_that_cannot_reach_the_cdn_has_the_bytes_from_us(api: Client, everywhere: StandIn) -> None:
    stream = api.get(URL, {"q": PLAIN.title, "delivery": "proxy"}).json()["stream"]
    assert stream["delivery"] == "proxy"
    assert requests.head(stream["direct_url"], timeout=5).status_code == 200
    carried = Client().get(re.sub(r"^http://testserver", "", stream["url"]), headers={"Range": "bytes=0-99"})
    assert heard(carried)[4:8] == b"ftyp"


@pytest.mark.parametrize(("special", "reason"), specials.REFUSALS)
def test_what_youtube_does_not_play_says_why(
    api: Client, everywhere: StandIn, special: specials.Special, reason: str
) -> None:
    answer = api.get(URL, {"q": f"youtube:{special.id}"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_playable"), answer.content
    assert answer.json()["reason"] == reason


def test_a_bot_check_is_a_block_and_costs_nothing(api: Client, everywhere: StandIn) -> None:
    answer = api.get(URL, {"q": f"youtube:{specials.BOT_CHECK.id}"})
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_blocked"), answer.content
    assert KeyQuota.objects.get().used == 0


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (f"https://open.spotify.com/album/{spotify_ids.album_id(PLAIN.album)}", "not_a_track"),
        ("https://www.youtube.com/playlist?list=PLabcdefghijklmnop", "not_a_track"),
        ("https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ", "unsupported_link"),
        ("http://127.0.0.1:9/", "unsupported_link"),
        ("https://open.spotify.com/episode/0000000000000000000000", "unsupported_link"),
    ],
)
def test_a_link_to_something_else_is_refused_and_costs_nothing(
    api: Client, everywhere: StandIn, wanted: str, code: str
) -> None:
    answer = api.get(URL, {"q": wanted})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["parameter"] == "q"
    assert not KeyQuota.objects.exists()
    assert everywhere.log() == []


def test_a_jiosaavn_that_hangs_leaves_youtube_its_time(api: Client, everywhere: StandIn, settings: Settings) -> None:
    everywhere.fault("jiosaavn", "hang", "all")
    settings.FLAKS_DEADLINE_MS, settings.FLAKS_HEDGE_MS = 3000, 300
    body = api.get(URL, {"q": f"youtube:{ON_YOUTUBE}"}).json()
    assert body["answered_by"] == "youtube"
    assert "timeout" in [attempt["outcome"] for attempt in body["attempts"]]


@pytest.mark.parametrize("tail", ["", "/"])
def test_a_tracks_own_route_plays_it(api: Client, everywhere: StandIn, tail: str) -> None:
    body = api.get(f"/api/v1/tracks/jiosaavn:{jiosaavn_ids.pid(PLAIN)}/stream{tail}", {"quality": "160"}).json()
    assert (body["track"]["title"], body["stream"]["bitrate"]) == (PLAIN.title, 160)
