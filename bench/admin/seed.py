"""Fills the database on which the front page is measured: keys, a year of their use, and what staff have changed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from keys.latency import BUCKETS
from keys.models import AdminUser, ApiKey, KeyQuota, UsageStat

Row = tuple[str | int | None, ...]  # as the database holds it
BATCH = 5000
# What a key has a row for on a day on which it is used, and the site a row for on every day.
KINDS = (("search", "ok", "jiosaavn"), ("stream", "cached", "jiosaavn"), ("stream", "limited", ""))
SITE_KINDS = tuple(
    (group, outcome, source)
    for group in ("search", "stream", "metadata", "suggest", "usage", "play")
    for outcome in ("ok", "cached", "no_match", "client_error", "limited", "failure")
    for source in ("jiosaavn", "spotify", "youtube", "")
    if bool(source) == (outcome in ("ok", "cached"))
)


def seed(keys: int, days: int, active: int) -> AdminUser:
    """Make the keys, of which `active` are used on each of the days, today included; answers who may see everything."""
    chance = random.Random(7)
    today = datetime.now(UTC).date()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -300000")  # kB: rows come in the order of days, their index in that of keys
    user = AdminUser.objects.create_superuser("bench", "", "a password of the bench")
    made = list(_keys(keys, active))
    ApiKey.objects.bulk_create(made, BATCH)
    # Today's are those whose last use is noted as of today.
    used = {
        today - timedelta(days=back): chance.sample(made, active) if back else made[:active] for back in range(days)
    }
    uses = [(key, day) for day, those in used.items() for key in those]
    _insert(KeyQuota, (_quota(key, day, chance) for key, day in uses))
    _insert(UsageStat, (row for key, day in uses for row in _rows(key, day, chance)))
    _insert(UsageStat, (_row(day, None, kind, chance.randrange(20, 4000)) for day in used for kind in SITE_KINDS))
    LogEntry.objects.bulk_create(_entries(made, user), BATCH)
    connection.close()  # what is measured has SQLite's own cache
    return user


def _keys(keys: int, active: int) -> Iterator[ApiKey]:
    now = datetime.now(UTC)
    for number in range(keys):
        used = now if number < active else now - timedelta(days=2)
        yield ApiKey(
            name=f"bench {number}",
            digest=f"{number:064x}",
            hint=f"flk_live_…{number:04}",
            daily_limit=1000,
            last_used_at=used,
            created_at=now - timedelta(days=400),
        )


def _quota(key: ApiKey, day: date, chance: random.Random) -> Row:
    return KeyQuota.key_for(key.lineage, day), day.isoformat(), chance.randrange(1, 1001), 0


def _rows(key: ApiKey, day: date, chance: random.Random) -> Iterator[Row]:
    counts = [chance.randrange(1, 400) for _ in KINDS]
    for kind, calls in zip(KINDS, counts, strict=True):
        yield _row(day, key, kind, calls)
    yield _row(day, key, ("", "", ""), sum(counts))


def _row(day: date, key: ApiKey | None, kind: tuple[str, str, str], calls: int) -> Row:
    lineage = key.lineage if key is not None else None
    buckets = (calls if number == 3 else 0 for number in range(BUCKETS))
    told = lineage.hex if lineage is not None else None
    return UsageStat.key_for(day, lineage, *kind), day.isoformat(), told, *kind, calls, *buckets


def _entries(keys: Iterable[ApiKey], user: AdminUser) -> Iterator[LogEntry]:
    kind = ContentType.objects.get_for_model(ApiKey).pk
    for key in keys:
        yield LogEntry(
            user_id=user.pk,
            content_type_id=kind,
            object_id=str(key.pk),
            object_repr=str(key),
            action_flag=ADDITION,
            change_message="Made.",
        )


def _insert(model: type[Model], rows: Iterable[Row]) -> None:
    """Write rows as the database holds them: to make a million objects of them takes longer than all the rest."""
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    places = ", ".join(["%s"] * len(model._meta.concrete_fields))
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608 - names are ours
    waiting = iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            cursor.executemany(statement, batch)
