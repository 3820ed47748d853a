"""Staff and API keys in Django's admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from flaks.addresses import site_url
from keys import services
from keys.forms import ApiKeyForm, ChangeKeyForm, OnePostForm, RevokeForm, RotateForm
from keys.models import AdminUser, ApiKey, KeyQuota

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[ApiKey]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

SETTINGS = tuple(ApiKeyForm.Meta.fields)
FACTS = ("hint", "state", "use_today", "created_at", "last_used_at", "revocation", "relatives")

admin.site.register(AdminUser, UserAdmin)


@admin.register(ApiKey)
class ApiKeyAdmin(ModelAdmin):
    """Keys are made, changed, rotated and revoked here, never deleted: their use would lose its name.

    The answer to the POST that makes a key shows it, once. It passes through no message, session, cookie or log. Every
    change goes through `keys.services`, which writes the log.
    """

    list_display = ("name", "hint", "owner", "state", "use_today", "last_used", "expires", "created")
    list_filter = ("enabled",)
    search_fields = ("name", "owner", "contact", "hint")
    search_help_text = "Name, owner, contact, or the visible part of a key"
    readonly_fields = FACTS
    ordering = ("-created_at",)
    list_per_page = 50
    form = ApiKeyForm
    actions = ("disable_keys", "enable_keys")
    change_form_template = "admin/keys/apikey/change.html"

    class Media:
        css = {"all": ("keys/admin.css",)}

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """A revoked key can only be looked at."""
        return super().has_change_permission(request, obj) and (obj is None or obj.revoked_at is None)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<path:object_id>/rotate/", self.admin_site.admin_view(self.rotate_view), name="keys_apikey_rotate"),
            path("<path:object_id>/revoke/", self.admin_site.admin_view(self.revoke_view), name="keys_apikey_revoke"),
        ]
        return own + super().get_urls()

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        if obj is None:
            return (*SETTINGS, "new_id")
        shown = (*SETTINGS, "enabled", *FACTS)
        return (*shown, "as_read") if self.has_change_permission(request, obj) else shown

    def get_form(
        self, request: HttpRequest, obj: ApiKey | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[ApiKey]]:
        form = ChangeKeyForm if change else OnePostForm
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with today's use of its keys, which one query reads for the whole page."""
        found = super().get_changelist_instance(request)
        keys = list(found.result_list)
        used = KeyQuota.objects.used_by((key.lineage for key in keys), timezone.now().astimezone(UTC).date())
        for key in keys:
            key.used_today = used.get(key.lineage, 0)
        found.result_list = keys
        return found

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
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except services.KeyRefused:
            # Somebody else was faster between reading and writing: asked again, the form says so.
            return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: ApiKey, form: ModelForm[ApiKey], change: bool) -> None:
        actor = _actor(request)
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name in services.CHANGEABLE}
            services.change(actor, obj, changes)
            return
        fields = {name: form.cleaned_data[name] for name in SETTINGS}
        made = services.create(actor, pk=form.cleaned_data["new_id"], **fields)
        obj.pk, obj.plain, obj.hint = made.pk, made.plain, made.hint

    def log_addition(self, request: HttpRequest, obj: ApiKey, message: Any) -> Any:
        """The service has told it already."""

    def log_change(self, request: HttpRequest, obj: ApiKey, message: Any) -> Any:
        """The service has told it already."""

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        return self._issued(request, obj)

    def rotate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the grace, and shows the successor once, in the answer to the POST."""
        form = RotateForm(request.POST or None, graces=services.GRACES)

        def act(key: ApiKey) -> HttpResponse:
            return self._issued(request, services.rotate(_actor(request), key, form.cleaned_data["grace"]))

        note = "A new key with the same limits and the same quota takes this one's place, and is shown once."
        return self._asked(request, object_id, form, "Rotate", note, act)

    def revoke_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the reason."""
        form = RevokeForm(request.POST or None)

        def act(key: ApiKey) -> HttpResponse:
            services.revoke(_actor(request), key, form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse("admin:keys_apikey_change", args=[key.pk]))

        return self._asked(request, object_id, form, "Revoke", "This is final: the key never opens again.", act)

    def _asked(
        self,
        request: HttpRequest,
        object_id: str,
        form: Form,
        verb: str,
        note: str,
        act: Callable[[ApiKey], HttpResponse],
    ) -> HttpResponse:
        key = self.get_object(request, object_id)
        if key is None:
            return HttpResponseRedirect(reverse("admin:keys_apikey_changelist"))
        if not super().has_change_permission(request, key):
            raise PermissionDenied
        if request.method == "POST" and form.is_valid():
            try:
                return act(key)
            except services.KeyRefused as error:
                form.add_error(None, str(error))
        context = self._context(request, f"{verb} {key}?") | {"key": key, "form": form, "verb": verb, "note": note}
        return TemplateResponse(request, "admin/keys/apikey/ask.html", context)

    def _issued(self, request: HttpRequest, key: ApiKey) -> HttpResponse:
        context = self._context(request, "The new key")
        context |= {"key": key, "plain": key.plain, "base_url": site_url(request)}
        answer = TemplateResponse(request, "admin/keys/apikey/issued.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    @admin.action(description="Disable the selected keys", permissions=["change"])
    def disable_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        self._each(request, keys, services.disable)

    @admin.action(description="Enable the selected keys", permissions=["change"])
    def enable_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        self._each(request, keys, services.enable)

    def _each(
        self, request: HttpRequest, keys: QuerySet[ApiKey], act: Callable[[services.Actor, ApiKey], bool]
    ) -> None:
        changed = 0
        for key in keys:
            try:
                changed += act(_actor(request), key)
            except services.KeyRefused as error:
                self.message_user(request, f"{key}: {error}", messages.WARNING)
        self.message_user(request, f"{changed} changed.")

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        state = key.state(timezone.now())
        return format_html('<span class="key-state key-state-{}">{}</span>', state, state)

    @admin.display(description="revoked")
    def revocation(self, key: ApiKey) -> str:
        if key.revoked_at is None:
            return "no"
        return f"{key.revoked_at:%Y-%m-%d %H:%M} UTC by {key.revoked_by}: {key.revoked_reason}"

    @admin.display(description="rotation")
    def relatives(self, key: ApiKey) -> str:
        found = ApiKey.objects.filter(pk__in=[pk for pk in (key.replaces, key.successor) if pk is not None])
        told = {key.replaces: "succeeds", key.successor: "is succeeded by"}
        return "; ".join(f"{told[other.pk]} {other.hint}" for other in found) or "none"

    @admin.display(description="last used", ordering="last_used_at")
    def last_used(self, key: ApiKey) -> str:
        return "never" if key.last_used_at is None else f"{key.last_used_at:%Y-%m-%d %H:%M}"

    @admin.display(description="expires", ordering="expires_at")
    def expires(self, key: ApiKey) -> str:
        return "never" if key.expires_at is None else f"{key.expires_at:%Y-%m-%d}"

    @admin.display(description="created", ordering="created_at")
    def created(self, key: ApiKey) -> str:
        return f"{key.created_at:%Y-%m-%d}"

    @admin.display(description="used today")
    def use_today(self, key: ApiKey) -> str:
        used = key.used_today
        if used is None:
            used = KeyQuota.objects.used(key.lineage, timezone.now().astimezone(UTC).date())
        return f"{used} / {'unlimited' if key.daily_limit is None else key.daily_limit}"


def _actor(request: HttpRequest) -> services.Actor:
    return services.Actor.staff(cast(AdminUser, request.user))
