"""Signing in to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from keys.models import AdminUser
from tests.conftest import Answer

LOGIN = "/admin/login/"
# The limiter's windows begin at a moment that depends on the key: an hour of one clock face stays in one of them.
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def sign_in(password: str, *, name: str = "carol", address: str = "192.0.2.1", forwarded: str = "") -> Answer:
    form = {"username": name, "password": password}
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return Client(REMOTE_ADDR=address, headers=headers).post(LOGIN, form)


def test_carol_signs_in_and_out(staff: AdminUser) -> None:
    client = Client()
    assert client.get("/admin/").status_code == 302
    assert client.post(LOGIN, {"username": "carol", "password": "lanterns over water"}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_the_cookies_go_to_no_other_site(staff: AdminUser, cookie: str) -> None:
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"username": "carol", "password": "lanterns over water"})
    assert client.cookies[cookie]["samesite"] == "Strict"


@pytest.mark.parametrize(("name", "password"), [("carol", "wrong"), ("nobody", "lanterns over water")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(staff: AdminUser, name: str, password: str) -> None:
    response = sign_in(password, name=name)
    assert response.status_code == 200
    assert "Please enter the correct username and password" in response.content.decode()


def test_somebody_who_is_not_staff_is_not_let_in(db: None) -> None:
    AdminUser.objects.create_user("eve", password="a boat at dawn")
    assert sign_in("a boat at dawn", name="eve").status_code == 200


def test_the_eleventh_attempt_from_an_address_within_a_minute_is_429(staff: AdminUser) -> None:
    answers = [sign_in("wrong").status_code for _ in range(10)]
    refused = sign_in("lanterns over water")
    assert answers == [200] * 10
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert refused["Content-Type"].startswith("text/html")


def test_the_page_itself_stays_and_so_does_another_address(staff: AdminUser) -> None:
    for _ in range(11):
        sign_in("wrong")
    assert Client(REMOTE_ADDR="192.0.2.1").get(LOGIN).status_code == 200
    assert sign_in("lanterns over water", address="192.0.2.2").status_code == 302


def test_a_made_up_forwarding_header_gives_no_new_attempts(staff: AdminUser) -> None:
    answers = [sign_in("wrong", forwarded=f"198.51.100.{number}").status_code for number in range(11)]
    assert answers[-1] == 429


def test_the_sixty_first_attempt_on_a_name_within_an_hour_is_429_from_anywhere(staff: AdminUser) -> None:
    answers = [sign_in("wrong", address=f"198.51.100.{number}").status_code for number in range(61)]
    assert answers == [200] * 60 + [429]
    assert sign_in("wrong", name="another", address="203.0.113.9").status_code == 200


def test_after_a_minute_an_address_may_try_again(staff: AdminUser, clock: time_machine.Traveller) -> None:
    for _ in range(11):
        sign_in("wrong")
    clock.shift(61)
    assert sign_in("lanterns over water").status_code == 302
