"""What staff change of a key, and what Django's log tells of it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from keys import services, tokens
from keys.models import AdminUser, ApiKey, KeyQuota
from keys.services import Actor

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Key = tuple[ApiKey, str]


@pytest.fixture
def carol(staff: AdminUser) -> Actor:
    return Actor.staff(staff)


def told() -> list[str]:
    """What the log tells, the oldest first."""
    return [entry.change_message for entry in LogEntry.objects.order_by("action_time", "pk")]


def test_a_new_key_is_in_the_log_with_its_limits_and_without_its_text(carol: Actor) -> None:
    key = services.create(carol, name="bot", daily_limit=500, addresses="203.0.113.0/24")
    entry = LogEntry.objects.get()
    assert (entry.user_id, entry.object_id, entry.action_flag) == (carol.user.pk, str(key.pk), ADDITION)
    assert "daily limit 500" in entry.change_message
    assert "203.0.113.0/24" in entry.change_message
    assert entry.change_message.endswith("By carol.")
    assert not any(secret in str(vars(entry)) for secret in (key.plain, key.digest))


def test_a_second_key_of_one_id_is_refused_and_not_in_the_log(carol: Actor, key: Key) -> None:
    with pytest.raises(IntegrityError):
        services.create(carol, pk=key[0].pk, name="bot")
    assert ApiKey.objects.count() == 1
    assert not LogEntry.objects.exists()


def test_a_change_tells_what_it_was_and_what_it_is(carol: Actor, key: Key) -> None:
    assert services.change(carol, key[0], {"daily_limit": None, "name": "renamed", "owner": "Alice"})
    changed = ApiKey.objects.get()
    assert (changed.daily_limit, changed.name, changed.revision) == (None, "renamed", 1)
    entry = LogEntry.objects.get()
    assert entry.action_flag == CHANGE
    assert (
        entry.change_message
        == """Changed daily limit from 1000 to none; name from "alice's bot" to 'renamed'. By carol."""
    )


def test_what_is_as_it_was_is_no_change_and_not_in_the_log(carol: Actor, key: Key) -> None:
    assert not services.change(carol, key[0], {"daily_limit": 1000})
    assert not services.enable(carol, key[0])
    assert ApiKey.objects.get().revision == 0
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("field", ["digest", "lineage", "revoked_at", "created_at", "revision", "nonsense"])
def test_what_is_not_staffs_to_change_is_refused(carol: Actor, key: Key, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        services.change(carol, key[0], {field: "x"})


def test_of_two_who_edit_one_key_at_once_the_second_is_told(carol: Actor, key: Key) -> None:
    first, second = ApiKey.objects.get(), ApiKey.objects.get()
    services.change(carol, first, {"daily_limit": 5})
    with pytest.raises(services.KeyChanged):
        services.change(carol, second, {"name": "renamed"})
    assert (ApiKey.objects.get().daily_limit, ApiKey.objects.get().name) == (5, "alice's bot")
    assert len(told()) == 1


def test_one_who_edits_twice_is_not_told_of_himself(carol: Actor, key: Key) -> None:
    services.change(carol, key[0], {"daily_limit": 5})
    services.change(carol, key[0], {"daily_limit": 6})
    assert ApiKey.objects.get().daily_limit == 6


def test_disabling_can_be_undone(carol: Actor, key: Key) -> None:
    assert services.disable(carol, key[0])
    assert not ApiKey.objects.active(NOON).exists()
    assert services.enable(carol, key[0])
    assert ApiKey.objects.active(NOON).exists()
    assert told() == ["Changed enabled from True to False. By carol.", "Changed enabled from False to True. By carol."]


@time_machine.travel(NOON, tick=False)
def test_revoking_is_final_and_keeps_who_when_and_why(carol: Actor, key: Key) -> None:
    services.revoke(carol, key[0], "leaked in a chat")
    revoked = ApiKey.objects.get()
    assert (revoked.revoked_at, revoked.revoked_by, revoked.revoked_reason) == (NOON, "carol", "leaked in a chat")
    assert not ApiKey.objects.active(NOON).exists()
    changes: list[Any] = [
        lambda: services.enable(carol, revoked),
        lambda: services.change(carol, revoked, {"name": "renamed"}),
        lambda: services.revoke(carol, revoked, "again"),
        lambda: services.rotate(carol, revoked, "0"),
    ]
    for change in changes:
        with pytest.raises(services.KeyRefused, match="revoked"):
            change()
    assert ApiKey.objects.get().revoked_reason == "leaked in a chat"
    assert told() == ["Revoked: leaked in a chat By carol."]


@pytest.mark.parametrize(("grace", "hours"), [("0", 0), ("1h", 1), ("24h", 24), ("7d", 168)])
@time_machine.travel(NOON, tick=False)
def test_a_successor_inherits_all_but_the_key_itself(carol: Actor, grace: str, hours: int) -> None:
    limits: dict[str, Any] = {"daily_limit": 7, "burst_limit": 3, "scopes": "search", "addresses": "203.0.113.0/24"}
    old = services.create(carol, name="bot", owner="Alice", contact="@alice", notes="paid", **limits)
    new = services.rotate(carol, old, grace)
    assert ApiKey.objects.get(pk=old.pk).expires_at == NOON + timedelta(hours=hours)
    kept = ApiKey.objects.get(pk=new.pk)
    assert kept.digest == tokens.digest(new.plain) != old.digest
    for field in services.INHERITED:
        assert getattr(kept, field) == getattr(old, field)
    assert (kept.replaces, ApiKey.objects.get(pk=old.pk).successor, kept.expires_at) == (old.pk, new.pk, None)
    assert told()[-1].startswith(f"Rotated: {new.hint} succeeds it")


@time_machine.travel(NOON, tick=False)
def test_the_grace_never_goes_past_the_old_keys_own_end(carol: Actor) -> None:
    ends = NOON + timedelta(minutes=30)
    old = services.create(carol, name="bot", expires_at=ends)
    new = services.rotate(carol, old, "7d")
    assert ApiKey.objects.get(pk=old.pk).expires_at == ends
    assert new.expires_at == ends


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"enabled": False}, "disabled"),
        ({"expires_at": NOON - timedelta(days=1)}, "expired"),
        ({"expires_at": NOON}, "expired"),
        ({"revoked_at": NOON}, "revoked"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_only_an_active_key_can_be_rotated(carol: Actor, fields: dict[str, Any], complaint: str) -> None:
    key = services.create(carol, name="bot", **fields)
    with pytest.raises(services.KeyRefused, match=complaint):
        services.rotate(carol, key, "24h")
    assert ApiKey.objects.count() == 1


def test_a_key_is_rotated_once_and_its_successor_again(carol: Actor, key: Key) -> None:
    second = services.rotate(carol, key[0], "24h")
    with pytest.raises(services.KeyRefused, match="rotated already"):
        services.rotate(carol, key[0], "24h")
    third = services.rotate(carol, second, "24h")
    assert {old.lineage for old in ApiKey.objects.all()} == {key[0].lineage}
    assert third.replaces == second.pk


def test_a_rotation_that_came_too_late_leaves_no_key_behind_though_the_lineage_was_used(
    carol: Actor, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, make = key[0], services.create
    KeyQuota.objects.spend(old.lineage, NOON.date(), 1000)

    def made_while_somebody_renames_the_old_one(actor: Actor, **fields: Any) -> ApiKey:
        successor = make(actor, **fields)
        services.change(carol, ApiKey.objects.get(pk=old.pk), {"name": "renamed"})
        return successor

    monkeypatch.setattr(services, "create", made_while_somebody_renames_the_old_one)
    with pytest.raises(services.KeyChanged):
        services.rotate(carol, old, "24h")
    kept = ApiKey.objects.get()
    assert (kept.pk, kept.name, kept.successor, kept.expires_at) == (old.pk, "renamed", None, old.expires_at)
    assert len(told()) == 1


def test_rotation_neither_resets_nor_doubles_the_quota(carol: Actor, key: Key) -> None:
    today = datetime.now(UTC).date()
    KeyQuota.objects.spend(key[0].lineage, today, 1000, 999)
    new = services.rotate(carol, key[0], "24h")
    assert KeyQuota.objects.spend(new.lineage, today, new.daily_limit)
    assert not KeyQuota.objects.spend(new.lineage, today, new.daily_limit)
    assert not KeyQuota.objects.spend(key[0].lineage, today, key[0].daily_limit)


@pytest.mark.django_db(transaction=True)
def test_two_who_rotate_at_once_make_one_successor() -> None:
    carol = Actor.staff(AdminUser.objects.create_superuser("carol", "", "lanterns over water"))
    key = services.create(carol, name="bot")
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def rotate() -> None:
        together.wait()
        try:
            services.rotate(carol, ApiKey.objects.get(pk=key.pk), "24h")
            outcomes.append("made")
        except services.KeyRefused:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=rotate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]
    assert ApiKey.objects.count() == 2


def test_the_command_line_has_an_account_of_its_own_that_cannot_sign_in(db: None) -> None:
    services.create(Actor.command_line(), name="one")
    services.create(Actor.command_line(), name="two")
    account = AdminUser.objects.get()
    assert (account.is_active, account.is_staff, account.has_usable_password()) == (False, False, False)
    assert all(message.endswith("(command line).") for message in told())
    assert len(told()) == 2


def test_a_key_that_was_used_is_not_deleted(key: Key) -> None:
    KeyQuota.objects.spend(key[0].lineage, datetime.now(UTC).date(), None)
    with pytest.raises(ProtectedError):
        key[0].delete()
    with pytest.raises(ProtectedError):
        ApiKey.objects.all().delete()
    assert ApiKey.objects.exists()


def test_a_key_that_was_never_used_may_be_deleted(key: Key) -> None:
    key[0].delete()
    assert not ApiKey.objects.exists()
