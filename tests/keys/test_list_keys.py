"""`manage.py list_keys`."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keys.management.commands.list_keys import table
from keys.models import ApiKey, KeyQuota

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def list_keys(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("list_keys", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def three_keys(db: None) -> list[str]:
    """The plain keys of Alice (used twice today, once yesterday), Bob (disabled) and Dave (expired)."""
    with time_machine.travel(NOON, tick=False):
        alice, first = ApiKey.objects.issue(name="alice's bot", owner="Alice", daily_limit=500)
        bob = {"name": "bob", "enabled": False, "created_at": NOON - timedelta(days=1)}
        dave = {"name": "dave", "expires_at": NOON, "created_at": NOON - timedelta(days=2)}
        for day in (NOON, NOON, NOON - timedelta(days=1)):
            KeyQuota.objects.spend(alice.lineage, day.date(), 500)
        return [first, ApiKey.objects.issue(**bob)[1], ApiKey.objects.issue(**dave)[1]]


@time_machine.travel(NOON, tick=False)
def test_json_has_each_key_with_its_state_and_todays_use(three_keys: list[str]) -> None:
    listed = json.loads(list_keys("--json")[0])
    assert [(key["name"], key["state"], key["used_today"]) for key in listed] == [
        ("alice's bot", "active", 2),
        ("bob", "disabled", 0),
        ("dave", "expired", 0),
    ]
    alice = ApiKey.objects.get(name="alice's bot")
    assert listed[0] == {
        "id": str(alice.pk),
        "name": "alice's bot",
        "owner": "Alice",
        "contact": "",
        "notes": "",
        "hint": alice.hint,
        "lineage": str(alice.lineage),
        "state": "active",
        "daily_limit": 500,
        "stream_limit": None,
        "burst_limit": None,
        "scopes": ["search", "stream", "metadata"],
        "addresses": [],
        "used_today": 2,
        "expires_at": None,
        "created_at": "2026-11-23T12:00:00Z",
        "last_used_at": None,
        "replaces": None,
        "successor": None,
        "revoked_at": None,
        "revoked_by": "",
        "revoked_reason": "",
    }
    assert listed[2]["expires_at"] == "2026-11-23T12:00:00Z"


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_key_and_no_digest_is_ever_listed(three_keys: list[str], arguments: list[str]) -> None:
    out, err = list_keys(*arguments)
    digests = ApiKey.objects.values_list("digest", flat=True)
    assert not any(secret in out + err for secret in (*three_keys, *digests))


@time_machine.travel(NOON, tick=False)
def test_people_get_a_table_with_aligned_columns(three_keys: list[str]) -> None:
    heading, alice, bob, dave = list_keys()[0].splitlines()
    assert heading.split() == ["NAME", "KEY", "OWNER", "STATE", "TODAY", "LIMIT", "EXPIRES", "CREATED"]
    place = heading.index("STATE")
    assert [line[place:].split()[0] for line in (alice, bob, dave)] == ["active", "disabled", "expired"]
    assert "unlimited" in bob
    assert "never" in bob


def test_without_keys_standard_output_is_empty_and_the_next_step_is_told(db: None) -> None:
    out, err = list_keys()
    assert out == ""
    assert "create_key --name" in err


def test_without_keys_json_is_an_empty_list(db: None) -> None:
    assert json.loads(list_keys("--json")[0]) == []


@pytest.mark.parametrize("count", [1, 40])
def test_two_queries_read_any_number_of_keys(db: None, count: int) -> None:
    for number in range(count):
        ApiKey.objects.issue(name=f"bot {number}")
    with CaptureQueriesContext(connection) as queries:
        list_keys()
    asked = [query["sql"] for query in queries if "api_keys" in query["sql"] or "key_quotas" in query["sql"]]
    ours = [sql for sql in asked if "sqlite_master" not in sql]
    assert len(ours) == 2  # the keys; their use today


def test_a_table_of_uneven_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table([("a", "b"), ("c",)])
