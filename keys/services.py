"""Every change of a key: the admin and the commands make it here, and Django's log tells who changed what.

    KeyRefused                 the key is not in a state in which this can be done
        KeyChanged             somebody else was faster: the key is no longer as it was read

A change is one conditional update of the key's row and revision, so that of two at once one is told.
"""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from keys.held import HELD
from keys.models import AdminUser, ApiKey
from keys.moments import rfc3339

GRACES = {"0": timedelta(0), "1h": timedelta(hours=1), "24h": timedelta(hours=24), "7d": timedelta(days=7)}
INHERITED = (
    "name",
    "owner",
    "contact",
    "notes",
    "lineage",
    "daily_limit",
    "burst_limit",
    "stream_limit",
    "scopes",
    "addresses",
)
CHANGEABLE = frozenset({*INHERITED, "expires_at", "enabled"} - {"lineage"})
CHANGED_MEANWHILE = "Somebody else has changed this key meanwhile; nothing was changed now."
COMMAND_LINE = "command-line"  # the account in whose name the log tells what `manage.py` changed; nobody can sign in


class KeyRefused(Exception):
    """The change cannot be made to this key; its text tells staff why."""


class KeyChanged(KeyRefused):
    """Somebody else has changed the key since it was read; nothing was changed now."""


@dataclass(frozen=True)
class Actor:
    """Who makes a change."""

    user: AdminUser
    name: str

    @classmethod
    def staff(cls, user: AdminUser) -> Actor:
        """A member of staff who is signed in."""
        return cls(user, user.get_username())

    @classmethod
    def command_line(cls) -> Actor:
        """Whoever runs `manage.py`: the system's user, in the name of an account of its own."""
        account, made = AdminUser.objects.get_or_create(username=COMMAND_LINE, defaults={"is_active": False})
        if made:
            account.set_unusable_password()
            account.save(update_fields=["password"])
        return cls(account, f"{_system_user()} (command line)")


def create(actor: Actor, *, pk: uuid.UUID | None = None, **fields: Any) -> ApiKey:
    """A new key; its plain text is on the answer as `plain`, and is kept nowhere.

    Raises `IntegrityError` where there is a key of that `pk`.
    """
    key = ApiKey(**({"pk": pk} if pk is not None else {}), **fields)
    with transaction.atomic():
        key.draw()
        key.save(force_insert=True)
        _log(actor, key, ADDITION, f"Made: {_listed(key)}.")
    return key


def change(actor: Actor, key: ApiKey, changes: Mapping[str, Any]) -> bool:
    """Set fields of a key as it was read; whether anything differs from before.

    Raises `KeyRefused` where it is revoked, `KeyChanged` where it is not as it was read.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"not changeable: {sorted(unknown)}")
    before = ApiKey.objects.get(pk=key.pk)
    _refuse_revoked(before)
    different = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if not different:
        return False
    told = [f"{_label(name)} from {_shown(getattr(before, name))} to {_shown(new)}" for name, new in different.items()]
    _update(actor, key, different, f"Changed {'; '.join(told)}.")
    return True


def disable(actor: Actor, key: ApiKey) -> bool:
    """Refuse the key until it is enabled again; whether it was enabled. Raises as `change` does."""
    return change(actor, key, {"enabled": False})


def enable(actor: Actor, key: ApiKey) -> bool:
    """Let a disabled key open again; whether it was disabled. Raises as `change` does."""
    return change(actor, key, {"enabled": True})


def revoke(actor: Actor, key: ApiKey, reason: str) -> None:
    """End a key for good. Raises `KeyRefused` where it is revoked already, `KeyChanged` as `change` does."""
    _refuse_revoked(ApiKey.objects.get(pk=key.pk))
    ended = {"revoked_at": timezone.now(), "revoked_by": actor.name[:150], "revoked_reason": reason}
    _update(actor, key, ended, f"Revoked: {reason}")


def rotate(actor: Actor, key: ApiKey, grace: str) -> ApiKey:
    """A successor of the same lineage, limits, quota and end; `plain` on it is its key.

    The old key lives for `grace` (one of `GRACES`), and never past its own end. Raises `KeyRefused` where it is not
    active or has a successor, `KeyChanged` where somebody else has changed it meanwhile.
    """
    now = timezone.now()
    before = ApiKey.objects.get(pk=key.pk)
    _refuse_rotation(before, now)
    if before.revision != key.revision:
        raise KeyChanged(CHANGED_MEANWHILE)
    ends = now + GRACES[grace]
    ends = ends if before.expires_at is None else min(ends, before.expires_at)
    inherited = {name: getattr(before, name) for name in INHERITED}
    successor = create(actor, **inherited, expires_at=before.expires_at, replaces=before.pk)
    told = f"Rotated: {successor.hint} succeeds it; it ends at {rfc3339(ends)}."
    try:
        _update(actor, key, {"successor": successor.pk, "expires_at": ends}, told)
    except KeyChanged:
        # Its plain text was given to nobody: it never was.
        ApiKey.objects.filter(pk=successor.pk).take_back()
        LogEntry.objects.filter(object_id=str(successor.pk)).delete()
        raise
    return successor


def note_export(actor: Actor, what: str) -> None:
    """Have the log tell that somebody took away a list of `what`, as in "40 API keys"."""
    LogEntry.objects.create(
        user_id=actor.user.pk,
        content_type_id=ContentType.objects.get_for_model(ApiKey).pk,
        object_repr="Export",
        action_flag=CHANGE,
        change_message=f"Exported {what} as CSV. By {actor.name}.",
    )


def _refuse_rotation(key: ApiKey, now: datetime) -> None:
    state = key.state(now)
    if state != "active":
        raise KeyRefused(f"This key is {state}: only an active key can be rotated.")
    if key.successor is not None:
        raise KeyRefused("This key has been rotated already: rotate its successor.")


def _refuse_revoked(key: ApiKey) -> None:
    if key.revoked_at is not None:
        raise KeyRefused("This key is revoked, which is final.")


def _update(actor: Actor, key: ApiKey, values: Mapping[str, Any], told: str) -> None:
    with transaction.atomic():
        row = ApiKey.objects.filter(pk=key.pk, revision=key.revision, revoked_at=None)
        if row.update(**values, revision=key.revision + 1) != 1:
            raise KeyChanged(CHANGED_MEANWHILE)
        _log(actor, key, CHANGE, told)
    HELD.forget(key.digest)
    key.revision += 1
    for name, value in values.items():
        setattr(key, name, value)


def _log(actor: Actor, key: ApiKey, flag: int, told: str) -> None:
    LogEntry.objects.create(
        user_id=actor.user.pk,
        content_type_id=ContentType.objects.get_for_model(ApiKey).pk,
        object_id=str(key.pk),
        object_repr=str(key)[:200],
        action_flag=flag,
        change_message=f"{told} By {actor.name}.",
    )


def _listed(key: ApiKey) -> str:
    names = ("daily_limit", "burst_limit", "stream_limit", "scopes", "addresses", "expires_at")
    return ", ".join(f"{_label(name)} {_shown(getattr(key, name))}" for name in names)


def _label(name: str) -> str:
    return name.replace("_at", "").replace("_", " ")


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, str):
        return repr(value) if len(value) <= 200 else repr(value[:200] + "…")
    return "none" if value is None else str(value)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
