"""The search of the lists, also for a whole key, which never stands in an address."""

from __future__ import annotations

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from keys import tokens
from keys.models import AdminUser, ApiKey
from tests.conftest import Answer
from tests.keys.pages import LIST, Key, names_in, page_of, text

SEARCH = f"{LIST}search/"
USAGE = "/admin/keys/usagestat/"


def search(client: Client, asked: str, **filters: str) -> Answer:
    return client.post(SEARCH, {"q": asked, **filters}, follow=True)


@pytest.mark.parametrize("wanted", ["alice", "ALICE", "Alice bot", "hint", "end of hint"])
def test_a_key_is_found_by_name_owner_and_hint(office: Client, key: Key, wanted: str) -> None:
    ApiKey.objects.issue(name="somebody else")
    asked = {"hint": key[0].hint, "end of hint": key[0].hint[-4:]}.get(wanted, wanted)
    page = text(search(office, asked))
    assert "1 result" in page
    assert names_in(page) == ["alice&#x27;s bot"]


def test_a_search_keeps_the_filters_and_can_be_shared_as_an_address(office: Client, key: Key) -> None:
    answer = office.post(SEARCH, {"q": "alice & co", "state": "active", "p": "2", "csrfmiddlewaretoken": "x"})
    assert answer["Location"] == f"{LIST}?state=active&q=alice+%26+co"


@pytest.mark.parametrize("around", ["{}", " {} ", "X-API-Key: {}", '"{}"', "Bearer {}\r\n"])
def test_a_whole_key_leads_to_its_page_and_stands_in_no_address_log_or_page(
    office: Client, key: Key, caplog: pytest.LogCaptureFixture, around: str
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = search(office, around.format(key[1]))
    assert answer.redirect_chain == [(page_of(key[0]), 302)]
    kept = (
        text(answer),
        caplog.text,
        repr(office.cookies),
        repr(dict(office.session)),
        repr(LogEntry.objects.values()),
    )
    assert not any(key[1] in place for place in kept)


def test_a_key_that_nobody_has_is_told_and_not_repeated(office: Client, key: Key) -> None:
    unknown = tokens.make_key()
    answer = search(office, unknown)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "No key here is that one." in text(answer)
    assert unknown not in text(answer)


@pytest.mark.parametrize("cut", [slice(0, 46), slice(0, 20), slice(0, 13)])
def test_a_part_of_a_key_stands_in_no_address_either(office: Client, key: Key, cut: slice) -> None:
    answer = search(office, key[1][cut])
    assert answer.redirect_chain == [(LIST, 302)]
    assert "That is only a part of a key." in text(answer)
    assert key[1][cut] not in text(answer)


@pytest.mark.parametrize("spelled", ["{}", "X-API-Key%3A+{}", "%20{}"])
@pytest.mark.parametrize("path", [LIST, USAGE])
def test_an_address_with_a_key_in_it_leads_to_one_without(office: Client, key: Key, path: str, spelled: str) -> None:
    for name in ("q", "owner", "lineage"):
        answer = office.get(f"{path}?{name}={spelled.format(key[1])}")
        assert answer["Location"] == path
    escaped = key[1].replace("_", "%5F")
    assert office.get(f"{path}?q={escaped}")["Location"] == path
    assert "does not belong into an address" in text(office.get(path))


def test_the_search_of_usage_leads_from_a_key_to_its_rows(office: Client, key: Key) -> None:
    answer = office.post(f"{USAGE}search/", {"q": key[1]})
    assert answer["Location"] == f"{USAGE}?lineage={key[0].lineage}"


@pytest.mark.parametrize("path", [SEARCH, f"{USAGE}search/"])
def test_the_search_is_for_who_may_look_and_by_post_with_the_forms_token_alone(
    office: Client, viewer: Client, staff: AdminUser, key: Key, path: str
) -> None:
    assert viewer.post(path, {"q": key[1]}).status_code == 302
    assert office.get(path, {"q": "alice"}).status_code == 405
    eve, careless = Client(), Client(enforce_csrf_checks=True)
    eve.force_login(AdminUser.objects.create_user("eve", password="x", is_staff=True))
    careless.force_login(staff)
    assert eve.post(path, {"q": key[1]}).status_code == 403
    assert careless.post(path, {"q": key[1]}).status_code == 403
    assert Client().post(path, {"q": key[1]})["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("asked", ["\0", "a" * 5000, "'; DROP TABLE api_keys; --", "\u202e<script>", "%", "\\"])
def test_hostile_searches_find_nothing_and_break_nothing(office: Client, key: Key, asked: str) -> None:
    answer = search(office, asked)
    assert answer.status_code == 200
    assert "<script>" not in text(answer)
    assert names_in(text(office.get(LIST))) == ["alice&#x27;s bot"]
