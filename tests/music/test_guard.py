"""Where this server may connect to."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import requests

from music import curl
from music.deadline import Deadline
from music.guard import AddressRefused, GuardedAdapter, Targets, is_loopback, is_public
from music.sources.base import SourceUnreachable
from music.upstream import Upstream, UpstreamOptions
from tests.standin.process import StandIn

CDN = Targets(("saavncdn.com",))


@pytest.mark.parametrize(
    "url", ["https://saavncdn.com/a", "https://aac.saavncdn.com/1/x.mp4?a=b", "https://x.saavncdn.com:443/"]
)
def test_listed_hosts_over_https_are_asked(url: str) -> None:
    CDN.check(url)
    assert CDN.emitted(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://aac.saavncdn.com/x",
        "https://aac.saavncdn.com:8443/x",
        "https://evilsaavncdn.com/x",
        "https://saavncdn.com.evil.example/x",
        "https://aac.saavncdn.com./x",
        "https://saavncdn.com@evil.example/x",
        "https://user:word@aac.saavncdn.com/x",
        "https://evil.example/?u=saavncdn.com",
        "https://evil.example#saavncdn.com",
        "https://evil.example\\.saavncdn.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "ftp://aac.saavncdn.com/x",
        "//aac.saavncdn.com/x",
        "https://aac.saavncdn.com:99999/x",
        "https://[broken/x",
        "",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        CDN.check(url)
    assert CDN.emitted(url) == ""


@pytest.mark.parametrize("tail", ['a"b', "a b", "a$b", "a`b", "a\\b", "a\r\nb", "ä"])
def test_a_link_that_a_shell_would_read_is_not_shown(tail: str) -> None:
    assert CDN.emitted(f"https://aac.saavncdn.com/{tail}") == ""


def test_one_origin_is_let_through_and_no_other_port_or_scheme_of_it() -> None:
    local = Targets(("saavncdn.com",), "http://127.0.0.1:9100")
    local.check("http://127.0.0.1:9100/x")
    for url in ("http://127.0.0.1:9101/x", "https://127.0.0.1:9100/x", "http://127.0.0.1:9100@evil/x"):
        with pytest.raises(AddressRefused):
            local.check(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
        *("::127.0.0.1", "fec0::1", "64:ff9b:1::1", "::ffff:0:127.0.0.1"),
    ],
)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "expected"), [("localhost", True), ("127.8.0.1", True), ("::1", True), ("evil.example", False)]
)
def test_what_is_written_as_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
def test_no_spelling_of_loopback_is_dialled(standin_process: StandIn, host: str) -> None:
    standin_process.clear_log()
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", GuardedAdapter(()))
        with pytest.raises((AddressRefused, requests.ConnectionError)):
            session.get(f"http://{host}:{standin_process.port}/api.php", timeout=5)
    assert standin_process.log() == []


@pytest.fixture
def rebound(standin_process: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Every name leads to the stand-in, for those who ask Python for it."""

    def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", standin_process.port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return standin_process


@pytest.mark.usefixtures("rebound")
def test_a_song_at_a_name_that_resolves_to_a_private_address_is_not_opened() -> None:
    upstream = Upstream(UpstreamOptions("https://www.jiosaavn.com", ("saavncdn.com",)))
    with pytest.raises(SourceUnreachable, match="refused"):
        upstream.open("https://aac.saavncdn.com/x.mp4", Deadline.after(2000), {})


def test_a_service_at_a_name_that_resolves_to_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curl, "is_public", is_public)  # as it is outside of tests
    upstream = Upstream(UpstreamOptions("https://www.jiosaavn.com", ("localhost",)))
    with pytest.raises(SourceUnreachable, match="refused"):
        upstream.get("https://localhost/api.php", Deadline.after(2000))
