"""Staff and API keys in Django's admin."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import UserAdmin
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from flaks.addresses import site_url
from keys.forms import ApiKeyForm, OnePostForm
from keys.models import AdminUser, ApiKey, KeyQuota

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[ApiKey]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

SETTINGS = ("name", "owner", "daily_limit", "stream_limit", "expires_at")
FACTS = ("hint", "state", "use_today", "created_at")

admin.site.register(AdminUser, UserAdmin)


@admin.register(ApiKey)
class ApiKeyAdmin(ModelAdmin):
    """Keys are made, changed and disabled here, never deleted: their use would lose its name.

    The answer to the POST that makes a key shows it, once. It passes through no message, session, cookie or log.
    """

    list_display = ("name", "hint", "owner", "state", "use_today", "expires", "created")
    list_filter = ("enabled",)
    search_fields = ("name", "owner", "hint")
    search_help_text = "Name, owner, or the visible part of a key"
    readonly_fields = FACTS
    ordering = ("-created_at",)
    list_per_page = 50
    form = ApiKeyForm

    class Media:
        css = {"all": ("keys/admin.css",)}

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        return (*SETTINGS, "new_id") if obj is None else (*SETTINGS, "enabled", *FACTS)

    def get_form(
        self, request: HttpRequest, obj: ApiKey | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[ApiKey]]:
        form = ApiKeyForm if change else OnePostForm
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

    def save_model(self, request: HttpRequest, obj: ApiKey, form: ModelForm[ApiKey], change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
            return
        obj.pk = form.cleaned_data["new_id"]
        obj.draw()
        obj.save(force_insert=True)

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "The new key",
            "opts": self.opts,
            "key": obj,
            "plain": obj.plain,
            "base_url": site_url(request),
        }
        answer = TemplateResponse(request, "admin/keys/apikey/issued.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        state = key.state(timezone.now())
        return format_html('<span class="key-state key-state-{}">{}</span>', state, state)

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
