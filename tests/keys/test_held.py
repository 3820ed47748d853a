"""Keys that a process has read, held until it hears of a change."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import ProtectedError

from keys.held import HELD_SECONDS, LATEST_SECONDS, Held
from keys.models import ApiKey
from tests.keys.roundtrips import CHANGES, CLOCK, KEY, RoundTrips

AN_HOUR = timedelta(hours=1)


class Clock:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(time, "monotonic", found)
    return found


@pytest.fixture
def key(db: None) -> ApiKey:
    return ApiKey.objects.issue(name="bot")[0]


def is_enabled(held: Held, key: ApiKey) -> bool:
    found = held.get(key.digest)
    assert found is not None
    return found.enabled


def test_a_key_that_does_not_change_is_read_once_in_ten_minutes(key: ApiKey, clock: Clock) -> None:
    held = Held()
    with RoundTrips() as asked:
        held.get(key.digest)
    asked.are(CHANGES, CLOCK, KEY)
    for _ in range(int(HELD_SECONDS / 100) - 1):
        clock.now += 100
        with RoundTrips() as asked:
            held.get(key.digest)
            held.get(key.digest)
        asked.are(CLOCK, CHANGES)
    clock.now += 100
    with RoundTrips() as asked:
        held.get(key.digest)
    asked.are(CLOCK, CHANGES, KEY)


def test_what_another_process_changed_is_heard_after_a_second(key: ApiKey, clock: Clock) -> None:
    held = Held()
    assert is_enabled(held, key)
    ApiKey.objects.update(enabled=False)
    clock.now += 0.99
    assert is_enabled(held, key)
    clock.now += 0.01
    assert not is_enabled(held, key)
    ApiKey.objects.update(enabled=True)
    clock.now += 1
    assert is_enabled(held, key)


def test_a_key_is_read_again_once_after_it_has_changed(key: ApiKey, clock: Clock) -> None:
    held = Held()
    held.get(key.digest)
    ApiKey.objects.update(enabled=False)
    clock.now += 1
    with RoundTrips() as asked:
        held.get(key.digest)
    asked.are(CLOCK, CHANGES, KEY)
    clock.now += 1  # the change is still among the latest ones
    with RoundTrips() as asked:
        held.get(key.digest)
    asked.are(CLOCK, CHANGES)


def test_other_keys_stay_held_when_one_changes(key: ApiKey, clock: Clock) -> None:
    held, other = Held(), ApiKey.objects.issue(name="other")[0]
    held.get(key.digest)
    held.get(other.digest)
    ApiKey.objects.filter(pk=key.pk).update(enabled=False)
    clock.now += 1
    with RoundTrips() as asked:
        held.get(other.digest)
    asked.are(CLOCK, CHANGES)


@pytest.mark.parametrize("how", [{}, {"update_fields": ["enabled"]}])
def test_a_key_that_was_saved_is_heard_of_too(key: ApiKey, clock: Clock, how: dict[str, Any]) -> None:
    held = Held()
    held.get(key.digest)
    changed = ApiKey.objects.get()
    changed.enabled = False
    changed.save(**how)
    clock.now += 1
    assert not is_enabled(held, key)


@pytest.mark.parametrize("step", [-24 * AN_HOUR, -AN_HOUR, -timedelta(seconds=5), timedelta(0), AN_HOUR, 24 * AN_HOUR])
def test_a_change_is_heard_of_though_the_clock_is_set_meanwhile(
    key: ApiKey, clock: Clock, step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    assert is_enabled(held, key)
    then = datetime.now(UTC) + step
    monkeypatch.setattr("keys.held.now_of_the_database", lambda: then)
    ApiKey.objects.update(enabled=False, changed_at=then)
    clock.now += 1
    assert not is_enabled(held, key)


def test_a_change_is_heard_of_where_the_clock_is_set_back_after_one_and_before_the_next(
    key: ApiKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, other = Held(), ApiKey.objects.issue(name="other")[0]
    assert is_enabled(held, key)
    ApiKey.objects.filter(pk=other.pk).update(name="renamed", changed_at=datetime.now(UTC) + AN_HOUR)
    clock.now += 1
    assert is_enabled(held, key)
    ApiKey.objects.filter(pk=key.pk).update(enabled=False, changed_at=datetime.now(UTC))
    clock.now += 1
    assert not is_enabled(held, key)


def test_keys_that_are_made_are_no_changes(key: ApiKey, clock: Clock) -> None:
    held = Held()
    held.get(key.digest)
    for number in range(3):
        ApiKey.objects.issue(name=str(number))
    assert ApiKey.objects.changed_since(datetime.now(UTC) - AN_HOUR) == []


def test_a_change_that_is_seen_late_is_heard_of(key: ApiKey, clock: Clock) -> None:
    held, other = Held(), ApiKey.objects.issue(name="other")[0]
    assert is_enabled(held, key)
    ApiKey.objects.filter(pk=other.pk).update(name="renamed")
    clock.now += 1
    assert is_enabled(held, key)
    before = datetime.now(UTC) - timedelta(seconds=8)
    ApiKey.objects.filter(pk=key.pk).update(enabled=False, changed_at=before)  # its transaction took so long
    clock.now += 1
    assert not is_enabled(held, key)


def test_a_change_is_heard_of_after_a_long_rest(key: ApiKey, clock: Clock) -> None:
    held = Held()
    assert is_enabled(held, key)
    ApiKey.objects.update(enabled=False, changed_at=datetime.now(UTC) - timedelta(seconds=200))
    clock.now += 250
    assert not is_enabled(held, key)


def test_a_key_that_changed_while_it_was_read_is_not_held(
    key: ApiKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, other = Held(), ApiKey.objects.issue(name="other")[0]
    held.get(other.digest)
    first = type(ApiKey.objects.all()).first

    def slowly(rows: Any) -> Any:
        found = first(rows)
        monkeypatch.undo()
        monkeypatch.setattr(time, "monotonic", clock)
        ApiKey.objects.filter(pk=key.pk).update(enabled=False)
        clock.now += 3
        held.get(other.digest)  # another call asks what has changed, and hears of it
        return found

    monkeypatch.setattr(type(ApiKey.objects.all()), "first", slowly)
    assert is_enabled(held, key)  # as it was when it was read
    assert not is_enabled(held, key)


def test_a_key_that_is_forgotten_is_read_again(key: ApiKey, clock: Clock) -> None:
    held = Held()
    assert is_enabled(held, key)
    ApiKey.objects.update(enabled=False)
    held.forget(key.digest)
    assert not is_enabled(held, key)


def test_a_key_that_nobody_has_is_not_held(db: None) -> None:
    held = Held()
    assert held.get("0" * 64) is None
    assert not held._keys


def test_the_first_key_of_all_is_heard_of(db: None, clock: Clock) -> None:
    held = Held()
    assert held.get("0" * 64) is None
    key = ApiKey.objects.issue(name="first")[0]
    assert is_enabled(held, key)
    ApiKey.objects.update(enabled=False)
    clock.now += 1
    assert not is_enabled(held, key)


def test_few_keys_are_held_at_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keys.held.MOST", 2)
    held = Held()
    for number in range(4):
        held.get(ApiKey.objects.issue(name=str(number))[0].digest)
    assert len(held._keys) == 2


def test_where_the_changes_cannot_be_asked_for_no_key_is_believed(
    key: ApiKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    held.get(key.digest)
    clock.now += 1
    with monkeypatch.context() as away:
        away.setattr(type(ApiKey.objects.all()), "changed_since", failing)
        for _ in range(2):
            with pytest.raises(OperationalError):
                held.get(key.digest)
    ApiKey.objects.update(enabled=False)
    assert not is_enabled(held, key)


def failing(*_arguments: Any) -> None:
    raise OperationalError("the database is away")


def test_nobody_waits_for_an_answer_that_takes_long_but_then_believes_nothing(
    key: ApiKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    held.get(key.digest)
    ApiKey.objects.update(enabled=False)
    held._asking.acquire()  # somebody has asked, and was not answered yet
    clock.now += LATEST_SECONDS - 0.01
    assert is_enabled(held, key)
    clock.now += 0.01
    assert not is_enabled(held, key)
    held._asking.release()


@pytest.mark.django_db(transaction=True)
def test_of_many_calls_at_once_one_asks_what_has_changed() -> None:
    key = ApiKey.objects.issue(name="bot")[0]
    held, together = Held(), threading.Barrier(8)
    found: list[ApiKey | None] = []
    held.get(key.digest)
    heard = held._heard

    def work() -> None:
        together.wait()
        found.extend(held.get(key.digest) for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.pk for one in found if one is not None] == [key.pk] * 400
    assert held._heard >= heard


def test_a_key_that_was_used_is_not_deleted_so_that_nobody_holds_one_that_is_gone(key: ApiKey) -> None:
    ApiKey.objects.update(last_used_at=datetime.now(UTC))
    with pytest.raises(ProtectedError):
        key.delete()
