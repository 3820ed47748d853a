"""Searching the list of keys, also for a whole key, which never stands in an address.

A search by GET would leave a pasted key in the browser's history, in the logs of every proxy and in the next page's
Referer. So the form is sent by POST, and what was asked decides where it leads: a key to the page of the key that has
its digest, anything else to the list with `?q=` as ever, so that a search can be kept and shared. An address that was
made by hand with a key in it is led to the list without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus, urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from flaks.guarded import PART_OF_KEY
from keys import tokens
from keys.models import ApiKey

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

LONGEST = 300  # characters of a search
NOT_KEPT = {"q", "p", "csrfmiddlewaretoken"}  # of what is sent: the search itself, the page, and the form's token
IN_ADDRESS = "A key does not belong into an address, which history and logs keep: search for it in the field."


class Finding(ModelAdmin):
    """The search of a list; a mixin of the admins of keys and of their usage."""

    def page_of(self, key: ApiKey) -> str:
        """Where a whole key leads to."""
        raise NotImplementedError

    @method_decorator(sensitive_post_parameters("q"))
    def search_view(self, request: HttpRequest) -> HttpResponse:
        """Leads to what was searched for, keeping the list's filters; 405 for anything but POST."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        asked = request.POST.get("q", "").strip()
        if PART_OF_KEY.search(asked):
            return self._found(request, asked)
        kept = {name: str(value) for name, value in request.POST.items() if name not in NOT_KEPT}
        return self._to_list({**kept, "q": asked[:LONGEST]} if asked else kept)

    def search_url(self) -> URLPattern:
        """The address that the form of the search is sent to."""
        return path("search/", self.admin_site.admin_view(self.search_view), name=self._name("search"))

    def without_key(self, request: HttpRequest) -> HttpResponse | None:
        """Where an address that holds a key leads to; None where it holds none."""
        if not PART_OF_KEY.search(unquote_plus(request.META.get("QUERY_STRING", ""))):
            return None
        messages.warning(request, IN_ADDRESS)
        return self._to_list({})

    def _found(self, request: HttpRequest, asked: str) -> HttpResponse:
        found = tokens.KEY.search(asked)
        key = ApiKey.objects.filter(digest=tokens.digest(found[0])).first() if found else None
        if key is not None:
            return HttpResponseRedirect(self.page_of(key))
        messages.warning(request, "No key here is that one." if found else "That is only a part of a key.")
        return self._to_list({})

    def _to_list(self, query: Mapping[str, str]) -> HttpResponse:
        url = reverse(f"admin:{self._name('changelist')}")
        return HttpResponseRedirect(f"{url}?{urlencode(query)}" if query else url)

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"
