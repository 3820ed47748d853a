"""What the front page of the admin warns of. It asks nothing: it reads what the page has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.urls import reverse

if TYPE_CHECKING:
    from flaks.dashboard import Busy, Page
    from music.switching import Seen

FAILING, FEW = 0.05, 20  # a larger share of failures is told, once there are so many calls
REFUSED, MANY = 0.5, 100  # so is a key of whose calls today, if so many, a larger share was refused
SPIKE, SPIKE_CALLS = 5, 1000  # or that makes so many times the calls of its busiest day lately

Level = Literal["bad", "warn", "note"]


@dataclass(frozen=True)
class Notice:
    """Something that wants attention: what it is about, what is said of it, and where to go."""

    level: Level
    subject: str
    text: str
    url: str


def notices(page: Page) -> list[Notice]:
    """What wants attention, the worst first."""
    found = [*_of_sources(page), *_of_failures(page), *_of_limits(page), *_of_habits(page), *_of_no_keys(page)]
    return sorted(found, key=lambda notice: ("bad", "warn", "note").index(notice.level))


def _of_sources(page: Page) -> list[Notice]:
    return [notice for source in page.sources or [] if (notice := _of_source(source)) is not None]


def _of_source(source: Seen) -> Notice | None:
    url = f"{reverse('admin:music_sourceswitch_changelist')}#{source.name}"
    if source.status is None or source.state == "up":
        return None
    if source.state != "off":
        level: Level = "bad" if source.state in ("blocked", "down") else "warn"
        return Notice(level, source.title, f"is {source.state}: {source.status.reason}", url)
    if source.switch is None or source.switch.is_on:
        return None  # the settings leave it out, which is no news
    note = f": {source.switch.note}" if source.switch.note else ""
    return Notice("warn", source.title, f"is {source.status.reason}{note}", url)


def _of_failures(page: Page) -> list[Notice]:
    today = page.today
    if today is None or today.served < FEW or today.failed <= FAILING * today.served:
        return []
    share = today.failed / today.served
    return [Notice("bad", f"{share:.0%} of today's calls failed", f"{today.failed:,} of {today.served:,}", "")]


def _of_limits(page: Page) -> list[Notice]:
    if not page.full:
        return []
    have, are = ("key has", "is") if page.full == 1 else ("keys have", "are")
    url = f"{reverse('admin:keys_apikey_changelist')}?look=near"
    return [Notice("warn", f"{page.full:,} {have} used up the day", f"and {are} refused until midnight UTC", url)]


def _of_habits(page: Page) -> list[Notice]:
    return [notice for busy in page.busiest or [] if (notice := _of_habit(busy)) is not None]


def _of_habit(busy: Busy) -> Notice | None:
    if busy.key is None:
        return None
    url, refused = reverse("admin:keys_apikey_change", args=[busy.key.pk]), busy.habit.today.refused
    if busy.calls >= MANY and refused >= REFUSED * busy.calls:
        text = f"had {refused / busy.calls:.0%} of its {busy.calls:,} calls today refused, as wrong or over a limit"
        return Notice("warn", str(busy.key), text, url)
    *before, _today = busy.habit.days
    usual = max(before)
    if usual and busy.calls >= max(SPIKE_CALLS, SPIKE * usual):
        text = f"made {busy.calls:,} calls today; its busiest of the {len(before)} days before had {usual:,}"
        return Notice("warn", str(busy.key), text, url)
    return None


def _of_no_keys(page: Page) -> list[Notice]:
    if page.active != 0:
        return []
    return [Notice("note", "No key is active:", "nobody can call.", reverse("admin:keys_apikey_changelist"))]
