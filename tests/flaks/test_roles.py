"""The two roles of staff: what each may, and that the migration makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from flaks import roles
from keys.models import AdminUser, ApiKey, UsageStat
from music.models import SourceSwitch
from tests.conftest import signed_in_as
from tests.keys.pages import ADD, LIST, Key, form_of, key_in, page_of, text


def granted(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.fixture
def unmade(transactional_db: None) -> Iterator[None]:
    """A site whose groups no migration has made; afterwards one that has them."""
    call_command("migrate", "flaks", "zero", verbosity=0)
    yield
    call_command("migrate", "flaks", verbosity=0)


def test_the_migration_makes_the_groups_with_just_their_permissions(unmade: None) -> None:
    assert not Group.objects.filter(name__in=roles.ROLES).exists()
    call_command("migrate", "flaks", verbosity=0)
    assert {name: granted(name) for name in roles.ROLES} == {name: set(given) for name, given in roles.ROLES.items()}


def test_undoing_the_migration_leaves_a_group_that_has_members(transactional_db: None) -> None:
    call_command("migrate", "flaks", verbosity=0)
    roles.grant()
    signed_in_as("mallory", roles.MANAGERS)
    call_command("migrate", "flaks", "zero", verbosity=0)
    assert list(Group.objects.filter(name__in=roles.ROLES).values_list("name", flat=True)) == [roles.MANAGERS]
    assert granted(roles.MANAGERS) == set(roles.ROLES[roles.MANAGERS])
    call_command("migrate", "flaks", verbosity=0)
    assert Group.objects.filter(name__in=roles.ROLES).count() == 2


def test_granting_again_changes_nothing_and_keeps_what_staff_gave(db: None) -> None:
    roles.grant()
    extra = Permission.objects.get(codename="add_group")
    Group.objects.get(name=roles.VIEWERS).permissions.add(extra)
    roles.grant()
    assert granted(roles.VIEWERS) == {*roles.LOOKS, "auth.add_group"}
    assert Group.objects.filter(name__in=roles.ROLES).count() == 2


def test_a_permission_that_no_model_has_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(roles.ROLES, roles.VIEWERS, ("keys.view_everything",))
    with pytest.raises(Permission.DoesNotExist):
        roles.grant()


def test_no_role_touches_staff_or_groups(db: None) -> None:
    for names in roles.ROLES.values():
        assert not any(re.search("adminuser|group|permission|delete_apikey", name) for name in names)


def admin_pages() -> dict[str, str]:
    """Each address of the admin's pages of keys and usage, by name, as it is written in the resolver."""
    namespace = get_resolver().namespace_dict["admin"]
    prefix, resolver = namespace
    found = {}
    for name in resolver.reverse_dict:
        if isinstance(name, str) and name.startswith(("keys_apikey_", "keys_usagestat_")):
            found[name] = "/" + prefix + resolver.reverse_dict.getlist(name)[0][0][0][0]
    return found


# Where a viewer may send something, since it changes nothing: the searches, and lists of what nobody can change.
HARMLESS = {"keys_apikey_search", "keys_usagestat_search", "keys_usagestat_changelist", "keys_usagestat_history"}


def test_a_viewer_who_posts_to_a_managers_address_is_refused(viewer: Client, key: Key) -> None:
    pages = admin_pages()
    assert {"keys_apikey_add", "keys_apikey_rotate", "keys_apikey_revoke", "keys_usagestat_export"} <= set(pages)
    before = list(ApiKey.objects.values())
    form = {"as_read": "0", "name": "mine", "grace": "0", "reason": "x", "post": "yes", "_save": "Save"}
    for name, address in pages.items():
        path = re.sub(r"%\(\w+\)s", str(key[0].pk), address)
        if name not in HARMLESS:
            assert viewer.post(path, form).status_code == 403, name
    assert list(ApiKey.objects.values()) == before


@pytest.mark.parametrize("action", ["disable_keys", "enable_keys", "extend_keys", "limit_keys", "export_keys"])
def test_a_viewer_who_posts_an_action_changes_and_gets_nothing(viewer: Client, key: Key, action: str) -> None:
    before = list(ApiKey.objects.values())
    form = {"action": action, "post": "yes", "_selected_action": str(key[0].pk), "read": f"{key[0].pk}:0"}
    answer = viewer.post(LIST, form | {"days": "30", "limit": "daily_limit", "value": "1"})
    assert answer.status_code == 403
    assert list(ApiKey.objects.values()) == before


STEPS = "add|rotate|revoke|disable|off|on|check|pin|dismiss|export"


def test_a_viewer_sees_no_button_no_form_and_nothing_secret(viewer: Client, key: Key) -> None:
    UsageStat.objects.add({(key[0].created_at.date(), key[0].lineage, "search", "ok", "jiosaavn"): {3: 5}})
    for path in (LIST, page_of(key[0]), "/admin/keys/usagestat/", "/admin/music/sourceswitch/", "/admin/"):
        page = text(viewer.get(path))
        ours = re.sub(r'<form id="(logout-form|changelist-search)".*?</form>', "", page, flags=re.DOTALL)
        assert not re.search(
            r'type="submit"|<button type="submit"|/add/|/rotate/|/revoke/|/disable/|/off/|/check/|export/', ours
        ), path
        assert key[0].digest not in page
        assert key[1] not in page


def test_a_viewer_sees_keys_usage_sources_and_wrong_songs_alone(viewer: Client) -> None:
    index = text(viewer.get("/admin/"))
    shown = ("keys/apikey", "keys/usagestat", "music/sourceswitch", "music/matchreport", "music/matchpin")
    assert all(f"/admin/{path}/" in index for path in shown)
    for path in ("keys/adminuser/", "auth/group/"):
        assert viewer.get(f"/admin/{path}").status_code == 403


def test_a_manager_makes_rotates_and_revokes_keys_and_sees_sources(manager: Client) -> None:
    key_in(manager.post(ADD, form_of(manager)))
    key = ApiKey.objects.get()
    assert all(f"/{step}/" in text(manager.get(page_of(key))) for step in ("rotate", "disable", "revoke", "history"))
    assert "/jiosaavn/off/" in text(manager.get("/admin/music/sourceswitch/"))


def test_a_manager_touches_no_accounts(manager: Client, staff: AdminUser) -> None:
    paths = ("keys/adminuser/", "keys/adminuser/add/", f"keys/adminuser/{staff.pk}/password/", "auth/group/")
    assert [manager.get(f"/admin/{path}").status_code for path in paths] == [403] * 4
    assert manager.post(f"/admin/keys/adminuser/{staff.pk}/change/", {"is_superuser": "on"}).status_code == 403


@pytest.mark.parametrize("path", ["sourceswitch/jiosaavn", "matchreport/none", "matchpin/none"])
def test_history_is_for_those_who_may_see_logs(viewer: Client, office: Client, path: str) -> None:
    SourceSwitch.objects.create(source="jiosaavn")
    assert viewer.get(f"/admin/music/{path}/history/").status_code == 403
    assert office.get(f"/admin/music/{path}/history/").status_code in (200, 302)


def test_keys_are_not_found_by_what_their_fingerprint_begins_with(viewer: Client, key: Key) -> None:
    assert viewer.get(LIST, {"digest__startswith": key[0].digest[:4]}).status_code == 400


@pytest.mark.parametrize("model", ["matchreport", "matchpin"])
def test_a_key_that_is_searched_for_among_songs_stays_in_no_address(office: Client, key: Key, model: str) -> None:
    answer = office.get(f"/admin/music/{model}/", {"q": f" {key[1]}"})
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/music/{model}/")
    assert key[1] not in text(office.get(answer["Location"]))
