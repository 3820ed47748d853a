"""What the admin's pages of all models have in common, beyond Django's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

PART_OF_KEY = re.compile(r"(?i)flk_(?:live|test)_[0-9a-z]{4,}")  # more than the visible part begins with


class HistoryForReaders(ModelAdmin):
    """A model whose history is for those who may see logs, not for all who may see the model; a mixin."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """For who may see logs; 403 for others."""
        if not request.user.has_perm("admin.view_logentry"):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class NoKeysInAddress(ModelAdmin):
    """A list whose search is part of its address, where no key is to stay; a mixin."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; a search for a key leads back to it without the key."""
        if PART_OF_KEY.search(request.GET.get("q", "")):
            told = "A key does not belong here, and was not searched for: look for it among the keys."
            messages.warning(request, told)
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)
