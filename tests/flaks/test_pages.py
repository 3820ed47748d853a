"""`/healthz` and `/readyz`."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.flaks.conftest import Visit


@pytest.mark.parametrize("path", ["/healthz", "/healthz/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_healthz_answers_without_key_or_database(path: str, method: str) -> None:
    response = Client().generic(method, path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/readyz", "/readyz/"])
def test_readyz_asks_the_database_once(db: None, path: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        response = Client().get(path)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_balancer_asks_by_address(db: None, path: str) -> None:
    assert Client(headers={"Host": "10.0.0.5:8000"}).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_read_only(path: str) -> None:
    assert Client().post(path).status_code == 405


def test_readyz_is_503_before_the_database_is_migrated(visit: Visit) -> None:
    (ready, healthy), _ = visit({"path": "/readyz"}, {"path": "/healthz"})
    assert (ready["status"], healthy["status"]) == (503, 200)
    assert "database_unavailable" in ready["body"]
