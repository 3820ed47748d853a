"""By what the list of usage can be narrowed: choices that are known beforehand, so that no query looks for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from flaks.names import outcome_title, source_title
from keys.admin.columns import today
from keys.admin.filters import StrictFilter
from keys.counting import OUTCOMES
from keys.models import SCOPES, UsageStat

NONE = "none"  # how "answered by no source" is spelled in an address


class ChosenFilter(StrictFilter):
    """A filter of which one choice always holds."""

    def otherwise(self, _request: HttpRequest) -> str:
        """The choice where the address names none."""
        raise NotImplementedError

    def value(self) -> str:
        given = super().value()
        return self.otherwise(self.request) if given is None else given

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.choices_of.items():
            query = changelist.get_query_string({str(self.parameter_name): value})
            yield {"selected": self.value() == value, "query_string": query, "display": label}


class RowsFilter(ChosenFilter):
    """Which of the three kinds of rows: they count the same calls, and together would count them three times."""

    title = "rows"
    parameter_name = "rows"
    choices_of = {"keys": "each key, in detail", "days": "each key, by day", "site": "the whole site"}

    def otherwise(self, _request: HttpRequest) -> str:
        return "keys"

    def narrowed(self, _request: HttpRequest, queryset: QuerySet[UsageStat], value: str) -> QuerySet[UsageStat]:
        if value == "site":
            return queryset.filter(lineage=None)
        by_key = queryset.exclude(lineage=None)
        return by_key.filter(group="") if value == "days" else by_key.exclude(group="")


class SinceFilter(ChosenFilter):
    """The last days, today included: 7 where the address names none, since all may be a year of every key."""

    title = "days"
    parameter_name = "last"
    choices_of = {"1": "today", "7": "the last 7", "30": "the last 30", "90": "the last 90", "all": "all"}

    def otherwise(self, request: HttpRequest) -> str:
        return "all" if any(name.startswith("day__") for name in request.GET) else "7"

    def narrowed(self, _request: HttpRequest, queryset: QuerySet[UsageStat], value: str) -> QuerySet[UsageStat]:
        return queryset if value == "all" else queryset.filter(day__gte=today() - timedelta(days=int(value) - 1))


class FieldFilter(StrictFilter):
    """One value of the field that the parameter is named for."""

    def narrowed(self, _request: HttpRequest, queryset: QuerySet[UsageStat], value: str) -> QuerySet[UsageStat]:
        return queryset.filter(**{str(self.parameter_name): "" if value == NONE else value})


class OutcomeFilter(FieldFilter):
    """How calls ended."""

    title = "outcome"
    parameter_name = "outcome"
    choices_of = {name: outcome_title(name) for name in OUTCOMES}


class SourceFilter(FieldFilter):
    """Which source answered."""

    title = "source"
    parameter_name = "source"
    choices_of = {**{name: source_title(name) for name in settings.KNOWN_SOURCES}, NONE: source_title("")}


class GroupFilter(FieldFilter):
    """Which routes were called."""

    title = "routes"
    parameter_name = "group"
    choices_of = {name: name for name in (*SCOPES, "play", "other")}
