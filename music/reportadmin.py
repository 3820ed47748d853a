"""The admin's pages of wrong songs: what was asked for, what was given, and what staff decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from flaks.guarded import HistoryForReaders, NoKeysInAddress
from music import pinning, switches
from music.domain import Track
from music.models import MatchReport
from music.pinforms import DecideForm, DismissForm
from music.reportcolumns import ReportColumns, fetched
from music.shown import of_track
from music.wishes import Wish

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[MatchReport]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

Row = TypeVar("Row", bound=Model)
MOST_PINNED, MOST_DISMISSED = 20, 200  # reports of one action: each that is pinned asks a service
LISTED = ("asked_for", "given_for_it", "right_says", "told")
FACTS = ("asked", "given_track", "right_track", "said", "reported", "decided")


class StateFilter(admin.SimpleListFilter):
    """What is to be decided, unless another state is asked for."""

    title = "state"
    parameter_name = "state"
    default = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        again = ("again", "Reported again since it was decided")
        return [*((str(state.value), str(state.label)) for state in MatchReport.State), again, ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[MatchReport]) -> QuerySet[MatchReport]:
        state = self.value() or self.default
        if state == "again":
            return queryset.filter(decided_at__isnull=False, last_at__gt=F("decided_at"))
        return queryset if state == "all" else queryset.filter(state=state)

    def choices(self, changelist: Any) -> Any:
        chosen = self.value() or self.default
        for value, label in self.lookup_choices:
            told = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": told, "display": label}


@admin.register(MatchReport)
class MatchReportAdmin(ReportColumns, HistoryForReaders, NoKeysInAddress, ModelAdmin):
    """Reports are decided here, neither made, changed nor deleted; every decision goes through `music.pinning`."""

    list_display = LISTED
    list_filter = (StateFilter, "source")
    search_fields = ("requested", "given", "given_name", "right", "right_name", "note", "key_name", "key_hint")
    search_help_text = "Words of the request, a title, an id, a note, or a key's name or hint"
    list_per_page = 50
    show_full_result_count = False
    actions = ("pin_reported", "dismiss_reports")
    fields = readonly_fields = FACTS
    change_form_template = "admin/music/matchreport/change.html"
    change_list_template = "admin/music/matchreport/list.html"

    class Media:
        css = {"all": ("music/admin.css",)}

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: MatchReport | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MatchReport | None = None) -> bool:
        """A report itself is only looked at; whoever may change reports may decide them."""
        return obj is None and super().has_change_permission(request)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """The state is told where reports of several are listed."""
        return LISTED if request.GET.get("state") not in ("all", "again") else (*LISTED, "badge")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<path:object_id>/pin/", view(self.pin_view), name="music_matchreport_pin"),
            path("<path:object_id>/dismiss/", view(self.dismiss_view), name="music_matchreport_dismiss"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        switches.read()
        context = {"may_decide": super().has_change_permission(request), "title": "Wrong song", "subtitle": None}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Wrong songs", **(extra_context or {})})

    # --- One report ---------------------------------------------------------------------------------------------------

    def pin_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the right track, shows which that is, and pins it once that is confirmed."""
        report = self._open(request, object_id)
        if isinstance(report, HttpResponse):
            return report
        form = DecideForm(request.POST or None, initial={"right": report.right})
        if (wish := self._wish(request, report)) is None:
            return self._back(report)
        context: dict[str, Any] = {"report": report}
        if request.method == "POST" and form.is_valid():
            right: Track = form.cleaned_data["right"]
            if request.POST.get("confirmed") == right.id:
                return self._decided(request, report, lambda: self._pin(request, report, form))
            context |= {"right": of_track(right), "given": fetched(report.given)}
            context["known"] = pinning.pin_of(wish, form.cleaned_data["language"])
        return self._page(request, "pin", form, context, "Pin the right song")

    def dismiss_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks why, and leaves things as they are."""
        report = self._open(request, object_id)
        if isinstance(report, HttpResponse):
            return report
        form = DismissForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            why = form.cleaned_data["why"]
            return self._decided(request, report, lambda: self._dismiss(request, report, why))
        return self._page(request, "dismiss", form, {"report": report}, "Dismiss this report")

    def _open(self, request: HttpRequest, object_id: str) -> MatchReport | HttpResponse:
        """The report that is to be decided; the answer instead where there is none, or it has been decided."""
        if not super().has_change_permission(request):
            raise PermissionDenied
        switches.read()
        report: MatchReport | None = self.get_object(request, object_id)
        if report is None:
            self.message_user(request, "There is no such report any more.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:music_matchreport_changelist"))
        if report.state != MatchReport.State.OPEN:
            told = f"Nothing was changed: this report was {report.state} by {report.decided_by} already."
            self.message_user(request, told, messages.WARNING)
            return self._back(report)
        return report

    def _wish(self, request: HttpRequest, report: MatchReport) -> Wish | None:
        """What a report tells of; None, and staff are told why, where a link cannot be read now."""
        try:
            return pinning.wished(report.requested)
        except pinning.PinRefused as error:
            self.message_user(request, f"What was asked for cannot be read: {error}", messages.ERROR)
            return None

    def _decided(self, request: HttpRequest, report: MatchReport, act: Callable[[], str]) -> HttpResponse:
        try:
            self.message_user(request, act(), messages.SUCCESS)
        except pinning.PinRefused as error:
            self.message_user(request, str(error), messages.ERROR)
        return self._back(report)

    def _pin(self, request: HttpRequest, report: MatchReport, form: Form) -> str:
        cleaned = form.cleaned_data
        revision = int(text) if (text := request.POST.get("revision", "")).isdecimal() and len(text) < 10 else 0
        choice = pinning.Choice(cleaned["right"], cleaned["language"], cleaned["note"], revision)
        decided = pinning.decide(staff_of(request), report, choice)
        others = f", and with it {decided - 1} more of the same request" if decided > 1 else ""
        return f"Pinned: {choice.right.title} plays from now on. This report is decided{others}."

    def _dismiss(self, request: HttpRequest, report: MatchReport, why: str) -> str:
        pinning.dismiss(staff_of(request), report, why)
        return "Dismissed: things stay as they are."

    def _back(self, report: MatchReport) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:music_matchreport_change", args=[report.pk]))

    def _page(self, request: HttpRequest, name: str, form: Form, context: dict[str, Any], title: str) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "form": form}
        shared["media"] = self.media
        return TemplateResponse(request, f"admin/music/matchreport/{name}.html", shared | context)

    # --- Many ---------------------------------------------------------------------------------------------------------

    @admin.action(description="Pin what the callers say is right", permissions=["change"])
    def pin_reported(self, request: HttpRequest, reports: QuerySet[MatchReport]) -> HttpResponse | None:
        """Pins the `right` of each report that has one, once that is confirmed."""
        pinnable = _still_open(reports).exclude(right="")
        return self._asked_for_all(request, "pin_reported", pinnable, MOST_PINNED, self._pin_as_reported)

    @admin.action(description="Dismiss", permissions=["change"])
    def dismiss_reports(self, request: HttpRequest, reports: QuerySet[MatchReport]) -> HttpResponse | None:
        """Leaves things as they are, once that is confirmed."""
        return self._asked_for_all(request, "dismiss_reports", _still_open(reports), MOST_DISMISSED, pinning.dismiss)

    def _pin_as_reported(self, staff: pinning.Staff, report: MatchReport) -> None:
        known, right = pinning.pin_of(pinning.wished(report.requested)), pinning.described(report.right)
        if known is not None and known.active and known.right != right.id:
            raise pinning.PinRefused("Another song is pinned for this: look at it on its own page.")
        pinning.decide(staff, report, pinning.Choice(right, revision=known.revision if known is not None else 0))

    def _asked_for_all(
        self,
        request: HttpRequest,
        action: str,
        wanted: QuerySet[MatchReport],
        most: int,
        act: Callable[[pinning.Staff, MatchReport], object],
    ) -> HttpResponse | None:
        reports, why_not = selected(wanted, most)
        if why_not:
            self.message_user(request, why_not, messages.WARNING)
            return None
        if "confirmed" not in request.POST:
            context = {"reports": reports, "action": action, "verb": "Pin" if action == "pin_reported" else "Dismiss"}
            return self._page(request, "many", Form(), context, f"{context['verb']} {len(reports)} wrong songs?")
        switches.read()
        done = 0
        for report in reports:
            try:
                act(staff_of(request), report)
                done += 1
            except pinning.PinRefused as error:
                self.message_user(request, f"{report}: {error}", messages.WARNING)
        self.message_user(request, f"{done} decided.", messages.SUCCESS if done else messages.WARNING)
        return None


def staff_of(request: HttpRequest) -> pinning.Staff:
    """Who is signed in."""
    user = cast(Any, request.user)
    return pinning.Staff(user.pk, user.get_username())


def selected(wanted: QuerySet[Row], most: int) -> tuple[list[Row], str]:
    """The rows of an action; where there are none, or more than `most`, none of them and what staff are told.

    What a page asks about comes back as fields of its form, of which Django reads 1,000.
    """
    rows = list(wanted[: most + 1])
    if len(rows) > most:
        return [], f"These are {wanted.count():,}: select at most {most} at once. Nothing was changed."
    return rows, "" if rows else "There is nothing among these to do that with."


def _still_open(reports: QuerySet[MatchReport]) -> QuerySet[MatchReport]:
    return reports.filter(state=MatchReport.State.OPEN)
