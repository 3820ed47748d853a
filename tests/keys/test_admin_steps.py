"""Rotating, disabling, enabling and revoking a key, each on the page that asks."""

from __future__ import annotations

import logging
import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from keys import services, tokens
from keys.models import AdminUser, ApiKey
from keys.services import Actor
from tests.keys.pages import LIST, Key, key_in, page_of, step_form, text

STEPS = ("rotate", "disable", "enable", "revoke")
ANSWERS = {"rotate": {"grace": "0"}, "revoke": {"reason": "leaked"}}
PERMISSIONS = {"rotate": "rotate", "disable": "disable", "enable": "disable", "revoke": "revoke"}


def trace(key: Key) -> tuple[object, ...]:
    """What a step could have changed."""
    row = ApiKey.objects.get(pk=key[0].pk)
    return ApiKey.objects.count(), LogEntry.objects.count(), row.enabled, row.revoked_at, row.expires_at, row.revision


def staff_with(*permissions: str) -> Client:
    """A browser of somebody who may look at keys, and do this."""
    eve = AdminUser.objects.create_user("eve", password="x", is_staff=True)
    names = ["view_apikey", *(f"{name}_apikey" for name in permissions)]
    eve.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(eve)
    return client


def test_rotation_shows_the_successor_once_and_logs_no_key(
    office: Client, key: Key, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = page_of(key[0], "rotate")
    form = step_form(office, key[0], "rotate", grace="1h")
    response = office.post(url, form)
    plain = key_in(response)
    assert "no-store" in response["Cache-Control"]
    assert ApiKey.objects.get(digest=tokens.digest(plain)).replaces == key[0].pk
    kept = (caplog.text, repr(list(LogEntry.objects.values())), repr(office.cookies), repr(dict(office.session)))
    assert not any(plain in place for place in kept)
    assert f"is succeeded by {tokens.hint(plain)}" in text(office.get(page_of(key[0])))


def test_a_rotation_that_is_sent_again_makes_no_second_key(office: Client, key: Key) -> None:
    form = step_form(office, key[0], "rotate", grace="1h")
    key_in(office.post(page_of(key[0], "rotate"), form))
    before = trace(key)
    again = text(office.post(page_of(key[0], "rotate"), form))
    assert "rotated already" in again
    assert "issued-key" not in again
    assert trace(key) == before


@pytest.mark.parametrize("grace", ["", "2h", "-1", None])
def test_a_grace_that_is_not_offered_is_refused(office: Client, key: Key, grace: str | None) -> None:
    form = step_form(office, key[0], "rotate") | ({} if grace is None else {"grace": grace})
    assert "errorlist" in text(office.post(page_of(key[0], "rotate"), form))
    assert ApiKey.objects.count() == 1


def test_revoking_wants_a_reason_and_leaves_a_page_to_look_at(office: Client, key: Key) -> None:
    url = page_of(key[0], "revoke")
    form = step_form(office, key[0], "revoke")
    assert "This field is required" in text(office.post(url, form | {"reason": " "}))
    assert ApiKey.objects.get().revoked_at is None
    assert office.post(url, form | {"reason": "leaked <b>"}).status_code == 302
    page = text(office.get(page_of(key[0])))
    assert "by carol: leaked &lt;b&gt;" in page
    assert "_save" not in page
    assert "/rotate/" not in page
    assert office.post(page_of(key[0]), {"name": "renamed"}).status_code == 403
    assert "revoked, which is final" in text(office.post(url, form | {"reason": "again"}))
    assert ApiKey.objects.get().name == "alice's bot"


@pytest.mark.parametrize("reason", ["x" * 201, "a\u2028b", "a\x1b[31mb"])
def test_a_reason_that_would_break_a_line_is_refused(office: Client, key: Key, reason: str) -> None:
    form = step_form(office, key[0], "revoke", reason=reason)
    assert "errorlist" in text(office.post(page_of(key[0], "revoke"), form))
    assert ApiKey.objects.get().revoked_at is None


def test_a_key_is_disabled_and_enabled_and_each_is_told_once(office: Client, key: Key) -> None:
    office.post(page_of(key[0], "disable"), step_form(office, key[0], "disable"))
    assert not ApiKey.objects.get().enabled
    answer = office.post(page_of(key[0], "enable"), step_form(office, key[0], "enable"), follow=True)
    assert "is enabled." in text(answer)
    assert ApiKey.objects.get().enabled
    told = list(LogEntry.objects.order_by("action_time").values_list("change_message", flat=True))
    assert told == ["Changed enabled from True to False. By carol.", "Changed enabled from False to True. By carol."]


def test_disabling_that_is_sent_again_is_told_and_changes_nothing(office: Client, key: Key) -> None:
    form = step_form(office, key[0], "disable")
    office.post(page_of(key[0], "disable"), form)
    before = trace(key)
    answer = office.post(page_of(key[0], "disable"), form, follow=True)
    assert "was disabled already; nothing was changed." in text(answer)
    assert trace(key) == before


@pytest.mark.parametrize("step", ["rotate", "disable", "revoke"])
def test_a_form_that_is_stale_is_told_and_changes_nothing(
    office: Client, staff: AdminUser, key: Key, step: str
) -> None:
    form = step_form(office, key[0], step, **ANSWERS.get(step, {}))
    services.change(Actor.staff(staff), ApiKey.objects.get(), {"daily_limit": 5})
    before = trace(key)
    answer = text(office.post(page_of(key[0], step), form))
    assert "Somebody else has changed this key meanwhile; nothing was changed now." in answer
    assert trace(key) == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("as_read", ["", "x", None])
def test_a_form_that_does_not_know_what_it_shows_is_refused(
    office: Client, key: Key, step: str, as_read: str | None
) -> None:
    before = trace(key)
    form = ANSWERS.get(step, {}) | ({} if as_read is None else {"as_read": as_read})
    answer = office.post(page_of(key[0], step), form)
    assert answer.status_code == 200
    assert trace(key) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_changes_nothing_by_get(office: Client, key: Key, step: str) -> None:
    before = trace(key)
    assert office.get(page_of(key[0], step), {"as_read": "0", "grace": "0", "reason": "x"}).status_code == 200
    assert trace(key) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_wants_its_own_permission(db: None, key: Key, step: str) -> None:
    others = {"rotate", "disable", "revoke", "change", "add", "delete", "export"} - {PERMISSIONS[step]}
    client = staff_with(*others)
    before = trace(key)
    form = {"as_read": "0", **ANSWERS.get(step, {})}
    assert client.post(page_of(key[0], step), form).status_code == 403
    assert client.get(page_of(key[0], step)).status_code == 403
    assert trace(key) == before
    assert f"/{step}/" not in text(client.get(page_of(key[0])))


@pytest.mark.parametrize("step", ["rotate", "disable", "revoke"])
def test_a_steps_own_permission_is_enough(db: None, key: Key, step: str) -> None:
    client = staff_with(PERMISSIONS[step])
    assert f"/{step}/" in text(client.get(page_of(key[0])))
    before = trace(key)
    client.post(page_of(key[0], step), step_form(client, key[0], step, **ANSWERS.get(step, {})))
    assert trace(key) != before


@pytest.mark.parametrize("step", STEPS)
def test_who_has_not_signed_in_is_led_to_the_sign_in_page(db: None, key: Key, step: str) -> None:
    answer = Client().post(page_of(key[0], step), {"as_read": "0", **ANSWERS.get(step, {})})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_without_the_forms_csrf_token_is_refused(staff: AdminUser, key: Key, step: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    before = trace(key)
    assert client.post(page_of(key[0], step), {"as_read": "0", **ANSWERS.get(step, {})}).status_code == 403
    assert trace(key) == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", [str(uuid.UUID(int=1)), "nonsense", "..", "%00"])
def test_a_key_that_is_not_there_leads_back_to_the_list(office: Client, step: str, name: str) -> None:
    answer = office.post(f"{LIST}{name}/{step}/", {"as_read": "0", **ANSWERS.get(step, {})})
    assert answer.status_code == 302
    assert answer["Location"] == LIST


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, {"rotate", "disable", "revoke"}),
        ({"enabled": False}, {"enable", "revoke"}),
        ({"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}, {"disable", "revoke"}),
        ({"revoked_at": datetime(2020, 1, 1, tzinfo=UTC)}, set()),
        ({"successor": uuid.uuid4()}, {"disable", "revoke"}),
    ],
)
def test_a_keys_page_offers_what_its_state_allows(office: Client, fields: dict[str, object], offered: set[str]) -> None:
    key = ApiKey.objects.issue(name="bot", **fields)[0]
    page = text(office.get(page_of(key)))
    assert {step for step in STEPS if f'href="{page_of(key, step)}"' in page} == offered


@pytest.mark.parametrize("step", ["rotate", "disable", "enable"])
def test_the_page_of_a_step_that_cannot_be_taken_says_why_and_has_no_form(office: Client, step: str) -> None:
    key = ApiKey.objects.issue(name="bot", revoked_at=datetime(2020, 1, 1, tzinfo=UTC))[0]
    page = text(office.get(page_of(key, step)))
    assert "This key is revoked: it cannot be" in page
    assert 'name="as_read"' not in page


def test_a_name_with_markup_and_marks_of_direction_is_shown_as_text(office: Client) -> None:
    name = "<b onclick=x>\u202eevil\u2066"
    key = ApiKey.objects.issue(name=name, owner="<script>")[0]
    for step in ("change", "rotate", "disable", "revoke"):
        page = text(office.get(page_of(key, step)))
        assert "<b onclick" not in page
        assert "&lt;b onclick=x&gt;" in page
    done = text(office.post(page_of(key, "disable"), {"as_read": "0"}, follow=True))
    assert f"<bdi>&lt;b onclick=x&gt;\u202eevil\u2066 ({key.hint})</bdi> is disabled." in done
