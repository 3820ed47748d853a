"""Every decision about a wrong song: staff make it here, and Django's log tells who decided what.

    PinRefused                 this cannot be done, and why
        PinChanged             somebody else was faster; nothing was changed

A decision is one conditional update of one row, so that of two at once one is told. Each change of a pin counts up the
number by which every process notices it (`music.pins`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from music import describing, pins
from music.deadline import Deadline
from music.describing import NotATrack
from music.domain import Track
from music.links import Link, ShortLink, Text, TrackId, UnsupportedLink, read
from music.models import MatchPin, MatchReport, Tally
from music.problems import problem_of
from music.text import without_marks
from music.trace import Trace, Unresolved
from music.wishes import Wish, wish_of

PINNED, DISMISSED, OPEN = MatchReport.State.PINNED, MatchReport.State.DISMISSED, MatchReport.State.OPEN


class PinRefused(Exception):
    """The decision cannot be carried out; its text tells staff why."""


class PinChanged(PinRefused):
    """Somebody else has decided meanwhile; nothing was changed now."""


@dataclass(frozen=True)
class Staff:
    """Who decides."""

    pk: Any
    name: str


@dataclass(frozen=True)
class Choice:
    """What is to play: the right track, for which language (of a call's wish; "" is any), why, and whether it holds.

    `revision` is that of the pin that was seen when this was decided, 0 where there was none.
    """

    right: Track
    language: str = ""
    note: str = ""
    revision: int = 0
    active: bool = True


def described(text: str) -> Track:
    """The one track that an id or a link names, as its service tells it now. Raises `PinRefused`."""
    wanted = _read(text)
    if isinstance(wanted, Text):
        raise PinRefused("This is neither the id of a track, as in jiosaavn:5WXAlMNt, nor a link to one.")
    try:
        return describing.named(Trace(Deadline.after(settings.FLAKS_DEADLINE_MS)), wanted)
    except NotATrack as error:
        raise PinRefused(f"This is a link to a list ({error}): name one track.") from error
    except UnsupportedLink as error:
        raise PinRefused(str(error)) from error
    except Unresolved as error:
        raise PinRefused(f"{problem_of(error).detail} Try again, or name the track on another service.") from error


def wished(text: str) -> Wish:
    """What is to be pinned: words, or the track that an id or a link names. Raises `PinRefused`."""
    wanted = _read(text)
    if isinstance(wanted, Text) and not wanted.query:
        raise PinRefused("Nothing is left of this text.")
    wish = wish_of(wanted)
    return wish if wish.kind != "link" else Wish("track", described(text).id)


def pin_of(wish: Wish, language: str = "") -> MatchPin | None:
    """The pin that there is, or was, for the wish."""
    return MatchPin.objects.filter(pk=MatchPin.key_for(wish, language)).first()


def as_pinned(row: MatchPin) -> Track:
    """What a pin plays, as its service described it when it was pinned."""
    return describing.written_down(row.right, row.right_title, row.right_artist, row.right_seconds)


def pin(staff: Staff, wish: Wish, choice: Choice, instead_of: str = "") -> MatchPin:
    """Have the right track play for a wish, everywhere within two seconds. Raises `PinChanged`."""
    made = _pin_row(staff, wish, choice, instead_of)
    with transaction.atomic():
        _store(made, choice.revision)
        _changed(staff, made, CHANGE if choice.revision else ADDITION, _told(choice))
    return made


def decide(staff: Staff, report: MatchReport, choice: Choice) -> int:
    """Pin what is right for what a report tells of; how many reports, this one among them, that decides.

    Raises `PinChanged` where the report, or the pin, is not as it was, and `PinRefused`.
    """
    wish, given = wished(report.requested), _given(report)
    with transaction.atomic():
        _claim(staff, report, PINNED, choice.note)
        try:
            pin(staff, wish, choice, given)
        except Exception:
            # Without transactions, as on MongoDB, what was claimed is given back by hand.
            row = MatchReport.objects.filter(pk=report.pk, state=PINNED)
            row.update(state=OPEN, decided_by="", decided_at=None, decision="")
            raise
        _log(staff, report, CHANGE, f"Pinned {_named(choice.right)}")
    alike = MatchReport.objects.filter(kind=report.kind, wish=report.wish)
    return 1 + alike.decide(PINNED, staff.name, timezone.now(), choice.note)


def dismiss(staff: Staff, report: MatchReport, why: str = "") -> None:
    """Leave things as they are. Raises `PinChanged` where somebody has decided the report already."""
    with transaction.atomic():
        _claim(staff, report, DISMISSED, why)
        _log(staff, report, CHANGE, f"Dismissed{f': {why}' if why else ''}")


def activate(staff: Staff, row: MatchPin, active: bool) -> None:
    """Let a pin hold, or hold no longer, everywhere within two seconds. Raises `PinChanged`."""
    with transaction.atomic():
        _update(row, row.revision, active=active, by=staff.name[:150])
        _changed(staff, row, CHANGE, "Pinned again" if active else "Unpinned")


def delete(staff: Staff, row: MatchPin) -> None:
    """Forget a pin, everywhere within two seconds. Raises `PinChanged`."""
    with transaction.atomic():
        deleted, _each = MatchPin.objects.filter(pk=row.pk, revision=row.revision).delete()
        if not deleted:
            raise _somebody_was_faster()
        _changed(staff, row, DELETION, "Deleted")


def _read(text: str) -> TrackId | Link | ShortLink | Text:
    try:
        found = read(text)
    except UnsupportedLink as error:
        raise PinRefused(str(error)) from error
    if isinstance(found, Link) and found.kind != "track":
        raise PinRefused(f"This is a link to a list ({found.kind}): name one track.")
    return found


def _pin_row(staff: Staff, wish: Wish, choice: Choice, instead_of: str) -> MatchPin:
    right = choice.right
    return MatchPin(
        id=MatchPin.key_for(wish, choice.language),
        kind=wish.kind,
        request=wish.name,
        language=choice.language,
        right=right.id,
        right_title=right.title[:300],
        right_artist=right.artist[:300],
        right_seconds=right.duration,
        instead_of="" if instead_of == right.id else instead_of,
        note=without_marks(choice.note),
        by=staff.name[:150],
        active=choice.active,
        revision=choice.revision + 1,
    )


def _store(made: MatchPin, revision: int) -> None:
    if revision:
        names = ("right", "right_title", "right_artist", "right_seconds", "instead_of", "note", "by", "active")
        _update(made, revision, **{name: getattr(made, name) for name in names})
        return
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise _somebody_was_faster() from error


def _update(row: MatchPin, revision: int, **values: Any) -> None:
    values |= {"revision": revision + 1, "changed_at": timezone.now()}
    if MatchPin.objects.filter(pk=row.pk, revision=revision).update(**values) != 1:
        raise _somebody_was_faster()
    for name, value in values.items():
        setattr(row, name, value)


def _given(report: MatchReport) -> str:
    """The id of what was given; where that is a link that cannot be read now, the link."""
    if not report.given.startswith("https://"):
        return report.given
    with suppress(PinRefused):
        return described(report.given).id
    return report.given


def _somebody_was_faster() -> PinChanged:
    return PinChanged("Somebody else has changed this pin meanwhile; nothing was changed now.")


def _claim(staff: Staff, report: MatchReport, state: str, why: str) -> None:
    if not MatchReport.objects.filter(pk=report.pk).decide(state, staff.name, timezone.now(), without_marks(why)):
        raise PinChanged("This report has been decided already; nothing was changed now.")


def _changed(staff: Staff, row: MatchPin, flag: int, told: str) -> None:
    """Have every process notice, this one at once."""
    Tally.objects.bump(pins.CHANGES)
    transaction.on_commit(pins.refresh)
    _log(staff, row, flag, told)


def _told(choice: Choice) -> str:
    wish = f" for {choice.language}" if choice.language else ""
    return f"{'Pinned' if choice.active else 'Unpinned'} {_named(choice.right)}{wish}"


def _named(track: Track) -> str:
    return f"{track.title} - {track.artist} ({track.id})"


def _log(staff: Staff, row: models.Model, flag: int, told: str) -> None:
    LogEntry.objects.create(
        user_id=staff.pk,
        content_type_id=ContentType.objects.get_for_model(row).pk,
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=flag,
        change_message=f"{told}. By {staff.name}.",
    )
