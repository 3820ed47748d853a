"""Every fault of every service, alone and in pairs: the right song, or an honest problem, and always in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from tests.music.conftest import forget_sources
from tests.music.fault_table import (
    FAST,
    FAULTS,
    PLACES,
    SEARCH,
    SILENT,
    SONG,
    SONG_IDS,
    SPOTIFY_LINK,
    TEXT,
    WISHES,
    YOUTUBE_LINK,
    Faults,
    Place,
    Wish,
    expected,
)
from tests.standin.process import StandIn

PATIENT = (4000, 1000)  # deadline and head start, in ms, that nothing but a silent service comes near
HURRIED = (600, 60)
ENDED_BY_DEADLINE = 3.5  # seconds after it; a service that is silent would be waited for five, and so would the next
FAILURES = ("timeout", "error", "blocked", "rate_limited")
Check = Callable[[Wish, Faults], None]
JIOSAAVN, FILES, SPOTIFY, YOUTUBE = PLACES[:4]
PAIRS = ((JIOSAAVN, YOUTUBE), (FILES, YOUTUBE), (JIOSAAVN, SPOTIFY), (FILES, SPOTIFY), (SPOTIFY, YOUTUBE))
# One of each kind in pairs: the others are told apart by the sources' own tests, and differ in nothing further up.
KINDS = ("http:302", "http:403", "http:404", "http:429", "html", "empty", "zero", "truncated", "reset")


@pytest.fixture
def check(api: Client, everywhere: StandIn, settings: Settings) -> Check:
    """Checks that a process which knows nothing answers a wish as the contract promises, while the faults are set."""

    def one(wish: Wish, faults: Faults) -> None:
        set_faults(everywhere, faults)
        if set(faults.values()).isdisjoint(SILENT):
            answered_in(PATIENT, wish, faults)
            return
        try:
            answered_in(HURRIED, wish, faults)
        except AssertionError:  # where the machine stalls, it may be a service that is well whose time is over
            answered_in(PATIENT, wish, faults)

    def answered_in(times: tuple[int, int], wish: Wish, faults: Faults) -> None:
        settings.FLAKS_DEADLINE_MS, settings.FLAKS_HEDGE_MS = times
        forget_sources()
        for memory in ("default", "pages"):
            caches[memory].clear()
        started = time.monotonic()
        answer = api.get(wish.path, {"q": wish.query})
        took = time.monotonic() - started
        assert took < settings.FLAKS_DEADLINE_MS / 1000 + ENDED_BY_DEADLINE, "it was not the deadline that ended it"
        check_answer(wish, faults, answer.status_code, answer.json())

    return one


def set_faults(standin: StandIn, faults: Faults) -> None:
    """These faults and no others."""
    standin.clear_faults()
    for (source, part), fault in faults.items():
        standin.fault(source, fault, part)


def check_answer(wish: Wish, faults: Faults, status: int, body: dict[str, Any]) -> None:
    """The status, the code, who is said to have failed and how, and which song it is."""
    wanted, told = expected(wish, faults), f"{wish.name}, {dict(faults)}: {body}"
    assert (status, body.get("code", "")) == (wanted.status, wanted.code), told
    outcomes = {(attempt["source"], attempt["outcome"]) for attempt in body["attempts"]}
    assert outcomes >= set(wanted.failing.items()), told
    faulty = {source for source, _ in faults}
    assert not [source for source, outcome in outcomes if outcome in FAILURES and source not in faulty], told
    if status == 200:
        check_song(wish, body, wanted.answered_by, told)


def check_song(wish: Wish, body: dict[str, Any], answered_by: frozenset[str], told: str) -> None:
    """The answer holds the wanted song of one of these sources; nothing where none of them has it."""
    assert body["stale"] is False, told
    if not answered_by:
        assert body["results"] == [], told
        return
    assert body["answered_by"] in answered_by, told
    track = body["results"][0] if wish is SEARCH else body["track"]
    assert (track["id"], track["title"]) == (SONG_IDS[body["answered_by"]], SONG.title), told


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_one_fault(check: Check, place: Place, fault: str) -> None:
    for wish in WISHES:
        check(wish, {place: fault})


@pytest.mark.parametrize("fault", KINDS)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " with ".join(map(" ".join, pair)))
def test_two_faults_at_once(check: Check, pair: tuple[Place, Place], fault: str) -> None:
    # Only where both give audio does it depend on the two faults together whether a song is played.
    turned = KINDS[(KINDS.index(fault) + 4) % len(KINDS)]
    for other in KINDS if pair in PAIRS[:2] else (turned,):
        check(TEXT, {pair[0]: fault, pair[1]: other})
    for wish in (SPOTIFY_LINK, YOUTUBE_LINK, SEARCH):
        check(wish, {pair[0]: fault, pair[1]: turned})


def silent_pairs() -> list[Any]:
    """Pairs of which one part at least is silent."""
    both = [pytest.param(pair, ("hang", "hang"), (TEXT, SPOTIFY_LINK), id=f"{pair} both") for pair in PAIRS]
    both += [pytest.param(PAIRS[0], ("hang", "hang"), (YOUTUBE_LINK, SEARCH), id="links and search")]
    before = [
        pytest.param(pair, faults, (TEXT, SPOTIFY_LINK), id=f"{pair} {faults}")
        for pair, fault in product(PAIRS[:2], ("http:403", "reset", "zero"))
        for faults in (("hang", fault), (fault, "hang"))
    ]
    return both + before


@pytest.mark.parametrize(("pair", "faults", "wishes"), silent_pairs())
def test_a_silent_service_and_another_fault(
    check: Check, pair: tuple[Place, Place], faults: tuple[str, str], wishes: tuple[Wish, ...]
) -> None:
    for wish in wishes:
        check(wish, dict(zip(pair, faults, strict=True)))


@pytest.mark.parametrize("fault", ["http:500", "http:429", "hang", "zero"])
def test_a_spotify_that_fails_does_not_count_for_typed_words(check: Check, fault: str) -> None:
    check(TEXT, {JIOSAAVN: "http:403", YOUTUBE: "http:403", SPOTIFY: fault})
    check(TEXT, {JIOSAAVN: "http:500", YOUTUBE: "http:403", SPOTIFY: fault})
    check(SEARCH, {JIOSAAVN: "http:403", YOUTUBE: "http:403", SPOTIFY: fault})


def test_every_fault_of_the_stand_in_is_in_the_matrix() -> None:
    assert {fault.partition(":")[0] for fault in FAULTS} == {
        *("hang", "slow", "http", "html", "empty", "zero", "truncated", "reset")
    }
    assert set(KINDS) <= set(FAST)
