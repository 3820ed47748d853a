"""The front page of the admin: its figures, its panels, what it warns of, and how often it asks the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from keys import services
from keys.models import AdminUser, ApiKey, KeyQuota, UsageStat
from music import switching
from music.breaker import breaker_for
from music.health import health_of
from music.models import SourceSwitch
from music.sources.base import SourceBlocked
from tests.conftest import staff_with
from tests.music.conftest import forget_sources

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
HOSTILE = "<b>x</b>\"'><script>alert(1)</script>\u202egnp.\u2066"
# Every one is one query, whatever it finds. The session, and its user.
SIGNED_IN = 2
# The source switches; the calls of 30 days; the busiest keys; today's units; the keys of both; how many are active;
# the busiest ones' 14 days; the numbers of Django's models, which a process asks for once; its log.
PAGE = 9
# What the viewer may do, by themselves and by groups: a superuser is not asked for.
PERMISSIONS = 2


@pytest.fixture(autouse=True)
def _clock(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        forget_sources()
        yield
    forget_sources()


def key(name: str = "alice's bot", limit: int | None = 1000, used: int = 0, **fields: object) -> ApiKey:
    """A key that has used so many units today."""
    made = ApiKey.objects.issue(name=name, daily_limit=limit, last_used_at=NOW if used else None, **fields)[0]
    if used:
        KeyQuota.objects.create(pk=KeyQuota.key_for(made.lineage, TODAY), day=TODAY, used=used)
    return made


def count(
    calls: int,
    outcome: str = "ok",
    source: str = "jiosaavn",
    *,
    of: ApiKey | None = None,
    back: int = 0,
    bucket: int = 3,
    group: str = "stream",
) -> None:
    """Count calls as the service does: of the site, and, of a key, also the key's own and its day's."""
    day, counted = TODAY - timedelta(days=back), {bucket: calls}
    rows: dict[tuple[date, UUID | None, str, str, str], dict[int, int]] = {(day, None, group, outcome, source): counted}
    if of is not None:
        rows |= {(day, of.lineage, group, outcome, source): counted, (day, of.lineage, "", "", ""): counted}
    UsageStat.objects.add(rows)


def shown(client: Client) -> str:
    """The page's source."""
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """What people read of it, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def panel(html: str, title: str) -> str:
    """What people read in the panel of that title."""
    (found,) = [part for part in re.findall(r"<section.*?</section>", html, re.DOTALL) if f">{title}</h2>" in part]
    return words(found)


def warnings(client: Client) -> list[str]:
    """What wants attention, the worst first."""
    return [words(part) for part in re.findall(r'<p class="notice.*?</p>', shown(client), re.DOTALL)]


def test_todays_figures_are_told(office: Client) -> None:
    bot = key(used=900)
    for calls, outcome in ((600, "ok"), (300, "cached"), (80, "no_match"), (20, "failure"), (50, "limited")):
        count(calls, outcome, "jiosaavn" if outcome in ("ok", "cached") else "", of=bot)
    count(777, back=1)
    told = words(shown(office))
    assert "Calls today 1,050 777 all day yesterday" in told
    assert "Success 98% 20 failed of 1,000" in told
    assert "From the cache 33.3% of what was looked up" in told
    assert re.search(r"Half answered within \d+ ms 95% within \d+ ms", told)
    assert "Active keys 1 1 in use today" in told


def test_refused_calls_do_not_make_the_site_look_fast(office: Client) -> None:
    count(10, bucket=11)
    for outcome in ("limited", "client_error"):
        count(10_000, outcome, "", bucket=0)
    assert "Half answered within 3,500 ms 95% within 4,850 ms" in words(shown(office))


def test_links_that_play_and_a_keys_own_figures_leave_the_share_of_the_cache_as_it_is(office: Client) -> None:
    count(30, "cached")
    count(10, "ok")
    count(400, "ok", "", group="play")
    count(200, "ok", "", group="other")
    told = words(shown(office))
    assert "From the cache 75% of what was looked up" in told
    assert "Calls today 640" in told


def test_success_is_not_rounded_up_to_everything(office: Client) -> None:
    count(99_999)
    count(1, "failure")
    assert "Success 99.9% 1 failed of 100,000" in words(shown(office))


def test_the_chart_tells_thirty_days_by_outcome(office: Client) -> None:
    count(40, back=29)
    count(5, "failure", "")
    count(1000, back=30)  # too long ago
    told = panel(shown(office), "Calls of the last 30 days")
    assert "Answered 40" in told
    assert "Failed 5" in told
    assert "45 calls from 25 Oct to 23 Nov, of which 5 failed" in told
    assert "25 Oct 40 40 0 0 0 0 0" in told
    assert "23 Nov 5 0 0 0 0 0 5" in told


def test_calls_of_today_are_told_by_source(office: Client) -> None:
    count(75)
    count(20, source="youtube")
    count(5, "no_match", "")
    count(9, source="spotify", back=1)
    told = panel(shown(office), "Calls today by source")
    assert "JioSaavn 75 75% YouTube 20 20% No source 5 5%" in told
    assert "Spotify" not in told


def test_the_ten_busiest_keys_are_told_with_their_pages(office: Client) -> None:
    keys = [key(f"bot {number}", used=number + 1) for number in range(12)]
    for number, one in enumerate(keys):
        count(10 * (number + 1), of=one)
    html = shown(office)
    told = panel(html, "Busiest keys today")
    assert re.findall(r"bot \d+", told) == [f"bot {number}" for number in range(11, 1, -1)]
    assert keys[-1].hint in told
    assert f'href="/admin/keys/apikey/{keys[-1].pk}/change/"' in html
    assert (
        "120 0 0 12 of 1,000 1% Calls of each of the last 14 days: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 120" in told
    )


def test_a_rotated_key_is_told_once_by_the_one_that_opens(office: Client, staff: AdminUser) -> None:
    old = key("before", used=5)
    count(30, of=old)
    new = services.rotate(services.Actor.staff(staff), old, "0")
    told = panel(shown(office), "Busiest keys today")
    assert new.hint in told
    assert old.hint not in told


def test_use_of_a_key_whose_row_is_gone_breaks_nothing(office: Client) -> None:
    one = key(used=3)
    count(4, of=one)
    ApiKey.objects.filter(pk=one.pk)._raw_delete(using="default")
    assert "A key that is gone 4 0 0" in panel(shown(office), "Busiest keys today")


def test_keys_from_four_fifths_of_their_limit_are_told_the_fullest_first(office: Client) -> None:
    for name, limit, used in (("calm", 1000, 799), ("near", 1000, 800), ("full", 10, 10), ("free", None, 10**6)):
        key(name, limit, used)
    told = panel(shown(office), "Near their limit today")
    assert re.findall("calm|near|full|free", told) == ["full", "near"]
    assert "10 of 10 100%" in told
    assert "Near their limit 2 1 used up" in words(shown(office))


def test_a_revoked_or_expired_key_is_near_nothing(office: Client) -> None:
    key("revoked bot", 10, 10, revoked_at=NOW)
    key("expired bot", 10, 10, expires_at=NOW - timedelta(hours=1))
    assert "No key is active." in panel(shown(office), "Near their limit today")


def test_many_near_keys_are_counted_beyond_those_shown(office: Client) -> None:
    for number in range(9):
        key(f"bot {number}", 100, 90)
    told = panel(shown(office), "Near their limit today")
    assert len(re.findall(r"bot \d", told)) == 6
    assert "And 3 more." in told


def test_each_source_is_told_with_its_reason_and_last_canary(office: Client) -> None:
    breaker_for("youtube", "audio").open(SourceBlocked("a bot check"))
    health_of("youtube").note_canary("audio: a bot check")
    health_of("jiosaavn").note("ok", 120)
    told = panel(shown(office), "Sources")
    assert "JioSaavn Up 100% of 1 call answered, half within 120 ms" in told
    assert re.search(r"YouTube Blocked Audio: a bot check; asked again in \d+ s Last canary: failed just now", told)
    assert "by the process that answered this page" in told


def test_a_source_that_no_longer_exists_is_told_plainly(office: Client) -> None:
    SourceSwitch.objects.create(source="soundcave", is_on=False)
    assert "Soundcave Unknown This version knows no such source." in panel(shown(office), "Sources")
    assert not any("Soundcave" in one for one in warnings(office))


def test_where_all_is_well_nothing_wants_attention(office: Client) -> None:
    count(100, of=key(used=100))
    assert warnings(office) == ["Nothing wants attention."]


def test_what_is_broken_is_told_first(office: Client) -> None:
    SourceSwitch.objects.create(source="spotify", is_on=False, note="tokens refused")
    breaker_for("jiosaavn", "search").open(SourceBlocked("a firewall's page"))
    count(90)
    count(10, "failure", "")
    key("eager", 10, 10)
    told = warnings(office)
    assert re.match(r"Broken: JioSaavn is blocked: a firewall's page; asked again in \d+ s", told[0])
    assert told[1:] == [
        "Broken: 10% of today's calls failed 10 of 100",
        "Warning: Spotify is switched off by staff: tokens refused",
        "Warning: 1 key has used up the day and is refused until midnight UTC",
    ]


def test_a_few_failures_are_no_news(office: Client) -> None:
    key()
    count(10, "failure", "")
    assert warnings(office) == ["Nothing wants attention."]  # of ten calls nothing can be said
    count(500)
    assert warnings(office) == ["Nothing wants attention."]


def test_a_key_that_is_mostly_refused_is_told(office: Client) -> None:
    one = key("broken bot", used=40)
    count(40, of=one)
    count(60, "limited", "", of=one)
    assert warnings(office) == [
        f"Warning: broken bot ({one.hint}) had 60% of its 100 calls today refused, as wrong or over a limit"
    ]


def test_a_key_that_calls_far_more_than_it_used_to_is_told(office: Client) -> None:
    one, new = key("loud bot", 10_000, 5000), key("new bot", 10_000, 5000)
    count(200, of=one, back=3)
    count(5000, of=one)
    count(5000, of=new)  # which has no days to compare with
    assert warnings(office) == [
        f"Warning: loud bot ({one.hint}) made 5,000 calls today; its busiest of the 13 days before had 200"
    ]


def test_an_empty_site_says_what_to_do_next(office: Client) -> None:
    html = shown(office)
    assert "No key is active: nobody can call." in words(html)
    assert '<a href="/admin/keys/apikey/add/">Make the first one</a>' in html
    assert "Give a key to a bot" in panel(html, "Calls of the last 30 days")
    assert "No key has been used today." in panel(html, "Busiest keys today")
    assert "Nobody has changed anything yet." in panel(html, "Recent changes")
    assert "Success – no calls yet" in words(html)


def test_what_staff_have_changed_is_told_the_newest_first(office: Client, staff: AdminUser) -> None:
    actor = services.Actor.staff(staff)
    made = services.create(actor, name="alice's bot")
    services.disable(actor, made)
    html = shown(office)
    told = panel(html, "Recent changes")
    assert re.findall(r"API key (\w+) by carol ?, just now", told) == ["changed", "added"]
    assert "Changed enabled from True to False" in told
    assert f'href="/admin/keys/apikey/{made.pk}/change/"' in html


@pytest.mark.parametrize("name", [HOSTILE, "N" * 500], ids=["markup", "500 characters"])
def test_hostile_names_are_shown_as_text_and_cut(office: Client, staff: AdminUser, name: str) -> None:
    one = key(name[:100], 10, 10)
    count(2000, of=one)
    count(1, of=one, back=1)
    services.revoke(services.Actor.staff(staff), key(name[:90]), name[:200])
    SourceSwitch.objects.create(source="spotify", is_on=False, note=name[:200])
    html = shown(office)
    assert "<script>alert" not in html
    assert "<b>x" not in html
    assert "N" * 201 not in html
    for found in re.finditer("\u202e", html):
        assert html.rfind("<bdi>", 0, found.start()) > html.rfind("</bdi>", 0, found.start()), "its direction leaks"


def test_without_a_permission_nothing_of_it_is_shown(db: None) -> None:
    one = key("alice's bot", 10, 10)
    count(20, of=one)
    html = shown(staff_with())
    assert "may not see keys, calls or sources yet" in html
    assert "alice" not in html
    assert re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', html) == ["All pages"]


@pytest.mark.parametrize(
    ("permission", "panels"),
    [
        ("view_apikey", ["Near their limit today"]),
        ("view_usagestat", ["Calls of the last 30 days", "Calls today by source"]),
        ("view_sourceswitch", ["Sources"]),
        ("view_logentry", ["Recent changes"]),
    ],
)
def test_each_panel_wants_its_permission(db: None, permission: str, panels: list[str]) -> None:
    one = key("alice's bot", 10, 10)
    count(20, of=one)
    html = shown(staff_with(permission))
    assert re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', html) == [*panels, "All pages"]
    assert ("alice" in html) is (permission == "view_apikey")
    assert "New key" not in html


def test_changes_of_what_a_viewer_may_not_see_are_not_told(db: None, staff: AdminUser) -> None:
    services.create(services.Actor.staff(staff), name="alice's bot")
    switching.switch(staff, "spotify", False, "")
    told = panel(shown(staff_with("view_sourceswitch", "view_logentry")), "Recent changes")
    assert "Spotify source changed" in told
    assert "alice" not in told


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(db: None) -> None:
    assert Client().get("/admin/")["Location"] == "/admin/login/?next=/admin/"


@pytest.mark.parametrize("keys", [0, 3, 40])
def test_the_page_asks_as_often_however_many_keys_there_are(
    office: Client, django_assert_num_queries: DjangoAssertNumQueries, keys: int
) -> None:
    for number in range(keys):
        one = key(f"bot {number}", 100, 90 + number % 10)
        count(number + 1, of=one)
        count(number + 1, of=one, back=2)
    # Nobody asks for the 14 days of no key.
    wanted = SIGNED_IN + PAGE - (not keys)
    ContentType.objects.clear_cache()
    with django_assert_num_queries(wanted):
        shown(office)


def test_a_viewers_page_asks_fewer_than_fifteen_times(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    count(5, of=key(used=5))
    client = staff_with("view_apikey", "view_usagestat", "view_sourceswitch", "view_logentry")
    assert SIGNED_IN + PERMISSIONS + PAGE < 15
    ContentType.objects.clear_cache()
    with django_assert_num_queries(SIGNED_IN + PERMISSIONS + PAGE):
        shown(client)
