"""RFC 9110's ranges on a carried link, as a player on the network sees them: of this server, and of nginx for it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.music.streaming.nginx import PROGRAM, behind, nginx
from tests.music.streaming.served import Served, serving
from tests.standin import catalogue
from tests.standin.mp4 import song_file

SONG = catalogue.SHORT
FILE = song_file(SONG.duration, 96, SONG.title, ", ".join(SONG.artists))
BODY = b"".join(FILE.chunks(0, FILE.size))
N = len(BODY)
HUGE = 10**20


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Player:
    """Asks for one link; every answer is read to its end, by its Content-Length alone."""

    def __init__(self, link: str) -> None:
        self.parts = urlsplit(link)

    def ask(self, method: str = "GET", **headers: str) -> Answer:
        """The answer; underscores in the names of headers stand for hyphens."""
        connection = http.client.HTTPConnection(str(self.parts.hostname), self.parts.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, self.parts.path, headers=named)
            answer = connection.getresponse()
            body = answer.read()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)
        finally:
            connection.close()


@pytest.fixture(scope="module", params=["flaks", "nginx"])
def player(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """A player of a link that this server carries, or that it hands to nginx."""
    if request.param == "flaks":
        plain: Served = request.getfixturevalue("served")
        yield Player(plain.link(SONG.title, delivery="proxy", quality="96"))
        return
    if PROGRAM is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("served")
    with (
        serving(folder, FLAKS_ACCEL="nginx") as served,
        nginx(folder / "nginx", served.url, served.standin.url) as url,
    ):
        yield Player(behind(url, served.link(SONG.title, delivery="proxy", quality="96")))


WHOLE = (200, 0, N)
OUTSIDE = (416, 0, 0)

# Range, and what is answered: status, first byte, and the one after the last.
ROWS = [
    # one range
    ("bytes=0-0", (206, 0, 1)),
    ("bytes=0-1", (206, 0, 2)),
    ("bytes=0-", (206, 0, N)),
    (f"bytes=0-{N - 1}", (206, 0, N)),
    (f"bytes=0-{N}", (206, 0, N)),
    (f"bytes=0-{N + 1000}", (206, 0, N)),
    (f"bytes=0-{HUGE}", (206, 0, N)),
    ("bytes=1-", (206, 1, N)),
    ("bytes=499-500", (206, 499, 501)),
    ("bytes=65535-65536", (206, 65535, 65537)),
    (f"bytes={N - 1}-", (206, N - 1, N)),
    (f"bytes={N - 1}-{N - 1}", (206, N - 1, N)),
    (f"bytes={N - 2}-{N + 5}", (206, N - 2, N)),
    ("bytes=0000000001-0000000002", (206, 1, 3)),
    # the unit is read in any case
    ("BYTES=10-19", (206, 10, 20)),
    ("Bytes=10-", (206, 10, N)),
    # suffixes
    ("bytes=-1", (206, N - 1, N)),
    ("bytes=-500", (206, N - 500, N)),
    (f"bytes=-{N}", (206, 0, N)),
    (f"bytes=-{N + 1}", (206, 0, N)),
    (f"bytes=-{HUGE}", (206, 0, N)),
    # outside the file
    (f"bytes={N}-", OUTSIDE),
    (f"bytes={N}-{N + 10}", OUTSIDE),
    (f"bytes={HUGE}-", OUTSIDE),
    (f"bytes={HUGE}-{HUGE + 1}", OUTSIDE),
    ("bytes=-0", OUTSIDE),
    # no valid range: the header is ignored
    ("bytes=5-2", WHOLE),
    ("bytes=-", WHOLE),
    ("bytes=", WHOLE),
    ("bytes", WHOLE),
    ("bytes=a-b", WHOLE),
    ("bytes=0-9x", WHOLE),
    ("bytes=--1", WHOLE),
    ("bytes=0.5-9", WHOLE),
    ("bytes:0-9", WHOLE),
    ("lines=0-9", WHOLE),
    ("seconds=1-2", WHOLE),
    ("nonsense", WHOLE),
    # several ranges: a server may send the whole
    ("bytes=0-0,5-9", WHOLE),
    ("bytes=0-1, 2-3, -5", WHOLE),
    ("bytes=0-,0-,0-,0-", WHOLE),
    (f"bytes=0-0,{N}-", WHOLE),
    ("bytes=" + ",".join(f"{at}-{at}" for at in range(0, 200, 2)), WHOLE),
]


@pytest.mark.parametrize(("asked", "expected"), ROWS)
def test_a_range(player: Player, asked: str, expected: tuple[int, int, int]) -> None:
    status, first, stop = expected
    answer = player.ask(Range=asked)
    assert answer.status == status
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{N}"
        return
    assert answer.body == BODY[first:stop]
    assert answer.headers["content-length"] == str(stop - first)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-type"] == "audio/mp4"
    assert answer.headers.get("content-range") == (f"bytes {first}-{stop - 1}/{N}" if status == 206 else None)


def test_no_range_is_the_whole(player: Player) -> None:
    answer = player.ask()
    assert (answer.status, answer.body) == (200, BODY)
    assert "content-range" not in answer.headers
    assert answer.headers["content-disposition"].startswith("inline; filename=")


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=-5", f"bytes={N}-"])
def test_head_says_what_the_whole_is(player: Player, asked: str) -> None:
    """RFC 9110 knows ranges for GET alone."""
    answer = player.ask("HEAD", Range=asked)
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, str(N), b"")
    assert (answer.headers["accept-ranges"], answer.headers["content-type"]) == ("bytes", "audio/mp4")


def test_if_range_with_the_tag_of_the_file_goes_on(player: Player) -> None:
    tag = player.ask(Range="bytes=0-0").headers["etag"]
    assert tag.startswith('"')
    answer = player.ask(Range="bytes=100-199", If_Range=tag)
    assert (answer.status, answer.body) == (206, BODY[100:200])


@pytest.mark.parametrize("other", ['"another"', 'W/"another"', "Sat, 02 May 2020 10:00:00 GMT", "x"])
def test_if_range_with_anything_else_begins_anew(player: Player, other: str) -> None:
    answer = player.ask(Range="bytes=100-199", If_Range=other)
    assert (answer.status, answer.body) == (200, BODY)


def test_a_weak_tag_is_not_strong_enough(player: Player) -> None:
    tag = player.ask(Range="bytes=0-0").headers["etag"]
    assert player.ask(Range="bytes=100-199", If_Range=f"W/{tag}").status == 200


def test_if_range_does_nothing_without_a_range(player: Player) -> None:
    assert player.ask(If_Range='"another"').body == BODY


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(player: Player, method: str) -> None:
    assert player.ask(method).status == 405


def test_nothing_of_the_way_to_the_media_host_is_shown(player: Player) -> None:
    said = player.ask(Range="bytes=0-0").headers
    assert not {name for name in said if name.startswith(("x-flaks", "x-accel")) or name in ("location", "set-cookie")}
