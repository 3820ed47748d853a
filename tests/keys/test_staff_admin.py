"""The admin's pages of staff and groups."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

from keys.models import AdminUser


def test_staff_and_groups_are_made_changed_and_deleted(office: Client, staff: AdminUser) -> None:
    added = {
        "username": "frank",
        "usable_password": "true",
        "password1": "a boat at dawn",
        "password2": "a boat at dawn",
    }
    assert office.post("/admin/keys/adminuser/add/", added).status_code == 302
    frank = AdminUser.objects.get(username="frank")
    assert frank.check_password("a boat at dawn")
    assert not frank.is_superuser

    assert office.post("/admin/auth/group/add/", {"name": "readers"}).status_code == 302
    form = {"username": "frank", "email": "frank@flaks.example", "is_active": "on", "is_staff": "on"}
    form |= {
        "groups": str(Group.objects.get(name="readers").pk),
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    assert office.post(f"/admin/keys/adminuser/{frank.pk}/change/", form).status_code == 302
    assert AdminUser.objects.get(groups__name="readers").email == "frank@flaks.example"

    assert office.post(f"/admin/keys/adminuser/{frank.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(AdminUser.objects.all()) == [staff]


def test_carol_changes_the_password_of_another(office: Client) -> None:
    frank = AdminUser.objects.create_user("frank", password="a boat at dawn", is_staff=True)
    form = {"usable_password": "true", "password1": "a lamp at dusk", "password2": "a lamp at dusk"}
    assert office.post(f"/admin/keys/adminuser/{frank.pk}/password/", form).status_code == 302
    assert AdminUser.objects.get(pk=frank.pk).check_password("a lamp at dusk")
