"""By what the list of keys can be narrowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from keys.models import ApiKey, ApiKeyQuerySet
from keys.nearlimit import near_limit

SOON = timedelta(days=7)
LONG_AGO = timedelta(days=30)
MOST_OWNERS = 15


class StrictFilter(SimpleListFilter):
    """A filter of fixed choices; any other value leads back to the whole list."""

    template = "admin/keys/filter.html"
    choices_of: dict[str, str] = {}

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return list(self.choices_of.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        value = self.value()
        if value is None:
            return queryset
        if value not in self.choices_of:
            raise IncorrectLookupParameters(value)
        return self.narrowed(request, queryset, value)

    def narrowed(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet[Any]:
        """Those of the rows that are meant by this choice."""
        raise NotImplementedError


class StateFilter(StrictFilter):
    """Active, disabled, expired or revoked."""

    title = "state"
    parameter_name = "state"
    choices_of = {state: state for state in ("active", "disabled", "expired", "revoked")}

    def narrowed(self, _request: HttpRequest, queryset: ApiKeyQuerySet, value: str) -> QuerySet[ApiKey]:
        return queryset.in_state(value, timezone.now())


class LookFilter(StrictFilter):
    """Keys that somebody should look at."""

    title = "look at"
    parameter_name = "look"
    choices_of = {
        "near": "80 % used today, or more",
        "expiring": "expiring in 7 days",
        "unused": "unused for 30 days",
    }

    def narrowed(self, request: HttpRequest, queryset: ApiKeyQuerySet, value: str) -> QuerySet[ApiKey]:
        return LOOKS[value](request, queryset, timezone.now())


def _near(request: HttpRequest, keys: ApiKeyQuerySet, now: datetime) -> ApiKeyQuerySet:
    found, there_are = near_limit(now)
    if there_are > len(found) and request.method == "GET":
        messages.warning(
            request,
            f"{there_are} keys have used 80 % of their day; these are the {len(found)} nearest to their limit.",
        )
    return keys.filter(pk__in=found)


def _expiring(_request: HttpRequest, keys: ApiKeyQuerySet, now: datetime) -> ApiKeyQuerySet:
    return keys.active(now).filter(expires_at__lte=now + SOON)


def _unused(_request: HttpRequest, keys: ApiKeyQuerySet, now: datetime) -> ApiKeyQuerySet:
    since = now - LONG_AGO
    return keys.active(now).filter(Q(last_used_at__lt=since) | Q(last_used_at=None, created_at__lt=since))


LOOKS: dict[str, Callable[[HttpRequest, ApiKeyQuerySet, datetime], ApiKeyQuerySet]] = {
    "near": _near,
    "expiring": _expiring,
    "unused": _unused,
}


class OwnerFilter(SimpleListFilter):
    """The owners of most keys, and whoever is chosen; a click on an owner in the list chooses any."""

    title = "owner"
    template = "admin/keys/filter.html"
    parameter_name = "owner"

    def lookups(self, _request: HttpRequest, _admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        counted = ApiKey.objects.exclude(owner="").values("owner").annotate(keys=Count("pk"))
        names = [row["owner"] for row in counted.order_by("-keys", "owner")[:MOST_OWNERS]]
        chosen = self.used_parameters.get(self.parameter_name)
        if chosen and chosen not in names:
            names.append(str(chosen)[:200])
        return [(name, name) for name in names]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset if value is None else queryset.filter(owner=value)
