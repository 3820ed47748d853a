"""Who called, and where the site is."""

from __future__ import annotations

import pytest
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory
from pytest_django import Settings

from flaks.addresses import client_ip, site_url


def seen(settings: Settings, proxies: int, forwarded: str | None) -> str:
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_ip(RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.9"))


@pytest.mark.parametrize("forwarded", [None, "", "203.0.113.1", "203.0.113.1, 203.0.113.2"])
def test_without_proxies_only_the_connection_counts(settings: Settings, forwarded: str | None) -> None:
    assert seen(settings, 0, forwarded) == "192.0.2.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1, 203.0.113.1", "203.0.113.1"),
        (1, "spoofed, , 203.0.113.1", "203.0.113.1"),
        (2, "203.0.113.1, 198.51.100.7", "203.0.113.1"),
        (2, "spoofed, 203.0.113.1, 198.51.100.7", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.9"),
        (1, "203.0.113.1:5555", "203.0.113.1"),
        (1, "[2001:db8::1]:5555", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "unknown", "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, None, "192.0.2.9"),
    ],
)
def test_behind_proxies_the_outermost_of_ours_is_believed(
    settings: Settings, proxies: int, forwarded: str | None, address: str
) -> None:
    assert seen(settings, proxies, forwarded) == address


def test_who_calls_through_a_unix_socket_is_on_this_machine() -> None:
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="")) == "127.0.0.1"


def test_the_site_is_at_its_public_address(settings: Settings) -> None:
    settings.FLAKS_PUBLIC_URL = "https://music.example"
    assert site_url(RequestFactory().get("/", headers={"Host": "evil.example"})) == "https://music.example"


def test_without_one_it_is_at_a_host_of_ours_or_nowhere() -> None:
    assert site_url(RequestFactory().get("/")) == "http://testserver"
    with pytest.raises(DisallowedHost):
        site_url(RequestFactory().get("/", headers={"Host": "evil.example"}))
