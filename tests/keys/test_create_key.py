"""`manage.py create_key`."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django import Settings

from keys import tokens
from keys.models import ApiKey
from tests.conftest import Run

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def create_key(*arguments: str) -> tuple[str, str]:
    """What the command writes to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("create_key", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_key_alone_goes_to_standard_output(db: None) -> None:
    out, err = create_key("--name", "alice's bot")
    plain = out.removesuffix("\n")
    assert tokens.is_well_formed(plain)
    assert ApiKey.objects.get().digest == tokens.digest(plain)
    assert plain not in err
    assert "cannot be shown again" in err


def test_only_its_digest_and_hint_are_kept(db: None) -> None:
    plain = create_key("--name", "alice's bot")[0].strip()
    row = ApiKey.objects.values().get()
    assert plain not in repr(row)
    assert row["hint"] == tokens.hint(plain)


def test_without_more_it_is_unlimited_and_never_ends(db: None) -> None:
    create_key("--name", "alice's bot")
    key = ApiKey.objects.get()
    assert (key.owner, key.daily_limit, key.expires_at, key.enabled) == ("", None, None, True)


@time_machine.travel(NOON, tick=False)
def test_json_is_one_object_with_the_key_and_what_was_set(db: None) -> None:
    out, _ = create_key("--name", "बॉट ♪", "--owner", "Alice", "--daily-limit", "500", "--expires", "30", "--json")
    made = json.loads(out)
    plain = made.pop("key")
    assert made == {
        "id": str(ApiKey.objects.get().pk),
        "name": "बॉट ♪",
        "owner": "Alice",
        "contact": "",
        "notes": "",
        "hint": tokens.hint(plain),
        "lineage": str(ApiKey.objects.get().lineage),
        "daily_limit": 500,
        "stream_limit": None,
        "burst_limit": 20,
        "scopes": ["search", "stream", "metadata"],
        "addresses": [],
        "expires_at": "2026-12-23T12:00:00Z",
        "created_at": "2026-11-23T12:00:00Z",
    }
    assert ApiKey.objects.get().digest == tokens.digest(plain)


@pytest.mark.parametrize("limit", [0, 1, 2**31 - 1])
def test_the_daily_limit_may_be_anything_from_none_to_the_largest(db: None, limit: int) -> None:
    create_key("--name", "bot", "--daily-limit", str(limit))
    assert ApiKey.objects.get().daily_limit == limit


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--name", ""], "--name: "),
        (["--name", "   "], "--name: "),
        (["--name", "x" * 101], "--name: .*100"),
        (["--name", "a\nb"], "--name: Control"),
        (["--name", "a\0b"], "--name: "),
        (["--name", "a\x1b[31mb"], "--name: Control"),
        (["--name", "a\udcffb"], "--name: Control"),
        (["--name", "a\u2028b"], "--name: Control"),
        (["--name", "bot", "--owner", "x" * 201], "--owner: .*200"),
        (["--name", "bot", "--owner", "a\tb"], "--owner: Control"),
        (["--name", "bot", "--daily-limit", "-1"], "--daily-limit: "),
        (["--name", "bot", "--daily-limit", "2147483648"], "--daily-limit: .*2147483647"),
        (["--name", "bot", "--daily-limit", "9" * 5000], "--daily-limit: "),
        (["--name", "bot", "--daily-limit", "many"], "--daily-limit: "),
        (["--name", "bot", "--daily-limit", "1.5"], "--daily-limit: "),
        (["--name", "bot", "--daily-limit", ""], "--daily-limit: "),
        (["--name", "bot", "--expires", "2020-01-01"], "--expires: .*past"),
        (["--name", "bot", "--expires", "0"], "--expires: expected"),
        (["--name", "bot", "--expires", "-3"], "--expires: expected"),
        (["--name", "bot", "--expires", ""], "--expires: expected"),
        (["--name", "bot", "--expires", "soon"], "--expires: expected"),
        (["--name", "bot", "--burst", "0"], "--burst: "),
        (["--name", "bot", "--burst", ""], "--burst: "),
        (["--name", "bot", "--scopes", "everything"], "--scopes: "),
        (["--name", "bot", "--scopes", ""], "--scopes: "),
        (["--name", "bot", "--allow", "203.0.113.0/99"], "--allow: .*203.0.113.0/99"),
        (["--name", "bot", "--allow", ""], "--allow: "),
        (["--name", "bot", "--count", "0"], "--count: expected"),
        (["--name", "bot", "--count", "10001"], "--count: expected"),
        (["--name", "x" * 99, "--count", "2"], "--name: too long"),
        (["--owner", "Alice"], "--name"),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_made(db: None, arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        create_key(*arguments)
    assert not ApiKey.objects.exists()


def test_a_batch_is_numbered_and_printed_one_key_a_line(db: None) -> None:
    out, err = create_key("--name", "bot", "--count", "3")
    plain = out.splitlines()
    assert [tokens.is_well_formed(key) for key in plain] == [True] * 3
    made = {key.name: key.digest for key in ApiKey.objects.all()}
    assert made == {f"bot {number}": tokens.digest(key) for number, key in enumerate(plain, 1)}
    assert "3 keys" in err


def test_a_batch_as_json_is_a_list_also_of_one(db: None) -> None:
    made = json.loads(create_key("--name", "bot", "--count", "1", "--json")[0])
    assert [tokens.is_well_formed(key["key"]) for key in made] == [True]
    assert made[0]["name"] == "bot 1"


def test_limits_are_as_the_settings_say_where_nobody_says_otherwise(db: None, settings: Settings) -> None:
    settings.FLAKS_KEY_DAILY_LIMIT, settings.FLAKS_KEY_BURST, settings.FLAKS_KEY_DAYS = 300, 7, 30
    create_key("--name", "usual")
    create_key("--name", "free", "--daily-limit", "unlimited", "--burst", "unlimited", "--expires", "never")
    usual, free = ApiKey.objects.get(name="usual"), ApiKey.objects.get(name="free")
    assert (usual.daily_limit, usual.burst_limit, usual.expires_at is None) == (300, 7, False)
    assert (free.daily_limit, free.burst_limit, free.expires_at) == (None, None, None)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--daily-limit", "1001"], "--daily-limit: At most 1000"),
        (["--daily-limit", "unlimited"], "--daily-limit: At most 1000"),
        (["--burst", "51"], "--burst: At most 50"),
        (["--burst", "unlimited"], "--burst: At most 50"),
        (["--expires", "never"], "--expires: At most 90 days"),
        (["--expires", "91"], "--expires: At most 90 days"),
    ],
)
def test_nothing_above_the_upper_bounds_is_given(
    db: None, settings: Settings, arguments: list[str], complaint: str
) -> None:
    bounds(settings)
    with pytest.raises(CommandError, match=complaint):
        create_key("--name", "bot", *arguments)
    assert not ApiKey.objects.exists()


def test_the_upper_bounds_themselves_are_given(db: None, settings: Settings) -> None:
    bounds(settings)
    create_key("--name", "bot", "--daily-limit", "1000", "--burst", "50", "--expires", "90")
    assert ApiKey.objects.get().daily_limit == 1000


def bounds(settings: Settings) -> None:
    settings.FLAKS_KEY_DAILY_LIMIT = settings.FLAKS_KEY_DAILY_LIMIT_MAX = 1000
    settings.FLAKS_KEY_BURST = settings.FLAKS_KEY_BURST_MAX = 50
    settings.FLAKS_KEY_DAYS = settings.FLAKS_KEY_DAYS_MAX = 90


def test_in_a_shell_it_makes_a_key_that_the_next_process_lists(manage: Run) -> None:
    assert manage("migrate", "--verbosity", "0").returncode == 0
    made = manage("create_key", "--name", "bot")
    listed = manage("list_keys", "--json")
    assert tokens.is_well_formed(made.stdout.removesuffix("\n"))
    assert [key["hint"] for key in json.loads(listed.stdout)] == [tokens.hint(made.stdout.strip())]


def test_in_a_shell_a_bad_option_ends_with_1_and_writes_nothing_to_standard_output(manage: Run, migrated: None) -> None:
    refused = manage("create_key", "--name", "bot", "--expires", "2020-01-01")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "CommandError: --expires: 2020-01-01T23:59:59Z is in the past" in refused.stderr


def test_before_migrate_it_says_so_in_a_sentence(manage: Run) -> None:
    refused = manage("create_key", "--name", "bot")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "run `python manage.py migrate` first" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_away_is_one_sentence(manage: Run) -> None:
    refused = manage("list_keys", MONGO_URI="mongodb://127.0.0.1:9", SESSION_SECRET="s" * 40)
    assert refused.returncode == 1
    assert "CommandError: The database does not answer" in refused.stderr
    assert "Traceback" not in refused.stderr
