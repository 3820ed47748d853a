"""What staff have changed lately, of what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin import AdminSite
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

VERBS = {ADDITION: "added", DELETION: "deleted"}


@dataclass(frozen=True)
class Change:
    """One entry of Django's log. `url` is "" where the thing is gone."""

    at: datetime
    who: str
    verb: str
    kind: str
    what: str
    url: str
    told: str


def recent(site: AdminSite, request: HttpRequest, most: int) -> list[Change]:
    """The newest changes, whoever made them; one query, and one more where Django does not know its models' numbers."""
    models = [model for model, page in site._registry.items() if page.has_view_or_change_permission(request)]
    if not models:
        return []
    kinds = {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}
    # By the key, which an index holds on both databases, and which grows with time as `action_time` does.
    rows = LogEntry.objects.filter(content_type_id__in=list(kinds)).select_related("user").order_by("-pk")
    return [_change(site, row, kinds[row.content_type_id]) for row in rows[:most] if row.content_type_id is not None]


def _change(site: AdminSite, row: LogEntry, model: type[Model]) -> Change:
    options = model._meta
    url = ""
    if row.action_flag != DELETION and row.object_id:
        name = f"{site.name}:{options.app_label}_{options.model_name}_change"
        url = reverse(name, args=[quote(row.object_id)])
    verb = VERBS.get(row.action_flag, "changed")
    told = str(row.get_change_message())
    return Change(row.action_time, row.user.get_username(), verb, str(options.verbose_name), row.object_repr, url, told)
