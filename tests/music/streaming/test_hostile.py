"""What media hosts answer that is no song, and where they would send this server: nothing of it reaches a listener."""

from __future__ import annotations

import socket

import pytest
from pytest_django import Settings

from keys.models import ApiKey
from music.cache import hold_link
from music.domain import MediaLink
from music.streaming.origin import LARGEST
from music.streaming.places import Places
from tests.music.streaming.conftest import heard
from tests.music.streaming.hostile import REST, SIZE, SONG, TRACK, WHOLE, Serve, audio, host, play, says
from tests.standin.process import StandIn


@pytest.fixture(autouse=True)
def _sources(standin: StandIn) -> None:
    """The sources are pointed at a host by each test, and are forgotten after it."""


def test_a_well_behaved_host_is_heard(key: tuple[ApiKey, str], settings: Settings) -> None:
    with host(audio("206 Partial Content", WHOLE, f"Content-Length: {SIZE}")) as cdn:
        assert heard(play(key, cdn.url, settings)) == SONG


@pytest.mark.parametrize(
    "serve",
    [
        says("200 OK|Content-Type: text/html", b"<html>Sign in</html>"),
        audio("206 Partial Content", WHOLE, kind="text/html"),
        audio("206 Partial Content", WHOLE, kind="application/json"),
        audio("206 Partial Content", WHOLE, kind="application/octet-stream", body=b"<html>" + SONG[6:]),
        audio("206 Partial Content", WHOLE, kind="application/octet-stream", body=b"MZ" + SONG[2:]),
        audio("206 Partial Content", f"Content-Range: bytes 5-{SIZE - 1}/{SIZE}"),
        audio("206 Partial Content", "Content-Range: bytes 0-9/0"),
        audio("206 Partial Content", f"Content-Range: bytes 0-9/{LARGEST + 1}"),
        audio("206 Partial Content", "Content-Range: nonsense"),
        audio("206 Partial Content"),
        audio("200 OK", "Content-Length: 0", body=b""),
        audio("204 No Content", body=b""),
        audio("416 Range Not Satisfiable", "Content-Range: bytes */5"),
        audio("403 Forbidden"),
        audio("500 Oops"),
        says("302 Found|Location: http://169.254.169.254/latest/meta-data/"),
        says("302 Found|Location: http://["),
        says("nonsense"),
        lambda connection, _: connection.close(),
    ],
)
def test_what_is_no_audio_is_answered_as_a_failure_of_the_source(
    key: tuple[ApiKey, str], settings: Settings, serve: Serve
) -> None:
    with host(serve) as cdn:
        answer = play(key, cdn.url, settings)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] in ("sources_unavailable", "sources_blocked")
    assert b"latest" not in answer.content


def test_nobodys_headers_but_ours_are_sent(key: tuple[ApiKey, str], settings: Settings) -> None:
    extra = (
        "Set-Cookie: a=b",
        "X-Evil: 1",
        "Content-Encoding: gzip",
        "Content-Disposition: attachment; filename=x.exe",
    )
    with host(audio("206 Partial Content", WHOLE, f"Content-Length: {SIZE}", "ETag: evil", *extra)) as cdn:
        answer = play(key, cdn.url, settings)
        assert heard(answer) == SONG
    assert not {"Set-Cookie", "X-Evil", "Content-Encoding", "Location"} & set(answer.headers)
    assert not answer.cookies
    assert answer["Content-Disposition"].startswith("inline")
    assert "evil" not in answer["ETag"]


def test_a_body_that_never_ends_is_read_to_the_songs_end(
    key: tuple[ApiKey, str], settings: Settings, places: Places
) -> None:
    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: audio/mp4\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"%x\r\n%s\r\n" % (SIZE, SONG))

    with host(endless) as cdn:
        assert heard(play(key, cdn.url, settings)) == SONG
    assert places.running() == []


def test_a_host_that_never_says_how_long_its_song_is_is_refused(key: tuple[ApiKey, str], settings: Settings) -> None:
    with host(audio("206 Partial Content", "Content-Range: bytes 0-0/*", body=b"\0")) as cdn:
        assert play(key, cdn.url, settings, size=None).status_code == 503


def test_a_length_that_the_service_did_not_tell_is_asked_of_its_host(
    key: tuple[ApiKey, str], settings: Settings
) -> None:
    with host(_ranged(SONG)) as cdn:
        answer = play(key, cdn.url, settings, size=None)
        assert (answer["Content-Length"], heard(answer)) == (str(SIZE), SONG)
        assert b"bytes=0-0\r\n" in cdn.asked[0]


def test_the_hosts_length_goes_before_what_was_said_of_the_link(key: tuple[ApiKey, str], settings: Settings) -> None:
    with host(_ranged(SONG)) as cdn:
        for told in (SIZE + 1000, SIZE - 1000):
            answer = play(key, cdn.url, settings, size=told, asked="bytes=-100")
            assert (answer["Content-Range"], heard(answer)) == (f"bytes {SIZE - 100}-{SIZE - 1}/{SIZE}", SONG[-100:])


def test_a_length_that_was_promised_and_not_kept_is_broken_off(
    key: tuple[ApiKey, str], settings: Settings, places: Places
) -> None:
    """Half of it comes, twice; the link cannot be renewed here, as the host knows no calls."""
    with host(audio("206 Partial Content", WHOLE, f"Content-Length: {SIZE}", body=SONG[:5000])) as cdn:
        answer = play(key, cdn.url, settings)
        assert answer["Content-Length"] == str(SIZE)
        with pytest.raises(ConnectionResetError):
            heard(answer)
    assert places.running() == []


def test_a_length_that_is_too_short_for_the_range_is_broken_off(key: tuple[ApiKey, str], settings: Settings) -> None:
    with (
        host(audio("206 Partial Content", WHOLE, "Content-Length: 5000", body=SONG[:5000])) as cdn,
        pytest.raises(ConnectionResetError),
    ):
        heard(play(key, cdn.url, settings))


def test_a_host_that_knows_no_ranges_is_heard_from_the_start_only(key: tuple[ApiKey, str], settings: Settings) -> None:
    with host(audio("200 OK", f"Content-Length: {SIZE}")) as cdn:
        assert heard(play(key, cdn.url, settings)) == SONG
        part = play(key, cdn.url, settings, asked="bytes=0-99")
        assert (part.status_code, heard(part)) == (206, SONG[:100])
        assert play(key, cdn.url, settings, asked="bytes=100-199").status_code == 503


@pytest.mark.parametrize(
    "second",
    [
        (f"Content-Range: bytes {{first}}-{SIZE}/{SIZE + 1}", 'ETag: "a"'),
        (REST, 'ETag: "b"'),
        (REST, 'ETag: "a"', "Last-Modified: Sun, 03 May 2026 10:00:00 GMT"),
    ],
)
def test_another_file_after_a_failure_is_never_stitched_on(
    key: tuple[ApiKey, str], settings: Settings, monkeypatch: pytest.MonkeyPatch, second: tuple[str, ...]
) -> None:
    """By its size, by its tag, or by its date."""

    def serve(connection: socket.socket, request: bytes) -> None:
        first = int(request.partition(b"bytes=")[2].partition(b"-")[0])
        known = (WHOLE, 'ETag: "a"', "Last-Modified: Sat, 02 May 2026 10:00:00 GMT")
        headers = known if not first else tuple(line.format(first=first) for line in second)
        audio("206 Partial Content", *headers, body=SONG[first : first + 5000])(connection, request)

    with host(serve) as cdn:
        answer = play(key, cdn.url, settings)
        again = MediaLink(f"{cdn.url}/2/a_320.mp4", 320, "audio/mp4", "aac", SIZE, None)
        hold_link(TRACK, 320, again)
        with pytest.raises(ConnectionResetError):
            heard(answer)
        assert len(cdn.asked) == 2


def test_another_size_is_noticed_though_the_first_answer_said_none(key: tuple[ApiKey, str], settings: Settings) -> None:
    def serve(connection: socket.socket, request: bytes) -> None:
        first = int(request.partition(b"bytes=")[2].partition(b"-")[0])
        said = REST.format(first=first).replace(f"/{SIZE}", f"/{SIZE + 1}") if first else "X-Nothing: said"
        audio("206 Partial Content" if first else "200 OK", said, body=SONG[first : first + 5000])(connection, request)

    with host(serve) as cdn:
        answer = play(key, cdn.url, settings)
        hold_link(TRACK, 320, MediaLink(f"{cdn.url}/2/a_320.mp4", 320, "audio/mp4", "aac", SIZE, None))
        with pytest.raises(ConnectionResetError):
            heard(answer)
        assert len(cdn.asked) == 2


def _ranged(content: bytes) -> Serve:
    """A host that knows ranges of the form `bytes=first-last`."""

    def serve(connection: socket.socket, request: bytes) -> None:
        if b"bytes=" not in request:
            return  # a call to the service's API, which this host is not
        first, last = map(int, request.partition(b"bytes=")[2].partition(b"\r\n")[0].split(b"-"))
        if first >= len(content):
            says(f"416 Range Not Satisfiable|Content-Range: bytes */{len(content)}")(connection, request)
            return
        part = content[first : last + 1]
        said = f"Content-Range: bytes {first}-{first + len(part) - 1}/{len(content)}"
        audio("206 Partial Content", said, f"Content-Length: {len(part)}", body=part)(connection, request)

    return serve
