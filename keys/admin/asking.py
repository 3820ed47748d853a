"""The pages that ask before a step is taken, and the page that shows a new key, once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from flaks.addresses import site_url
from keys import services
from keys.admin.steps import STEPS, Step
from keys.models import AdminUser, ApiKey

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[ApiKey]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time


def actor_of(request: HttpRequest) -> services.Actor:
    """Who is signed in."""
    return services.Actor.staff(cast(AdminUser, request.user))


class Asking(ModelAdmin):
    """The steps' pages; a mixin of the admin of keys."""

    def may(self, request: HttpRequest, permission: str) -> bool:
        """Whether who is signed in has this permission of keys, as in "rotate"."""
        return cast(AdminUser, request.user).has_perm(f"keys.{permission}_apikey")

    def step_urls(self) -> list[URLPattern]:
        """A page for each step."""
        return [
            path(
                f"<path:object_id>/{step.name}/",
                self.admin_site.admin_view(partial(self.step_view, step=step)),
                name=f"keys_apikey_{step.name}",
            )
            for step in STEPS
        ]

    def steps_for(self, request: HttpRequest, key: ApiKey) -> list[dict[str, Any]]:
        """The buttons of a key's page: those that its state and the permissions allow."""
        now = timezone.now()
        return [
            {"verb": step.verb, "url": reverse(f"admin:keys_apikey_{step.name}", args=[key.pk]), "final": step.final}
            for step in STEPS
            if self.may(request, step.permission) and step.fits(key, now)
        ]

    def step_view(self, request: HttpRequest, object_id: str, step: Step) -> HttpResponse:
        """Asks by GET, takes the step by POST; a form sent twice, or stale, is told and changes nothing."""
        key = self.get_object(request, unquote(object_id))
        if not self.may(request, step.permission) or not self.has_view_permission(request, key):
            raise PermissionDenied
        if key is None:
            messages.warning(request, "There is no such key.")
            return HttpResponseRedirect(reverse("admin:keys_apikey_changelist"))
        form = step.form(request.POST if request.method == "POST" else None, initial={"as_read": key.revision})
        if request.method == "POST" and form.is_valid():
            key.revision = form.cleaned_data["as_read"]  # what staff have seen, which may not be what is there
            try:
                return self._taken(request, key, step.do(actor_of(request), key, form.cleaned_data))
            except services.KeyRefused as error:
                form.add_error(None, str(error))
        return self._asked(request, key, step, form)

    def _taken(self, request: HttpRequest, key: ApiKey, done: ApiKey | str) -> HttpResponse:
        if isinstance(done, ApiKey):
            return self.issued(request, done)
        messages.success(request, format_html("<bdi>{}</bdi> {}", str(key), done))
        return HttpResponseRedirect(reverse("admin:keys_apikey_change", args=[key.pk]))

    def _asked(self, request: HttpRequest, key: ApiKey, step: Step, form: forms.Form) -> HttpResponse:
        now = timezone.now()
        context = self.context(request, f"{step.verb} this key?") | {
            "key": key,
            "state": key.state(now),
            "form": form,
            "step": step,
            "can": step.fits(key, now) and not form.non_field_errors(),
        }
        return TemplateResponse(request, "admin/keys/apikey/ask.html", context)

    def issued(self, request: HttpRequest, key: ApiKey) -> HttpResponse:
        """The page that shows a new key: in no message, session, cookie or log, and never again."""
        context = self.context(request, "The new key")
        context |= {"key": key, "plain": key.plain, "base_url": site_url(request)}
        answer = TemplateResponse(request, "admin/keys/apikey/issued.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    def context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """What each page of the admin needs."""
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
