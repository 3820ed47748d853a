"""Every error as `application/problem+json`."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.http import Http404
from django.test import Client
from pymongo.errors import AutoReconnect
from rest_framework import exceptions

from flaks.problems import Problem, as_problem, invalid_request, is_database_outage
from keys import tokens
from tests.conftest import Answer
from tests.flaks.conftest import Visit

LINEAGE = UUID("00000000-0000-4000-8000-000000000001")
URLS = pytest.mark.urls("tests.keys.urls")
MEMBERS = ["type", "title", "status", "detail", "code", "request_id"]


def problem_in(response: Answer) -> dict[str, Any]:
    """The body of a complete problem."""
    body: dict[str, Any] = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert list(body)[:6] == MEMBERS
    assert body["status"] == response.status_code
    assert body["request_id"] == response["X-Request-ID"]
    assert body["detail"]
    return body


@URLS
@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/echo", 400, "invalid_request"),
        ("/api/v1/broken?q=404", 404, "no_match"),
        ("/api/v1/broken?q=500", 500, "internal_error"),
        ("/api/v1/broken?q=503", 503, "sources_unavailable"),
        ("/api/v1/broken?q=outage", 503, "database_unavailable"),
        ("/api/v1/broken-page", 500, "internal_error"),
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/", 404, "not_found"),
        ("/play/nothing/at/all", 404, "not_found"),
    ],
)
def test_each_error_of_the_api_is_a_problem(api: Client, path: str, status: int, code: str) -> None:
    api.raise_request_exception = False
    body = problem_in(api.get(path))
    assert (body["status"], body["code"]) == (status, code)


@URLS
@pytest.mark.parametrize("path", ["/api/v1/broken?q=500", "/api/v1/broken-page", "/broken-page"])
def test_a_fault_of_ours_shows_nothing_of_its_inside(api: Client, path: str) -> None:
    api.raise_request_exception = False
    page = api.get(path).content.decode()
    assert "RuntimeError" not in page
    assert "broken by" not in page
    assert "Traceback" not in page


@URLS
@pytest.mark.parametrize("accept", ["audio/mpeg", "text/html", "application/xml"])
def test_an_answer_that_nobody_accepts_is_406(api: Client, accept: str) -> None:
    assert problem_in(api.get("/api/v1/echo?q=x", headers={"Accept": accept}))["code"] == "not_acceptable"


@URLS
@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/problem+json, */*;q=0.1", "text/html,*/*;q=0.8"]
)
def test_what_players_and_browsers_accept_is_answered(api: Client, accept: str) -> None:
    assert api.get("/api/v1/echo?q=x", headers={"Accept": accept}).status_code == 200


@URLS
@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/echo?q=x"])
def test_a_host_that_is_not_ours_is_400(api: Client, path: str) -> None:
    response = api.get(path, headers={"Host": "evil.example"})
    assert problem_in(response)["code"] == "invalid_request"
    assert b"evil.example" not in response.content


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/admin/nothing/", 302), ("/apiary", 404)])
def test_people_get_a_page_in_place_of_a_problem(db: None, path: str, status: int) -> None:
    response = Client().get(path)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")


@URLS
def test_people_get_a_page_also_where_we_failed() -> None:
    response = Client(raise_request_exception=False).get("/broken-page")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")


@URLS
def test_a_host_that_is_not_ours_gets_a_page_elsewhere() -> None:
    response = Client().get("/broken", headers={"Host": "evil.example"})
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")


@URLS
@pytest.mark.parametrize("path", ["/api/v1/echo", "/api/v1/echo/"])
def test_each_route_answers_with_and_without_a_slash(api: Client, path: str) -> None:
    assert api.get(f"{path}?q=x").status_code == 200


@pytest.mark.parametrize(
    ("exception", "status", "code"),
    [
        (exceptions.ParseError(), 400, "invalid_request"),
        (exceptions.ValidationError("no"), 400, "invalid_request"),
        (exceptions.ValidationError({"q": ["no"]}), 400, "invalid_request"),
        (exceptions.NotAuthenticated("no", "key_missing"), 401, "key_missing"),
        (exceptions.AuthenticationFailed("no", "key_expired"), 401, "key_expired"),
        (exceptions.PermissionDenied(), 403, "scope_missing"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
        (Http404("no"), 404, "not_found"),
        (PermissionDenied("no"), 403, "scope_missing"),
        (RequestDataTooBig("no"), 413, "too_large"),
        (OperationalError("away"), 503, "database_unavailable"),
        (InterfaceError("away"), 503, "database_unavailable"),
        (DatabaseError("away"), 503, "database_unavailable"),
        (AutoReconnect("away"), 503, "database_unavailable"),
        (IntegrityError("twice"), 500, "internal_error"),
        (DataError("too long"), 500, "internal_error"),
        (ProgrammingError("no such column"), 500, "internal_error"),
        (KeyError("q"), 500, "internal_error"),
        (Problem(410, "link_expired", "over"), 410, "link_expired"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_exception_stands_for_one_problem(exception: Exception, status: int, code: str) -> None:
    problem = as_problem(exception)
    assert (problem.status_code, problem.get_codes()) == (status, code)
    assert ("WWW-Authenticate" in problem.headers) == (status == 401)
    assert ("Retry-After" in problem.headers) == (status == 503)


def test_a_row_that_is_there_already_is_no_outage() -> None:
    assert not is_database_outage(IntegrityError("twice"))
    assert is_database_outage(OperationalError("away"))


def test_a_bad_parameter_is_named_in_the_sentence_and_beside_it() -> None:
    problem = invalid_request("limit", "expected 1 to 50")
    assert problem.detail == "limit: expected 1 to 50"
    assert problem.extra == {"parameter": "limit"}


@pytest.mark.parametrize(("seconds", "header"), [(0, "1"), (-3, "1"), (7, "7")])
def test_nobody_is_told_to_come_back_in_no_time(seconds: int, header: str) -> None:
    assert Problem(503, "sources_blocked", "later", retry_after=seconds).headers["Retry-After"] == header


@pytest.mark.parametrize(
    "database",
    [{"SQLITE_PATH": "/"}, {"MONGO_URI": "mongodb://127.0.0.1:9"}],
    ids=["a folder as SQLite file", "a closed port of MongoDB"],
)
def test_a_database_that_is_away_is_503_and_no_stack_trace(visit: Visit, database: dict[str, str]) -> None:
    headers = {"X-API-Key": tokens.make_key()}
    token = tokens.sign_link(tokens.Link("jiosaavn:x", 320, "proxy", LINEAGE, 2**32 - 1), "s" * 64)
    calls = [{"path": "/api/v1/echo?q=x", "headers": headers}, {"path": f"/play/test/{token}"}, {"path": "/readyz"}]
    answers, _ = visit(*calls, {"path": "/healthz"}, {"path": "/api/v1/echo?q=x"}, **database)
    for answer in answers[:3]:
        body = json.loads(answer["body"])
        assert (answer["status"], body["code"]) == (503, "database_unavailable")
        assert answer["headers"]["Content-Type"] == "application/problem+json"
        assert answer["headers"]["Retry-After"]
        assert "Traceback" not in answer["body"]
    assert [answer["status"] for answer in answers[3:]] == [200, 401]  # what needs no database works on
