"""The stand-in's faults and latency, as a client sees them."""

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from urllib3.exceptions import ReadTimeoutError

from tests.standin import catalogue
from tests.standin.faults import FaultKind, parse_fault
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


def _search(standin: StandIn, http: requests.Session, seconds: float = 10) -> requests.Response:
    return http.get(f"{standin.url}/api.php", params=_SEARCH, timeout=seconds)


def _file(standin: StandIn, bitrate: int = 96) -> str:
    return f"{standin.url}/{ids.file_stem(catalogue.SHORT)}_{bitrate}.mp4"


def test_hang_never_answers_and_lets_the_client_give_up(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "hang")
    with pytest.raises(requests.ReadTimeout):
        _search(standin, http, 0.3)
    assert [(entry["status"], entry["fault"]) for entry in standin.log()] == [(None, "hang")]


def test_slow_answers_whole_and_not_before_its_time(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "slow:150")
    assert _search(standin, http).json()["total"] >= 10
    assert standin.log()[0]["elapsed_ms"] >= 149


def test_the_latency_delays_the_api_and_media_and_not_the_control_routes(
    standin: StandIn, http: requests.Session
) -> None:
    standin.set_latency(120)
    _search(standin, http)
    http.get(_file(standin))
    assert [entry["elapsed_ms"] >= 119 for entry in standin.log()] == [True, True]
    assert http.get(f"{standin.url}/_control").json()["latency_ms"] == 120


@pytest.mark.parametrize("status", [204, 403, 429, 451, 500, 503])
def test_http_answers_the_status_that_was_asked_for(standin: StandIn, http: requests.Session, status: int) -> None:
    standin.fault("jiosaavn", f"http:{status}")
    answer = _search(standin, http)
    assert (answer.status_code, "Retry-After" in answer.headers) == (status, status == 429)
    assert _search(standin, http).status_code == status


def test_html_answers_a_page_of_access_denied_with_status_200(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "html")
    answer = _search(standin, http)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")
    assert answer.text.startswith("<HTML><HEAD>\n<TITLE>Access Denied</TITLE>")


def test_empty_answers_status_200_and_no_byte(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "empty")
    answer = _search(standin, http)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("call", "version", "answer"),
    [
        ("search.getResults", "4", {"total": 0, "start": 1, "results": []}),
        ("song.getDetails", "4", {"songs": []}),
        ("song.getDetails", "", []),
        ("song.generateAuthToken", "4", {"auth_url": False, "status": "failure"}),
    ],
)
def test_zero_answers_the_empty_form_of_the_call(
    standin: StandIn, http: requests.Session, call: str, version: str, answer: object
) -> None:
    standin.fault("jiosaavn", "zero")
    asked = {"__call": call, "api_version": version, "q": "love", "pids": ids.pid(catalogue.PLAIN)}
    assert http.get(f"{standin.url}/api.php", params=asked).json() == answer


@pytest.mark.parametrize("part", ["api", "media"])
def test_truncated_promises_the_whole_and_sends_half(standin: StandIn, part: str) -> None:
    standin.fault("jiosaavn", "truncated", "all")
    path = "/api.php?__call=search.getResults&q=love" if part == "api" else urlsplit(_file(standin)).path
    with socket.create_connection(("127.0.0.1", standin.port), 10) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        received = b"".join(iter(lambda: client.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    promised = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert (len(body), promised > 1000) == (promised // 2, True)


def test_truncated_is_an_error_for_a_real_client(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "truncated", "media")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        http.get(_file(standin))


def test_reset_tears_the_connection_down_with_a_reset(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "reset")
    with socket.create_connection(("127.0.0.1", standin.port), 10) as client:
        client.sendall(b"GET /api.php HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)
    with pytest.raises(requests.ConnectionError):
        _search(standin, http)


def test_cut_sends_some_bytes_and_resets(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "cut:50000", "media")
    with socket.create_connection(("127.0.0.1", standin.port), 10) as client:
        client.sendall(f"GET {urlsplit(_file(standin)).path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        received: list[bytes] = []
        with pytest.raises(ConnectionResetError):
            received.extend(iter(lambda: client.recv(4096), b""))
    assert len(b"".join(received).partition(b"\r\n\r\n")[2]) <= 50_000


def test_stall_sends_some_bytes_and_then_nothing(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "stall:50000", "media")
    with http.get(_file(standin), stream=True, timeout=10) as answer:
        assert len(answer.raw.read(50_000)) == 50_000
        connection = answer.raw._connection
        assert connection is not None
        connection.sock.settimeout(0.5)
        with pytest.raises(ReadTimeoutError):
            answer.raw.read(1)


def test_unsized_sends_the_whole_without_a_length(standin: StandIn, http: requests.Session) -> None:
    whole = http.get(_file(standin)).content
    standin.fault("jiosaavn", "unsized", "media")
    answer = http.get(_file(standin))
    assert ("Content-Length" in answer.headers, answer.content) == (False, whole)


def test_octet_takes_the_type_away(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "octet", "media")
    assert http.get(_file(standin)).headers["Content-Type"] == "application/octet-stream"


def test_a_fault_that_was_set_for_some_requests_is_over_after_them(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "http:503", "media", times=2)
    assert [http.get(_file(standin)).status_code for _ in range(3)] == [503, 503, 200]
    assert http.get(f"{standin.url}/_control").json()["faults"] == []


def test_a_fault_of_one_part_leaves_the_other_alone(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "http:503", "media")
    assert _search(standin, http).status_code == 200
    assert http.get(_file(standin)).status_code == 503
    standin.fault("jiosaavn", "none", "media")
    assert http.get(_file(standin)).status_code == 200


def test_a_fault_of_all_parts_meets_every_part_and_none_ends_it(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "http:500", "all")
    assert {_search(standin, http).status_code, http.get(_file(standin)).status_code} == {500}
    standin.fault("jiosaavn", "none", "all")
    assert {_search(standin, http).status_code, http.get(_file(standin)).status_code} == {200}


def test_the_faults_that_are_set_are_shown_and_cleared(standin: StandIn, http: requests.Session) -> None:
    standin.fault("jiosaavn", "slow:5", "media")
    shown = http.get(f"{standin.url}/_control").json()
    assert shown == {"faults": [{"source": "jiosaavn", "part": "media", "fault": "slow:5"}], "latency_ms": 0}
    standin.clear_faults()
    assert http.get(f"{standin.url}/_control").json()["faults"] == []


def test_one_word_takes_faults_and_latency_away_and_forgets_what_was_seen(
    standin: StandIn, http: requests.Session
) -> None:
    standin.fault("jiosaavn", "http:500")
    standin.set_latency(1)
    _search(standin, http)
    standin.begin_anew()
    assert http.get(f"{standin.url}/_control").json() == {"faults": [], "latency_ms": 0}
    assert standin.log() == []


@pytest.mark.parametrize(
    "wish",
    [
        {"source": "napster", "part": "api", "fault": "hang"},
        {"source": "jiosaavn", "part": "lyrics", "fault": "hang"},
        {"source": "jiosaavn", "part": "api", "fault": "explode"},
        {"source": "jiosaavn", "part": "api", "fault": "slow"},
        {"source": "jiosaavn", "part": "api", "fault": "slow:-1"},
        {"source": "jiosaavn", "part": "api", "fault": "http:99"},
        {"source": "jiosaavn", "part": "api", "fault": "hang:3"},
        {"source": "jiosaavn", "part": "api", "fault": "hang", "times": -1},
        {"source": "jiosaavn", "part": "api", "fault": "cut"},
        {"source": "jiosaavn"},
        {"latency_ms": -1},
        {"latency_ms": True},
        {"latency_ms": "1"},
        {"latency_ms": 1, "source": "jiosaavn"},
        [],
    ],
)
def test_a_wrong_wish_is_refused_with_a_reason_and_changes_nothing(
    standin: StandIn, http: requests.Session, wish: Any
) -> None:
    answer = http.post(f"{standin.url}/_control", json=wish)
    assert (answer.status_code, bool(answer.json()["reason"])) == (400, True)
    assert http.get(f"{standin.url}/_control").json() == {"faults": [], "latency_ms": 0}


def test_a_wish_that_is_not_json_is_refused(standin: StandIn, http: requests.Session) -> None:
    assert http.post(f"{standin.url}/_control", data=b"\xff{").status_code == 400


def test_the_class_raises_the_reason_of_a_refusal(standin: StandIn) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        standin.fault("jiosaavn", "explode")
    with pytest.raises(ValueError, match="latency_ms"):
        standin.set_latency(-5)


@pytest.mark.parametrize(
    "kind", [kind for kind in FaultKind if kind not in (FaultKind.SLOW, FaultKind.HTTP, FaultKind.CUT, FaultKind.STALL)]
)
def test_a_fault_is_written_as_it_is_read(kind: FaultKind) -> None:
    assert str(parse_fault(kind)) == kind
    assert str(parse_fault("slow:12")) == "slow:12"
