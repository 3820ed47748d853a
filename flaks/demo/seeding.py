"""Writes the made-up service: keys and their history, two months of usage, a source that fails, wrong songs.

Everything but the keys' secrets follows from one number. The secrets never do: a key that can be computed would open
whatever site this is run on.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from flaks.demo import traffic, wrong
from flaks.demo.bots import GRACE, Bot, bots
from keys import tokens, usage
from keys.models import AdminUser, ApiKey, KeyQuota
from keys.usage import Row
from music import pins
from music.links import read
from music.models import MatchPin, MatchReport, SourceSwitch, Tally
from music.wishes import digest, wish_of

STAFF = ("ada", "ravi")
NOTE = "Takes this server for a bot: a proxy is asked for."
EVENING = ((7, 2), (9, 4), (12, 6), (15, 6), (17, 9), (19, 14), (20, 18), (21, 20), (22, 14), (23, 7))


class Demo:
    """The made-up service as one number has it, and how it is written."""

    def __init__(self, seed: int, now: datetime) -> None:
        self._rng = Random(seed)  # noqa: S311 - nothing that is secret is drawn from it
        self.now = now
        self.bots = bots(self._rng, now)
        self.staff: list[AdminUser] = []
        self._told: list[LogEntry] = []
        self.plain: dict[str, str] = {}  # by the key's hint, where somebody asked for them

    @property
    def is_there(self) -> bool:
        """Whether the same number was written here before."""
        return ApiKey.objects.filter(pk__in=[bot.id for bot in self.bots]).exists()

    def write_keys(self, with_secrets: bool) -> None:
        """The forty keys and what was done to them; `with_secrets` makes keys that open, whose text is then `plain`."""
        self.staff = [_account(name) for name in STAFF]
        ApiKey.objects.bulk_create([self._key(bot, with_secrets) for bot in self.bots])
        self._told += self._history()

    def days(self) -> list[date]:
        """The days of usage, the oldest first."""
        return traffic.days(self.now.date())

    def write_day(self, day: date) -> None:
        """What all lineages did on a day."""
        counted: dict[Row, Counter[int]] = {}
        quotas = []
        for bot in self.bots:
            used = self._used(bot, day)
            if used is not None:
                counted |= used.rows
                quotas.append(KeyQuota(id=KeyQuota.key_for(bot.lineage, day), day=day, used=used.units))
        usage.add(counted)
        KeyQuota.objects.bulk_create(quotas)

    def write_wrong_songs(self) -> None:
        """Reports and pins, and what staff said of the source that fails."""
        by_name = {bot.name: bot for bot in self.bots}
        hints = dict(ApiKey.objects.filter(pk__in=[bot.id for bot in self.bots]).values_list("pk", "hint"))
        rows = [self._report(told, by_name[told.bot], hints[by_name[told.bot].id]) for told in wrong.REPORTS]
        MatchReport.objects.bulk_create([row for row in rows if not MatchReport.objects.filter(pk=row.pk).exists()])
        made = [self._pin_of_report(told) for told in wrong.REPORTS if told.decision == "pinned"]
        made += [self._pin_by_hand(*told) for told in wrong.BY_HAND]
        MatchPin.objects.bulk_create([row for row in made if not MatchPin.objects.filter(pk=row.pk).exists()])
        self._told += [*map(self._told_of_pin, made), *self._told_of_reports(rows)]
        Tally.objects.bump(pins.CHANGES)
        SourceSwitch.objects.get_or_create(source="youtube")
        SourceSwitch.objects.filter(source="youtube", note="").update(note=NOTE)

    def write_history(self) -> None:
        """Who did what, in the order in which it was done; once the rest is written."""
        LogEntry.objects.bulk_create(sorted(self._told, key=lambda entry: entry.action_time))

    # --- Keys ---------------------------------------------------------------------------------------------------------

    def _key(self, bot: Bot, with_secrets: bool) -> ApiKey:
        old, new = self._relatives(bot)
        key = ApiKey(
            id=bot.id,
            name=bot.name,
            owner=bot.owner,
            contact=bot.contact,
            lineage=bot.lineage,
            daily_limit=bot.daily_limit,
            burst_limit=20,
            stream_limit=None if bot.daily_limit is None else max(5, bot.daily_limit // 500),
            enabled=bot.fate != "disabled",
            expires_at=self._ends(bot),
            created_at=bot.made,
            last_used_at=self._last_used(bot),
            replaces=old,
            successor=new,
        )
        if bot.fate == "revoked":
            key.revoked_at, key.revoked_by, key.revoked_reason = bot.changed, STAFF[0], bot.reason
        self._draw(key, with_secrets)
        return key

    def _draw(self, key: ApiKey, with_secret: bool) -> None:
        """A key that opens, or, where nobody asked for it, one that nobody has."""
        letters = "".join(self._rng.choice(tokens.ALPHABET) for _ in range(7))
        if with_secret:
            key.draw()
            self.plain[key.hint] = key.plain
            return
        key.hint = f"{tokens.PREFIX}{letters[:3]}...{letters[3:]}"
        key.digest = hashlib.sha256(secrets.token_bytes(32)).hexdigest()

    def _relatives(self, bot: Bot) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The key of the same lineage before it, and the one after it."""
        place = self.bots.index(bot)
        old = self.bots[place - 1].id if bot.fate == "successor" else None
        return old, self.bots[place + 1].id if bot.fate == "rotated" else None

    def _ends(self, bot: Bot) -> datetime | None:
        if bot.fate == "rotated":
            return bot.changed + GRACE
        if bot.fate == "ends soon":
            return self.now.replace(minute=0, second=0, microsecond=0) + timedelta(
                days=self._rng.randint(1, 6), hours=5
            )
        return bot.changed if bot.fate == "expired" else None

    def _last_used(self, bot: Bot) -> datetime | None:
        if bot.fate == "never used":
            return None
        if bot.fate == "rotated" or bot.until is not None:
            return bot.changed - timedelta(minutes=self._rng.randint(1, 90))
        return self.now - timedelta(seconds=self._rng.randint(20, 5000))

    # --- What was done to them ----------------------------------------------------------------------------------------

    def _history(self) -> Iterator[LogEntry]:
        for bot in self.bots:
            yield self._entry(
                ApiKey, bot.id, bot.name, ADDITION, f"Made: daily limit {bot.daily_limit or 'none'}", bot.made
            )
            told = {"disabled": "Changed enabled from True to False", "revoked": f"Revoked: {bot.reason}"}.get(bot.fate)
            told = "Rotated: its successor has the same limits" if bot.fate == "rotated" else told
            if told is not None:
                yield self._entry(ApiKey, bot.id, bot.name, CHANGE, told, bot.changed)
            if bot.fate in ("ordinary", "busy") and self._rng.random() < 0.5:
                raised = f"Changed daily limit from {(bot.daily_limit or 0) // 2} to {bot.daily_limit}"
                yield self._entry(ApiKey, bot.id, bot.name, CHANGE, raised, self._evening(self._rng.randint(1, 40)))

    def _entry(self, model: type, pk: object, name: str, flag: int, told: str, then: datetime) -> LogEntry:
        staff = self._rng.choice(self.staff)
        return LogEntry(
            action_time=min(then, self.now),
            user_id=staff.pk,
            content_type_id=ContentType.objects.get_for_model(model).pk,
            object_id=str(pk),
            object_repr=name[:200],
            action_flag=flag,
            change_message=f"{told}. By {staff.get_username()}.",
        )

    def _evening(self, days_ago: int) -> datetime:
        """A moment of that day, likelier in the evening, and not in the future."""
        hours, weights = zip(*EVENING, strict=True)
        hour = self._rng.choices(hours, weights)[0]
        then = (self.now - timedelta(days=days_ago)).replace(hour=hour, minute=self._rng.randint(0, 59))
        return then if then < self.now else self.now - timedelta(minutes=self._rng.randint(5, 240))

    # --- Usage --------------------------------------------------------------------------------------------------------

    def _used(self, bot: Bot, day: date) -> traffic.Used | None:
        """What a lineage did; None on days on which it did nothing."""
        days_ago = (self.now.date() - day).days
        stopped = bot.until is not None and day > bot.until.date()
        if not bot.demand or day < bot.made.date() or stopped:
            return None
        row = Row(day, bot.lineage)
        if days_ago == 0 and bot.daily_limit is not None and bot.fate in ("busy", "used up"):
            near = self._rng.uniform(0.84, 0.97) if bot.fate == "busy" else self._rng.uniform(1.1, 1.3)
            return traffic.spread(self._rng, row, round(bot.daily_limit * near), bot.daily_limit, traffic.Weather.of(0))
        return traffic.day_of(self._rng, row, bot.demand, bot.weekend, bot.daily_limit, days_ago)

    # --- Wrong songs --------------------------------------------------------------------------------------------------

    def _report(self, told: wrong.Told, bot: Bot, hint: str) -> MatchReport:
        wish, right = wish_of(read(told.requested)), told.right
        first = max(self._evening(told.days_ago), bot.made + timedelta(hours=3))
        last = min(self.now, first + timedelta(minutes=self._rng.randint(20, 1400))) if told.times > 1 else first
        decided = told.decision != "open"
        return MatchReport(
            id=digest("report", bot.lineage.hex, wish.kind, wish.name, told.given.id, right.id if right else ""),
            requested=told.requested,
            kind=wish.kind,
            wish=wish.name,
            given=told.given.id,
            given_name=told.given.name,
            right=right.id if right else "",
            right_name=right.name if right else "",
            source=told.given.id.partition(":")[0],
            note=told.note,
            key_name=bot.name,
            key_hint=hint,
            lineage=bot.lineage,
            times=told.times,
            created_at=first,
            last_at=last,
            state=told.decision,
            decided_by=STAFF[told.times % 2] if decided else "",
            decided_at=min(self.now, last + timedelta(hours=self._rng.randint(2, 30))) if decided else None,
            decision=told.why,
        )

    def _pin_of_report(self, told: wrong.Told) -> MatchPin:
        if told.right is None:
            raise ValueError(f"nothing is told to be right for {told.requested!r}")
        then = self._evening(max(0, told.days_ago - 1))
        return _made_at(_pin(told.requested, told.right, "", told.given.id, told.why, STAFF[told.times % 2]), then)

    def _pin_by_hand(self, request: str, right: wrong.Song, language: str, active: bool) -> MatchPin:
        row = _made_at(_pin(request, right, language, "", "asked for by hand", STAFF[0]), self._evening(30))
        row.active = active
        return row

    def _told_of_pin(self, row: MatchPin) -> LogEntry:
        told = f"Pinned {row.shown_right} ({row.right})"
        return self._entry(MatchPin, row.pk, str(row), ADDITION, told, row.changed_at)

    def _told_of_reports(self, rows: Sequence[MatchReport]) -> Iterator[LogEntry]:
        for row in rows:
            if row.decided_at is not None and row.state == MatchReport.State.DISMISSED:
                yield self._entry(MatchReport, row.pk, str(row), CHANGE, f"Dismissed: {row.decision}", row.decided_at)


def _pin(request: str, right: wrong.Song, language: str, instead_of: str, note: str, by: str) -> MatchPin:
    wish = wish_of(read(request))
    return MatchPin(
        id=MatchPin.key_for(wish, language),
        kind=wish.kind,
        request=wish.name,
        language=language,
        right=right.id,
        right_title=right.title,
        right_artist=right.artist,
        right_seconds=right.seconds,
        instead_of=instead_of,
        note=note,
        by=by,
    )


def _made_at(row: MatchPin, then: datetime) -> MatchPin:
    row.created_at = row.changed_at = then
    return row


def _account(name: str) -> AdminUser:
    """An account in whose name the log tells; one that this makes cannot sign in."""
    account, made = AdminUser.objects.get_or_create(username=name, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account
