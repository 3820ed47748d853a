"""The admin's page of source switches."""

from __future__ import annotations

from django.test import Client

from keys.models import AdminUser
from music.models import SourceSwitch
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/admin/music/sourceswitch/"


def test_each_source_has_a_switch(office: Client) -> None:
    page = office.get(URL)
    assert page.status_code == 200
    assert [switch.source for switch in SourceSwitch.objects.all()] == ["jiosaavn", "spotify", "youtube"]


def test_switching_a_source_off_takes_effect_without_a_restart(
    office: Client, api: Client, everywhere: StandIn
) -> None:
    office.get(URL)
    form = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3", "_save": "Save"}
    for number, source in enumerate(("jiosaavn", "spotify", "youtube")):
        form |= {f"form-{number}-source": source, f"form-{number}-note": "away" if number == 0 else ""}
        form |= {f"form-{number}-is_on": "on"} if number else {}
    assert office.post(URL, form).status_code == 302
    everywhere.clear_log()
    body = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()
    assert body["answered_by"] == "youtube"
    assert everywhere.log("jiosaavn") == []


def test_switches_are_neither_added_nor_deleted(office: Client) -> None:
    office.get(URL)
    assert office.get(f"{URL}add/").status_code == 403
    assert office.post(f"{URL}jiosaavn/delete/", {"post": "yes"}).status_code == 403
    assert SourceSwitch.objects.count() == 3


def test_staff_without_the_permission_do_not_see_them(db: None) -> None:
    AdminUser.objects.create_user("walter", password="lanterns over water", is_staff=True)
    client = Client()
    client.force_login(AdminUser.objects.get(username="walter"))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"_save": "Save"}).status_code == 403
