"""How many streams a key may be carried at once: where it is set, and what a play token is granted."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keys.forms import NewApiKeyForm
from keys.grants import Grant
from keys.models import ApiKey

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def made(*arguments: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("create_key", "--name", "bot", "--json", *arguments, stdout=out, stderr=io.StringIO())
    return dict(json.loads(out.getvalue()))


@pytest.mark.parametrize(("arguments", "limit"), [((), None), (("--streams", "0"), 0), (("--streams", "25"), 25)])
def test_the_command_sets_it(db: None, arguments: tuple[str, ...], limit: int | None) -> None:
    assert made(*arguments)["stream_limit"] == limit
    assert ApiKey.objects.get().stream_limit == limit


@pytest.mark.parametrize("bad", ["-1", "many", "", " ", "2147483648", "1.5"])
def test_the_command_names_the_option_that_it_cannot_read(db: None, bad: str) -> None:
    with pytest.raises(CommandError, match=r"^--streams: "):
        made("--streams", bad)
    assert not ApiKey.objects.exists()


def test_the_admin_form_shows_and_sets_it(office: Client) -> None:
    page = office.get("/admin/keys/apikey/add/")
    assert 'name="stream_limit"' in page.content.decode()
    form = NewApiKeyForm({"name": "bot", "stream_limit": "3", "scopes": ["stream"]})
    assert form.is_valid()
    assert form.cleaned_data["stream_limit"] == 3
    assert not NewApiKeyForm({"name": "bot", "stream_limit": "-3", "scopes": ["stream"]}).is_valid()


def test_a_change_in_the_admin_is_saved(office: Client) -> None:
    key, _ = ApiKey.objects.issue(name="bot")
    sent = {"name": "bot", "owner": "", "daily_limit": "", "stream_limit": "7", "enabled": "on"}
    sent |= {"expires_at_0": "", "expires_at_1": "", "scopes": "stream", "as_read": "0"}
    assert office.post(f"/admin/keys/apikey/{key.pk}/change/", sent).status_code == 302
    assert ApiKey.objects.get().stream_limit == 7


def test_the_newest_active_key_of_a_lineage_rules(db: None) -> None:
    lineage = uuid.uuid4()
    ApiKey.objects.issue(name="old", lineage=lineage, stream_limit=2, created_at=NOON)
    ApiKey.objects.issue(name="new", lineage=lineage, stream_limit=None, created_at=NOON + timedelta(1))
    ApiKey.objects.issue(name="off", lineage=lineage, stream_limit=9, created_at=NOON + timedelta(2), enabled=False)
    assert ApiKey.objects.stream_limits(lineage, NOON) == [None, 2]
    assert ApiKey.objects.stream_limits(uuid.uuid4(), NOON) == []


def test_running_streams_are_asked_after_with_one_query(db: None) -> None:
    alive, _ = ApiKey.objects.issue(name="alive")
    off, _ = ApiKey.objects.issue(name="off", enabled=False)
    over, _ = ApiKey.objects.issue(name="over", expires_at=NOON)
    with CaptureQueriesContext(connection) as queries:
        found = Grant.still_active({alive.lineage, off.lineage, over.lineage, uuid.uuid4()})
    assert found == {alive.lineage}
    assert len(queries) == 1  # which of these lineages have an active key?
