"""Searches that are answered with the bytes that were sent before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client
from pytest_django import Settings

from keys.models import ApiKey, KeyQuota, UsageStat
from keys.usage import USAGE
from music import switches
from music.models import SourceSwitch
from tests.conftest import Answer
from tests.standin import catalogue
from tests.standin.process import StandIn

URL = "/api/v1/search"
ASKED = {"q": catalogue.PLAIN.title, "limit": "5"}


def asked(api: Client, times: int = 1, **more: str) -> list[Answer]:
    return [api.get(URL, ASKED | more) for _ in range(times)]


def test_the_third_answer_is_the_second_to_the_byte(api: Client, standin: StandIn) -> None:
    first, second, third = asked(api, 3)
    assert (first.json()["cached"], second.json()["cached"]) == (False, True)
    assert third.content == second.content
    assert third["Content-Type"] == second["Content-Type"] == "application/json"
    assert first.json()["results"] == third.json()["results"]
    assert len(standin.log("jiosaavn")) == 1


def test_each_answer_costs_a_unit_is_counted_and_has_the_headers_of_its_own_key(api: Client, standin: StandIn) -> None:
    asked(api, 3)
    _, plain = ApiKey.objects.issue(name="dave's bot", daily_limit=7)
    (other,) = asked(Client(headers={"X-API-Key": plain}))
    assert (other["X-RateLimit-Limit"], other["X-RateLimit-Remaining"]) == ("7", "6")
    assert sorted(KeyQuota.objects.values_list("used", flat=True)) == [1, 3]
    USAGE.flush()
    counted = UsageStat.objects.filter(lineage=None).values_list("outcome", "source", "calls")
    assert sorted(counted) == [("cached", "jiosaavn", 3), ("ok", "jiosaavn", 1)]


def test_what_is_told_of_the_question_is_the_callers_own(api: Client, standin: StandIn) -> None:
    asked(api, 3)
    told = [api.get(URL, ASKED | {"q": catalogue.PLAIN.title.upper()}).json()["query"] for _ in range(3)]
    assert told == [catalogue.PLAIN.title.upper()] * 3
    assert len(standin.log("jiosaavn")) == 1


def test_indented_json_is_for_the_one_who_asks_for_it(api: Client, standin: StandIn) -> None:
    def indented() -> list[str]:
        headers = {"Accept": "application/json; indent=8"}
        return [api.get(URL, ASKED, headers=headers).content.decode() for _ in range(2)]

    asked(api)
    assert all(text.startswith('{\n        "query"') for text in indented())
    assert all(answer.content.startswith(b'{"query"') for answer in asked(api, 2))
    assert all(text.startswith('{\n        "query"') for text in indented())
    assert len(standin.log("jiosaavn")) == 1


def test_another_page_limit_or_source_is_another_answer(api: Client, standin: StandIn) -> None:
    asked(api, 3)
    assert len(asked(api, 3, limit="2")[-1].json()["results"]) == 2
    assert asked(api, 3, page="2")[-1].json()["page"] == 2
    assert asked(api, 3, source="jiosaavn")[-1].json()["source"] == "jiosaavn"


def test_an_answer_that_is_not_fresh_any_more_is_asked_for_again(
    api: Client, standin: StandIn, settings: Settings
) -> None:
    settings.FLAKS_CACHE_SECONDS = 60
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as clock:
        asked(api, 3)
        clock.shift(timedelta(seconds=59))
        assert asked(api)[0].json()["cached"] is True
        clock.shift(timedelta(seconds=2))
        assert asked(api)[0].json()["cached"] is False


def test_a_source_that_is_switched_off_answers_no_more(api: Client, everywhere: StandIn) -> None:
    asked(api, 3)
    SourceSwitch.objects.create(source="jiosaavn", is_on=False)
    switches.refresh()
    assert asked(api)[0].json()["answered_by"] != "jiosaavn"


def test_bad_input_is_refused_as_before(api: Client, standin: StandIn) -> None:
    asked(api, 3)
    assert asked(api, limit="0")[0].status_code == 400
    assert Client().get(URL, ASKED).status_code == 401
