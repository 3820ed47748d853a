"""Streams that this server carries: their places, their ends, and what is passed on of the service's answer."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from music import relay
from music.deadline import Deadline
from music.domain import MediaLink
from music.relay import Place, Relay, TooManyStreams
from music.sources import sources
from music.sources.base import BadAnswer, SourceError
from tests.standin import catalogue
from tests.standin.process import StandIn


def soon() -> Deadline:
    return Deadline.after(5000)


@pytest.fixture
def link(standin: StandIn) -> MediaLink:
    source = sources()["jiosaavn"]
    found = source.search(catalogue.PLAIN.title, "track", 1, 1, soon()).items[0]
    return source.link(found, 320, soon())  # type: ignore[arg-type] # a track it is


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> threading.BoundedSemaphore:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(relay, "PLACES", places)
    return places


def opened(link: MediaLink, byte_range: str = "") -> Relay:
    place = Place()
    try:
        return Relay(place, sources()["jiosaavn"], link, byte_range, soon())
    except SourceError:
        place.give_back()
        raise


def test_a_stream_heard_to_its_end_gives_its_place_back(link: MediaLink, one_place: threading.BoundedSemaphore) -> None:
    for _ in range(3):
        stream = opened(link, "bytes=0-99999")
        assert len(b"".join(stream)) == 100_000
        stream.close()
        stream.close()


def test_a_listener_who_leaves_gives_the_place_back(link: MediaLink, one_place: threading.BoundedSemaphore) -> None:
    stream = opened(link)
    assert next(iter(stream))
    with pytest.raises(TooManyStreams):
        opened(link)
    stream.close()
    opened(link, "bytes=0-1").close()


def test_a_stream_that_cannot_be_opened_gives_its_place_back(
    standin: StandIn, link: MediaLink, one_place: threading.BoundedSemaphore
) -> None:
    for fault in ("http:403", "html", "reset"):
        standin.fault("jiosaavn", fault, "media")
        with pytest.raises(SourceError):
            opened(link)
    standin.clear_faults()
    opened(link, "bytes=0-1").close()


def test_another_thread_can_end_a_stream_that_waits(standin: StandIn, link: MediaLink) -> None:
    stream = opened(link)
    standin.fault("jiosaavn", "none", "media")
    ended = threading.Event()

    def listen() -> None:
        try:
            for _ in stream:
                ended.wait(0.01)
        except ConnectionResetError:
            pass
        ended.set()

    listener = threading.Thread(target=listen)
    listener.start()
    stream.close()
    listener.join(5)
    assert ended.is_set()


def test_a_song_that_breaks_off_is_said_to_be_broken(standin: StandIn, link: MediaLink) -> None:
    standin.fault("jiosaavn", "truncated", "media")
    stream = opened(link)
    with pytest.raises(ConnectionResetError):
        b"".join(stream)
    stream.close()


@pytest.mark.parametrize("asked", ["bytes=5-2x", "bytes=0-1,5-6", "lines=1-2", "bytes=" + "9" * 20 + "-", "x"])
def test_a_range_of_another_form_is_not_passed_on(link: MediaLink, asked: str) -> None:
    stream = opened(link, asked)
    assert stream.status == 200
    stream.close()


def test_only_known_headers_are_passed_on_and_the_type_is_ours(link: MediaLink) -> None:
    stream = opened(link, "bytes=0-9")
    assert set(stream.headers) <= {
        *("Content-Type", "Accept-Ranges", "Cache-Control", "Content-Length"),
        *("Content-Range", "ETag", "Last-Modified"),
    }
    assert stream.headers["Content-Type"] == "audio/mp4"
    stream.close()


def test_a_host_off_the_list_is_not_opened(link: MediaLink) -> None:
    with pytest.raises(SourceError, match="not the service"):
        opened(replace(link, url="http://169.254.169.254/x_320.mp4"))


def test_a_page_in_place_of_audio_is_refused(standin: StandIn, link: MediaLink) -> None:
    standin.fault("jiosaavn", "html", "media")
    with pytest.raises(BadAnswer):
        opened(link)
