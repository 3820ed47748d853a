"""Failures that meet healthy sources: nobody is blamed for long, and nothing is believed that nobody said."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.test import Client

from music import cache
from music.breaker import breaker_for
from music.deadline import Deadline
from music.domain import Item, MediaLink, Page, Track
from music.links import track_id
from music.sources import sources
from music.sources.base import NotPlayable, SourceSilent, SourceUnreachable
from music.sources.jiosaavn.client import JioSaavn
from music.sources.youtube.client import YouTube
from music.streaming.links import renewed
from music.trace import Trace
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

STREAM = "/api/v1/stream"
TRACK = f"jiosaavn:{ids.pid(catalogue.PLAIN)}"


def test_streams_that_break_together_have_their_link_replaced_once(api: Client, standin: StandIn) -> None:
    api.get(STREAM, {"q": TRACK})
    held = cache.held_link(TRACK, 320)
    assert held is not None
    broken = replace(held, url=f"{held.url}&broken=1")  # the service makes the same link all through a second
    cache.hold_link(TRACK, 320, broken)
    standin.clear_log()
    standin.fault("jiosaavn", "slow:100")
    found: list[MediaLink] = []

    def renew() -> None:
        found.append(renewed(Trace(Deadline.after(5000)), track_id(TRACK), 320, broken))

    threads = [threading.Thread(target=renew) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert len({link.url for link in found}) == 1
    assert len(standin.log("jiosaavn", "media")) == 1  # one probe, of one new link


def test_a_source_that_fails_on_the_way_round_is_no_proof_that_there_is_no_song(
    api: Client, everywhere: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JioSaavn and YouTube find nothing; Spotify names the song; JioSaavn fails when it is asked by that name."""
    nothing: Page[Item] = Page((), 0, has_more=False)
    asked: list[str] = []

    def search(_: JioSaavn, query: str, *__: object) -> Page[Item]:
        asked.append(query)
        if len(asked) == 1:
            return nothing
        raise SourceUnreachable("the connection broke")

    monkeypatch.setattr(JioSaavn, "search", search)
    monkeypatch.setattr(YouTube, "search", lambda *_: nothing)
    answer = api.get(STREAM, {"q": catalogue.PLAIN.title})
    assert len(asked) == 2
    assert (answer.status_code, answer.json()["code"]) == (503, "sources_unavailable")


def test_a_breaker_that_silence_opened_is_closed_by_the_late_answer() -> None:
    breaker = breaker_for("jiosaavn", "search")
    for _ in range(5):
        breaker.note(SourceSilent("still silent after 450 ms"))
    assert breaker.rest is not None
    breaker.take_back()
    assert breaker.rest is None


def test_a_breaker_that_failures_opened_is_not() -> None:
    breaker = breaker_for("jiosaavn", "search")
    for _ in range(5):
        breaker.note(SourceUnreachable("no connection"))
    breaker.take_back()
    assert breaker.rest is not None


def test_one_canary_song_without_audio_closes_nothing(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    source = sources()["jiosaavn"]
    linked, refused = JioSaavn.link, list[str]()

    def link(self: JioSaavn, track: Track, quality: int, deadline: Deadline) -> MediaLink:
        if not refused:
            refused.append(track.id)
            raise NotPlayable("the service issued no link")
        return linked(self, track, quality, deadline)

    monkeypatch.setattr(JioSaavn, "link", link)
    source.ping_audio(Deadline.after(5000))
    assert refused


def test_a_spotify_search_that_fails_leaves_spotifys_links_open(api: Client, everywhere: StandIn) -> None:
    everywhere.fault("spotify", "http:500")
    for number in range(6):
        api.get("/api/v1/search", {"q": f"song {number}", "source": "spotify"})
    assert breaker_for("spotify", "search").rest is None
