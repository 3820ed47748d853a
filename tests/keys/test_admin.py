"""The admin's pages of keys."""

from __future__ import annotations

import logging
import re
import threading
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from flaks.middleware import CONTENT_SECURITY_POLICY
from keys import tokens
from keys.models import AdminUser, ApiKey, KeyQuota
from tests.conftest import Answer

LIST = "/admin/keys/apikey/"
ADD = "/admin/keys/apikey/add/"
Key = tuple[ApiKey, str]


def form_of(client: Client) -> dict[str, str]:
    """The add page's own hidden field, and what Carol fills in."""
    page = client.get(ADD).content.decode()
    found = re.search(r'name="new_id" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return {"new_id": found[1], "name": "dave's bot", "owner": "Dave", "daily_limit": "500", "scopes": "stream"}


def change_form(client: Client, key: ApiKey) -> dict[str, str | list[str]]:
    """The change page's own hidden field, and its fields as they are."""
    page = client.get(f"{LIST}{key.pk}/change/").content.decode()
    found = re.search(r'name="as_read" value="(\d+)"', page)
    assert found is not None
    limit = "" if key.daily_limit is None else str(key.daily_limit)
    return {
        "as_read": found[1],
        "name": key.name,
        "owner": key.owner,
        "daily_limit": limit,
        "scopes": key.scopes.split(),
        "enabled": "on",
    }


def key_in(response: Answer) -> str:
    found = re.search(r'<code id="issued-key">(flk_live_\w+)</code>', response.content.decode())
    assert found is not None
    return found[1]


def test_a_new_key_is_shown_in_the_answer_to_its_post_and_opens(office: Client) -> None:
    response = office.post(ADD, form_of(office))
    plain = key_in(response)
    key = ApiKey.objects.get()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert key.digest == tokens.digest(plain)
    assert (key.name, key.owner, key.daily_limit, key.enabled) == ("dave's bot", "Dave", 500, True)


def test_the_answer_names_the_header_and_escapes_the_name(office: Client) -> None:
    response = office.post(ADD, form_of(office) | {"name": "<img src=x onerror=alert(1)>"})
    page = response.content.decode()
    assert f"X-API-Key: {key_in(response)}" in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_new_key_is_on_no_later_page_and_in_no_table_cookie_or_log(
    office: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = office.post(ADD, form_of(office))
    plain = key_in(response)
    later = [
        office.get(path).content.decode() for path in (LIST, ADD, f"{LIST}{ApiKey.objects.get().pk}/change/", "/admin/")
    ]
    kept = [
        repr(list(LogEntry.objects.values())),
        repr(dict(office.session.items())),
        repr(list(ApiKey.objects.values())),
    ]
    carried = [repr(office.cookies), repr(response.headers), caplog.text]
    assert not any(plain in text for text in (*later, *kept, *carried))
    assert LogEntry.objects.get().is_addition()


def test_sending_the_form_again_makes_no_second_key(office: Client) -> None:
    form = form_of(office)
    plain = key_in(office.post(ADD, form))
    again = office.post(ADD, form)
    page = again.content.decode()
    assert "already made; its key was shown once" in page
    assert plain not in page
    assert ApiKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sending_the_form_twice_at_once_makes_one_key() -> None:
    carol = AdminUser.objects.create_superuser("carol", "", "lanterns over water")
    office = Client()
    office.force_login(carol)
    form = form_of(office)
    together = threading.Barrier(2)
    pages: list[str] = []

    def post() -> None:
        together.wait()
        pages.append(office.post(ADD, form).content.decode())
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ApiKey.objects.count() == 1
    assert sorted("issued-key" in page for page in pages) == [False, True]
    assert sorted("already made" in page for page in pages) == [False, True]


@pytest.mark.parametrize("new_id", ["", "x", None])
def test_a_form_without_its_id_is_refused_in_sight(office: Client, new_id: str | None) -> None:
    form = form_of(office) | {"new_id": new_id or ""}
    if new_id is None:
        del form["new_id"]
    assert "This form is out of date" in office.post(ADD, form).content.decode()
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a\tb"},
        {"name": "x" * 101},
        {"owner": "x" * 201},
        {"daily_limit": "-1"},
        {"daily_limit": "2147483648"},
        {"daily_limit": "many"},
        {"daily_limit": "1000000000000"},
        {"burst_limit": "0"},
        {"burst_limit": "100001"},
        {"contact": "a\0b"},
        {"notes": "a\x1b[31mb"},
        {"scopes": ""},
        {"scopes": "everything"},
        {"addresses": "203.0.113.0/33"},
        {"addresses": "203.0.113.7/24"},
        {"addresses": "localhost"},
        {"expires_at_0": "2020-01-01", "expires_at_1": "00:00:00"},
        {"expires_at_0": "soon", "expires_at_1": "00:00:00"},
    ],
)
def test_a_wrong_field_is_told_and_nothing_is_made(office: Client, wrong: dict[str, str]) -> None:
    page = office.post(ADD, form_of(office) | wrong).content.decode()
    assert "Please correct the error" in page
    assert not ApiKey.objects.exists()


def test_after_a_wrong_field_the_same_form_still_makes_its_key(office: Client) -> None:
    form = form_of(office)
    assert form["new_id"] in office.post(ADD, form | {"name": ""}).content.decode()
    key_in(office.post(ADD, form))
    assert str(ApiKey.objects.get().pk) == form["new_id"]


def test_what_may_be_changed_is_changed_and_nothing_else(office: Client, key: Key) -> None:
    before = ApiKey.objects.values("digest", "hint", "lineage", "created_at").get()
    form = change_form(office, key[0]) | {
        "name": "renamed",
        "owner": "",
        "daily_limit": "",
        "burst_limit": "5",
        "scopes": ["search", "metadata"],
        "addresses": "203.0.113.0/24, 2001:db8::1",
        "digest": "0" * 64,
        "hint": "x",
        "lineage": str(uuid.uuid4()),
    }
    del form["enabled"]
    response = office.post(
        f"{LIST}{key[0].pk}/change/", form | {"expires_at_0": "2030-01-01", "expires_at_1": "12:00:00"}
    )
    changed = ApiKey.objects.get()
    assert response.status_code == 302
    assert (changed.name, changed.owner, changed.daily_limit, changed.enabled) == ("renamed", "", None, False)
    assert (changed.burst_limit, changed.scopes) == (5, "search metadata")
    assert changed.addresses == "203.0.113.0/24\n2001:db8::1/128"
    assert changed.expires_at == datetime(2030, 1, 1, 12, tzinfo=UTC)
    assert ApiKey.objects.values("digest", "hint", "lineage", "created_at").get() == before


def test_a_key_may_be_ended_by_a_time_that_is_over(office: Client, key: Key) -> None:
    form = change_form(office, key[0]) | {"expires_at_0": "2020-01-01", "expires_at_1": "00:00:00"}
    assert office.post(f"{LIST}{key[0].pk}/change/", form).status_code == 302
    assert ApiKey.objects.get().state(datetime.now(UTC)) == "expired"


def test_nobody_may_delete_a_key(office: Client, key: Key) -> None:
    change = f"{LIST}{key[0].pk}/change/"
    assert office.post(f"{LIST}{key[0].pk}/delete/", {"post": "yes"}).status_code == 403
    office.post(LIST, {"action": "delete_selected", "_selected_action": [str(key[0].pk)], "post": "yes"})
    assert ApiKey.objects.filter(pk=key[0].pk).exists()
    assert "delete" not in office.get(change).content.decode().lower()


def test_a_change_is_told_once_in_the_keys_history(office: Client, key: Key) -> None:
    office.post(f"{LIST}{key[0].pk}/change/", change_form(office, key[0]) | {"daily_limit": "5"})
    assert [entry.change_message for entry in LogEntry.objects.all()] == [
        "Changed daily limit from 1000 to 5. By carol."
    ]
    assert "daily limit from 1000 to 5" in office.get(f"{LIST}{key[0].pk}/history/").content.decode()


def test_of_two_who_edit_one_key_at_once_the_second_is_told(office: Client, key: Key) -> None:
    first, second = change_form(office, key[0]), change_form(office, key[0])
    url = f"{LIST}{key[0].pk}/change/"
    assert office.post(url, first | {"daily_limit": "5"}).status_code == 302
    page = office.post(url, second | {"name": "renamed"})
    assert page.status_code == 200
    assert "Somebody else has changed this key meanwhile" in page.content.decode()
    assert (ApiKey.objects.get().name, ApiKey.objects.get().daily_limit) == ("alice's bot", 5)


@pytest.mark.parametrize("as_read", ["", "x", "99", None])
def test_a_change_form_that_does_not_know_what_it_shows_is_refused(office: Client, key: Key, as_read: str) -> None:
    form = change_form(office, key[0]) | {"name": "renamed", "as_read": as_read or ""}
    if as_read is None:
        del form["as_read"]
    assert office.post(f"{LIST}{key[0].pk}/change/", form).status_code == 200
    assert ApiKey.objects.get().name == "alice's bot"


def test_rotation_shows_the_successor_once_and_logs_no_key(
    office: Client, key: Key, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"{LIST}{key[0].pk}/rotate/"
    assert "shown once" in office.get(url).content.decode()
    response = office.post(url, {"grace": "1h"})
    plain = key_in(response)
    assert "no-store" in response["Cache-Control"]
    assert ApiKey.objects.get(digest=tokens.digest(plain)).replaces == key[0].pk
    assert not any(plain in text for text in (caplog.text, repr(list(LogEntry.objects.values()))))
    assert f"is succeeded by {tokens.hint(plain)}" in office.get(f"{LIST}{key[0].pk}/change/").content.decode()
    again = office.post(url, {"grace": "1h"}).content.decode()
    assert "rotated already" in again
    assert ApiKey.objects.count() == 2


@pytest.mark.parametrize("grace", ["", "2h", "-1"])
def test_a_grace_that_is_not_offered_is_refused(office: Client, key: Key, grace: str) -> None:
    assert office.post(f"{LIST}{key[0].pk}/rotate/", {"grace": grace}).status_code == 200
    assert ApiKey.objects.count() == 1


def test_revoking_wants_a_reason_and_leaves_a_page_to_look_at(office: Client, key: Key) -> None:
    url, change = f"{LIST}{key[0].pk}/revoke/", f"{LIST}{key[0].pk}/change/"
    assert "This field is required" in office.post(url, {"reason": " "}).content.decode()
    assert ApiKey.objects.get().revoked_at is None
    form = change_form(office, key[0])
    assert office.post(url, {"reason": "leaked <b>"}).status_code == 302
    page = office.get(change).content.decode()
    assert "by carol: leaked &lt;b&gt;" in page
    assert "_save" not in page
    assert office.post(change, form | {"name": "renamed"}).status_code == 403
    assert "revoked, which is final" in office.post(url, {"reason": "again"}).content.decode()
    assert ApiKey.objects.get().name == "alice's bot"


@pytest.mark.parametrize("page", ["rotate", "revoke"])
def test_only_staff_who_may_change_keys_rotate_and_revoke(db: None, key: Key, page: str) -> None:
    eve = AdminUser.objects.create_user("eve", password="x", is_staff=True)
    eve.user_permissions.add(Permission.objects.get(codename="view_apikey"))
    client = Client()
    url = f"{LIST}{key[0].pk}/{page}/"
    assert client.post(url, {"grace": "0", "reason": "x"}).status_code == 302  # to the sign-in page
    client.force_login(eve)
    assert client.post(url, {"grace": "0", "reason": "x"}).status_code == 403
    assert client.get(f"{LIST}{key[0].pk}/change/").status_code == 200
    assert (ApiKey.objects.count(), ApiKey.objects.get().revoked_at) == (1, None)


@pytest.mark.parametrize("page", ["rotate", "revoke"])
def test_a_key_that_is_not_there_cannot_be_rotated_or_revoked(office: Client, page: str) -> None:
    assert office.post(f"{LIST}{uuid.uuid4()}/{page}/", {"grace": "0", "reason": "x"}).status_code == 302
    assert office.post(f"{LIST}nonsense/{page}/", {"grace": "0", "reason": "x"}).status_code == 302


def test_many_keys_are_disabled_and_enabled_at_once_and_each_is_told(office: Client, key: Key) -> None:
    revoked = ApiKey.objects.issue(name="revoked", revoked_at=datetime.now(UTC))[0]
    chosen = [str(key[0].pk), str(revoked.pk)]
    page = office.post(LIST, {"action": "disable_keys", "_selected_action": chosen}, follow=True).content.decode()
    assert "1 changed" in page
    assert "revoked, which is final" in page
    assert not ApiKey.objects.get(pk=key[0].pk).enabled
    office.post(LIST, {"action": "enable_keys", "_selected_action": chosen})
    assert ApiKey.objects.get(pk=key[0].pk).enabled
    assert LogEntry.objects.filter(object_id=str(key[0].pk)).count() == 2


def row_of(page: str, name: str) -> str:
    return next(row[0] for row in re.finditer(r"<tr>.*?</tr>", page, re.DOTALL) if name in row[0])


def test_the_list_shows_each_keys_state_and_todays_use(office: Client, key: Key) -> None:
    ApiKey.objects.issue(name="off", enabled=False)
    ApiKey.objects.issue(name="over", expires_at=datetime.now(UTC) - timedelta(days=1))
    KeyQuota.objects.spend(key[0].lineage, datetime.now(UTC).date(), 1000)
    page = office.get(LIST).content.decode()
    assert "key-state-active" in row_of(page, "alice&#x27;s bot")
    assert "1 / 1000" in row_of(page, "alice&#x27;s bot")
    assert "key-state-disabled" in row_of(page, ">off<")
    assert "key-state-expired" in row_of(page, ">over<")
    assert "0 / unlimited" in row_of(page, ">over<")
    assert 'field-expires">never' in row_of(page, ">off<")
    assert 'field-expires">never' not in row_of(page, ">over<")


def test_the_list_shows_neither_key_nor_digest(office: Client, key: Key) -> None:
    page = office.get(LIST).content.decode()
    assert key[0].hint in page
    assert key[1] not in page
    assert key[0].digest not in page


def queries_of_the_list(office: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert office.get(LIST).status_code == 200
    return len(queries)


def test_the_list_costs_as_many_queries_for_many_keys_as_for_two(office: Client) -> None:
    for number in range(2):
        ApiKey.objects.issue(name=f"bot {number}")
    few = queries_of_the_list(office)
    for number in range(2, 40):
        ApiKey.objects.issue(name=f"bot {number}")
    assert queries_of_the_list(office) == few


@pytest.mark.parametrize("wanted", ["alice", "Alice", "hint"])
def test_a_key_is_found_by_name_owner_and_hint(office: Client, key: Key, wanted: str) -> None:
    ApiKey.objects.issue(name="somebody else")
    page = office.get(LIST, {"q": key[0].hint[-4:] if wanted == "hint" else wanted}).content.decode()
    assert "1 result" in page
    assert key[0].hint in page


def test_what_matches_nothing_finds_nothing(office: Client, key: Key) -> None:
    assert "0 results" in office.get(LIST, {"q": "nobody"}).content.decode()


def test_staff_without_rights_see_no_keys(db: None, key: Key) -> None:
    client = Client()
    client.force_login(AdminUser.objects.create_user("eve", password="x", is_staff=True))
    answers = [client.get(path).status_code for path in (LIST, ADD, f"{LIST}{key[0].pk}/change/")]
    assert answers == [403, 403, 403]


def test_staff_who_may_only_look_can_change_and_add_nothing(db: None, key: Key) -> None:
    eve = AdminUser.objects.create_user("eve", password="x", is_staff=True)
    eve.user_permissions.add(Permission.objects.get(codename="view_apikey"))
    client = Client()
    client.force_login(eve)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{key[0].pk}/change/").status_code == 200
    assert client.post(f"{LIST}{key[0].pk}/change/", {"name": "renamed"}).status_code == 403
    assert client.post(ADD, {"name": "mine", "new_id": str(uuid.uuid4())}).status_code == 403
    assert list(ApiKey.objects.values_list("name", flat=True)) == ["alice's bot"]


def test_a_post_without_the_forms_csrf_token_is_refused(staff: AdminUser) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post(ADD, {"name": "bot", "new_id": str(uuid.uuid4())}).status_code == 403
    assert not ApiKey.objects.exists()


UNSAFE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "login/",
        "password_change/",
        "keys/",
        "keys/apikey/",
        "keys/apikey/add/",
        "keys/apikey/{key}/change/",
        "keys/apikey/{key}/history/",
        "keys/apikey/{key}/rotate/",
        "keys/apikey/{key}/revoke/",
        "keys/adminuser/",
        "keys/adminuser/add/",
        "keys/adminuser/{staff}/change/",
        "keys/adminuser/{staff}/password/",
        "keys/adminuser/{staff}/delete/",
        "auth/group/",
        "auth/group/add/",
    ],
)
def test_each_page_of_the_admin_works_under_its_policy(office: Client, staff: AdminUser, key: Key, path: str) -> None:
    client = Client() if path == "login/" else office
    response = client.get("/admin/" + path.format(key=key[0].pk, staff=staff.pk))
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert UNSAFE.search(response.content.decode()) is None


def test_the_page_of_a_new_key_works_under_its_policy_and_finds_its_files(office: Client) -> None:
    page = office.post(ADD, form_of(office)).content.decode()
    assert UNSAFE.search(page) is None
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert {"/static/flaks/copy.js", "/static/keys/admin.css"} <= set(files)
    assert [status_of(file) for file in files] == [200] * len(files)


def status_of(file: str) -> int:
    with closing(Client().get(file)) as response:
        return int(response.status_code)
