"""The admin's pages of pinned songs: what staff say plays for a wish."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from flaks.guarded import HistoryForReaders, NoKeysInAddress
from music import pinning, switches
from music.models import SOURCES, MatchPin
from music.pinforms import PinForm
from music.reportadmin import selected, staff_of
from music.reportcolumns import card

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[MatchPin]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

EDITED = ("request", "language", "right", "note", "active")
FACTS = ("plays_track", "given_before", "by", "created_at", "changed_at")
MOST_AT_ONCE = 200
REVISION = re.compile(r"[0-9]{1,9}")
Act = Callable[[pinning.Staff, MatchPin], None]


class SourceFilter(admin.SimpleListFilter):
    """The source of what plays."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return SOURCES

    def queryset(self, request: HttpRequest, queryset: QuerySet[MatchPin]) -> QuerySet[MatchPin]:
        source = self.value()
        return queryset.filter(right__startswith=f"{source}:") if source in dict(SOURCES) else queryset


@admin.register(MatchPin)
class MatchPinAdmin(HistoryForReaders, NoKeysInAddress, ModelAdmin):
    """Pins are made, changed, taken back and deleted here, all through `music.pinning`, which writes the log."""

    form = PinForm
    list_display = ("wish", "language_wished", "plays", "pinned", "badge")
    list_filter = ("active", SourceFilter)
    search_fields = ("request", "right", "right_title", "right_artist", "note", "by")
    search_help_text = "Words of the request, a title, an artist, an id, a note, or who pinned it"
    list_per_page = 50
    show_full_result_count = False
    actions = ("unpin", "pin_again", "delete_selected")
    readonly_fields = FACTS
    change_list_template = "admin/music/matchpin/list.html"

    class Media:
        css = {"all": ("music/admin.css",)}

    def get_fields(self, request: HttpRequest, obj: MatchPin | None = None) -> tuple[str, ...]:
        if obj is None:
            return EDITED[:-1]
        return (*EDITED, *FACTS, "as_read") if self.has_change_permission(request, obj) else (*EDITED, *FACTS)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Pinned songs", **(extra_context or {})})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        switches.read()
        try:
            return super().add_view(request, form_url, extra_context)
        except pinning.PinChanged:
            # The same form, sent twice at once, was faster the other time: asked again, it says so.
            return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        switches.read()
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except pinning.PinChanged:
            return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: MatchPin, form: ModelForm[MatchPin], change: bool) -> None:
        cleaned, wish = form.cleaned_data, form.wish  # type: ignore[attr-defined] # as `PinForm` has it
        right = cleaned["right"] or pinning.as_pinned(obj)
        active = cleaned["active"] if change else True
        choice = pinning.Choice(right, cleaned["language"], cleaned["note"], cleaned["as_read"], active)
        made = pinning.pin(staff_of(request), wish, choice, obj.instead_of)
        for field in MatchPin._meta.fields:
            setattr(obj, field.attname, getattr(made, field.attname))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except pinning.PinChanged as error:
            self.message_user(request, f"{error} This is how it is now.", messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: MatchPin) -> None:
        pinning.delete(staff_of(request), _as_seen(obj, _read(request)))

    def log_addition(self, request: HttpRequest, obj: MatchPin, message: Any) -> Any:
        """The service has told it already."""

    def log_change(self, request: HttpRequest, obj: MatchPin, message: Any) -> Any:
        """The service has told it already."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The service tells it."""

    @admin.action(description="Unpin", permissions=["change"])
    def unpin(self, request: HttpRequest, rows: QuerySet[MatchPin]) -> HttpResponse | None:
        """Has pins hold no longer, once that is confirmed."""
        unpinned = partial(pinning.activate, active=False)
        return self._confirmed(request, rows.filter(active=True), "unpin", "Unpin", unpinned)

    @admin.action(description="Pin again", permissions=["change"])
    def pin_again(self, request: HttpRequest, rows: QuerySet[MatchPin]) -> HttpResponse | None:
        """Has pins that were taken back hold again, once that is confirmed."""
        pinned = partial(pinning.activate, active=True)
        return self._confirmed(request, rows.filter(active=False), "pin_again", "Pin again", pinned)

    @admin.action(description="Delete", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, rows: QuerySet[MatchPin]) -> HttpResponse | None:
        """Forgets pins, once that is confirmed; in the place of Django's own, which heeds no change meanwhile."""
        return self._confirmed(request, rows, "delete_selected", "Delete", pinning.delete)

    def _confirmed(
        self, request: HttpRequest, wanted: QuerySet[MatchPin], action: str, verb: str, act: Act
    ) -> HttpResponse | None:
        rows, why_not = selected(wanted, MOST_AT_ONCE)
        if why_not:
            self.message_user(request, why_not, messages.WARNING)
            return None
        if "confirmed" not in request.POST:
            context = {"rows": rows, "action": action, "verb": verb, "title": f"{verb}: {len(rows)} songs?"}
            shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
            return TemplateResponse(request, "admin/music/matchpin/many.html", shared | context)
        done, word = self._act_on_each(request, rows, act), "deleted" if action == "delete_selected" else "changed"
        self.message_user(request, f"{done} {word}.", messages.SUCCESS if done else messages.WARNING)
        return None

    def _act_on_each(self, request: HttpRequest, rows: list[MatchPin], act: Act) -> int:
        done, read = 0, _read(request)
        for row in rows:
            try:
                act(staff_of(request), _as_seen(row, read))
                done += 1
            except pinning.PinChanged as error:
                self.message_user(request, f"{row}: {error}", messages.WARNING)
        return done

    @admin.display(description="for", ordering="request")
    def wish(self, row: MatchPin) -> SafeString:
        return format_html('<bdi class="wish">{}</bdi>', row.shown_request[:200])

    @admin.display(description="language", ordering="language")
    def language_wished(self, row: MatchPin) -> str:
        return row.language or "any"

    @admin.display(description="plays", ordering="right_title")
    def plays(self, row: MatchPin) -> SafeString:
        return format_html('<bdi>{}</bdi><br><span class="quiet">{}</span>', row.shown_right, row.right)

    @admin.display(description="plays")
    def plays_track(self, row: MatchPin) -> SafeString:
        return card(row.right)

    @admin.display(description="given before")
    def given_before(self, row: MatchPin) -> SafeString | str:
        return card(row.instead_of) if row.instead_of else "not told"

    @admin.display(description="state", ordering="active")
    def badge(self, row: MatchPin) -> SafeString:
        state = ("on", "pinned") if row.active else ("off", "unpinned")
        return format_html('<span class="pin-state pin-state-{}">{}</span>', *state)

    @admin.display(description="pinned", ordering="changed_at")
    def pinned(self, row: MatchPin) -> SafeString:
        line = 'by {} on {}<br><span class="quiet"><bdi>{}</bdi></span>'
        return format_html(line, row.by, f"{row.changed_at:%Y-%m-%d %H:%M}", row.note)


def _as_seen(row: MatchPin, read: dict[str, int]) -> MatchPin:
    """The row at the revision that staff have seen, which may not be the one that is there."""
    row.revision = read.get(row.pk, 0)
    return row


def _read(request: HttpRequest) -> dict[str, int]:
    """Which revision of which pin the page showed; what is no such pair is left out."""
    pairs = (pair.partition(":") for pair in request.POST.getlist("read")[:MOST_AT_ONCE])
    return {pk: int(revision) for pk, _colon, revision in pairs if REVISION.fullmatch(revision)}
