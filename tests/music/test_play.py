"""GET and HEAD /play/<token>."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from keys.models import ApiKey, KeyQuota
from keys.tokens import read_link
from music import switches
from music.cache import hold_link
from music.domain import MediaLink
from tests.keys.standstill import one_moment
from tests.standin import catalogue
from tests.standin.process import StandIn


@pytest.fixture
def link(api: Client, standin: StandIn) -> str:
    """The path of a stable link to the plain song."""
    stream = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["stream"]
    return str(urlsplit(stream["url"]).path).removesuffix("/Marmalade-Telescope-Orla-Fenwright.m4a")


@pytest.mark.parametrize("name", ["", "/", "/Marmalade%20Telescope.m4a"])
def test_it_redirects_to_audio_without_key_or_header(link: str, name: str) -> None:
    answer = Client().get(link + name)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    served = requests.get(answer["Location"], headers={"Range": "bytes=0-99"}, timeout=5)
    assert (served.status_code, served.content[4:8]) == (206, b"ftyp")


def test_head_redirects_too(link: str) -> None:
    assert Client().head(link).status_code == 302


def test_it_can_be_opened_again_and_costs_nothing(link: str) -> None:
    used = KeyQuota.objects.get().used
    assert {Client().get(link).status_code for _ in range(5)} == {302}
    assert KeyQuota.objects.get().used == used


def test_a_held_link_costs_one_query_and_no_request(
    link: str, standin: StandIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standin.clear_log()
    with one_moment():
        switches.refresh()  # one more query, at most once a second a process
        # 1. whether the lineage has an active key
        with django_assert_num_queries(1):
            Client().get(link)
    assert standin.log() == []


def test_a_process_that_holds_no_link_makes_a_new_one(link: str, standin: StandIn) -> None:
    cache.clear()
    assert Client().get(link).status_code == 302


def test_a_link_of_the_service_that_is_about_to_end_is_replaced(link: str) -> None:
    track = read_link(link.removeprefix("/play/"), django_settings.SECRET_KEY, time.time()).track
    old = MediaLink("https://aac.saavncdn.com/1/old_320.mp4", 320, "audio/mp4", "aac", 1, int(time.time()) + 70)
    hold_link(track, 320, old)
    assert Client().get(link)["Location"] == old.url
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=15)):
        assert Client().get(link)["Location"] != old.url


def test_the_answer_carries_no_quota(link: str) -> None:
    assert "RateLimit" not in Client().get(link)


def test_a_rate_limit_or_key_header_changes_nothing(link: str) -> None:
    assert Client(headers={"X-API-Key": "junk"}).get(link).status_code == 302


def test_it_stops_with_its_lineage(link: str, key: tuple[ApiKey, str]) -> None:
    ApiKey.objects.update(enabled=False)
    answer = Client().get(link)
    assert (answer.status_code, answer.json()["code"]) == (404, "link_invalid")


def test_it_goes_on_with_another_key_of_its_lineage(link: str, key: tuple[ApiKey, str]) -> None:
    ApiKey.objects.issue(name="successor", lineage=key[0].lineage)
    ApiKey.objects.filter(pk=key[0].pk).update(enabled=False)
    assert Client().get(link).status_code == 302


def test_it_expires(link: str) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=13)):
        answer = Client().get(link)
    assert (answer.status_code, answer.json()["code"]) == (410, "link_expired")


@pytest.mark.parametrize("change", ["cut", "flip", "junk", "long"])
def test_a_token_that_we_did_not_sign_is_invalid(link: str, change: str, db: None) -> None:
    flipped = link[:-20] + ("A" if link[-20] != "A" else "B") + link[-19:]
    bad = {"cut": link[:-1], "flip": flipped, "junk": "/play/hello", "long": "/play/" + "a" * 5000}[change]
    answer = Client().get(bad)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "link_invalid"


def test_a_service_that_fails_is_said(link: str, standin: StandIn) -> None:
    cache.clear()
    standin.fault("jiosaavn", "http:500")
    answer = Client().get(link)
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
def test_ffprobe_reads_the_song_behind_it(link: str) -> None:
    location = Client().get(link)["Location"]
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", location]
    probed = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=20).stdout)
    assert probed["streams"][0]["codec_name"] == "aac"
    assert abs(float(probed["format"]["duration"]) - catalogue.PLAIN.duration) < 0.1
