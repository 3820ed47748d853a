"""What staff decide about the sources and about wrong songs, and what callers report.

As everywhere, every model names its primary key, and what must be exact is one conditional update of one row.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from flaks import names
from music.text import without_marks
from music.wishes import Wish, digest

SOURCES = [(name, title) for name, title in names.SOURCES.items() if name]


class SourceSwitchQuerySet(models.QuerySet["SourceSwitch"]):
    """Switches; a source without one is on."""

    def off(self) -> frozenset[str]:
        """The names of the sources that are switched off."""
        return frozenset(self.filter(is_on=False).values_list("source", flat=True))


class SourceSwitch(models.Model):
    """Whether a source that `FLAKS_SOURCES` names may be asked; heeded by every process within a second or two."""

    source = models.CharField(primary_key=True, max_length=32, editable=False)
    is_on = models.BooleanField("on", default=True, help_text="A source that is off is never asked.")
    note = models.CharField(max_length=200, blank=True, help_text="Why, for other staff.")
    changed_at = models.DateTimeField(auto_now=True)

    objects = SourceSwitchQuerySet.as_manager()

    class Meta:
        db_table = "source_switches"
        ordering = ["source"]
        verbose_name = "source"

    def __str__(self) -> str:
        return f"{self.source} is {'on' if self.is_on else 'off'}"


class TallyQuerySet(models.QuerySet["Tally"]):
    """Numbers that many processes count up."""

    def take(self, name: str, most: int, day: date) -> bool:
        """Count one up, of a UTC day; False where `most` are taken. Exact on any number of processes."""
        if self._take(name, most):
            return True
        if self.filter(pk=name).exists():
            return self._take(name, most)  # another process may have made the row since
        self._make(name, day)
        return self._take(name, most)

    def bump(self, name: str) -> None:
        """Count one up, without an end."""
        if not self.filter(pk=name).update(number=F("number") + 1):
            self._make(name, None)
            self.filter(pk=name).update(number=F("number") + 1)

    def read(self, name: str) -> int:
        """The number; 0 for what was never counted."""
        return self.filter(pk=name).values_list("number", flat=True).first() or 0

    def _take(self, name: str, most: int) -> bool:
        return self.filter(pk=name, number__lt=most).update(number=F("number") + 1) == 1

    def _make(self, name: str, day: date | None) -> None:
        try:
            with transaction.atomic():
                self.create(pk=name, day=day)
        except IntegrityError:
            pass  # another process made it first: it is there, and that is what was wanted


class Tally(models.Model):
    """A number under a name: the reports of a key and day, and how often pins were changed."""

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    day = models.DateField(null=True, db_index=True)  # of what is forgotten after it

    objects = TallyQuerySet.as_manager()

    class Meta:
        db_table = "match_tallies"
        default_permissions = ()


class MatchReportQuerySet(models.QuerySet["MatchReport"]):
    """What callers said was wrong."""

    def tell(self, report: MatchReport) -> MatchReport:
        """Keep a report, or count the same one up; answers it as it is kept."""
        if not self._again(report):
            try:
                with transaction.atomic():
                    report.save(force_insert=True)
            except IntegrityError:
                self._again(report)  # the same one was faster
        return self.get(pk=report.pk)

    def open(self) -> MatchReportQuerySet:
        """Those that nobody has decided yet."""
        return self.filter(state=MatchReport.State.OPEN)

    def decide(self, state: str, by: str, now: datetime, why: str = "") -> int:
        """Decide those of these that are open still; how many that were."""
        return self.open().update(state=state, decided_by=by[:150], decided_at=now, decision=why[:200])

    def _again(self, report: MatchReport) -> bool:
        row = self.filter(pk=report.pk)
        told = {"note": report.note} if report.note else {}
        return row.update(times=F("times") + 1, last_at=report.last_at, **told) == 1


class MatchReport(models.Model):
    """A song that was given for another, as a caller says. Changes nothing until staff pin what is right.

    The same report of the same caller is one row, which `times` counts. What is told of the caller's key are plain
    values, as they were then.
    """

    class State(models.TextChoices):
        """What has become of it."""

        OPEN = "open"
        PINNED = "pinned"
        DISMISSED = "dismissed"

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    requested = models.CharField("asked for", max_length=2000, help_text="As the caller had sent it.")
    kind = models.CharField(max_length=8)
    wish = models.TextField()
    given = models.CharField("given", max_length=300, help_text="An id, or a link whose track only its service knows.")
    given_name = models.CharField(max_length=300, blank=True)
    right = models.CharField("right, says the caller", max_length=300, blank=True)
    right_name = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=32, choices=SOURCES, help_text="The source of what was given.")
    note = models.CharField(max_length=500, blank=True)
    key_name = models.CharField("key", max_length=100)
    key_hint = models.CharField(max_length=24)
    lineage = models.UUIDField(db_index=True)
    times = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField("first reported", default=timezone.now)
    last_at = models.DateTimeField("last reported", default=timezone.now)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN, db_index=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    objects = MatchReportQuerySet.as_manager()

    class Meta:
        db_table = "match_reports"
        ordering = ["-last_at"]
        default_permissions = ("view", "change")
        verbose_name = "wrong song"

    def __str__(self) -> str:
        return f"{self.shown_request[:80]} \N{RIGHTWARDS ARROW} {self.shown_given[:80]}"

    @property
    def shown_request(self) -> str:
        """What was asked for, as it may stand among other text."""
        return without_marks(self.requested)

    @property
    def shown_given(self) -> str:
        """What was given: its name where that is known, else its id."""
        return without_marks(self.given_name or self.given)

    @property
    def shown_right(self) -> str:
        """What would be right: its name where that is known, else its id, "" where the caller has not told."""
        return without_marks(self.right_name or self.right)


class MatchPin(models.Model):
    """What staff say is right for a wish; `music.pins` holds the active ones. Changed by `music.pinning` alone.

    The row's key is made of the wish and the language, so that there is one pin for each. `language` is the most wished
    one of a call, "" for any that has no pin of its own.
    """

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    kind = models.CharField(max_length=8, choices=[("words", "words"), ("track", "track")])
    request = models.TextField("for", help_text="Words, or the id of a described track.")
    language = models.CharField(max_length=20, blank=True)
    right = models.CharField("plays", max_length=80, help_text="The id of the right track.")
    right_title = models.CharField(max_length=300, blank=True)
    right_artist = models.CharField(max_length=300, blank=True)
    right_seconds = models.PositiveIntegerField(default=0)
    instead_of = models.CharField(max_length=300, blank=True, help_text="What was given before, and never is again.")
    note = models.CharField(max_length=200, blank=True, help_text="Why, for other staff.")
    active = models.BooleanField(default=True, db_index=True)
    by = models.CharField("pinned by", max_length=150)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField("changed", default=timezone.now)
    revision = models.PositiveIntegerField(default=1)  # one more with each change

    class Meta:
        db_table = "match_pins"
        ordering = ["-changed_at"]
        verbose_name = "pinned song"

    def __str__(self) -> str:
        return f"{self.shown_request[:80]} \N{RIGHTWARDS ARROW} {self.shown_right[:80]}"

    @property
    def shown_request(self) -> str:
        """What the pin is for, as it may stand among other text."""
        return without_marks(self.request)

    @property
    def shown_right(self) -> str:
        """What plays: title and artist, or its id where nobody knows them."""
        name = f"{self.right_title} - {self.right_artist}" if self.right_artist else self.right_title
        return without_marks(name or self.right)

    @staticmethod
    def key_for(wish: Wish, language: str) -> str:
        """The key of the one row for a wish and a language."""
        return digest("pin", wish.kind, wish.name, language)
