"""`manage.py seed_demo`: a made-up service to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from flaks.demo import traffic, wrong
from keys import tokens
from keys.models import AdminUser, ApiKey, KeyQuota, UsageStat
from music import pins
from music.links import Text
from music.models import MatchPin, MatchReport, SourceSwitch
from music.wishes import wish_of
from tests.conftest import Run
from tests.standin import catalogue
from tests.standin.jiosaavn import ids as jiosaavn_ids
from tests.standin.youtube import ids as youtube_ids

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_held() -> Iterator[None]:
    pins.forget()
    yield
    pins.forget()


def seed(*arguments: str) -> tuple[str, str]:
    """What it says on standard output and on standard error."""
    output, errors = StringIO(), StringIO()
    call_command("seed_demo", *arguments, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def quickly(monkeypatch: pytest.MonkeyPatch, days: int = 3) -> None:
    """Have only so many days of usage made."""
    monkeypatch.setattr(traffic, "DAYS", days)


def test_the_service_that_it_makes_is_of_one_piece() -> None:
    output, errors = seed()
    assert output == ""
    assert "Made 40 keys and 60 days of usage" in errors
    now = timezone.now()
    keys = list(ApiKey.objects.all())
    states = Counter(key.state(now) for key in keys)
    assert len(keys) == 40
    assert set(states) == {"active", "disabled", "expired", "revoked"}
    assert states["active"] > 20
    used = KeyQuota.objects.used_by([key.lineage for key in keys], now.astimezone(UTC).date())
    shares = {key.name: used.get(key.lineage, 0) / key.daily_limit for key in keys if key.daily_limit}
    assert sum(share == 1 for share in shares.values()) == 2
    assert sum(0.8 < share < 1 for share in shares.values()) >= 3
    assert max(shares.values()) == 1
    assert sum(key.expires_at is not None and now < key.expires_at < now + timedelta(days=7) for key in keys) >= 3
    assert sum(key.last_used_at is None for key in keys) >= 3
    assert all(key.last_used_at <= now for key in keys if key.last_used_at)
    rotated = {key.pk: key for key in keys if key.successor}
    assert len(rotated) == 2
    assert all(key.replaces in rotated and key.lineage == rotated[key.replaces].lineage for key in keys if key.replaces)
    _usage_agrees()
    _one_source_fails(now)
    assert (MatchReport.objects.open().count(), MatchPin.objects.filter(active=True).count()) == (7, 6)
    assert LogEntry.objects.count() > 60
    assert not LogEntry.objects.filter(action_time__gt=now + timedelta(seconds=60)).exists()
    with pytest.raises(CommandError, match="here already"):
        seed()
    with pytest.raises(CommandError, match="here already"):
        seed("--beside-what-is-there")


def _calls(rows: Any) -> dict[Any, int]:
    return {row["day"]: row["calls"] for row in rows.order_by().values("day").annotate(calls=Sum("calls"))}


def _usage_agrees() -> None:
    """The rows of the site, the keys and their days add up to the same, and a quota to the calls that it counts."""
    site = _calls(UsageStat.objects.filter(lineage=None))
    assert len(site) == 60
    of_keys = UsageStat.objects.exclude(lineage=None)
    assert site == _calls(of_keys.exclude(group="")) == _calls(of_keys.filter(group=""))
    counted = of_keys.filter(group__in=("search", "stream", "metadata"), outcome__in=("ok", "cached", "no_match"))
    units = {row["day"]: row["used"] for row in KeyQuota.objects.order_by().values("day").annotate(used=Sum("used"))}
    assert units == _calls(counted)
    assert all(row.calls == sum(row.buckets) > 0 for row in UsageStat.objects.all())
    limited = UsageStat.objects.filter(lineage=None, outcome="limited", day=timezone.now().astimezone(UTC).date())
    assert limited.count() == 1


def _one_source_fails(now: Any) -> None:
    """YouTube's answers have stopped, and calls fail, since three days ago."""
    rows = UsageStat.objects.filter(lineage=None)
    found, failed = [_calls(rows.filter(source="youtube", outcome="ok")), _calls(rows.filter(outcome="failure"))]
    today = now.astimezone(UTC).date()
    yesterday, last_week = today - timedelta(days=1), today - timedelta(days=8)
    assert found[yesterday] * 5 < found[last_week]
    assert failed[yesterday] > failed[last_week] * 5
    assert "bot" in SourceSwitch.objects.get(source="youtube").note
    assert SourceSwitch.objects.get(source="youtube").is_on


def test_the_same_number_makes_the_same_service_but_for_what_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    hidden = ("digest", "last_used_at", "created_at", "expires_at", "changed_at", "last_at", "decided_at")

    def everything() -> list[Any]:
        models = (ApiKey, KeyQuota, UsageStat, MatchReport, MatchPin)
        rows = [list(model.objects.order_by("pk").values()) for model in models]
        return [{name: value for name, value in row.items() if name not in hidden} for table in rows for row in table]

    seed("--seed", "7")
    first, digests = everything(), set(ApiKey.objects.values_list("digest", flat=True))
    for model in (LogEntry, KeyQuota, UsageStat, MatchReport, MatchPin):
        model._default_manager.all().delete()
    ApiKey.objects.update(last_used_at=None)  # a key that was used is not deleted
    ApiKey.objects.all().delete()
    seed("--seed", "7")
    assert everything() == first
    assert digests.isdisjoint(ApiKey.objects.values_list("digest", flat=True))
    seed("--seed", "8", "--beside-what-is-there")
    assert ApiKey.objects.count() == 80


def test_nobody_can_call_or_sign_in_with_what_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    seed()
    assert all(not user.is_active and not user.has_usable_password() for user in AdminUser.objects.all())
    assert not any(user.is_staff or user.is_superuser for user in AdminUser.objects.all())


def test_keys_that_open_are_printed_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    output, errors = seed("--with-keys")
    lines = [line.split("  ", 1) for line in output.splitlines()]
    assert len(lines) == 40
    assert "flk_live_" not in errors
    assert all(tokens.is_well_formed(plain) for plain, _ in lines)
    plain = next(plain for plain, name in lines if name == "Status page")
    assert Client(headers={"X-API-Key": plain}).get("/api/v1/usage").status_code == 200
    revoked = next(plain for plain, name in lines if name == "Left at the Bakery")
    assert Client(headers={"X-API-Key": revoked}).get("/api/v1/usage").json()["code"] == "key_revoked"


@pytest.mark.parametrize("there", ["a key", "usage"])
def test_a_database_that_is_in_use_is_refused_unless_that_is_said(monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    quickly(monkeypatch)
    today = timezone.now().astimezone(UTC).date()
    if there == "a key":
        ApiKey.objects.issue(name="real")
    else:
        UsageStat.objects.add({(today, None, "stream", "ok", "youtube"): {3: 5}})
    before = (ApiKey.objects.count(), UsageStat.objects.count())
    with pytest.raises(CommandError, match="in use"):
        seed()
    assert (ApiKey.objects.count(), UsageStat.objects.count()) == before
    assert not MatchReport.objects.exists()
    seed("--beside-what-is-there")
    assert ApiKey.objects.count() == before[0] + 40
    if there == "usage":
        row = UsageStat.objects.get(pk=UsageStat.key_for(today, None, "stream", "ok", "youtube"))
        assert row.calls > 5, "what was counted is still counted"
        assert row.b3 >= 5


def test_what_staff_have_pinned_themselves_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    told = next(told for told in wrong.REPORTS if told.decision == "pinned")
    wish = wish_of(Text(told.requested))
    MatchPin.objects.create(
        id=MatchPin.key_for(wish, ""), kind="words", request=wish.name, right="youtube:dQw4w9WgXcQ", by="carol"
    )
    SourceSwitch.objects.create(source="youtube", note="our own words")
    AdminUser.objects.create_superuser("ada", "", "lanterns over water")
    seed()
    assert MatchPin.objects.get(pk=MatchPin.key_for(wish, "")).right == "youtube:dQw4w9WgXcQ"
    assert SourceSwitch.objects.get(source="youtube").note == "our own words"
    assert AdminUser.objects.get(username="ada").check_password("lanterns over water")


def test_its_pins_are_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    pins.refresh()
    seed()
    pins.refresh()
    found = pins.pin_for(Text("Marmalade Telescope LIVE"), ())
    assert found is not None
    assert found.right == wrong.LIVE.id


def test_its_songs_are_those_that_the_stand_in_plays() -> None:
    known = {f"jiosaavn:{jiosaavn_ids.pid(song)}": song for song in catalogue.songs()}
    known |= {f"youtube:{youtube_ids.track_id(song)}": song for song in catalogue.songs()}
    for song in wrong.SONGS:
        there = known[song.id]
        assert (there.title, ", ".join(there.artists), there.duration) == (song.title, song.artist, song.seconds)


def test_no_bot_has_more_than_its_limit_and_none_calls_before_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch, 30)
    seed("--seed", "3")
    keys: dict[Any, list[ApiKey]] = {}
    for key in ApiKey.objects.all():
        keys.setdefault(key.lineage.hex, []).append(key)
    for row in KeyQuota.objects.all():
        lineage = keys[row.pk.partition(":")[0]]
        limit = lineage[0].daily_limit
        assert limit is None or row.used <= limit
        assert row.day >= min(key.created_at for key in lineage).date()


def test_an_unmigrated_database_is_told(manage: Run) -> None:
    done = manage("seed_demo")
    assert done.returncode == 1
    assert "not migrated" in done.stderr


@pytest.mark.parametrize("path", ["keys/apikey/", "music/matchreport/", "music/matchpin/", ""])
def test_the_admin_shows_it(office: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    quickly(monkeypatch)
    seed()
    assert office.get(f"/admin/{path}").status_code == 200
