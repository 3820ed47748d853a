"""Lists of keys as CSV files."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from keys.admin import bulk
from keys.csvfile import safe
from keys.models import AdminUser, ApiKey, KeyQuota
from tests.conftest import Answer
from tests.keys.pages import LIST, Key


def export(client: Client, *keys: ApiKey, **form: str) -> Answer:
    chosen = [str(key.pk) for key in keys]
    return client.post(LIST, {"action": "export_keys", "_selected_action": chosen, **form})


def body(answer: Answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(answer))))


def test_a_manager_exports_the_chosen_keys(manager: Client, key: Key) -> None:
    ApiKey.objects.issue(name="not chosen")
    KeyQuota.objects.spend(key[0].lineage, datetime.now(UTC).date(), None, 7)
    answer = export(manager, key[0])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="keys-{datetime.now(UTC):%Y-%m-%d}.csv"'
    assert "no-store" in answer["Cache-Control"]
    (row,) = rows(answer)
    assert (row["name"], row["hint"], row["owner"]) == ("alice's bot", key[0].hint, "Alice")
    assert (row["state"], row["daily_limit"], row["used_today"], row["burst_limit"]) == ("active", "1000", "7", "")
    assert row["scopes"] == "search stream metadata"


def test_an_export_holds_no_key_and_no_digest_and_is_told_in_the_log(manager: Client, key: Key) -> None:
    told = body(export(manager, key[0]))
    assert key[1] not in told
    assert key[0].digest not in told
    assert LogEntry.objects.get().change_message == "Exported 1 API key as CSV. By mallory."


def test_everything_that_is_found_is_exported_and_no_query_is_asked_for_a_row(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PART", 40)
    for number in range(120):
        ApiKey.objects.issue(name=f"bot {number}", owner="Bob")
    ApiKey.objects.issue(name="another's")
    form = {"action": "export_keys", "select_across": "1", "index": "0", "_selected_action": str(uuid.UUID(int=1))}
    answer = manager.post(f"{LIST}?owner=Bob", form)
    with CaptureQueriesContext(connection) as asked:
        found = rows(answer)
    assert {row["name"] for row in found} == {f"bot {number}" for number in range(120)}
    assert len(asked) == 1 + 3  # the keys, and what each forty of them have used


RUNS = [
    '=HYPERLINK("http://evil","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0\u2003=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "\ufe66HYPERLINK",
    "\n=1",
]


@pytest.mark.parametrize("text", RUNS)
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "cell", ["alice's bot", "a=b", "", " ", "1", "flk_live_abc...wxyz", "नमस्ते", 5, -5, None, "'=1"]
)
def test_any_other_cell_stays_as_it_is(cell: object) -> None:
    assert safe(cell) == cell


@given(st.text())
def test_what_is_exported_never_begins_a_formula(text: str) -> None:
    told = str(safe(text))
    assert told.removeprefix("'") in {text, text.removeprefix("'")}
    assert told[:1] not in {"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"}
    assert told.lstrip()[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize("text", ["=1+1", " +1", "\uff1d1", 'a";=1+1;"', "<script>", "\u202e=1", "x" * 100])
def test_hostile_texts_come_through_whole_and_harmless(manager: Client, text: str) -> None:
    key = ApiKey.objects.issue(name=text, owner=text, notes=f'{text}\n=2+2, "quoted"')[0]
    told = body(export(manager, key))
    (row,) = csv.DictReader(io.StringIO(told))
    assert row["name"] in {text, f"'{text}"}
    assert row["notes"].endswith('\n=2+2, "quoted"')
    # Every cell is quoted: neither a comma nor a semicolon in one begins another.
    assert all(line.startswith('"') for line in told.splitlines()[:1])
    assert f',"{safe(text)}",'.replace('a"', 'a""').replace(';"', ';""') in told


def test_an_export_wants_its_permission(viewer: Client, key: Key) -> None:
    answer = export(viewer, key[0])
    assert not answer.streaming
    assert key[0].hint not in str(answer.headers)
    assert not LogEntry.objects.exists()


def test_who_has_not_signed_in_exports_nothing(db: None, key: Key) -> None:
    assert export(Client(), key[0])["Location"].startswith("/admin/login/")


def test_an_export_without_the_forms_csrf_token_is_refused(staff: AdminUser, key: Key) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert export(client, key[0]).status_code == 403
