"""`manage.py show_key`, `set_limits`, `disable_key`, `enable_key`, `rotate_key` and `revoke_key`."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from keys import tokens
from keys.models import ApiKey, KeyQuota
from tests.conftest import Run

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMMANDS = ["show_key", "set_limits", "disable_key", "enable_key", "rotate_key", "revoke_key"]
Key = tuple[ApiKey, str]


def manage_key(*arguments: str) -> tuple[str, str]:
    """What a command writes to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def now_is(key: Key) -> ApiKey:
    return ApiKey.objects.get(pk=key[0].pk)


def needed(command: str) -> list[str]:
    """The options that the command cannot do without."""
    return {"revoke_key": ["--reason", "leaked"], "set_limits": ["--burst", "5"]}.get(command, [])


@pytest.mark.parametrize("way", ["id", "hint", "name"])
def test_a_key_is_named_by_its_id_its_visible_part_or_its_name(key: Key, way: str) -> None:
    text = {"id": str(key[0].pk), "hint": key[0].hint, "name": key[0].name}[way]
    assert key[0].hint in manage_key("show_key", text)[0]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("text", ["nobody", "", "flk_live_abc...wxyz", "00000000-0000-4000-8000-000000000000", "\0"])
def test_a_key_that_is_not_there_ends_with_3(key: Key, command: str, text: str) -> None:
    with pytest.raises(CommandError, match="There is no key") as caught:
        manage_key(command, text, *needed(command))
    assert caught.value.returncode == 3
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_two_keys_have_is_refused(key: Key, command: str) -> None:
    ApiKey.objects.issue(name=key[0].name)
    with pytest.raises(CommandError, match="More than one key") as caught:
        manage_key(command, key[0].name, *needed(command))
    assert caught.value.returncode == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_whole_key_in_the_arguments_is_refused_and_not_repeated(key: Key, command: str) -> None:
    with pytest.raises(CommandError, match="does not belong into arguments") as caught:
        manage_key(command, key[1], *needed(command))
    assert key[1] not in str(caught.value)


@time_machine.travel(NOON, tick=False)
def test_show_key_tells_all_but_the_key(key: Key) -> None:
    KeyQuota.objects.spend(key[0].lineage, NOON.date(), 1000)
    shown = json.loads(manage_key("show_key", key[0].hint, "--json")[0])
    assert (shown["name"], shown["state"], shown["used_today"], shown["daily_limit"]) == (
        "alice's bot",
        "active",
        1,
        1000,
    )
    text = manage_key("show_key", key[0].hint)[0]
    assert "used_today" in text
    assert not any(secret in text + str(shown) for secret in (key[1], key[0].digest))


def test_set_limits_changes_what_is_named_and_leaves_the_rest(key: Key) -> None:
    limits = ["--burst", "5", "--scopes", "search,stream", "--allow", "203.0.113.0/24 2001:db8::1"]
    shown = json.loads(manage_key("set_limits", key[0].hint, *limits, "--expires", "2030-01-01", "--json")[0])
    assert (shown["burst_limit"], shown["scopes"], shown["daily_limit"]) == (5, ["search", "stream"], 1000)
    assert shown["addresses"] == ["203.0.113.0/24", "2001:db8::1/128"]
    assert shown["expires_at"] == "2030-01-01T23:59:59Z"
    assert now_is(key).owner == "Alice"
    assert "burst limit from none to 5" in LogEntry.objects.get().change_message


def test_set_limits_takes_limits_away_by_their_words(key: Key) -> None:
    manage_key("set_limits", key[0].hint, "--burst", "5", "--allow", "203.0.113.7", "--expires", "5")
    words = ["--daily-limit", "unlimited", "--burst", "unlimited", "--allow", "any", "--expires", "never"]
    manage_key("set_limits", key[0].hint, *words)
    found = now_is(key)
    assert (found.daily_limit, found.burst_limit, found.addresses, found.expires_at) == (None, None, "", None)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Nothing to change"),
        (["--daily-limit", "-1"], "--daily-limit: "),
        (["--daily-limit", "1000000000000"], "--daily-limit: "),
        (["--daily-limit", ""], "--daily-limit: "),
        (["--burst", "0"], "--burst: "),
        (["--scopes", ""], "--scopes: "),
        (["--scopes", "search,everything"], "--scopes: "),
        (["--allow", "203.0.113.0/24,nonsense"], "--allow: .*nonsense"),
        (["--allow", ""], "--allow: "),
        (["--expires", "yesterday"], "--expires: "),
        (["--expires", "2020-01-01"], "--expires: "),
    ],
)
def test_a_bad_limit_is_named_and_nothing_is_changed(key: Key, arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        manage_key("set_limits", key[0].hint, *arguments)
    assert now_is(key).revision == 0


def test_a_limit_of_none_refuses_every_call_from_then_on(key: Key) -> None:
    manage_key("set_limits", key[0].hint, "--daily-limit", "0")
    assert now_is(key).daily_limit == 0


def test_disable_and_enable_say_what_was_done(key: Key) -> None:
    assert "disabled." in manage_key("disable_key", key[0].hint)[1]
    assert now_is(key).state(NOON) == "disabled"
    assert "was disabled already" in manage_key("disable_key", key[0].hint)[1]
    out, err = manage_key("enable_key", key[0].hint, "--json")
    assert (json.loads(out)["state"], "enabled." in err) == ("active", True)
    assert LogEntry.objects.count() == 2


def test_enabling_an_expired_key_says_that_it_stays_expired(db: None) -> None:
    key = ApiKey.objects.issue(name="over", enabled=False, expires_at=NOON - timedelta(days=400))[0]
    assert "expired all the same" in manage_key("enable_key", key.hint)[1]


def test_revoke_wants_a_reason_and_is_final(key: Key) -> None:
    with pytest.raises(CommandError, match="--reason"):
        manage_key("revoke_key", key[0].hint)
    with pytest.raises(CommandError, match="--reason"):
        manage_key("revoke_key", key[0].hint, "--reason", " ")
    out, _ = manage_key("revoke_key", key[0].hint, "--reason", "leaked", "--json")
    assert json.loads(out)["revoked_reason"] == "leaked"
    for command in COMMANDS[1:]:
        with pytest.raises(CommandError, match="revoked") as caught:
            manage_key(command, key[0].hint, *needed(command))
        assert caught.value.returncode == 1


@time_machine.travel(NOON, tick=False)
def test_rotate_prints_the_new_key_alone_and_ends_the_old_one(key: Key) -> None:
    out, err = manage_key("rotate_key", key[0].hint, "--grace", "1h")
    plain = out.removesuffix("\n")
    assert tokens.is_well_formed(plain)
    assert plain not in err
    assert now_is(key).expires_at == NOON + timedelta(hours=1)
    assert "2026-11-23T13:00:00Z" in err
    made: dict[str, Any] = json.loads(manage_key("rotate_key", tokens.hint(plain), "--json")[0])
    assert (made["replaces"], made["old_expires_at"]) == (tokens.hint(plain), "2026-11-24T12:00:00Z")


def test_an_unknown_grace_is_refused(key: Key) -> None:
    with pytest.raises(CommandError, match="--grace"):
        manage_key("rotate_key", key[0].hint, "--grace", "2h")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show_key", "nobody"], 3),
        (["show_key"], 2),
        (["rotate_key", "x", "--grace", "2h"], 2),
        (["disable_key", "b"], 0),
    ],
)
def test_in_a_shell_the_exit_code_tells_how_it_went(
    manage: Run, migrated: None, arguments: list[str], code: int
) -> None:
    manage("create_key", "--name", "b")
    ended = manage(*arguments)
    assert ended.returncode == code
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
