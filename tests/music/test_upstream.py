"""HTTP to the services: bounded, guarded, and with errors of our own."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from music import curl
from music.deadline import Deadline
from music.sources.base import BadAnswer, SourceError, SourceTimeout, SourceUnreachable
from music.upstream import Upstream, UpstreamOptions
from tests.standin.authority import Authority
from tests.standin.process import StandIn

FILES_OF_A_CONNECTION = 3  # its socket, and two by which libcurl wakes itself


@contextmanager
def server(serve: Callable[[socket.socket], None], seen: list[bytes] | None = None) -> Iterator[str]:
    """A server on loopback that hands each connection, its request read (and noted), to `serve`; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    request = connection.recv(65536)
                    if seen is not None:
                        seen.append(request)
                    try:
                        serve(connection)
                    except OSError:
                        continue  # the client has left, as it should

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def upstream(url: str, read_ms: int = 5000) -> Upstream:
    return Upstream(UpstreamOptions(url, ("saavncdn.com",), read_ms=read_ms))


def test_it_answers_status_headers_and_body(standin_process: StandIn) -> None:
    standin_process.clear_faults()
    query = {"__call": "search.getResults", "q": "love", "api_version": "4"}
    answer = upstream(standin_process.url).get(f"{standin_process.url}/api.php", Deadline.after(5000), params=query)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.body.startswith(b"{")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")

    with server(serve) as url:
        assert upstream(url).get(f"{url}/x", Deadline.after(5000)).status == 302


@pytest.mark.parametrize("location", ["http://[", "//", "\\\\evil", "http://127.0.0.1:99999/", "javascript:1"])
def test_a_redirect_to_nonsense_is_an_answer_too(location: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    with server(lambda connection: connection.sendall(head)) as url:
        assert upstream(url).get(f"{url}/x", Deadline.after(5000)).status == 302


def test_cookies_are_not_kept() -> None:
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )

    with server(serve, seen) as url:
        client = upstream(url)
        client.get(f"{url}/x", Deadline.after(5000))
        client.get(f"{url}/x", Deadline.after(5000))
    assert [b"Cookie" in request for request in seen] == [False, False]


def test_a_body_over_the_limit_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 300_000)

    with server(serve) as url, pytest.raises(BadAnswer, match="over 100000 bytes"):
        upstream(url).get(f"{url}/x", Deadline.after(5000), limit=100_000)


def test_a_body_that_never_ends_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    with server(serve) as url, pytest.raises(BadAnswer):
        upstream(url).get(f"{url}/x", Deadline.after(5000), limit=100_000)


def test_a_small_body_that_unpacks_to_a_large_one_is_refused() -> None:
    packed = gzip.compress(b"\0" * 50_000_000)

    def serve(connection: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
        connection.sendall(head.encode() + packed)

    with server(serve) as url, pytest.raises(BadAnswer):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


@pytest.mark.parametrize(
    ("head", "drop"),
    [(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"), (b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n")],
    ids=["body", "head"],
)
def test_what_drips_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(drop)
            time.sleep(0.05)

    with server(serve) as url, pytest.raises(SourceTimeout):
        upstream(url).get(f"{url}/x", Deadline.after(300))


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX-Name: "], ids=["lines", "one line"])
def test_a_songs_head_that_drips_ends_at_the_deadline(head: bytes) -> None:
    gone = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(head)
        with suppress(OSError):
            for _ in range(400):
                connection.sendall(b"x: y\r\n" if head.endswith(b"\n") else b"x")
                time.sleep(0.02)
        gone.set()

    with server(serve) as url:
        with pytest.raises(SourceTimeout):
            upstream(url).open(f"{url}/x", Deadline.after(300), {})
        assert gone.wait(4), "the connection was not dropped"


def test_an_answer_that_is_closed_while_somebody_reads_it_gives_no_open_connection_back() -> None:
    """The reader has read something just as another thread closes: by then the answer looks as if it was read whole."""
    full, gone, read, handed = (threading.Event() for _ in range(4))

    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        connection.settimeout(0.2)
        with suppress(OSError):
            while not gone.is_set():
                try:
                    connection.send(b"x" * 65536)
                except TimeoutError:
                    full.set()  # nobody takes any more
        gone.set()

    def read_late(*asked: Any, **options: Any) -> bytes:
        some: bytes = read_some(*asked, **options)
        read.set()
        while not answer._response.raw._fp.isclosed():
            time.sleep(0.001)
        return some

    def close_late() -> None:
        close()
        assert handed.wait(5)

    def reader() -> None:
        next(answer.chunks())
        handed.set()

    with server(serve) as url, ThreadPoolExecutor(1) as pool:
        client = upstream(url)
        answer: Any = client.open(f"{url}/x", Deadline.after(5000), {})
        raw = answer._response.raw
        read_some, close = raw._fp_read, raw._fp.close
        raw._fp_read, raw._fp.close = read_late, close_late
        reading = pool.submit(reader)
        assert read.wait(5)
        assert full.wait(5)
        answer.close()
        reading.result(5)
        assert gone.wait(4), "the service still has it open"
        gone.set()


def test_a_name_that_is_not_found_in_time_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(10) and [])
    with pytest.raises(SourceTimeout):
        upstream("https://www.jiosaavn.com").open("https://aac.saavncdn.com/1/x.mp4", Deadline.after(300), {})
    assert not answered.is_set()
    answered.set()


def test_no_other_packing_is_offered_than_both_ways_of_asking_read() -> None:
    seen: list[bytes] = []
    with server(lambda connection: connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n"), seen) as url:
        upstream(url).get(f"{url}/x", Deadline.after(5000))
        upstream(url).open(f"{url}/x", Deadline.after(5000), {}).close()
    offers = [line for head in seen for line in head.split(b"\r\n") if line.lower().startswith(b"accept-encoding")]
    assert [offer.partition(b": ")[2] for offer in offers] == [b"gzip, deflate"] * 2


def test_headers_of_an_interim_head_are_not_the_answers() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Late:  2 \r\nContent-Length: 2\r\n\r\nok")

    with server(serve) as url:
        answer = upstream(url).get(f"{url}/x", Deadline.after(5000))
    assert (answer.status, answer.body, dict(answer.headers)) == (200, b"ok", {"X-Late": "2", "Content-Length": "2"})


def test_trailers_are_not_headers() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n")
        connection.sendall(b"2\r\nok\r\n0\r\nContent-Type: evil\r\nHTTP/9: x\r\nRetry-After: 9\r\n\r\n")

    with server(serve) as url:
        answer = upstream(url).get(f"{url}/x", Deadline.after(5000))
    assert (answer.body, answer.headers.get("Content-Type")) == (b"ok", "text/plain")
    assert "Retry-After" not in answer.headers


def test_a_head_without_end_is_refused() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"y" * 1000 + b"\r\n")

    with server(serve) as url, pytest.raises(SourceUnreachable, match="broke"):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


def test_an_answer_is_not_held_while_nobody_asks() -> None:
    body = b"x" * 4_000_000
    sent = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with server(lambda connection: connection.sendall(sent)) as url:
        client = upstream(url)
        tracemalloc.start()
        size = len(client.get(f"{url}/x", Deadline.after(5000)).body)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert size == len(body)
    assert held < 2_000_000


def test_an_address_of_the_open_internet_is_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    vetted: list[str] = []

    def is_public(address: str) -> bool:
        vetted.append(address)
        return True

    monkeypatch.setattr(curl, "is_public", is_public)
    client = Upstream(UpstreamOptions("https://www.jiosaavn.com", ("localhost",)))
    with pytest.raises(SourceUnreachable, match="no connection"):  # nobody listens on port 443 here
        client.get("https://localhost/x", Deadline.after(5000))
    assert set(vetted) <= {"127.0.0.1", "::1"}
    assert vetted


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "a\nb", "a\0b", "é"])
def test_a_header_that_would_be_another_is_not_sent(standin_process: StandIn, value: str) -> None:
    standin_process.clear_log()
    with pytest.raises(SourceUnreachable, match="not a request"):
        upstream(standin_process.url).get(
            f"{standin_process.url}/api.php", Deadline.after(5000), headers={"Authorization": value}
        )
    assert standin_process.log() == []


def test_a_get_after_a_post_on_one_connection_has_no_body() -> None:
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        for _ in range(2):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            seen.append(connection.recv(65536))

    with server(serve, seen) as url:
        client = upstream(url)
        client.post(f"{url}/x", Deadline.after(5000), data={"a": "b c"})
        client.get(f"{url}/y", Deadline.after(5000))
    post, get = seen[0], seen[1]
    assert post.startswith(b"POST /x HTTP/1.1")
    assert post.endswith(b"\r\n\r\na=b+c")
    assert get.startswith(b"GET /y HTTP/1.1")
    assert b"content-type" not in get.lower()
    assert get.endswith(b"\r\n\r\n")


def test_a_kept_connection_that_the_service_has_closed_is_made_anew() -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")  # and is closed without a word

    with server(serve) as url:
        client = upstream(url)
        answers = [client.get(f"{url}/{number}", Deadline.after(5000)).body for number in range(3)]
    assert answers == [b"ok"] * 3


def test_many_may_ask_at_once_and_few_connections_stay_open(standin_process: StandIn) -> None:
    standin_process.clear_faults()
    client = Upstream(UpstreamOptions(standin_process.url, (), connections=2))
    before = len(list(Path("/proc/self/fd").iterdir()))
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(client.get, f"{standin_process.url}/api.php", Deadline.after(5000)) for _ in range(40)]
        assert {each.result().status for each in asked} == {200}
    assert len(list(Path("/proc/self/fd").iterdir())) - before <= 2 * FILES_OF_A_CONNECTION


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", SourceUnreachable),
        (b"nonsense\r\n\r\n", SourceUnreachable),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", SourceUnreachable),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", SourceUnreachable),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", BadAnswer),
    ],
)
def test_a_broken_answer_is_an_error_of_ours(answer: bytes, error: type[SourceError]) -> None:
    with server(lambda connection: connection.sendall(answer)) as url, pytest.raises(error):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(SourceUnreachable):
        upstream(url).get(f"{url}/x", Deadline.after(5000))


def test_an_answer_that_does_not_come_times_out() -> None:
    gate = threading.Event()

    def serve(_: socket.socket) -> None:
        gate.wait(5)

    with server(serve) as url:
        with pytest.raises(SourceTimeout):
            upstream(url, read_ms=100).get(f"{url}/x", Deadline.after(5000))
        gate.set()


def test_no_time_left_asks_nobody(standin_process: StandIn) -> None:
    standin_process.clear_log()
    with pytest.raises(SourceTimeout):
        upstream(standin_process.url).get(f"{standin_process.url}/api.php", Deadline.after(0))
    assert standin_process.log() == []


def test_a_host_off_the_list_is_not_asked(standin_process: StandIn) -> None:
    client = upstream("https://www.jiosaavn.com")
    standin_process.clear_log()
    with pytest.raises(SourceUnreachable, match="refused"):
        client.get(f"{standin_process.url}/api.php", Deadline.after(5000))
    assert standin_process.log() == []


def test_the_environments_proxy_is_not_used(standin_process: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    standin_process.clear_faults()
    assert upstream(standin_process.url).get(f"{standin_process.url}/api.php", Deadline.after(5000)).status == 200


def test_through_a_proxy_the_service_is_asked_over_https(standin_process: StandIn) -> None:
    standin_process.clear_faults()
    standin_process.clear_log()
    options = UpstreamOptions(
        "https://www.jiosaavn.com",
        ("saavncdn.com",),
        proxy=standin_process.url,
        ca_file=str(standin_process.ca_file),
    )
    query = {"__call": "search.getResults", "q": "love", "api_version": "4"}
    answer = Upstream(options).get("https://www.jiosaavn.com/api.php", Deadline.after(5000), params=query)
    assert answer.status == 200
    asked = [(entry["method"], entry["host"], entry["tunnelled"]) for entry in standin_process.log("jiosaavn", "api")]
    assert asked == [("GET", "www.jiosaavn.com", True)]


def test_a_certificate_of_nobody_is_refused(standin_process: StandIn) -> None:
    options = UpstreamOptions("https://www.jiosaavn.com", ("saavncdn.com",), proxy=standin_process.url)
    client = Upstream(options)
    with pytest.raises(SourceUnreachable):
        client.get("https://www.jiosaavn.com/api.php", Deadline.after(5000))
    with pytest.raises(SourceUnreachable):
        client.open("https://aac.saavncdn.com/1/x.mp4", Deadline.after(5000), {})


@pytest.mark.parametrize(("named", "is_right"), [("www.jiosaavn.com", True), ("www.other.example", False)])
def test_only_a_certificate_of_the_host_itself_will_do(tmp_path: Path, named: str, is_right: bool) -> None:
    authority = Authority((named,))
    (tmp_path / "ca.pem").write_bytes(authority.pem)

    def tunnel(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
        with authority.server_context.wrap_socket(connection, server_side=True) as inside:
            inside.recv(65536)
            inside.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    url = "https://www.jiosaavn.com/x"
    with server(tunnel) as proxy:
        client = Upstream(
            UpstreamOptions("https://www.jiosaavn.com", (), proxy=proxy, ca_file=str(tmp_path / "ca.pem"))
        )
        if is_right:
            assert dict(client.get(url, Deadline.after(5000)).headers) == {"Content-Length": "2"}
            assert b"".join(client.open(url, Deadline.after(5000), {}).chunks()) == b"ok"
        else:
            with pytest.raises(SourceUnreachable):
                client.get(url, Deadline.after(5000))
            with pytest.raises(SourceUnreachable):
                client.open(url, Deadline.after(5000), {})
