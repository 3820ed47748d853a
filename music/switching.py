"""What staff do with sources: see how they are, switch them off and on, ask them now. Django's log tells who did what.

SwitchRefused              this cannot be done to this source; the text tells staff why
    UnknownSource          this version knows no source of that name
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.utils import timezone

from flaks.names import source_title
from music import switches
from music.breaker import Rest, breaker_for
from music.canaries import PATIENCE_MS, sing
from music.deadline import Deadline
from music.health import Canary, health_of
from music.models import SourceSwitch
from music.pools import pool_for
from music.sources import BUILDERS
from music.sources.base import BaseSource, Part, SourceBusy
from music.status import Status, statuses
from music.store import shared

CHECK_MS = PATIENCE_MS + 500  # for all parts of a source together; the canaries themselves give up before
CHECK_EVERY = 5.0  # seconds in which a source is asked once, however often staff ask for it
PARTS: dict[Part, str] = {"search": "search", "queries": "typed words", "audio": "audio"}


class SwitchRefused(Exception):
    """This cannot be done to this source; the text tells staff why."""


class UnknownSource(SwitchRefused):
    """This version knows no source of that name."""


@dataclass(frozen=True)
class Seen:
    """A source as staff see it. Without a `status`, this version knows none of that name, and its switch does nothing.

    `rests` are the parts that are left alone, by their names for people.
    """

    name: str
    status: Status | None
    switch: SourceSwitch | None
    canary: Canary | None = None
    rests: tuple[tuple[str, Rest], ...] = ()

    @property
    def title(self) -> str:
        return source_title(self.name)

    @property
    def state(self) -> str:
        """One of the states of `music.status`, or `unknown`."""
        return self.status.state if self.status is not None else "unknown"

    @property
    def is_on(self) -> bool:
        """Whether staff have it on; that is no promise that `FLAKS_SOURCES` names it."""
        return self.switch is None or self.switch.is_on

    @property
    def success_percent(self) -> int | None:
        share = self.status.figures.success if self.status is not None else None
        return None if share is None else int(100 * share)

    @property
    def last_success(self) -> datetime | None:
        return _moment(self.status.last_success) if self.status is not None else None

    @property
    def last_canary(self) -> datetime | None:
        return _moment(self.canary.at) if self.canary is not None else None


@dataclass(frozen=True)
class Checked:
    """How one part of a source answered; `error` is "" where all is well."""

    part: str
    ms: int
    error: str

    def __str__(self) -> str:
        return f"{self.part}: {self.error or f'answered in {self.ms} ms'}"


def overview() -> list[Seen]:
    """Every source of this version in the order in which they are asked, then what only the switches name; one query.

    The figures are those of this process.
    """
    rows = {switch.source: switch for switch in SourceSwitch.objects.all()}
    switches.believe(frozenset(name for name, switch in rows.items() if not switch.is_on))
    known = [_seen(status, rows.get(status.source)) for status in statuses()]
    return known + [Seen(name, None, switch) for name, switch in rows.items() if name not in BUILDERS]


def find(name: str) -> Seen:
    """One source as `overview` tells it. Raises `UnknownSource`."""
    _refuse_unknown(name)
    return next(seen for seen in overview() if seen.name == name)


def switch(user: AbstractBaseUser, name: str, is_on: bool, note: str) -> bool:
    """Switch a source on or off; whether it was the other way before. Raises `UnknownSource`."""
    _refuse_unknown(name)
    SourceSwitch.objects.get_or_create(source=name)
    # One conditional update: of two members of staff who do it at once, one has done it.
    row = SourceSwitch.objects.filter(pk=name, is_on=not is_on)
    done = row.update(is_on=is_on, note=note, changed_at=timezone.now()) == 1
    if done:
        words = ("off", "on") if is_on else ("on", "off")
        _log(user, name, f"Switched from {words[0]} to {words[1]}{f': {note}' if note else ''}.")
    switches.refresh()
    return done


def check(user: AbstractBaseUser, name: str) -> list[Checked]:
    """Ask each part of a source now, and let its breaker know; takes `CHECK_MS` at most.

    Raises `SwitchRefused` where the source is off, or was asked by staff within `CHECK_EVERY`.
    """
    _refuse_unknown(name)
    switches.refresh()
    source = switches.enabled().get(name)
    if source is None:
        raise SwitchRefused(f"{source_title(name)} is off: it is not asked.")
    if not _may_ask(name):
        raise SwitchRefused(f"{source_title(name)} was asked just now: its last canary tells how it went.")
    SourceSwitch.objects.get_or_create(source=name)  # by which its history is found
    found = _asked(source)
    _log(user, name, f"Checked: {'; '.join(map(str, found))}.")
    return found


def _may_ask(name: str) -> bool:
    """Whether nobody has asked the source within `CHECK_EVERY`, through this process or, with Redis, any other."""
    key = f"check:1:{name}"
    return caches["default"].add(key, 1, CHECK_EVERY) and shared().add(key, 1, CHECK_EVERY)


def _asked(source: BaseSource) -> list[Checked]:
    deadline = Deadline.after(CHECK_MS)
    parts: list[Part] = list(dict.fromkeys(("search", source.search_part, *(("audio",) if source.gives_audio else ()))))
    begun = [(part, _begun(source, part)) for part in parts]
    return [_ended(PARTS[part], future, deadline) for part, future in begun]


def _begun(source: BaseSource, part: Part) -> Future[Checked] | None:
    def asked() -> Checked:
        started = time.perf_counter()
        error = sing(source, part)
        return Checked(PARTS[part], round((time.perf_counter() - started) * 1000), "" if error is None else str(error))

    try:
        return pool_for(source.name).start(asked)
    except SourceBusy:
        return None


def _ended(part: str, future: Future[Checked] | None, deadline: Deadline) -> Checked:
    if future is None:
        return Checked(part, 0, "not asked: all threads for this source are busy")
    try:
        return future.result(timeout=deadline.remaining())
    except FutureTimeout:
        return Checked(part, CHECK_MS, f"no answer within {CHECK_MS / 1000:g} s")


def _seen(status: Status, row: SourceSwitch | None) -> Seen:
    rests = ((words, breaker_for(status.source, part).rest) for part, words in PARTS.items())
    told = tuple((words, rest) for words, rest in rests if rest is not None)
    return Seen(status.source, status, row, health_of(status.source).last_canary, told)


def _refuse_unknown(name: str) -> None:
    if name not in BUILDERS:
        raise UnknownSource("This version knows no source of that name.")


def _log(user: AbstractBaseUser, name: str, told: str) -> None:
    LogEntry.objects.create(
        user_id=user.pk,
        content_type_id=ContentType.objects.get_for_model(SourceSwitch).pk,
        object_id=name,
        object_repr=source_title(name),
        action_flag=CHANGE,
        change_message=f"{told} By {user.get_username()}.",
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
