"""What the log tells of signing in, and how a session is kept."""

from __future__ import annotations

import logging
from http.cookies import Morsel

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.signals import user_login_failed
from django.test import Client
from pytest_django import Settings

import flaks.settings as project
from flaks.signins import legible
from keys import tokens
from keys.models import AdminUser

LOGIN = "/admin/login/"
PASSWORD = "lanterns over water"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def told(log: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in log.records if record.name == "flaks.signins"]


def sign_in(name: str, password: str, address: str = "192.0.2.1", **headers: str) -> Client:
    client = Client(REMOTE_ADDR=address, headers=headers)
    client.post(LOGIN, {"username": name, "password": password})
    return client


def test_signing_in_and_out_is_told_with_name_and_address(staff: AdminUser, log: pytest.LogCaptureFixture) -> None:
    sign_in("carol", PASSWORD).post("/admin/logout/")
    assert told(log) == [("INFO", "carol signed in from 192.0.2.1"), ("INFO", "carol signed out from 192.0.2.1")]


def test_a_wrong_password_is_told_and_never_what_it_was(staff: AdminUser, log: pytest.LogCaptureFixture) -> None:
    sign_in("carol", "a boat at dawn")
    assert told(log) == [("WARNING", "sign-in refused for carol from 192.0.2.1")]
    assert "a boat at dawn" not in log.text


def test_a_name_that_no_account_has_is_not_repeated(staff: AdminUser, log: pytest.LogCaptureFixture) -> None:
    sign_in(PASSWORD, "carol")
    assert told(log) == [("WARNING", "sign-in refused for an unknown name of 19 characters from 192.0.2.1")]
    assert PASSWORD not in log.text


def test_somebody_who_is_not_staff_any_more_is_told(db: None, log: pytest.LogCaptureFixture) -> None:
    AdminUser.objects.create_user("eve", password="a boat at dawn")
    AdminUser.objects.create_user("frank", password="a boat at dawn", is_staff=True, is_active=False)
    sign_in("eve", "a boat at dawn")
    sign_in("frank", "a boat at dawn")
    assert told(log) == [
        ("WARNING", "sign-in refused for eve, who is not staff, from 192.0.2.1"),
        ("WARNING", "sign-in refused for frank from 192.0.2.1"),
    ]


def test_the_address_is_that_which_our_own_proxies_saw(
    staff: AdminUser, log: pytest.LogCaptureFixture, settings: Settings
) -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    sign_in("carol", PASSWORD, **forwarded)
    settings.TRUSTED_PROXIES = 1
    sign_in("carol", PASSWORD, **forwarded)
    assert [line.rpartition(" ")[2] for _level, line in told(log)] == ["192.0.2.1", "203.0.113.9"]


@pytest.mark.parametrize("name", ["x" * 5000, "a\nb signed in from 192.0.2.9", "\u202ecarol", "carol\u2028", "\0", ""])
def test_a_hostile_name_makes_one_short_line(staff: AdminUser, log: pytest.LogCaptureFixture, name: str) -> None:
    sign_in(name, "x")
    for _level, line in told(log):
        assert len(line) < 120
        assert line.isprintable()
    assert "signed in from" not in str(told(log))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("carol", "carol"), ("x" * 65, "x" * 64 + "…"), ("a b\n\u202ec\u2028", "a?b??c?"), ("नमस्ते", "नमस्ते")],
)
def test_a_name_in_a_line_is_short_and_legible(name: str, shown: str) -> None:
    assert legible(name) == shown


def test_a_key_that_is_typed_as_a_name_stays_out_of_the_log(staff: AdminUser, log: pytest.LogCaptureFixture) -> None:
    key = tokens.make_key()
    sign_in(key, "x")
    assert key not in log.text


def test_a_sign_in_without_a_request_is_told(db: None, log: pytest.LogCaptureFixture) -> None:
    user_login_failed.send(sender=None, credentials={"username": "carol", "password": "****"}, request=None)
    assert told(log) == [("WARNING", "sign-in refused for an unknown name of 5 characters from this machine")]


def test_too_many_attempts_are_told(staff: AdminUser, log: pytest.LogCaptureFixture) -> None:
    for _ in range(25):  # the limiter's window may end meanwhile, once
        sign_in("carol", "wrong")
    assert "too many requests for /admin/login/ from 192.0.2.1" in log.text


def cookie(name: str) -> Morsel[str]:
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"username": "carol", "password": PASSWORD})
    return client.cookies[name]


def test_a_session_lasts_eight_hours_and_its_cookie_is_for_no_script_and_no_other_site(staff: AdminUser) -> None:
    session = cookie("sessionid")
    assert (session["max-age"], session["httponly"], session["samesite"]) == (8 * 3600, True, "Strict")


def test_the_cookies_are_for_https_alone_where_the_site_is(staff: AdminUser, settings: Settings) -> None:
    assert not cookie("sessionid")["secure"]
    settings.SESSION_COOKIE_SECURE = True
    assert cookie("sessionid")["secure"]
    assert project.SESSION_COOKIE_SECURE is project.CSRF_COOKIE_SECURE is project.FLAKS_HTTPS


def test_passwords_are_kept_by_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    assert identify_hasher(kept).algorithm == "argon2"
    assert check_password(PASSWORD, kept)
    assert not check_password("lanterns", kept)
