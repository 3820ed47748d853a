"""What staff do to many keys at once: asked for on a page of its own, and told key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from keys import csvfile, records, services
from keys.admin.asking import Asking, actor_of
from keys.askforms import OUT_OF_DATE, ExtendForm, LimitForm, NothingForm
from keys.models import ApiKey
from keys.services import Actor

MOST = 200  # keys that are changed at once: each is a few queries, and the form has to stay below what a form may be
PART = 500  # keys whose use one query reads for an export
COLUMNS = (
    "id name owner contact notes hint state daily_limit used_today burst_limit stream_limit scopes addresses "
    "expires_at created_at last_used_at revoked_at revoked_by revoked_reason"
).split()
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Bulk:
    """One of these changes; `do` answers what came of it for one key."""

    action: str
    verb: str
    note: str
    form: type[forms.Form]
    do: Callable[[Actor, ApiKey, Answers], str]


def _disable(actor: Actor, key: ApiKey, _answers: Answers) -> str:
    return "disabled" if services.disable(actor, key) else "was disabled already"


def _enable(actor: Actor, key: ApiKey, _answers: Answers) -> str:
    return "enabled" if services.enable(actor, key) else "was enabled already"


def _extend(actor: Actor, key: ApiKey, answers: Answers) -> str:
    now = timezone.now()
    if key.expires_at is None:
        return "never ends; left as it is"
    ends = _later(max(key.expires_at, now), answers["days"])
    most = settings.FLAKS_KEY_DAYS_MAX
    if most is not None and ends > now + timedelta(days=most):
        raise services.KeyRefused(f"A key ends at most {most} days from now; left as it is.")
    services.change(actor, key, {"expires_at": ends})
    return f"ends {ends:%Y-%m-%d %H:%M} UTC"


def _later(moment: datetime, days: int) -> datetime:
    try:
        return (moment + timedelta(days=days)).replace(microsecond=0)
    except OverflowError as error:
        raise services.KeyRefused("That is after the year 9999; left as it is.") from error


def _limit(actor: Actor, key: ApiKey, answers: Answers) -> str:
    value = answers["value"]
    changed = services.change(actor, key, {answers["limit"]: value})
    return f"{'set to' if changed else 'was already'} {'unlimited' if value is None else value}"


DISABLE = Bulk("disable_keys", "Disable", "They are refused everywhere within two seconds.", NothingForm, _disable)
ENABLE = Bulk("enable_keys", "Enable", "Those that have not expired open again at once.", NothingForm, _enable)
EXTEND = Bulk("extend_keys", "Extend", "They live longer.", ExtendForm, _extend)
LIMIT = Bulk("limit_keys", "Set the limit of", "The limit holds from the next call on.", LimitForm, _limit)


class BulkActions(Asking):
    """The list's actions; a mixin of the admin of keys."""

    actions = ("disable_keys", "enable_keys", "extend_keys", "limit_keys", "export_keys")

    def has_disable_permission(self, request: HttpRequest) -> bool:
        """Who may disable and enable keys."""
        return self.may(request, "disable")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may take lists away."""
        return self.may(request, "export")

    @admin.action(description="Disable the selected keys", permissions=["disable"])
    def disable_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> HttpResponse | None:
        return self._bulk(request, keys, DISABLE)

    @admin.action(description="Enable the selected keys", permissions=["disable"])
    def enable_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> HttpResponse | None:
        return self._bulk(request, keys, ENABLE)

    @admin.action(description="Extend the selected keys", permissions=["change"])
    def extend_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> HttpResponse | None:
        return self._bulk(request, keys, EXTEND)

    @admin.action(description="Set a limit of the selected keys", permissions=["change"])
    def limit_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> HttpResponse | None:
        return self._bulk(request, keys, LIMIT)

    @admin.action(description="Export the selected keys as CSV", permissions=["export"])
    def export_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> StreamingHttpResponse:
        count = keys.count()
        services.note_export(actor_of(request), f"{count} API {'key' if count == 1 else 'keys'}")
        return csvfile.streamed(f"keys-{timezone.now():%Y-%m-%d}.csv", COLUMNS, exported(keys))

    def _bulk(self, request: HttpRequest, keys: QuerySet[ApiKey], bulk: Bulk) -> HttpResponse | None:
        if "post" not in request.POST:
            return self._first_asked(request, keys, bulk)
        read = _read(request)
        if not read:
            messages.error(request, OUT_OF_DATE)
            return None
        form = bulk.form(request.POST)
        if not form.is_valid():
            return self._bulk_asked(request, list(ApiKey.objects.filter(pk__in=read)), bulk, form, read)
        results = _each(actor_of(request), read, bulk, form.cleaned_data)
        context = self.context(request, f"{bulk.verb} keys: what came of it") | {"results": results}
        return TemplateResponse(request, "admin/keys/apikey/bulk_done.html", context)

    def _first_asked(self, request: HttpRequest, keys: QuerySet[ApiKey], bulk: Bulk) -> HttpResponse | None:
        chosen = list(keys[: MOST + 1])
        if len(chosen) > MOST:
            messages.error(request, f"At most {MOST} keys at once; nothing was changed. Narrow the list.")
            return None
        return self._bulk_asked(request, chosen, bulk, bulk.form(), {key.pk: key.revision for key in chosen})

    def _bulk_asked(
        self, request: HttpRequest, keys: list[ApiKey], bulk: Bulk, form: forms.Form, read: Mapping[UUID, int]
    ) -> HttpResponse:
        now = timezone.now()
        count = f"{len(keys)} {'key' if len(keys) == 1 else 'keys'}"
        context = self.context(request, f"{bulk.verb} {count}?") | {
            "rows": [(key, key.state(now)) for key in keys],
            "read": [f"{pk}:{revision}" for pk, revision in read.items()],
            "checkbox": ACTION_CHECKBOX_NAME,
            "bulk": bulk,
            "form": form,
        }
        return TemplateResponse(request, "admin/keys/apikey/bulk.html", context)


def exported(keys: QuerySet[ApiKey]) -> Iterator[list[object]]:
    """The lines of an export, without anything secret; two queries for each 500 keys."""
    now, left = timezone.now(), keys.iterator(chunk_size=PART)
    while part := list(islice(left, PART)):
        for told in records.with_use(part, now):
            yield [" ".join(cell) if isinstance(cell := told[name], list) else cell for name in COLUMNS]


def _each(actor: Actor, read: Mapping[UUID, int], bulk: Bulk, answers: Answers) -> list[tuple[ApiKey, str, bool]]:
    results = []
    for key in ApiKey.objects.filter(pk__in=list(read)):
        key.revision = read[key.pk]  # what staff have seen, which may not be what is there
        try:
            results.append((key, bulk.do(actor, key, answers), True))
        except services.KeyRefused as error:
            results.append((key, str(error), False))
    return results


def _read(request: HttpRequest) -> dict[UUID, int]:
    """Which revision of which key the page showed; what is no such pair is left out."""
    read = {}
    for pair in request.POST.getlist("read")[:MOST]:
        pk, _colon, revision = pair.partition(":")
        try:
            read[UUID(pk)] = int(revision)
        except ValueError:
            continue
    return read
