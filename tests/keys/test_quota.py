"""The day's counter itself."""

from __future__ import annotations

import threading
import uuid
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from keys.models import KeyQuota
from tests.keys.roundtrips import RoundTrips

TODAY = date(2026, 11, 23)


def test_the_use_of_many_lineages_is_read_in_parts(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lineages = [uuid.uuid4() for _ in range(501)]
    for lineage in (lineages[0], lineages[0], lineages[500]):
        KeyQuota.objects.spend(lineage, TODAY, None)
    with django_assert_num_queries(2):
        used = KeyQuota.objects.used_by(lineages, TODAY)
    assert used == {lineages[0]: 2, lineages[500]: 1}


def test_another_day_and_another_lineage_are_not_counted(db: None) -> None:
    lineage = uuid.uuid4()
    KeyQuota.objects.spend(lineage, TODAY, None)
    assert KeyQuota.objects.used(lineage, date(2026, 11, 24)) == 0
    assert KeyQuota.objects.used(uuid.uuid4(), TODAY) == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_who_make_the_row_at_once_as_many_are_admitted_as_the_limit_says() -> None:
    lineage, together, admitted = uuid.uuid4(), threading.Barrier(8), []

    def work() -> None:
        together.wait()
        admitted.append(KeyQuota.objects.spend(lineage, TODAY, 5))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(admitted) == 5
    assert KeyQuota.objects.used(lineage, TODAY) == 5


def test_units_are_taken_whole_or_not_at_all_and_mongodb_tells_what_is_used_then(db: None) -> None:
    lineage = uuid.uuid4()
    taken = [KeyQuota.objects.take(lineage, TODAY, 10, 4) for _ in range(3)]
    assert [one.admitted for one in taken] == [True, True, False]
    if connection.vendor == "mongodb":
        assert [one.used for one in taken] == [4, 8, None]
    assert KeyQuota.objects.used(lineage, TODAY) == 8


@pytest.mark.parametrize("limit", [0, 1])
def test_more_units_than_the_limit_make_no_row(db: None, limit: int) -> None:
    assert not KeyQuota.objects.spend(uuid.uuid4(), TODAY, limit, limit + 1)
    assert not KeyQuota.objects.exists()


def test_the_row_is_the_one_that_is_read_by_its_day(db: None) -> None:
    KeyQuota.objects.spend(uuid.uuid4(), TODAY, 10)
    row = KeyQuota.objects.get(day=TODAY)
    assert (row.used, row.refunded) == (1, 0)


@given(
    st.lists(st.tuples(st.sampled_from(["take", "put back", "give back"]), st.integers(1, 20)), max_size=30),
    st.one_of(st.none(), st.integers(0, 40)),
)
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counter_is_what_was_taken_less_what_came_back(
    db: None, steps: list[tuple[str, int]], limit: int | None
) -> None:
    lineage, held, refunded = uuid.uuid4(), 0, 0
    for what, units in steps:
        if what == "take":
            taken = KeyQuota.objects.take(lineage, TODAY, limit, units)
            assert taken.admitted == (limit is None or held + units <= limit)
            held += units * taken.admitted
            assert taken.used in (None, held)
        elif what == "put back":
            KeyQuota.objects.put_back({(lineage, TODAY): units})
            held -= units if held >= units else 0
        else:
            given = KeyQuota.objects.give_back(lineage, TODAY, limit)
            assert given == (held > 0 and refunded < 20)
            held, refunded = held - given, refunded + given
        assert KeyQuota.objects.used(lineage, TODAY) == held


def test_the_rests_of_many_leases_go_back_together(db: None) -> None:
    names = {(uuid.UUID(int=number), TODAY): 1 + number % 3 for number in range(600)}
    for lineage, day in names:
        KeyQuota.objects.spend(lineage, day, None, 5)
    with RoundTrips() as asked:
        KeyQuota.objects.put_back(names)
    assert len(asked) <= 3  # one for each number of units; of MongoDB, one
    assert {used: KeyQuota.objects.filter(used=used).count() for used in (2, 3, 4)} == {2: 200, 3: 200, 4: 200}
