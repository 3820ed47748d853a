"""What a bot in somebody's browser may do: call /api/, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from keys.models import KeyQuota
from tests.conftest import Answer

pytestmark = pytest.mark.urls("tests.keys.urls")

ECHO = "/api/v1/echo?q=song"
BOT = "https://bot.example"
EXPOSED = {
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "server-timing",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
}


def words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",")}


def preflight(path: str, *, method: str = "GET", headers: str = "x-api-key") -> Answer:
    asked = {
        "Origin": BOT,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return Client().options(path, headers=asked)


def test_any_origin_may_read_an_answer_and_its_limits(api: Client) -> None:
    response = api.get(ECHO, headers={"Origin": BOT})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert words(response["Access-Control-Expose-Headers"]) == EXPOSED
    assert EXPOSED - {"retry-after"} <= {name.lower() for name in response.headers}


def test_no_credentials_are_ever_allowed(api: Client) -> None:
    answers = [api.get(ECHO, headers={"Origin": BOT}), preflight(ECHO)]
    assert not any("Access-Control-Allow-Credentials" in answer for answer in answers)


@pytest.mark.parametrize("headers", ["x-api-key", "authorization", "content-type", "x-request-id, accept"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_preflight_needs_no_key_and_spends_nothing(db: None, method: str, headers: str) -> None:
    response = preflight(ECHO, method=method, headers=headers)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert words(headers) <= words(response["Access-Control-Allow-Headers"])
    assert method.lower() in words(response["Access-Control-Allow-Methods"])
    assert response["Access-Control-Max-Age"] == "86400"
    assert not KeyQuota.objects.exists()


@pytest.mark.parametrize("word", ["delete", "put", "patch"])
def test_a_preflight_does_not_promise_other_methods(word: str) -> None:
    assert word not in words(preflight(ECHO)["Access-Control-Allow-Methods"])


def test_a_preflight_does_not_promise_other_headers() -> None:
    assert words(preflight(ECHO, headers="x-evil")["Access-Control-Allow-Headers"]).isdisjoint({"x-evil", "cookie"})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (ECHO, 401),
        ("/api/v1/nothing", 404),
        ("/api/v1/broken-page", 500),
    ],
)
def test_an_error_can_be_read_as_well(path: str, status: int) -> None:
    response = Client(raise_request_exception=False).get(path, headers={"Origin": BOT})
    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
    assert words(response["Access-Control-Expose-Headers"]) == EXPOSED


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/", "/healthz", "/readyz", "/play/test/x", "/nothing"])
def test_nothing_but_the_api_is_open_to_other_origins(db: None, path: str) -> None:
    answers = [Client().get(path, headers={"Origin": BOT}), preflight(path)]
    found = [name for answer in answers for name in answer.headers if name.startswith("Access-Control")]
    assert found == []


def test_where_origins_are_listed_only_those_may_read(api: Client, settings: Settings) -> None:
    settings.CORS_ALLOW_ALL_ORIGINS = False
    settings.CORS_ALLOWED_ORIGINS = [BOT]
    listed = api.get(ECHO, headers={"Origin": BOT})
    assert listed["Access-Control-Allow-Origin"] == BOT
    assert "origin" in words(listed["Vary"])
    for other in ("https://evil.example", "https://bot.example.evil.example", "http://bot.example", "null"):
        assert "Access-Control-Allow-Origin" not in api.get(ECHO, headers={"Origin": other})
