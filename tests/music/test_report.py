"""POST /api/v1/report."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from keys.models import ApiKey, KeyQuota
from keys.services import Actor, rotate
from music.models import MatchReport, Tally
from music.reporting import MOST_A_DAY
from tests.conftest import Answer
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.process import StandIn

URL = "/api/v1/report"
VIDEO, OTHER_VIDEO = "youtube:dQw4w9WgXcQ", "youtube:abcdefghij1"


def tell(client: Client, requested: Any = "a song", given: Any = VIDEO, **more: Any) -> Answer:
    body = {"requested": requested, "given": given, **more}
    return client.post(URL, body, content_type="application/json")


def test_a_report_is_kept_for_staff(api: Client, key: tuple[ApiKey, str]) -> None:
    answer = tell(api, "  Marmalade   TELESCOPE", VIDEO, right=OTHER_VIDEO, note="it is the live version")
    assert answer.status_code == 201
    kept = MatchReport.objects.get()
    assert answer.json() == {"id": kept.pk, "state": "open", "times": 1}
    assert (kept.requested, kept.kind, kept.wish) == ("Marmalade TELESCOPE", "words", "marmalade telescope")
    assert (kept.given, kept.right, kept.source) == (VIDEO, OTHER_VIDEO, "youtube")
    assert (kept.note, kept.key_name, kept.key_hint) == ("it is the live version", key[0].name, key[0].hint)
    assert (kept.lineage, kept.decided_at) == (key[0].lineage, None)


@pytest.mark.parametrize("path", [URL, f"{URL}/"])
def test_it_costs_nothing_and_its_headers_tell_of_the_keys_own_quota(api: Client, path: str) -> None:
    answer = api.post(path, {"requested": "a", "given": VIDEO}, content_type="application/json")
    assert answer.status_code == 201
    assert not KeyQuota.objects.exists()
    assert (answer["X-RateLimit-Limit"], answer["X-RateLimit-Remaining"]) == ("1000", "1000")


def test_any_key_may_report(db: None) -> None:
    _, plain = ApiKey.objects.issue(name="reader", scopes="metadata", daily_limit=0)
    assert tell(Client(headers={"X-API-Key": plain})).status_code == 201


def test_nobody_may_without_one(db: None) -> None:
    assert (tell(Client()).status_code, tell(Client()).json()["code"]) == (401, "key_missing")
    assert tell(Client(headers={"X-API-Key": "flk_live_nonsense"})).status_code == 401
    assert not MatchReport.objects.exists()


def test_the_name_of_what_was_just_given_is_kept_with_it(api: Client, standin: StandIn) -> None:
    given = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["track"]["id"]
    standin.clear_log()
    tell(api, catalogue.PLAIN.title, given)
    assert MatchReport.objects.get().given_name == f"{catalogue.PLAIN.title} - {catalogue.PLAIN.artists[0]}"
    assert standin.log() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=x", VIDEO),
        ("dQw4w9WgXcQ", VIDEO),
        ("look: https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC !", "spotify:4uLU6hMCjMI75M1A2tKUQC"),
        ("https://www.jiosaavn.com/song/x/AB-cd_1", "https://www.jiosaavn.com/song/-/AB-cd_1"),
        ("https://spotify.link/AbC123", "https://spotify.link/AbC123"),
    ],
)
def test_links_are_kept_by_what_they_name(api: Client, sent: str, kept: str) -> None:
    assert tell(api, sent, sent, right=sent).status_code == 201
    found = MatchReport.objects.get()
    assert (found.requested, found.wish, found.given, found.right) == (sent, kept, kept, kept)


def test_the_same_report_again_is_counted_with_the_first(api: Client) -> None:
    tell(api, "a song", note="first")
    again = tell(api, " A  Song", note="second")
    assert (again.status_code, again.json()["times"]) == (201, 2)
    kept = MatchReport.objects.get()
    assert (kept.times, kept.note, kept.last_at > kept.created_at) == (2, "second", True)
    tell(api, "a song", OTHER_VIDEO)
    tell(api, "another song")
    assert MatchReport.objects.count() == 3


def test_one_that_staff_have_decided_stays_decided(api: Client) -> None:
    tell(api)
    MatchReport.objects.update(state="dismissed")
    assert tell(api).json()["state"] == "dismissed"
    assert MatchReport.objects.get().times == 2


def test_another_keys_report_is_another_row_and_cannot_be_read(api: Client) -> None:
    tell(api)
    _, plain = ApiKey.objects.issue(name="bob's bot")
    bob = Client(headers={"X-API-Key": plain})
    assert tell(bob).json()["times"] == 1
    assert MatchReport.objects.count() == 2
    assert bob.get(URL).status_code == 405
    assert bob.get(f"{URL}/{MatchReport.objects.all()[0].pk}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "parameter", "code"),
    [
        ({"requested": None}, "requested", "invalid_request"),
        ({"requested": ""}, "requested", "invalid_request"),
        ({"requested": "\u200e\u200f"}, "requested", "invalid_request"),
        ({"requested": 7}, "requested", "invalid_request"),
        ({"requested": ["a"]}, "requested", "invalid_request"),
        ({"requested": "x" * 201}, "requested", "invalid_request"),
        ({"requested": "a\x00b"}, "requested", "invalid_request"),
        ({"requested": "https://music.example/1"}, "requested", "unsupported_link"),
        ({"requested": "https://open.spotify.com/album/4uLU6hMCjMI75M1A2tKUQC"}, "requested", "not_a_track"),
        ({"given": None}, "given", "invalid_request"),
        ({"given": "a song"}, "given", "invalid_request"),
        ({"given": "deezer:123"}, "given", "invalid_request"),
        ({"given": "https://music.example/1"}, "given", "unsupported_link"),
        ({"given": "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ"}, "given", "unsupported_link"),
        ({"given": {"id": VIDEO}}, "given", "invalid_request"),
        ({"right": "the good one"}, "right", "invalid_request"),
        ({"right": "https://music.example/1"}, "right", "unsupported_link"),
        ({"right": "https://www.youtube.com/playlist?list=PLabcdefgh12345678"}, "right", "not_a_track"),
        ({"right": "youtube:PLabcdefgh12345678"}, "right", "not_a_track"),
        ({"right": "https://www.jiosaavn.com/album/x/AB-cd_1"}, "right", "not_a_track"),
        ({"right": "x" * 2001}, "right", "invalid_request"),
        ({"note": "x" * 501}, "note", "invalid_request"),
        ({"note": "a\x1b[31mb"}, "note", "invalid_request"),
        ({"note": "a\ud800"}, "note", "invalid_request"),
        ({"note": 5}, "note", "invalid_request"),
    ],
)
def test_bad_input_is_named_and_takes_no_place(api: Client, wrong: dict[str, Any], parameter: str, code: str) -> None:
    answer = tell(api, **{"requested": "a song", "given": VIDEO, **wrong})
    assert (answer.status_code, answer.json()["code"]) == (400, code), answer.content
    assert answer.json()["parameter"] == parameter
    assert not MatchReport.objects.exists()
    assert not Tally.objects.exists()


@pytest.mark.parametrize("missing", ["requested", "given"])
def test_what_is_missing_is_named(api: Client, missing: str) -> None:
    body = {"requested": "a", "given": VIDEO}
    del body[missing]
    answer = api.post(URL, body, content_type="application/json")
    assert (answer.status_code, answer.json()["parameter"]) == (400, missing)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("[1]", "application/json", 400),
        ("{", "application/json", 400),
        ("", "application/json", 400),
        ("requested=a&given=b", "application/x-www-form-urlencoded", 415),
        ('{"requested": "a", "given": "' + "x" * 70_000 + '"}', "application/json", 413),
    ],
)
def test_a_body_that_is_no_small_json_object_is_refused(api: Client, body: str, kind: str, status: int) -> None:
    answer = api.post(URL, body, content_type=kind)
    assert answer.status_code == status, answer.content
    assert not MatchReport.objects.exists()


def test_null_and_unknown_members_are_as_if_they_were_not_there(api: Client) -> None:
    assert tell(api, right=None, note=None, state="pinned", lineage="x").status_code == 201
    kept = MatchReport.objects.get()
    assert (kept.right, kept.note, kept.state) == ("", "", "open")


def test_hostile_text_is_kept_as_text(api: Client) -> None:
    text = "<script>alert(1)</script> \u202egnp.exe =cmd|' /C calc'!A0 " + "\u0928\u092e\u0938\u094d\u0924\u0947"
    assert tell(api, text, note=text + "\nline two").status_code == 201
    kept = MatchReport.objects.get()
    assert kept.requested == text
    assert "\u202e" not in kept.note
    assert kept.note.endswith("line two")


def test_the_twenty_first_of_a_day_is_told_when_to_come_back(api: Client) -> None:
    for number in range(MOST_A_DAY):
        assert tell(api, f"song {number % 3}").status_code == 201
    answer = tell(api, "one more")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_reports")
    now = datetime.now(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    assert abs(int(answer["Retry-After"]) - (midnight - now).total_seconds()) <= 5
    assert (answer["X-RateLimit-Limit"], answer["X-RateLimit-Remaining"]) == ("1000", "1000")
    assert not MatchReport.objects.filter(wish="one more").exists()


def test_a_key_that_succeeds_another_has_no_places_of_its_own(api: Client, key: tuple[ApiKey, str]) -> None:
    for _ in range(MOST_A_DAY):
        tell(api)
    successor = rotate(Actor.command_line(), key[0], "1h")
    assert tell(Client(headers={"X-API-Key": successor.plain})).status_code == 429
    _, other = ApiKey.objects.issue(name="bob's bot")
    assert tell(Client(headers={"X-API-Key": other})).status_code == 201


def test_the_next_day_has_places_again(api: Client, key: tuple[ApiKey, str]) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    name = f"reports:{key[0].lineage.hex}:{yesterday:%Y%m%d}"
    Tally.objects.create(id=name, number=MOST_A_DAY, day=yesterday)
    assert tell(api).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_no_place_too_many() -> None:
    _, plain = ApiKey.objects.issue(name="eager", burst_limit=None)
    together, answers = threading.Barrier(6), []

    def report(thread: int) -> None:
        client = Client(headers={"X-API-Key": plain})
        together.wait()
        answers.extend([tell(client, f"song {thread} {number % 2}").status_code for number in range(6)])
        connection.close()

    threads = [threading.Thread(target=report, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201] * MOST_A_DAY + [429] * (36 - MOST_A_DAY)
    assert sum(MatchReport.objects.values_list("times", flat=True)) == MOST_A_DAY


@pytest.mark.django_db(transaction=True)
def test_the_same_report_many_times_at_once_is_one_row() -> None:
    _, plain = ApiKey.objects.issue(name="eager", burst_limit=None)
    together = threading.Barrier(8)

    def report() -> None:
        client = Client(headers={"X-API-Key": plain})
        together.wait()
        assert tell(client).status_code == 201
        connection.close()

    threads = [threading.Thread(target=report) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert MatchReport.objects.get().times == 8


def test_a_browsers_preflight_may_post(db: None) -> None:
    asked = {
        "Origin": "https://bot.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-api-key, content-type",
    }
    answer = Client().options(URL, headers=asked)
    assert answer.status_code == 200
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "x-api-key" in answer["Access-Control-Allow-Headers"]


def test_a_report_alone_changes_nothing(api: Client, standin: StandIn) -> None:
    before = api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["track"]
    tell(api, catalogue.PLAIN.title, before["id"], right=f"jiosaavn:{ids.pid(catalogue.LIVE)}")
    assert api.get("/api/v1/stream", {"q": catalogue.PLAIN.title}).json()["track"] == before
