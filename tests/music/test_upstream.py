"""HTTP to the services: guarded, and with errors of our own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from music import curl
from music.deadline import Deadline
from music.sources.base import BadAnswer, SourceError, SourceUnreachable
from music.upstream import Upstream, UpstreamOptions
from tests.music.upstreams import server, upstream
from tests.standin.authority import Authority
from tests.standin.process import StandIn


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
