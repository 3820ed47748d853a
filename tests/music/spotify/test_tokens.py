"""One token at a time: fetched once, renewed where it is refused, never asked for by two threads at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from music.deadline import Deadline
from music.sources.base import SourceBlocked, SourceTimeout, SourceUnreachable
from music.sources.spotify.client import Spotify
from music.sources.spotify.shapes import Token
from music.sources.spotify.tokens import ASSUMED, Tokens
from tests.music.spotify.conftest import Steer, paths, soon
from tests.standin.process import StandIn


class Office:
    """Issues tokens with a number each, as slowly as `may_answer` says."""

    def __init__(self, life: float = 3600) -> None:
        self.issued = 0
        self.life = life
        self.may_answer = Event()
        self.may_answer.set()

    def fetch(self, _: Deadline) -> Token:
        self.issued += 1
        self.may_answer.wait(10)
        return Token(f"token{self.issued}", time.time() + self.life)


class VagueOffice(Office):
    """Says the same end for every token, which is none that can be."""

    def __init__(self, end: float) -> None:
        super().__init__()
        self.end = end

    def fetch(self, deadline: Deadline) -> Token:
        return replace(super().fetch(deadline), expires_at=self.end)


def test_a_token_is_fetched_once_and_held() -> None:
    office = Office()
    tokens = Tokens(office.fetch)
    assert not tokens.are_held
    assert {tokens.get(soon()) for _ in range(5)} == {"token1"}
    assert tokens.are_held


def test_many_threads_wait_for_one_fetch() -> None:
    office = Office()
    office.may_answer.clear()
    tokens = Tokens(office.fetch)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(tokens.get, soon()) for _ in range(8)]
        office.may_answer.set()
        assert {future.result() for future in waiting} == {"token1"}
    assert office.issued == 1


def test_many_threads_that_were_refused_renew_once() -> None:
    office = Office()
    tokens = Tokens(office.fetch)
    refused = tokens.get(soon())
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tokens.get(soon(), refused), range(8))) == {"token2"}
    assert office.issued == 2


def test_a_token_near_its_end_is_held_no_longer() -> None:
    office = Office(life=50)
    tokens = Tokens(office.fetch)
    assert (tokens.get(soon()), tokens.get(soon())) == ("token1", "token2")
    assert not tokens.are_held


@pytest.mark.parametrize("end", [0.0, 1_800_000.0])
def test_a_token_whose_end_cannot_be_read_is_held_for_a_while(end: float, monkeypatch: pytest.MonkeyPatch) -> None:
    office = VagueOffice(end)
    tokens = Tokens(office.fetch)
    assert [tokens.get(soon()) for _ in range(5)] == ["token1"] * 5
    assert (office.issued, tokens.are_held) == (1, True)
    assert tokens.get(soon(), "token1") == "token2"
    later = time.time() + ASSUMED
    monkeypatch.setattr("music.sources.spotify.tokens.time.time", lambda: later)
    assert not tokens.are_held
    assert tokens.get(soon()) == "token3"


def test_a_token_that_comes_along_without_an_end_is_held_and_pushes_out_none_that_says_more() -> None:
    tokens = Tokens(Office().fetch)
    tokens.offer(Token("vague", 0.0))
    assert tokens.get(soon()) == "vague"
    tokens.offer(Token("long", time.time() + 3000))
    tokens.offer(Token("vague", 0.0))
    assert tokens.get(soon()) == "long"


def test_a_held_token_is_given_while_another_is_being_fetched() -> None:
    office = Office()
    tokens = Tokens(office.fetch)
    refused = tokens.get(soon())
    office.may_answer.clear()
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(tokens.get, soon(), refused)
        while office.issued < 2:
            time.sleep(0.001)
        assert tokens.get(Deadline.after(0)) == "token1"
        office.may_answer.set()
        assert renewing.result() == "token2"


def test_a_token_that_comes_along_is_held_where_it_lives_longer() -> None:
    tokens = Tokens(Office().fetch)
    tokens.offer(None)
    assert not tokens.are_held
    tokens.offer(Token("long", time.time() + 3000))
    tokens.offer(Token("short", time.time() + 2000))
    assert tokens.get(soon()) == "long"


def test_a_thread_waits_for_a_token_until_its_deadline_and_no_longer() -> None:
    office = Office()
    office.may_answer.clear()
    tokens = Tokens(office.fetch)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(tokens.get, soon())
        while not office.issued:
            time.sleep(0.001)
        with pytest.raises(SourceTimeout):
            tokens.get(Deadline.after(10))
        office.may_answer.set()
        assert first.result() == "token1"


def test_a_failed_fetch_leaves_the_way_free() -> None:
    def fail(_: Deadline) -> Token:
        raise SourceUnreachable("no connection")

    tokens = Tokens(fail)
    for _ in range(2):
        with pytest.raises(SourceUnreachable):
            tokens.get(soon())


def test_a_refused_token_is_renewed_once(client: Spotify, standin: StandIn, steer: Steer) -> None:
    client.search("love", "track", 1, 1, soon())
    steer(revoke=True)
    standin.clear_log()
    assert client.search("love", "track", 1, 1, soon()).items
    statuses = [entry["status"] for entry in standin.log("spotify", "api")]
    assert statuses == [401, 200, 200]


def test_a_token_that_is_refused_twice_is_a_block(apart: Spotify, standin: StandIn, rest: StandIn) -> None:
    rest.fault("spotify", "http:401")
    with pytest.raises(SourceBlocked):
        apart.search("love", "track", 1, 1, soon())
    assert [entry["status"] for entry in rest.log("spotify")] == [401, 401]
    assert len(paths(standin)) == 2


def test_many_searches_at_once_fetch_one_token(client: Spotify, standin: StandIn) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: client.search("love", "track", 1, 2, soon()), range(8)))
    assert all(page.items for page in pages)
    assert len([path for path in paths(standin) if path.startswith("/embed/")]) == 1
