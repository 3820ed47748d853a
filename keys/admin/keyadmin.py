"""The admin's list of keys, and a key's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import DateTimeField
from django.forms import ModelForm, SplitDateTimeField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from flaks.guarded import HistoryForReaders
from keys import services
from keys.admin import columns, keypage
from keys.admin.asking import actor_of
from keys.admin.bulk import BulkActions
from keys.admin.columns import Columns
from keys.admin.filters import LookFilter, OwnerFilter, StateFilter
from keys.admin.finding import Finding
from keys.admin.widgets import NamedSplitDateTime
from keys.forms import ApiKeyForm, ChangeKeyForm, OnePostForm, RowForm
from keys.models import ApiKey

WHO = ("name", "owner", "contact", "notes")
LIMITS = ("daily_limit", "burst_limit", "stream_limit", "scopes", "addresses", "expires_at")
FACTS = ("hint", "state", "use_today", "created_at", "last_used_at", "revocation", "relatives")
CHANGED_BY_OTHERS = (
    "Somebody else was changing these keys at the same moment. Not everything was saved: look at the list, and change "
    "again what is missing."
)


class ApiKeyAdmin(Columns, Finding, BulkActions, HistoryForReaders):
    """Keys are made, changed, rotated and revoked here, never deleted: their use would lose its name.

    The answer to the POST that makes a key shows it, once. It passes through no message, session, cookie or log. Every
    change goes through `keys.services`, which writes the log.
    """

    list_display = (
        "named",
        "owned",
        "state",
        "use_today",
        "daily_limit",
        "burst_limit",
        "spark",
        "last_used",
        "expires",
    )
    list_display_links = ("named",)
    list_editable = ("daily_limit", "burst_limit")
    list_filter = (StateFilter, LookFilter, OwnerFilter)
    search_fields = ("name", "owner", "contact", "hint")
    search_help_text = "Name, owner, contact, the visible part of a key, or a whole key"
    show_facets = ShowFacets.NEVER  # each would count all keys once more
    readonly_fields = FACTS
    ordering = ("-created_at",)
    list_per_page = 50
    list_max_show_all = 50  # each row has a form: a page of more would be refused when it is sent
    form = ApiKeyForm
    formfield_overrides = {DateTimeField: {"form_class": SplitDateTimeField, "widget": NamedSplitDateTime}}
    change_form_template = "admin/keys/apikey/change.html"

    class Media:
        css = {"all": ("keys/admin.css",)}

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """A revoked key can only be looked at."""
        return super().has_change_permission(request, obj) and (obj is None or obj.revoked_at is None)

    def get_urls(self) -> list[URLPattern]:
        return [self.search_url(), *self.step_urls(), *super().get_urls()]

    def page_of(self, key: ApiKey) -> str:
        return reverse("admin:keys_apikey_change", args=[key.pk])

    def get_fieldsets(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        hidden = "new_id" if obj is None else "as_read"
        may_save = obj is None or self.has_change_permission(request, obj)
        shown = [
            ("Who it is for", {"fields": (*WHO, hidden) if may_save else WHO}),
            ("What it may", {"fields": LIMITS}),
            ("Facts", {"fields": FACTS}),
        ]
        return shown[:-1] if obj is None else shown

    def get_form(
        self, request: HttpRequest, obj: ApiKey | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[ApiKey]]:
        form = ChangeKeyForm if change else OnePostForm
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm[ApiKey]]:
        return RowForm

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; a form of it that is stale is told row by row, and then nothing of it is saved."""
        self._refuse_forbidden(request)
        elsewhere = self.without_key(request) or _without_nonsense(request)
        if elsewhere is not None:
            return elsewhere
        try:
            answer = super().changelist_view(request, {"title": "API keys", **(extra_context or {})})
        except services.KeyRefused:
            # Somebody was faster between the form's check and its saving.
            messages.error(request, CHANGED_BY_OTHERS)
            return HttpResponseRedirect(request.get_full_path())
        if isinstance(answer, TemplateResponse) and "cl" in (answer.context_data or {}):
            _complete(answer.context_data["cl"])  # type: ignore[index]
        return answer

    def _refuse_forbidden(self, request: HttpRequest) -> None:
        """403 for an action without its permission: Django would say that no action was chosen."""
        wanted = set(request.POST.getlist("action")) & set(self.actions)
        if wanted - set(self.get_actions(request)):
            raise PermissionDenied

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"show_save_and_add_another": False, "show_save_and_continue": False, **(extra_context or {})}
        try:
            return super().add_view(request, form_url, context)
        except IntegrityError:
            # The same form, sent twice at once, was faster the other time: asked again, it says so.
            return super().add_view(request, form_url, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        try:
            return super().change_view(request, object_id, form_url, context)
        except services.KeyRefused:
            # Somebody else was faster between reading and writing: asked again, the form says so.
            return super().change_view(request, object_id, form_url, context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: ApiKey | None = None,
    ) -> HttpResponse:
        """A key's page with its steps, its use and, for who may see logs, its history."""
        if obj is not None:
            may_see_log = request.user.has_perm("admin.view_logentry")
            context |= {"steps": self.steps_for(request, obj), "may_see_log": may_see_log}
            context |= keypage.context(obj, timezone.now(), may_see_log)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether the list may be filtered so; not by what a key's fingerprint begins with."""
        return not lookup.startswith("digest") and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: ApiKey, form: ModelForm[ApiKey], change: bool) -> None:
        actor = actor_of(request)
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name in services.CHANGEABLE}
            services.change(actor, obj, changes)
            return
        fields = {name: form.cleaned_data[name] for name in (*WHO, *LIMITS)}
        made = services.create(actor, pk=form.cleaned_data["new_id"], **fields)
        obj.pk, obj.plain, obj.hint = made.pk, made.plain, made.hint

    def log_addition(self, request: HttpRequest, obj: ApiKey, message: Any) -> Any:
        """The service has told it already."""

    def log_change(self, request: HttpRequest, obj: ApiKey, message: Any) -> Any:
        """The service has told it already."""

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        return self.issued(request, obj)


def _without_nonsense(request: HttpRequest) -> HttpResponse | None:
    """Where a form leads that names what cannot be a key's id; None for every other."""
    try:
        for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
            UUID(chosen)
    except ValueError:
        messages.error(request, "This form is out of date; nothing was changed.")
        return HttpResponseRedirect(request.get_full_path())
    return None


def _complete(cl: Any) -> None:
    """Give the list's rows what their columns show.

    Where its form was refused, rows are those of the form: in the list another key may stand in their places by now.
    """
    if cl.formset is not None and cl.formset.is_bound:
        sent = [form.instance.pk for form in cl.formset.initial_forms]
        there = ApiKey.objects.in_bulk(sent)
        cl.result_list = [there[pk] for pk in sent if pk in there]
    columns.load(cl.result_list)
