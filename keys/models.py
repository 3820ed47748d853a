"""Staff, keys and the day's counters.

Every model names its primary key, so that one set of migrations serves SQLite and MongoDB. On MongoDB `atomic()` and
`select_for_update()` do nothing: what must be exact is one conditional update of one row.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.utils import timezone

from keys import tokens
from keys.clocks import now_of_the_database
from keys.latency import BUCKETS
from keys.units import Taken, put_back, read, take
from keys.upserts import add_all

SCOPES = ("search", "stream", "metadata")
ALL_SCOPES = " ".join(SCOPES)


class AdminUser(AbstractUser):
    """Somebody who signs in to the admin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        db_table = "admin_users"
        verbose_name = "staff member"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys by what they may do."""

    def active(self, now: datetime) -> ApiKeyQuerySet:
        """Keys that open something at `now`."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), enabled=True, revoked_at=None)

    def update(self, **values: Any) -> int:
        """As Django's, and by the database's own clock says when, so that who holds a key hears that it has changed."""
        return super().update(**{"changed_at": now_of_the_database(), **values})

    update.alters_data = True  # type: ignore[attr-defined]

    def changed_since(self, since: datetime | None) -> list[tuple[str, datetime]]:
        """`digest` and `changed_at` of the keys that changed after `since`, the latest last; without it, of that alone.

        `changed_at` is of the database's clock.
        """
        told = self.filter(changed_at__isnull=False).order_by("changed_at").values_list("digest", "changed_at")
        told = told.filter(changed_at__gt=since) if since is not None else told.reverse()[:1]
        return [(digest, changed_at) for digest, changed_at in told if changed_at is not None]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete keys that were never used; raises `ProtectedError` where one was: its use would lose its name."""
        quotas = KeyQuota.objects.all()
        used = [key for key in self if key.last_used_at or quotas.filter(pk__startswith=f"{key.lineage.hex}:").exists()]
        if used:
            raise ProtectedError("A key that was used is revoked, not deleted.", set(used))
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def take_back(self) -> None:
        """Delete keys whose plain text was given to nobody, though others of their lineage were used."""
        super().delete()

    take_back.alters_data = True  # type: ignore[attr-defined]
    take_back.queryset_only = True  # type: ignore[attr-defined]

    def stream_limits(self, lineage: uuid.UUID, now: datetime) -> list[int | None]:
        """`stream_limit` of each active key of the lineage, the newest first; empty where it has none."""
        return list(self.active(now).filter(lineage=lineage).values_list("stream_limit", flat=True))

    def active_lineages(self, among: Iterable[uuid.UUID], now: datetime) -> set[uuid.UUID]:
        """Those of the lineages that have an active key."""
        return set(self.active(now).filter(lineage__in=list(among)).values_list("lineage", flat=True))

    def in_state(self, state: str, now: datetime) -> ApiKeyQuerySet:
        """Keys whose `state` at `now` is this one."""
        match state:
            case "revoked":
                return self.exclude(revoked_at=None)
            case "disabled":
                return self.filter(revoked_at=None, enabled=False)
            case "expired":
                return self.filter(revoked_at=None, enabled=True, expires_at__lte=now)
        return self.active(now)

    def issue(self, **fields: Any) -> tuple[ApiKey, str]:
        """Save a new key; answers it and its plain text, which is kept nowhere."""
        key = self.model(**fields)
        key.draw()
        key.save(force_insert=True)
        return key, key.plain


class ApiKey(models.Model):
    """A caller's key: who it is for, until when, what it opens, from where, and how many calls and streams.

    The key itself is not here, only its SHA-256. `lineage` stays the same where one key succeeds another: quota and
    links belong to it. Whoever changes a key does so through `keys.services`, which says in Django's log who did what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, help_text="Which bot or service uses it.")
    owner = models.CharField(max_length=200, blank=True, help_text="Who answers for it.")
    contact = models.CharField(max_length=200, blank=True, help_text="How to reach them.")
    notes = models.TextField(max_length=2000, blank=True, help_text="For staff; callers never see it.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=24, editable=False)
    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    enabled = models.BooleanField(default=True, help_text="A key that is not enabled is refused; this can be undone.")
    daily_limit = models.PositiveIntegerField(
        null=True, blank=True, help_text="Calls per UTC day; empty means unlimited."
    )
    burst_limit = models.PositiveIntegerField(
        null=True, blank=True, help_text="Calls per second; empty means unlimited."
    )
    stream_limit = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Streams carried for it at once; empty means no limit of its own.",
    )
    scopes = models.CharField(max_length=100, default=ALL_SCOPES, help_text="What the key opens.")
    addresses = models.TextField(blank=True, help_text="From where it opens, as networks; empty means from anywhere.")
    expires_at = models.DateTimeField(null=True, blank=True, help_text="UTC; empty means never.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.CharField(max_length=150, blank=True, editable=False)
    revoked_reason = models.CharField(max_length=200, blank=True, editable=False)
    replaces = models.UUIDField(null=True, blank=True, editable=False)  # the key of the same lineage before it
    successor = models.UUIDField(null=True, blank=True, editable=False)  # and the one after it
    revision = models.PositiveIntegerField(default=0, editable=False)  # one more with each change by staff
    # When anything of it but `last_used_at` was changed, by the database's clock; null is never since it was made.
    changed_at = models.DateTimeField(null=True, db_index=True, editable=False)

    plain: str = ""  # where this instance drew the key
    used_today: int | None = None  # where a list has read it for many keys at once
    calls_by_day: tuple[tuple[date, int], ...] = ()  # the same

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        db_table = "api_keys"
        ordering = ["-created_at"]
        verbose_name = "API key"
        permissions = [
            ("rotate_apikey", "Can rotate API key"),
            ("disable_apikey", "Can disable and enable API key"),
            ("revoke_apikey", "Can revoke API key"),
            ("export_apikey", "Can export API keys and usage"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, and as the queryset's `update`."""
        if not self._state.adding:
            self.changed_at = now_of_the_database()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "changed_at"}
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As the queryset's: refused where the key was used."""
        return ApiKey.objects.filter(pk=self.pk).delete()

    def draw(self) -> None:
        """Give this unsaved row a new key. Its plain text is on this one instance as `plain`, and is never saved."""
        self.plain = tokens.make_key()
        self.digest, self.hint = tokens.digest(self.plain), tokens.hint(self.plain)

    def state(self, now: datetime) -> str:
        """One of `active`, `disabled`, `expired`, `revoked` at `now`."""
        if self.revoked_at is not None:
            return "revoked"
        if not self.enabled:
            return "disabled"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"

    def opens(self, scope: str) -> bool:
        """Whether the key may be used for routes of this scope; "" is any key's."""
        return not scope or scope in self.scopes.split()

    def play_token(self, track: str, quality: int, delivery: str, now: datetime) -> tuple[str, datetime]:
        """A signed token for the track ("source:native") and when it ends: `FLAKS_LINK_HOURS`, or with the key."""
        ends = now.replace(microsecond=0) + timedelta(hours=settings.FLAKS_LINK_HOURS)
        if self.expires_at is not None:
            ends = min(ends, self.expires_at.replace(microsecond=0))
        link = tokens.Link(track, quality, delivery, self.lineage, int(ends.timestamp()))
        return tokens.sign_link(link, settings.SECRET_KEY), ends


class KeyQuotaQuerySet(models.QuerySet["KeyQuota"]):
    """The day's counters, spent and given back by conditional updates alone."""

    def spend(self, lineage: uuid.UUID, day: date, limit: int | None, units: int = 1) -> bool:
        """Take units of the day, all or none; False where too few are left. Exact on any number of processes."""
        return self.take(lineage, day, limit, units).admitted

    def take(self, lineage: uuid.UUID, day: date, limit: int | None, units: int) -> Taken:
        """As `spend`, and what is used then, where the database tells it in the same round trip."""
        return take(KeyQuota.key_for(lineage, day), day, limit, units)

    def give_back(self, lineage: uuid.UUID, day: date, limit: int | None) -> bool:
        """Return one unit to the day it came from, at most max(20, 5 % of the limit) times a day."""
        cap = max(20, (limit or 0) // 20)
        row = self.filter(pk=KeyQuota.key_for(lineage, day), used__gt=0, refunded__lt=cap)
        return row.update(used=F("used") - 1, refunded=F("refunded") + 1) == 1

    def put_back(self, taken: Mapping[tuple[uuid.UUID, date], int]) -> None:
        """Return units of these lineages' days that were taken and not used; the days' refunds are not touched."""
        put_back({KeyQuota.key_for(*name): units for name, units in taken.items()})

    def used(self, lineage: uuid.UUID, day: date) -> int:
        """Units taken on that day."""
        return read(KeyQuota.key_for(lineage, day))

    def used_on(self, lineage: uuid.UUID, days: Iterable[date]) -> dict[date, int]:
        """Units taken on each of these days on which any were; one query."""
        names = {KeyQuota.key_for(lineage, day): day for day in days}
        return {names[name]: used for name, used in self.filter(pk__in=list(names)).values_list("pk", "used")}

    def used_by(self, lineages: Iterable[uuid.UUID], day: date) -> dict[uuid.UUID, int]:
        """Units taken on that day by each of these lineages that took any; one query for each 500 of them."""
        names = {KeyQuota.key_for(lineage, day): lineage for lineage in lineages}
        # SQLite's older builds bind at most 999 values to a statement.
        parts = (list(names)[start : start + 500] for start in range(0, len(names), 500))
        rows = (row for part in parts for row in self.filter(pk__in=part).values_list("pk", "used"))
        return {names[name]: used for name, used in rows}


class KeyQuota(models.Model):
    """What one lineage has used on one UTC day."""

    id = models.CharField(primary_key=True, max_length=41, editable=False)
    day = models.DateField(db_index=True)
    used = models.PositiveBigIntegerField(default=0)
    refunded = models.PositiveBigIntegerField(default=0)

    objects = KeyQuotaQuerySet.as_manager()

    class Meta:
        db_table = "key_quotas"

    @staticmethod
    def key_for(lineage: uuid.UUID, day: date) -> str:
        """The row's key, so that it can be updated without being looked up: lineage and day."""
        return f"{lineage.hex}:{day:%Y%m%d}"


class UsageStatQuerySet(models.QuerySet["UsageStat"]):
    """Counted calls, which any number of processes add to."""

    def add(self, counted: Mapping[tuple[date, uuid.UUID | None, str, str, str], Mapping[int, int]]) -> None:
        """Add calls by latency bucket to the rows of a day, lineage, group, outcome and source; at once."""
        rows = []
        for kind, calls in counted.items():
            told = zip(("day", "lineage", "group", "outcome", "source"), kind, strict=True)
            buckets = {f"b{bucket}": count for bucket, count in calls.items()}
            rows.append({"id": UsageStat.key_for(*kind), "calls": sum(calls.values()), **buckets, **dict(told)})
        add_all(UsageStat, rows, ["calls", *(f"b{bucket}" for bucket in range(BUCKETS))])

    def make(self, counted: Mapping[tuple[date, uuid.UUID | None, str, str, str], Mapping[int, int]]) -> None:
        """As `add`, many times faster, where none of the rows is there yet. Raises `IntegrityError` where one is."""
        self.bulk_create(_stats(counted))

    def of_site(self, since: date) -> UsageStatQuerySet:
        """The site's rows of each day, route group, outcome and source."""
        return self.filter(lineage=None, day__gte=since)

    def of_key(self, lineage: uuid.UUID, since: date) -> UsageStatQuerySet:
        """The key's rows of each day, route group, outcome and source."""
        return self.filter(lineage=lineage, day__gte=since).exclude(group="")

    def days_of_key(self, lineage: uuid.UUID, since: date) -> UsageStatQuerySet:
        """The key's one row of each day."""
        return self.filter(lineage=lineage, day__gte=since, group="")

    def days_of_keys(self, lineages: Iterable[uuid.UUID], since: date) -> UsageStatQuerySet:
        """The one row of each day of each of these lineages."""
        return self.filter(lineage__in=list(lineages), day__gte=since, group="")


class UsageStat(models.Model):
    """Calls of a UTC day that ended alike: of a key's lineage, or, without one, of the whole site.

    A row without group, outcome and source is all that a key did on that day. `b0` to `b12` are the calls by latency,
    in the buckets of `keys.latency`. Rows grow with keys and days, never with calls.
    """

    id = models.CharField(primary_key=True, max_length=128, editable=False)
    day = models.DateField()
    lineage = models.UUIDField(null=True)
    group = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=32, blank=True)
    calls = models.PositiveBigIntegerField(default=0)
    b0 = models.PositiveBigIntegerField(default=0)
    b1 = models.PositiveBigIntegerField(default=0)
    b2 = models.PositiveBigIntegerField(default=0)
    b3 = models.PositiveBigIntegerField(default=0)
    b4 = models.PositiveBigIntegerField(default=0)
    b5 = models.PositiveBigIntegerField(default=0)
    b6 = models.PositiveBigIntegerField(default=0)
    b7 = models.PositiveBigIntegerField(default=0)
    b8 = models.PositiveBigIntegerField(default=0)
    b9 = models.PositiveBigIntegerField(default=0)
    b10 = models.PositiveBigIntegerField(default=0)
    b11 = models.PositiveBigIntegerField(default=0)
    b12 = models.PositiveBigIntegerField(default=0)

    key: ApiKey | None = None  # where a list has read it for many rows at once

    objects = UsageStatQuerySet.as_manager()

    class Meta:
        db_table = "usage_stats"
        verbose_name = "usage row"
        verbose_name_plural = "usage"
        indexes = [
            models.Index(fields=["lineage", "day"], name="usage_lineage_day"),
            models.Index(fields=["day"], name="usage_day"),
        ]

    @property
    def buckets(self) -> list[int]:
        """The calls of each latency bucket."""
        return [getattr(self, f"b{number}") for number in range(BUCKETS)]

    @staticmethod
    def key_for(day: date, lineage: uuid.UUID | None, group: str, outcome: str, source: str) -> str:
        """The row's key, so that it can be added to without being looked up."""
        return f"{lineage.hex if lineage is not None else 'site'}:{day:%Y%m%d}:{group}:{outcome}:{source}"


def _stats(counted: Mapping[tuple[date, uuid.UUID | None, str, str, str], Mapping[int, int]]) -> list[UsageStat]:
    rows = []
    for (day, lineage, group, outcome, source), calls in counted.items():
        pk = UsageStat.key_for(day, lineage, group, outcome, source)
        buckets = {f"b{bucket}": count for bucket, count in calls.items()}
        kind: dict[str, Any] = {"day": day, "lineage": lineage, "group": group, "outcome": outcome}
        rows.append(UsageStat(id=pk, source=source, calls=sum(calls.values()), **kind, **buckets))
    return rows
