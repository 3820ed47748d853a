"""What staff decide about the sources."""

from __future__ import annotations

from django.db import models


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
        verbose_name_plural = "source switches"

    def __str__(self) -> str:
        return f"{self.source} is {'on' if self.is_on else 'off'}"
