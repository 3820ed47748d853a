"""What every answer carries: its request id, its time, and the headers that keep browsers safe."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from flaks.middleware import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.urls("tests.keys.urls")

EVERYWHERE = ["/api/v1/echo?q=x", "/api/v1/nothing", "/nothing", "/admin/login/", "/api/v1/broken-page"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_each_answer_has_an_id_of_its_own(db: None, path: str) -> None:
    client = Client(raise_request_exception=False)
    first, second = client.get(path)["X-Request-ID"], client.get(path)["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize("given", ["abcdefgh", "0b8f8cde-1f2a-4c6d-9e1b-3a5d7f9b1c2e", "a.b_c-d1", "x" * 64])
def test_a_callers_own_id_comes_back(given: str) -> None:
    response = Client().get("/api/v1/nothing", headers={"X-Request-ID": given})
    assert response["X-Request-ID"] == given
    assert response.json()["request_id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "with space in it", "a/b/c/d/e", "id\r\nSet-Cookie: x", "é" * 10, "flk<script>"]
)
def test_an_id_that_could_do_harm_is_replaced(given: str) -> None:
    response = Client().get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


@pytest.mark.parametrize("path", ["/api/v1/echo?q=x", "/api/v1/nothing"])
def test_an_answer_of_the_api_says_how_long_it_took(path: str) -> None:
    assert re.fullmatch(r"total;dur=\d+\.\d", Client().get(path)["Server-Timing"])


def test_nothing_else_says_how_long_it_took(db: None) -> None:
    assert "Server-Timing" not in Client().get("/admin/login/")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_each_answer_keeps_browsers_safe(db: None, path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_policy_lets_no_inline_script_or_style_run() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


def test_over_https_plain_requests_are_sent_there_but_for_the_health_checks(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    moved = Client().get("/api/v1/nothing")
    assert (moved.status_code, moved["Location"]) == (301, "https://testserver/api/v1/nothing")
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/nothing", secure=True)["Strict-Transport-Security"].startswith("max-age=60")
