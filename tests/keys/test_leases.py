"""Units of a day, taken from the database in blocks."""

from __future__ import annotations

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from keys.leases import Leases
from keys.models import KeyQuota
from tests.keys.roundtrips import UNIT, RoundTrips

LINEAGE = uuid.UUID(int=7)
TODAY = date(2026, 11, 23)


class Clock:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def leases(db: None, clock: Clock) -> Leases:
    return Leases(clock)


def used() -> int:
    return KeyQuota.objects.used(LINEAGE, TODAY)


def spend(leases: Leases, times: int, limit: int | None = 10_000, units: int = 1) -> int:
    """How many of so many calls were admitted."""
    return sum(leases.spend(LINEAGE, TODAY, limit, units) for _ in range(times))


def test_the_first_calls_lease_nothing_that_would_have_to_go_back(leases: Leases) -> None:
    for calls in range(1, 5):
        spend(leases, 1)
        assert used() == calls


def test_a_busy_key_leases_more_and_at_most_sixteen(leases: Leases) -> None:
    leased = []
    for calls in range(1, 200):
        spend(leases, 1)
        leased.append(used() - calls)
    assert max(leased) == 15
    assert leased[:7] == [0, 0, 0, 0, 1, 0, 3]


def test_a_busy_key_asks_the_database_for_one_call_in_sixteen(leases: Leases) -> None:
    spend(leases, 100)
    with RoundTrips() as asked:
        assert spend(leases, 160) == 160
    asked.are(*[UNIT] * 10)  # one for each lease of 16


@pytest.mark.parametrize("limit", [1, 16, 64, 65, 80, 100, 1000])
def test_exactly_the_limit_is_admitted(leases: Leases, limit: int) -> None:
    assert spend(leases, limit + 50, limit) == limit
    assert used() == limit


@pytest.mark.parametrize(("limit", "left"), [(100, 64), (1000, 64), (10_000, 500)])
def test_while_few_units_are_left_none_is_leased_ahead(leases: Leases, limit: int, left: int) -> None:
    leased = 0
    for calls in range(1, limit + 1):
        spend(leases, 1, limit)
        if limit - used() < left:
            leased = max(leased, used() - calls)
    assert leased <= 15
    assert spend(leases, 1, limit) == 0
    KeyQuota.objects.update(used=limit - left)
    fresh = Leases()
    for calls in range(1, left + 1):
        spend(fresh, 1, limit)
        assert used() == limit - left + calls


def test_a_key_leases_no_more_than_it_will_likely_spend(leases: Leases, clock: Clock) -> None:
    most, given_back = 0, 0
    for calls in range(1, 200):
        clock.now += 1 / 3
        before = used()
        leases.return_dead()
        given_back += before - used()
        spend(leases, 1)
        most = max(most, used() - calls)
    assert most == 3  # of leases of 4: at 3 calls a second, 6 will come while one lives
    assert given_back <= 4


def test_a_key_that_calls_each_second_leases_nothing_ahead(leases: Leases, clock: Clock) -> None:
    for calls in range(1, 50):
        clock.now += 1
        leases.return_dead()
        spend(leases, 1)
        assert used() == calls


def test_the_pace_of_a_key_is_forgotten_once_it_rests(leases: Leases, clock: Clock) -> None:
    spend(leases, 100)
    clock.now += 11.9
    leases.return_dead()
    assert leases._accounts
    clock.now += 0.1
    leases.return_dead()
    assert not leases._accounts
    spend(leases, 1)
    assert used() == 101


def test_the_rest_of_a_lease_goes_back_after_two_seconds(leases: Leases, clock: Clock) -> None:
    spend(leases, 12)
    assert used() > 12
    clock.now += 1.9
    leases.return_dead()
    assert used() > 12
    clock.now += 0.1
    leases.return_dead()
    assert used() == 12
    leases.return_dead()
    assert used() == 12


def test_a_dead_lease_admits_nobody(leases: Leases, clock: Clock) -> None:
    spend(leases, 12)
    clock.now += 2
    KeyQuota.objects.update(used=10_000)
    assert spend(leases, 1, 10_000) == 1  # the rest went back first, and one of it is free again
    assert used() <= 10_000


def test_at_shutdown_all_goes_back(leases: Leases) -> None:
    spend(leases, 12)
    leases.return_all()
    assert used() == 12
    assert spend(leases, 1) == 1
    assert used() == 13


def test_a_lease_belongs_to_the_limit_as_it_was_read(leases: Leases) -> None:
    spend(leases, 12)
    assert spend(leases, 1, 5) == 0
    assert used() == 12
    assert spend(leases, 1, 13) == 1
    assert spend(leases, 1, 13) == 0


def test_a_lease_belongs_to_its_day(leases: Leases) -> None:
    spend(leases, 12)
    tomorrow = TODAY + timedelta(days=1)
    assert leases.spend(LINEAGE, tomorrow, 1)
    assert not leases.spend(LINEAGE, tomorrow, 1)
    assert KeyQuota.objects.used(LINEAGE, tomorrow) == 1
    leases.return_all()
    assert used() == 12


def test_an_unlimited_key_is_counted_all_the_same(leases: Leases) -> None:
    assert spend(leases, 50, None) == 50
    leases.return_all()
    assert used() == 50


def test_many_units_are_taken_whole_or_not_at_all(leases: Leases) -> None:
    spend(leases, 12, 100)
    leases.return_all()
    assert spend(leases, 1, 100, 89) == 0
    assert spend(leases, 1, 100, 88) == 1
    assert used() == 100


def test_leased_units_count_as_used_for_who_asks(leases: Leases, clock: Clock) -> None:
    spend(leases, 12)
    assert leases.used(LINEAGE, TODAY) == used() > 12


def test_what_others_use_is_seen_a_second_later(leases: Leases, clock: Clock) -> None:
    spend(leases, 1)
    assert leases.used(LINEAGE, TODAY) == 1
    KeyQuota.objects.spend(LINEAGE, TODAY, None, 5)
    assert leases.used(LINEAGE, TODAY) == 1
    clock.now += 1
    assert leases.used(LINEAGE, TODAY) == 6


def test_the_last_units_are_told_as_they_are(leases: Leases, clock: Clock) -> None:
    spend(leases, 1, 100)
    assert leases.used(LINEAGE, TODAY) == 1
    KeyQuota.objects.spend(LINEAGE, TODAY, None, 60)
    assert leases.used(LINEAGE, TODAY) == 1
    KeyQuota.objects.update(used=40)
    spend(leases, 40, 100)
    clock.now += 0.1
    assert leases.used(LINEAGE, TODAY) == used() == 80
    KeyQuota.objects.spend(LINEAGE, TODAY, None, 5)
    clock.now += 0.1
    assert leases.used(LINEAGE, TODAY) == used() == 85


def test_a_day_that_is_used_up_is_not_asked_for_again_at_once(leases: Leases, clock: Clock) -> None:
    spend(leases, 6, 5)
    with RoundTrips() as asked:
        assert spend(leases, 50, 5) == 0
    asked.are()
    KeyQuota.objects.update(used=4)
    clock.now += 0.2
    assert spend(leases, 2, 5) == 1


def test_a_unit_that_is_given_back_can_be_spent_at_once(leases: Leases) -> None:
    assert spend(leases, 6, 5) == 5
    assert leases.give_back(LINEAGE, TODAY, 5)
    assert spend(leases, 2, 5) == 1


def test_two_processes_never_admit_more_than_the_limit_between_them(db: None, clock: Clock) -> None:
    processes = [Leases(clock), Leases(clock)]
    admitted = 0
    for turn in range(400):
        admitted += spend(processes[turn % 2], 1, 150)
        assert used() <= 150
    assert admitted == 150


@pytest.mark.django_db(transaction=True)
def test_threads_of_one_process_share_a_lease_and_lose_none() -> None:
    leases, together, admitted = Leases(), threading.Barrier(8), []

    def work() -> None:
        together.wait()
        for turn in range(60):
            admitted.append(leases.spend(LINEAGE, TODAY, 300))
            if turn % 10 == 0:
                leases.return_all()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    leases.return_all()
    assert sum(admitted) == used() <= 300
    # A unit that goes back after the others were refused is free again: fewer may have been admitted, never more.
    assert sum(admitted) >= 300 - 16
