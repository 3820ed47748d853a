"""What is done to many keys at once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import Settings

from keys import services
from keys.admin import bulk
from keys.models import AdminUser, ApiKey
from keys.services import Actor
from tests.conftest import Answer
from tests.keys.pages import LIST, Key, row_of, text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ACTIONS = ("disable_keys", "enable_keys", "extend_keys", "limit_keys")
ANSWERS = {"extend_keys": {"days": "30"}, "limit_keys": {"limit": "daily_limit", "value": "7"}}
NEEDS = {"disable_keys": "disable", "enable_keys": "disable", "extend_keys": "change", "limit_keys": "change"}
Sent = dict[str, str | list[str]]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def asked(client: Client, action: str, *keys: ApiKey) -> str:
    """The page that asks."""
    return text(client.post(LIST, {"action": action, "_selected_action": [str(key.pk) for key in keys]}, follow=True))


def confirmed(page: str, **answers: str) -> Sent:
    """What that page sends."""
    found = re.search(r'name="action" value="(\w+)"', page)
    chosen = re.search(r'name="_selected_action" value="([^"]+)"', page)
    assert found is not None
    assert chosen is not None
    read = re.findall(r'name="read" value="([^"]+)"', page)
    return {"action": found[1], "post": "yes", "_selected_action": chosen[1], "read": read, **answers}


def done(client: Client, action: str, *keys: ApiKey, **answers: str) -> str:
    """What came of it."""
    return text(client.post(LIST, confirmed(asked(client, action, *keys), **answers)))


def issue(name: str, **fields: object) -> ApiKey:
    return ApiKey.objects.issue(name=name, **fields)[0]


def read(key: ApiKey) -> ApiKey:
    return ApiKey.objects.get(pk=key.pk)


def test_keys_are_disabled_after_asking_and_each_is_told(manager: Client, key: Key) -> None:
    off, gone = issue("off", enabled=False), issue("gone", revoked_at=NOW)
    page = asked(manager, "disable_keys", key[0], off, gone)
    assert "Disable 3 keys?" in page
    assert read(key[0]).enabled
    results = text(manager.post(LIST, confirmed(page)))
    assert ">disabled<" in row_of(results, "alice&#x27;s bot")
    assert "was disabled already" in row_of(results, ">off<")
    assert "revoked, which is final" in row_of(results, ">gone<")
    assert not read(key[0]).enabled
    assert list(LogEntry.objects.values_list("change_message", flat=True)) == [
        "Changed enabled from True to False. By mallory."
    ]


def test_keys_are_enabled(manager: Client) -> None:
    off = issue("off", enabled=False)
    assert ">enabled<" in done(manager, "enable_keys", off)
    assert read(off).enabled


def test_keys_live_longer_from_their_end_or_from_now(manager: Client) -> None:
    soon, over, never = issue("soon", expires_at=NOW + DAY), issue("over", expires_at=NOW - DAY), issue("never")
    results = done(manager, "extend_keys", soon, over, never, days="30")
    assert (read(soon).expires_at, read(over).expires_at) == (NOW + 31 * DAY, NOW + 30 * DAY)
    assert "ends 2026-12-24 12:00 UTC" in row_of(results, ">soon<")
    assert "never ends; left as it is" in row_of(results, ">never<")
    assert read(never).expires_at is None


def test_keys_live_no_longer_than_the_settings_allow(manager: Client, settings: Settings) -> None:
    settings.FLAKS_KEY_DAYS_MAX = 40
    soon, later = issue("soon", expires_at=NOW + DAY), issue("later", expires_at=NOW + 20 * DAY)
    results = done(manager, "extend_keys", soon, later, days="30")
    assert "at most 40 days from now" in row_of(results, ">later<")
    assert (read(soon).expires_at, read(later).expires_at) == (NOW + 31 * DAY, NOW + 20 * DAY)


def test_an_end_that_no_calendar_has_is_refused(manager: Client) -> None:
    key = issue("old", expires_at=datetime(9999, 12, 1, tzinfo=UTC))
    assert "after the year 9999" in done(manager, "extend_keys", key, days="36500")


def test_a_limit_is_set_for_many(manager: Client, key: Key) -> None:
    bob = issue("bob", burst_limit=9)
    assert "set to 9" in row_of(done(manager, "limit_keys", key[0], bob, limit="burst_limit", value="9"), "alice")
    assert "set to unlimited" in row_of(done(manager, "limit_keys", key[0], limit="daily_limit", value=""), "alice")
    assert (read(key[0]).daily_limit, read(key[0]).burst_limit, read(bob).revision) == (None, 9, 0)


@pytest.mark.parametrize(
    ("action", "answers"),
    [
        ("extend_keys", {"days": "0"}),
        ("extend_keys", {"days": "36501"}),
        ("extend_keys", {"days": "soon"}),
        ("extend_keys", {}),
        ("limit_keys", {"limit": "digest", "value": "1"}),
        ("limit_keys", {"limit": "daily_limit", "value": "-1"}),
        ("limit_keys", {"limit": "daily_limit", "value": "2147483648"}),
        ("limit_keys", {"limit": "burst_limit", "value": "0"}),
        ("limit_keys", {"limit": "burst_limit", "value": "100001"}),
        ("limit_keys", {"value": "1"}),
    ],
)
def test_an_answer_that_is_wrong_is_asked_again_and_changes_nothing(
    manager: Client, key: Key, action: str, answers: dict[str, str]
) -> None:
    ApiKey.objects.update(expires_at=NOW + DAY)
    page = done(manager, action, key[0], **answers)
    assert "errorlist" in page
    assert f'name="read" value="{key[0].pk}:0"' in page
    assert read(key[0]).revision == 0


def test_a_limit_for_many_lies_within_the_bounds_of_the_settings(manager: Client, key: Key, settings: Settings) -> None:
    settings.FLAKS_KEY_DAILY_LIMIT_MAX, settings.FLAKS_KEY_BURST_MAX = 500, 10
    for limit, value in (("daily_limit", "501"), ("daily_limit", ""), ("burst_limit", "11")):
        assert "At most" in done(manager, "limit_keys", key[0], limit=limit, value=value)
    assert read(key[0]).revision == 0


@pytest.mark.parametrize("action", ["disable_keys", "extend_keys", "limit_keys"])
def test_a_key_that_somebody_else_has_changed_is_told_and_the_others_are_done(
    manager: Client, staff: AdminUser, key: Key, action: str
) -> None:
    ApiKey.objects.update(expires_at=NOW + DAY)
    bob = issue("bob", expires_at=NOW + DAY)
    form = confirmed(asked(manager, action, key[0], bob), **ANSWERS.get(action, {}))
    services.change(Actor.staff(staff), read(key[0]), {"owner": "Dave"})
    results = text(manager.post(LIST, form))
    assert "Somebody else has changed this key meanwhile" in row_of(results, "alice&#x27;s bot")
    assert (read(key[0]).revision, read(bob).revision) == (1, 1)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_form_that_is_sent_twice_changes_nothing_the_second_time(manager: Client, key: Key, action: str) -> None:
    ApiKey.objects.update(expires_at=NOW + DAY, enabled=action != "enable_keys")
    form = confirmed(asked(manager, action, key[0]), **ANSWERS.get(action, {}))
    manager.post(LIST, form)
    results = text(manager.post(LIST, form))
    assert re.search("already|meanwhile", row_of(results, "alice&#x27;s bot"))
    assert (read(key[0]).revision, LogEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_wants_its_permission(db: None, key: Key, action: str) -> None:
    eve = AdminUser.objects.create_user("eve", password="x", is_staff=True)
    others = {"view", "add", "delete", "rotate", "revoke", "disable", "change", "export"} - {NEEDS[action]}
    eve.user_permissions.add(*Permission.objects.filter(codename__in=[f"{name}_apikey" for name in others]))
    client = Client()
    client.force_login(eve)
    assert f'value="{action}"' not in text(client.get(LIST))
    form = {"action": action, "post": "yes", "_selected_action": str(key[0].pk), "read": f"{key[0].pk}:0"}
    client.post(LIST, form | ANSWERS.get(action, {}))
    assert (read(key[0]).revision, LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("wrong", [[], ["x"], ["x:y"], ["1:1"], ["{key}"], ["{key}:x"], ["{key}:" + "9" * 5000]])
def test_a_form_that_names_no_key_and_revision_is_out_of_date(manager: Client, key: Key, wrong: list[str]) -> None:
    pairs = [pair.format(key=key[0].pk) for pair in wrong]
    form: Sent = {"action": "disable_keys", "post": "yes", "_selected_action": str(key[0].pk), "read": pairs}
    assert "out of date" in text(manager.post(LIST, form, follow=True))
    assert read(key[0]).enabled


@pytest.mark.parametrize("pair", ["{key}:99", "{key}:-1", "{key}:999999999999999999999999", f"{uuid.UUID(int=1)}:0"])
def test_another_revision_or_another_key_changes_nothing(manager: Client, key: Key, pair: str) -> None:
    form = {"action": "disable_keys", "post": "yes", "_selected_action": str(key[0].pk)}
    answer = manager.post(LIST, form | {"read": pair.format(key=key[0].pk)})
    assert re.search("meanwhile|any more", text(answer))
    assert read(key[0]).enabled


@pytest.mark.parametrize("chosen", ["nonsense", "", "\0", "1"])
@pytest.mark.parametrize("action", [*ACTIONS, "export_keys", "delete_selected", "no_such_action"])
def test_what_cannot_be_a_keys_id_is_told(manager: Client, key: Key, action: str, chosen: str) -> None:
    answer: Answer = manager.post(LIST, {"action": action, "_selected_action": chosen}, follow=True)
    assert answer.status_code == 200
    assert "nothing was changed" in text(answer)


def test_nothing_chosen_is_told(manager: Client, key: Key) -> None:
    answer = manager.post(LIST, {"action": "disable_keys", "index": "0"}, follow=True)
    assert "Items must be selected" in text(answer)


def test_too_many_at_once_are_told_and_nothing_is_changed(
    manager: Client, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    for number in range(2):
        issue(f"bot {number}")
    form = {"action": "disable_keys", "select_across": "1", "index": "0", "_selected_action": str(key[0].pk)}
    assert "At most 2 keys at once" in text(manager.post(LIST, form, follow=True))
    assert ApiKey.objects.filter(enabled=True).count() == 3


def test_hostile_names_are_text_on_the_pages_that_ask_and_tell(manager: Client) -> None:
    key = issue("<img src=x onerror=alert(1)>\u202e", owner="<script>")
    page = asked(manager, "disable_keys", key)
    results = text(manager.post(LIST, confirmed(page)))
    assert "<img src=x" not in page + results
    assert "&lt;img src=x" in page
    assert "&lt;img src=x" in results
