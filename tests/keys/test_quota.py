"""The day's counter itself."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from keys.models import KeyQuota

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


def test_a_row_that_another_process_makes_in_between_refuses_nobody(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lineage = uuid.uuid4()
    manager = KeyQuota.objects
    first_take = type(manager.all())._take
    calls: list[bool] = []

    def take(self: Any, *arguments: Any) -> bool:
        calls.append(True)
        taken = first_take(self, *arguments)
        if len(calls) == 1:
            manager.create(pk=KeyQuota.key_for(lineage, TODAY), day=TODAY, used=1)
        return taken

    monkeypatch.setattr(type(manager.all()), "_take", take)
    assert manager.spend(lineage, TODAY, 10)
    assert manager.used(lineage, TODAY) == 2
