"""What a key opens, and from where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from keys.models import ApiKey, KeyQuota

SCOPES = {
    "search": {"search", "suggest", "trending"},
    "stream": {"stream", "track-stream", "prefetch"},
    "metadata": {"lookup", "track", "track-related", "track-lyrics", "album", "playlist", "artist"},
}
ECHO = "/api/v1/echo?q=song"


def client_of(**fields: str) -> Client:
    return Client(headers={"X-API-Key": ApiKey.objects.issue(name="bot", **fields)[1]})


def code_of(client: Client, path: str = ECHO, **extra: str) -> tuple[int, str]:
    response = client.get(path, **extra)  # type: ignore[arg-type]
    return response.status_code, response.json().get("code", "")


def routes(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        else:
            yield pattern


def test_each_route_of_the_api_wants_the_scope_that_the_contract_names() -> None:
    wanted = {name: scope for scope, names in SCOPES.items() for name in names}
    for route in routes(get_resolver("flaks.urls")):
        if str(route.pattern).startswith("^api/v1/"):
            view = route.callback.view_class  # type: ignore[attr-defined]
            assert view.scope == wanted.get(str(route.name), ""), route


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.urls("tests.keys.urls")
def test_a_key_opens_its_own_scopes_alone(db: None, scope: str) -> None:
    for wanted in SCOPES:
        found = code_of(client_of(scopes=scope), f"/api/v1/scoped/{wanted}?q=song")
        assert found == ((200, "") if wanted == scope else (403, "scope_missing"))
    assert code_of(client_of(scopes=scope)) == (200, "")


@pytest.mark.urls("tests.keys.urls")
def test_a_missing_scope_is_told_before_the_input_is_read_and_costs_nothing(db: None) -> None:
    response = client_of(scopes="search").get("/api/v1/scoped/stream")
    assert response.status_code == 403
    assert "scope stream" in response.json()["detail"]
    assert not KeyQuota.objects.exists()


@pytest.mark.urls("tests.keys.urls")
@pytest.mark.parametrize(
    ("networks", "address", "found"),
    [
        ("203.0.113.0/24", "203.0.113.7", (200, "")),
        ("203.0.113.0/24", "203.0.114.7", (403, "ip_not_allowed")),
        ("2001:db8::/32", "2001:db8::7", (200, "")),
        ("2001:db8::/32", "2001:db9::7", (403, "ip_not_allowed")),
    ],
)
def test_a_key_opens_from_its_networks_alone(db: None, networks: str, address: str, found: tuple[int, str]) -> None:
    assert code_of(client_of(addresses=networks), REMOTE_ADDR=address) == found
    assert KeyQuota.objects.exists() is (found[0] == 200)


@pytest.mark.urls("tests.keys.urls")
def test_a_forwarded_address_counts_only_from_a_proxy_that_is_trusted(db: None, settings: Settings) -> None:
    client = client_of(addresses="203.0.113.0/24")
    forwarded = {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert code_of(client, **forwarded) == (403, "ip_not_allowed")
    settings.TRUSTED_PROXIES = 1
    assert code_of(client, **forwarded) == (200, "")


@pytest.mark.urls("tests.keys.urls")
def test_a_wrong_address_is_told_before_a_missing_scope(db: None) -> None:
    client = client_of(addresses="203.0.113.0/24", scopes="search")
    assert code_of(client, "/api/v1/scoped/stream?q=song") == (403, "ip_not_allowed")
