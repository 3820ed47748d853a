"""Limits that are changed in the list itself."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import Settings

from keys import services
from keys.models import AdminUser, ApiKey
from keys.services import Actor
from tests.conftest import Answer
from tests.keys.pages import LIST, Key, list_form, text


def form(client: Client, **query: str) -> dict[str, str]:
    return list_form(text(client.get(LIST, query)))


def field(filled: dict[str, str], key: ApiKey, name: str) -> str:
    """What the field of this key's row is called."""
    row = next(name.removesuffix("-id") for name, value in filled.items() if value == str(key.pk))
    return f"{row}-{name}"


def save(client: Client, filled: dict[str, str]) -> Answer:
    return client.post(LIST, filled, follow=True)


def limits(key: ApiKey) -> tuple[int | None, int | None]:
    row = ApiKey.objects.get(pk=key.pk)
    return row.daily_limit, row.burst_limit


def test_limits_are_changed_in_the_list_and_each_change_is_told(manager: Client, key: Key) -> None:
    bob = ApiKey.objects.issue(name="bob's", daily_limit=5, burst_limit=5)[0]
    filled = form(manager)
    filled |= {field(filled, key[0], "daily_limit"): "", field(filled, bob, "burst_limit"): "9"}
    assert "2 API keys were changed successfully" in text(save(manager, filled))
    assert (limits(key[0]), limits(bob)) == ((None, None), (5, 9))
    told = set(LogEntry.objects.values_list("object_id", "change_message"))
    assert told == {
        (str(key[0].pk), "Changed daily limit from 1000 to none. By mallory."),
        (str(bob.pk), "Changed burst limit from 5 to 9. By mallory."),
    }


def test_a_list_that_is_saved_as_it_is_changes_and_tells_nothing(manager: Client, key: Key) -> None:
    save(manager, form(manager))
    assert (ApiKey.objects.get().revision, LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("daily_limit", "-1"),
        ("daily_limit", "2147483648"),
        ("daily_limit", "many"),
        ("daily_limit", "1" * 500),
        ("daily_limit", "=1+1"),
        ("burst_limit", "0"),
        ("burst_limit", "100001"),
        ("burst_limit", "1.5"),
        ("burst_limit", "\u0663\0"),
    ],
)
def test_a_limit_that_is_none_is_told_and_nothing_is_saved(manager: Client, key: Key, name: str, value: str) -> None:
    bob = ApiKey.objects.issue(name="bob's", daily_limit=5)[0]
    filled = form(manager)
    filled |= {field(filled, key[0], name): value, field(filled, bob, "daily_limit"): "6"}
    page = text(save(manager, filled))
    assert "Please correct the error" in page
    assert (limits(key[0]), limits(bob), LogEntry.objects.count()) == ((1000, None), (5, None), 0)


def test_what_is_changed_lies_within_the_bounds_of_the_settings(manager: Client, key: Key, settings: Settings) -> None:
    settings.FLAKS_KEY_DAILY_LIMIT_MAX, settings.FLAKS_KEY_BURST_MAX = 500, 10
    filled = form(manager)
    for name, value in (("daily_limit", "501"), ("daily_limit", ""), ("burst_limit", "11")):
        page = text(save(manager, filled | {field(filled, key[0], name): value}))
        assert "At most" in page
    assert limits(key[0]) == (1000, None)
    # What was given before the bound was set stays, and so a row that nobody touches hinders nothing.
    bob = ApiKey.objects.issue(name="bob's", daily_limit=5, burst_limit=5)[0]
    filled = form(manager)
    save(manager, filled | {field(filled, bob, "daily_limit"): "500"})
    assert (limits(key[0]), limits(bob)) == ((1000, None), (500, 5))


def test_a_row_that_somebody_else_has_changed_is_told_and_stays(manager: Client, staff: AdminUser, key: Key) -> None:
    bob = ApiKey.objects.issue(name="bob's", daily_limit=5)[0]
    filled = form(manager)
    services.change(Actor.staff(staff), ApiKey.objects.get(pk=key[0].pk), {"burst_limit": 3})
    filled |= {field(filled, key[0], "daily_limit"): "7", field(filled, bob, "daily_limit"): "7"}
    page = text(save(manager, filled))
    assert "Somebody else has changed this key meanwhile" in page
    assert (limits(key[0]), limits(bob)) == ((1000, 3), (5, None))


def test_a_row_that_only_somebody_else_has_changed_hinders_nothing(manager: Client, staff: AdminUser, key: Key) -> None:
    bob = ApiKey.objects.issue(name="bob's", daily_limit=5)[0]
    filled = form(manager)
    services.change(Actor.staff(staff), ApiKey.objects.get(pk=key[0].pk), {"daily_limit": 3})
    save(manager, filled | {field(filled, bob, "daily_limit"): "7"})
    assert (limits(key[0]), limits(bob)) == ((3, None), (7, None))


def test_a_refused_list_shows_each_form_beside_its_own_key_where_others_came_meanwhile(
    manager: Client, key: Key
) -> None:
    filled = form(manager)
    ApiKey.objects.issue(name="newcomer")
    page = text(save(manager, filled | {field(filled, key[0], "daily_limit"): "many"}))
    assert "newcomer" not in page
    assert "alice&#x27;s bot" in page


def test_a_change_between_check_and_save_is_told(manager: Client, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = form(manager)
    change = services.change

    def beaten(actor: Actor, mine: ApiKey, changes: dict[str, object]) -> bool:
        ApiKey.objects.filter(pk=mine.pk).update(revision=9, daily_limit=1)
        return change(actor, mine, changes)

    monkeypatch.setattr(services, "change", beaten)
    page = text(save(manager, filled | {field(filled, key[0], "daily_limit"): "7"}))
    assert "at the same moment" in page
    assert "changed successfully" not in page
    assert limits(key[0])[0] != 7


@pytest.mark.parametrize("as_read", ["", "x", "99"])
def test_a_row_that_does_not_know_what_it_shows_is_refused(manager: Client, key: Key, as_read: str) -> None:
    filled = form(manager)
    filled |= {field(filled, key[0], "daily_limit"): "7", field(filled, key[0], "as_read"): as_read}
    save(manager, filled)
    assert limits(key[0]) == (1000, None)


def test_a_revoked_keys_limits_cannot_be_changed(manager: Client, key: Key) -> None:
    filled = form(manager)
    ApiKey.objects.update(revoked_at=datetime.now(UTC))
    assert "disabled" in text(manager.get(LIST)).partition('name="form-0-daily_limit"')[2].partition(">")[0]
    save(manager, filled | {field(filled, key[0], "daily_limit"): "7"})
    assert limits(key[0]) == (1000, None)


def test_a_viewer_has_no_fields_and_is_refused(viewer: Client, office: Client, key: Key) -> None:
    filled = form(office)
    page = text(viewer.get(LIST))
    assert 'name="form-' not in page
    assert 'name="action"' not in page
    assert "1,000" in page
    assert viewer.post(LIST, filled | {field(filled, key[0], "daily_limit"): "7"}).status_code == 403
    assert limits(key[0]) == (1000, None)


@pytest.mark.parametrize("wrong", [{"form-0-id": "x"}, {"form-TOTAL_FORMS": "x"}, {"form-0-id": str(uuid.UUID(int=1))}])
def test_a_form_that_was_tampered_with_changes_nothing(manager: Client, key: Key, wrong: dict[str, str]) -> None:
    filled = form(manager)
    manager.raise_request_exception = False
    answer = save(manager, filled | {field(filled, key[0], "daily_limit"): "7"} | wrong)
    assert answer.status_code in {200, 400}
    assert limits(key[0]) == (1000, None)
