"""Who is let in: the key in a request's headers, and the play token in its path."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keys import tokens
from keys.held import HELD
from keys.models import ApiKey, KeyQuota
from keys.touches import TOUCHES
from tests.conftest import Answer
from tests.keys.roundtrips import CHANGES, CLOCK, KEY, UNIT, USED_OF_SQLITE, RoundTrips
from tests.keys.standstill import one_moment

pytestmark = pytest.mark.urls("tests.keys.urls")

ECHO = "/api/v1/echo?q=blue+lantern"
Key = tuple[ApiKey, str]


def call(**headers: str) -> Answer:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().get(ECHO, headers=names)


def code_of(response: Answer) -> str:
    """The code of a refusal, which has to be a complete problem."""
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert body["status"] == response.status_code
    assert body["request_id"] == response["X-Request-ID"]
    return str(body["code"])


def nothing_is_spent() -> bool:
    return not KeyQuota.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-API-Key", "{}"),
        ("X-API-Key", "  {}  "),
        ("Authorization", "Bearer {}"),
        ("Authorization", "bearer   {}"),
        ("Authorization", "BEARER {}"),
    ],
)
def test_a_key_opens_in_either_header(key: Key, name: str, value: str) -> None:
    response = Client().get(ECHO, headers={name: value.format(key[1])})
    assert response.status_code == 200
    assert response.json() == {"q": "blue lantern", "key": "alice's bot"}


def test_the_same_key_in_both_headers_opens(key: Key) -> None:
    assert call(X_API_Key=key[1], Authorization=f"Bearer {key[1]}").status_code == 200


def test_two_different_keys_are_refused_though_both_open(key: Key) -> None:
    other = ApiKey.objects.issue(name="bob")[1]
    response = call(X_API_Key=key[1], Authorization=f"Bearer {other}")
    assert (response.status_code, code_of(response)) == (401, "key_invalid")
    assert nothing_is_spent()


def test_another_scheme_beside_the_key_is_left_alone(key: Key) -> None:
    assert call(X_API_Key=key[1], Authorization="Basic YTpi").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"X_API_Key": ""}, {"Authorization": "Bearer"}, {"Authorization": "Basic x"}])
def test_a_missing_key_is_401_and_names_the_scheme(headers: dict[str, str]) -> None:
    response = call(**headers)  # without the database, which pytest-django keeps closed to this test
    assert (response.status_code, code_of(response)) == (401, "key_missing")
    assert response["WWW-Authenticate"] == 'Bearer realm="flaks"'


@pytest.mark.parametrize("place", ["api_key", "api", "key", "X-API-Key"])
def test_a_key_in_the_query_string_opens_nothing(key: Key, place: str) -> None:
    response = Client().get(f"{ECHO}&{place}={key[1]}")
    assert (response.status_code, code_of(response)) == (401, "key_missing")


def junk() -> dict[str, str]:
    """Strings that cannot be keys, by what is wrong with them."""
    key = tokens.make_key()
    return {
        "word": "letmein",
        "other prefix": key.replace("live", "test"),
        "too short": key[:-1],
        "too long": key + "0",
        "wrong checksum": key[:-1] + ("0" if key[-1] != "0" else "1"),
        "upper case": key.upper(),
        "null byte": key[:20] + "\0" + key[21:],
        "unicode": key[:20] + "é" + key[21:],
        "emoji in latin-1": key[:20] + "\xf0\x9f\x8e\xb5",
        "10 KB": "flk_live_" + "a" * 10_240,
        "two keys": f"{key} {key}",
        "quotes": f'"{key}"',
        "injection": "' OR 1=1 --",
        "operator": '{"$ne": null}',
    }


@pytest.mark.parametrize("what", junk())
@pytest.mark.parametrize("form", ["X-API-Key", "Authorization"])
def test_junk_is_refused_without_any_database_work(db: None, what: str, form: str) -> None:
    value = junk()[what] if form == "X-API-Key" else f"Bearer {junk()[what]}"
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(ECHO, headers={form: value})
    assert (response.status_code, code_of(response)) == (401, "key_invalid")
    assert len(queries) == 0
    assert "WWW-Authenticate" in response


def test_an_unknown_key_costs_one_query(key: Key) -> None:
    with RoundTrips() as asked:
        response = call(X_API_Key=tokens.make_key())
    assert (response.status_code, code_of(response)) == (401, "key_invalid")
    asked.are(CHANGES, CLOCK, KEY)
    assert nothing_is_spent()


def test_an_unknown_key_is_asked_for_at_each_try_and_what_changed_once_a_second(key: Key) -> None:
    with one_moment():
        call(X_API_Key=tokens.make_key())
        with RoundTrips() as asked:
            call(X_API_Key=tokens.make_key())
    asked.are(KEY)


def test_a_key_in_use_costs_its_unit_until_it_is_busy(key: Key) -> None:
    with one_moment():
        call(X_API_Key=key[1])
        with RoundTrips() as asked:
            call(X_API_Key=key[1])
    asked.are(UNIT)


def test_a_second_later_it_is_asked_what_has_changed(key: Key) -> None:
    call(X_API_Key=key[1])
    with one_moment(in_seconds=1.1), RoundTrips() as asked:
        call(X_API_Key=key[1])
    asked.are(CLOCK, CHANGES, UNIT, USED_OF_SQLITE)


def test_the_first_call_of_a_day_makes_its_row(key: Key) -> None:
    with RoundTrips() as asked:
        call(X_API_Key=key[1])
    asked.are(CHANGES, CLOCK, KEY, UNIT, USED_OF_SQLITE)


def test_a_disabled_key_says_so_and_opens_again_when_enabled(key: Key) -> None:
    ApiKey.objects.update(enabled=False)
    response = call(X_API_Key=key[1])
    assert (response.status_code, code_of(response)) == (401, "key_disabled")
    assert nothing_is_spent()
    ApiKey.objects.update(enabled=True)
    HELD.clear()
    assert call(X_API_Key=key[1]).status_code == 200


def test_a_revoked_key_says_so_also_when_it_is_disabled_and_over(key: Key) -> None:
    now = datetime.now(UTC)
    ApiKey.objects.update(revoked_at=now, enabled=False, expires_at=now - timedelta(days=1))
    response = call(X_API_Key=key[1])
    assert (response.status_code, code_of(response)) == (401, "key_revoked")
    assert nothing_is_spent()


def test_a_key_that_expired_yesterday_says_so(db: None) -> None:
    plain = ApiKey.objects.issue(name="bot", expires_at=datetime.now(UTC) - timedelta(days=1))[1]
    assert code_of(call(X_API_Key=plain)) == "key_expired"


def test_the_last_use_is_noted_at_most_once_a_minute_and_never_set_back(key: Key) -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    seen = []
    for seconds in (0, 59, 60, 30, -3600, 200):
        with time_machine.travel(noon + timedelta(seconds=seconds), tick=False):
            call(X_API_Key=key[1])
        TOUCHES.flush()
        last = ApiKey.objects.get().last_used_at
        assert last is not None
        seen.append((last - noon).total_seconds())
    assert seen == [0, 0, 60, 60, 60, 200]


def test_a_key_that_is_refused_was_not_used(key: Key) -> None:
    ApiKey.objects.update(enabled=False)
    call(X_API_Key=key[1])
    TOUCHES.flush()
    assert ApiKey.objects.get().last_used_at is None


def test_a_key_opens_until_the_moment_it_expires(db: None) -> None:
    ends = datetime(2026, 12, 1, tzinfo=UTC)
    plain = ApiKey.objects.issue(name="bot", expires_at=ends)[1]
    with time_machine.travel(ends - timedelta(milliseconds=1), tick=False):
        assert call(X_API_Key=plain).status_code == 200
    with time_machine.travel(ends, tick=False):
        response = call(X_API_Key=plain)
    assert (response.status_code, code_of(response)) == (401, "key_expired")


def test_the_digest_of_a_key_is_no_key(key: Key) -> None:
    assert code_of(call(X_API_Key=key[0].digest)) == "key_invalid"


def test_a_session_of_staff_is_no_key(office: Client) -> None:
    assert code_of(office.get(ECHO)) == "key_missing"


def play(key: ApiKey, now: datetime) -> Answer:
    token, _ = key.play_token("jiosaavn:abc", 320, "redirect", now)
    return Client().get(f"/play/test/{token}")


def test_a_play_token_opens_without_a_key_and_with_one_query(key: Key) -> None:
    token, _ = key[0].play_token("jiosaavn:abc", 320, "redirect", datetime.now(UTC))
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(f"/play/test/{token}")
    assert response.json() == {"track": "jiosaavn:abc"}
    assert len(queries) == 1  # has the lineage an active key?


def test_a_play_token_opens_while_any_key_of_its_lineage_does(key: Key) -> None:
    ApiKey.objects.issue(name="successor", lineage=key[0].lineage)
    ApiKey.objects.filter(pk=key[0].pk).update(enabled=False)
    assert play(key[0], datetime.now(UTC)).status_code == 200


@pytest.mark.parametrize("state", [{"enabled": False}, {"revoked_at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_a_play_token_of_a_disabled_or_revoked_key_is_404(key: Key, state: dict[str, Any]) -> None:
    ApiKey.objects.update(**state)
    response = play(key[0], datetime.now(UTC))
    assert (response.status_code, code_of(response)) == (404, "link_invalid")


def test_a_play_token_whose_time_is_over_is_410(key: Key) -> None:
    response = play(key[0], datetime.now(UTC) - timedelta(hours=settings.FLAKS_LINK_HOURS))
    assert (response.status_code, code_of(response)) == (410, "link_expired")


def test_a_play_token_ends_with_its_key(key: Key) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    key[0].expires_at = now + timedelta(minutes=5)
    assert key[0].play_token("jiosaavn:abc", 320, "proxy", now)[1] == key[0].expires_at


@pytest.mark.parametrize("token", ["x", "x" * 60, "é" * 60, "%00" * 60, "a" * 5000])
def test_a_play_token_that_is_not_ours_is_404_without_a_query(db: None, token: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(f"/play/test/{token}")
    assert (response.status_code, code_of(response)) == (404, "link_invalid")
    assert len(queries) == 0
