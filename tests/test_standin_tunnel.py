"""The stand-in as a proxy: CONNECT to the services' hosts, with a certificate made at start."""

from collections.abc import Iterator

import pytest
import requests

from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

_SEARCH = {"__call": "search.getResults", "q": "love", "n": "5", "api_version": "4"}


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn() as started:
        yield started


@pytest.fixture
def standin(running: StandIn) -> Iterator[StandIn]:
    running.clear_log()
    yield running
    running.clear_faults()
    running.set_latency(0)


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def tunnelled(standin: StandIn, http: requests.Session) -> requests.Session:
    http.proxies = {"https": standin.url, "http": standin.url}
    http.verify = str(standin.ca_file)
    return http


def test_https_goes_through_the_tunnel_and_verifies_against_the_ca_file(
    standin: StandIn, tunnelled: requests.Session
) -> None:
    row = tunnelled.get("https://www.jiosaavn.com/api.php", params=_SEARCH).json()["results"][0]
    assert row["perma_url"].startswith("https://www.jiosaavn.com/song/")
    form = {"__call": "song.generateAuthToken", "url": row["more_info"]["encrypted_media_url"], "bitrate": "320"}
    link = tunnelled.post("https://www.jiosaavn.com/api.php", data=form).json()["auth_url"]
    assert link.startswith("https://ac.cf.saavncdn.com/")
    assert tunnelled.get(link, headers={"Range": "bytes=0-11"}).content[4:8] == b"ftyp"
    entries = standin.log("jiosaavn")
    assert {entry["host"] for entry in entries if entry["part"] == "tunnel"} == {
        "www.jiosaavn.com",
        "ac.cf.saavncdn.com",
    }
    assert all(entry["tunnelled"] for entry in entries if entry["part"] != "tunnel")


def test_a_tunnel_serves_many_requests_and_a_large_file(standin: StandIn, tunnelled: requests.Session) -> None:
    for _ in range(3):
        assert tunnelled.get("https://www.jiosaavn.com/api.php", params=_SEARCH).json()["total"] >= 10
    assert len(standin.log(part="tunnel")) == 1
    answer = tunnelled.get(f"https://aac.saavncdn.com/{ids.file_stem(catalogue.PLAIN)}_320.mp4")
    assert len(answer.content) == int(answer.headers["Content-Length"]) > 8_000_000


def test_the_signed_hosts_want_a_signature_and_the_unsigned_one_does_not(tunnelled: requests.Session) -> None:
    path = f"/{ids.file_stem(catalogue.SHORT)}_96.mp4"
    statuses = [tunnelled.head(f"https://{host}.saavncdn.com{path}").status_code for host in ("aac", "web", "ac.cf")]
    assert statuses == [200, 403, 403]


def test_without_the_ca_file_the_certificate_is_not_trusted(tunnelled: requests.Session) -> None:
    tunnelled.verify = True
    with pytest.raises(requests.exceptions.SSLError):
        tunnelled.get("https://www.jiosaavn.com/api.php", params=_SEARCH)


@pytest.mark.parametrize("host", ["example.org", "jiosaavn.com.example.org", "127.0.0.1"])
def test_a_tunnel_to_any_other_host_is_refused(standin: StandIn, tunnelled: requests.Session, host: str) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match="403"):
        tunnelled.get(f"https://{host}/")
    assert [(entry["source"], entry["status"]) for entry in standin.log(part="tunnel")] == [("", 403)]


def test_plain_http_through_the_proxy_is_answered_as_the_host(tunnelled: requests.Session) -> None:
    row = tunnelled.get("http://www.jiosaavn.com/api.php", params=_SEARCH).json()["results"][0]
    assert row["image"].startswith("https://c.saavncdn.com/")


def test_faults_reach_into_the_tunnel(standin: StandIn, tunnelled: requests.Session) -> None:
    standin.fault("jiosaavn", "reset")
    with pytest.raises(requests.ConnectionError):
        tunnelled.get("https://www.jiosaavn.com/api.php", params=_SEARCH)
    standin.fault("jiosaavn", "html")
    assert "Access Denied" in tunnelled.get("https://www.jiosaavn.com/api.php", params=_SEARCH).text


def test_the_control_routes_are_not_there_inside_a_tunnel(tunnelled: requests.Session) -> None:
    assert tunnelled.get("https://www.jiosaavn.com/_control").status_code == 404


def test_the_ca_file_is_also_answered(standin: StandIn, http: requests.Session) -> None:
    assert http.get(f"{standin.url}/_ca").content == standin.ca_file.read_bytes()
