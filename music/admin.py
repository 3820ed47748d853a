"""The pages of the admin on which sources are switched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

import music.pinadmin
import music.reportadmin  # noqa: F401 - pages register themselves
from music import switches
from music.models import SourceSwitch
from music.sources import BUILDERS

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[SourceSwitch]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time


@admin.register(SourceSwitch)
class SourceSwitchAdmin(ModelAdmin):
    """One row a source; rows are neither added nor deleted by hand."""

    list_display = ("source", "is_on", "note", "changed_at")
    list_editable = ("is_on", "note")
    readonly_fields = ("source", "changed_at")
    fields = ("source", "is_on", "note", "changed_at")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        SourceSwitch.objects.ensure(BUILDERS)
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: SourceSwitch, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        switches.refresh()

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: SourceSwitch | None = None) -> bool:
        return False
