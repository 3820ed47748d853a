"""The page of the admin on which staff see, switch and check the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

import music.pinadmin
import music.reportadmin  # noqa: F401 - pages register themselves
from flaks.guarded import HistoryForReaders
from flaks.names import source_title
from music import switching
from music.models import SourceSwitch

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[SourceSwitch]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time


class NoteForm(forms.Form):
    """Why a source is switched."""

    note = forms.CharField(
        max_length=200,
        required=False,
        label="Why",
        help_text="Other staff read it beside the source.",
        widget=forms.TextInput({"class": "vTextField"}),
    )


@admin.register(SourceSwitch)
class SourceSwitchAdmin(HistoryForReaders, ModelAdmin):
    """One page of all sources. What is done there goes through `music.switching`, which writes the log."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: SourceSwitch | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<str:name>/on/", wrap(self.switch_view), {"is_on": True}, name="music_sourceswitch_on"),
            path("<str:name>/off/", wrap(self.switch_view), {"is_on": False}, name="music_sourceswitch_off"),
            path("<str:name>/check/", wrap(self.check_view), name="music_sourceswitch_check"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Every source with what this process has measured; it changes nothing."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        may_change = self.has_change_permission(request)
        context = {"sources": switching.overview(), "may_change": may_change, **(extra_context or {})}
        return self._page(request, "change_list", "Sources", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A source has no page of its own: what Django's log leads to is its place among the others."""
        return HttpResponseRedirect(f"{_all_sources()}#{object_id}" if object_id.isalnum() else _all_sources())

    def switch_view(self, request: HttpRequest, name: str, is_on: bool) -> HttpResponse:
        """Asks whether it is meant, and why; acts on the POST. Sent twice, the second changes nothing."""
        self._may_change(request)
        form = NoteForm(request.POST if request.method == "POST" else None)
        try:
            if request.method == "POST" and form.is_valid():
                done = switching.switch(_user(request), name, is_on, form.cleaned_data["note"])
                self._tell_switched(request, name, is_on, done)
                return HttpResponseRedirect(_all_sources())
            source = switching.find(name)
        except switching.UnknownSource as error:
            raise Http404(str(error)) from error
        title = f"Switch {source.title} {'on' if is_on else 'off'}?"
        return self._page(request, "ask", title, {"source": source, "form": form, "is_on": is_on})

    def check_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Has the source's canaries sung, and tells how it went."""
        self._may_change(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            self._tell_checked(request, name, switching.check(_user(request), name))
        except switching.UnknownSource as error:
            raise Http404(str(error)) from error
        except switching.SwitchRefused as error:
            messages.warning(request, str(error))
        return HttpResponseRedirect(_all_sources())

    def _may_change(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _tell_switched(self, request: HttpRequest, name: str, is_on: bool, done: bool) -> None:
        words = f"{source_title(name)} is {'on' if is_on else 'off'}"
        told = f"{words}. Every process heeds it within two seconds." if done else f"{words} already; nothing changed."
        messages.add_message(request, messages.SUCCESS if done else messages.INFO, told)

    def _tell_checked(self, request: HttpRequest, name: str, found: list[switching.Checked]) -> None:
        level = messages.ERROR if any(one.error for one in found) else messages.SUCCESS
        messages.add_message(request, level, f"{source_title(name)}: {'; '.join(map(str, found))}.")

    def _page(self, request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/music/sourceswitch/{template}.html", context)


def _user(request: HttpRequest) -> AbstractBaseUser:
    return cast(AbstractBaseUser, request.user)  # the admin lets nobody else in


def _all_sources() -> str:
    return reverse("admin:music_sourceswitch_changelist")
