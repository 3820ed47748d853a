"""The admin's list of what was called: to look at and to take away, never to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from flaks.names import outcome_title, source_title
from keys import csvfile, services
from keys.admin.asking import actor_of
from keys.admin.days import Hierarchy, hierarchy
from keys.admin.finding import Finding
from keys.admin.usagefilters import GroupFilter, OutcomeFilter, RowsFilter, SinceFilter, SourceFilter
from keys.latency import percentile
from keys.models import ApiKey, UsageStat

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator  # takes no parameter at run time

MOST_ROWS = 10_000  # that are counted and can be paged to
MOST_KEYS = 500  # that a search by name looks among
PART = 500  # rows whose keys one query names for an export
COLUMNS = "day key hint routes outcome source calls p50_ms p95_ms".split()


class BoundedPaginator(AnyPaginator):
    """Counts to `MOST_ROWS` and no further: there may be millions, which nobody pages through."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[:MOST_ROWS].count()


class UsageList(ChangeList):
    """Django's list, for which a day that no calendar has means nothing, the last days of the year 9999 among them."""

    def get_filters(self, request: HttpRequest) -> Any:
        """As Django's, which counts on to the day after. Raises `IncorrectLookupParameters`."""
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error


class UsageStatAdmin(Finding):
    """Rows of usage with the names of their keys, newest day first."""

    list_display = ("day", "key", "routes", "outcome_told", "source_told", "calls_told", "p50", "p95")
    list_display_links = None
    list_filter = (RowsFilter, SinceFilter, OutcomeFilter, GroupFilter, SourceFilter)
    search_fields = ("lineage",)
    search_help_text = "Name, owner or visible part of a key, or a whole key"
    date_hierarchy = "day"
    ordering = ("-day",)
    sortable_by = ("day",)
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 100
    list_max_show_all = 100
    actions = None

    class Media:
        css = {"all": ("keys/admin.css",)}

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: UsageStat | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: UsageStat | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export_view), name="keys_usagestat_export")
        return [self.search_url(), export, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return UsageList

    def page_of(self, key: ApiKey) -> str:
        return f"{reverse('admin:keys_usagestat_changelist')}?lineage={key.lineage}"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[UsageStat], search_term: str
    ) -> tuple[QuerySet[UsageStat], bool]:
        """Rows of the keys that are meant: usage itself has no names."""
        if not search_term.strip():
            return queryset, False
        keys = ApiKey.objects.all()
        for word in search_term.split():
            keys = keys.filter(Q(name__icontains=word) | Q(owner__icontains=word) | Q(hint__icontains=word))
        lineages = set(keys.values_list("lineage", flat=True)[:MOST_KEYS])
        return queryset.filter(lineage__in=lineages), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        elsewhere = self.without_key(request)
        if elsewhere is not None:
            return elsewhere
        answer = super().changelist_view(request, {"title": "Usage", **(extra_context or {})})
        if isinstance(answer, TemplateResponse) and "cl" in (answer.context_data or {}):
            _complete(answer.context_data, self._may_export(request))  # type: ignore[arg-type]
        return answer

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The rows that the list's address means, as CSV; 403 without the permission to export."""
        if not self.has_view_permission(request) or not self._may_export(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:keys_usagestat_changelist"))
        services.note_export(actor_of(request), "usage")
        return csvfile.streamed(f"usage-{timezone.now():%Y-%m-%d}.csv", COLUMNS, exported(rows))

    def _may_export(self, request: HttpRequest) -> bool:
        return request.user.has_perm("keys.export_apikey")

    @admin.display(description="key")
    def key(self, row: UsageStat) -> SafeString | str:
        if row.lineage is None:
            return "the whole site"
        if row.key is None:
            return "a key that is gone"
        url = reverse("admin:keys_apikey_change", args=[row.key.pk])
        return format_html(
            '<a class="key-name" href="{}">{}</a> <code class="key-hint">{}</code>', url, row.key.name, row.key.hint
        )

    @admin.display(description="routes")
    def routes(self, row: UsageStat) -> str:
        return row.group or "all"

    @admin.display(description="outcome")
    def outcome_told(self, row: UsageStat) -> str:
        return outcome_title(row.outcome) if row.outcome else "all"

    @admin.display(description="source")
    def source_told(self, row: UsageStat) -> str:
        return source_title(row.source) if row.source or row.group else "all"

    @admin.display(description="calls")
    def calls_told(self, row: UsageStat) -> str:
        return f"{row.calls:,}"

    @admin.display(description="p50 ms")
    def p50(self, row: UsageStat) -> int | None:
        return percentile(row.buckets, 0.5)

    @admin.display(description="p95 ms")
    def p95(self, row: UsageStat) -> int | None:
        return percentile(row.buckets, 0.95)


def name_keys(rows: Iterable[UsageStat]) -> None:
    """Give each row the newest key of its lineage; one query."""
    rows = list(rows)
    lineages: set[UUID] = {row.lineage for row in rows if row.lineage is not None}
    keys = ApiKey.objects.filter(lineage__in=lineages).order_by("created_at").only("pk", "name", "hint", "lineage")
    newest = {key.lineage: key for key in keys}
    for row in rows:
        row.key = newest.get(row.lineage) if row.lineage is not None else None


def exported(rows: QuerySet[UsageStat]) -> Iterator[list[object]]:
    """The lines of an export; a query for each 500 of them names their keys."""
    left = rows.iterator(chunk_size=PART)
    while part := list(islice(left, PART)):
        name_keys(part)
        yield from map(_line, part)


def _line(row: UsageStat) -> list[object]:
    key, hint = (row.key.name, row.key.hint) if row.key is not None else ("", "")
    percentiles = [percentile(row.buckets, share) for share in (0.5, 0.95)]
    return [row.day.isoformat(), key, hint, row.group, row.outcome, row.source, row.calls, *percentiles]


def _complete(context: dict[str, Any], may_export: bool) -> None:
    cl: ChangeList = context["cl"]
    name_keys(cl.result_list)
    context |= {
        "may_export": may_export,
        "by_day": _by_day(cl),
        "most_rows": MOST_ROWS,
        "is_cut": cl.result_count >= MOST_ROWS,
    }


def _by_day(cl: ChangeList) -> Hierarchy | None:
    """Two queries of the site's rows, of which each day that has any has few, find the first day and the last."""
    days = UsageStat.objects.filter(lineage=None).values_list("day", flat=True)
    first, last = days.order_by("day").first(), days.order_by("-day").first()
    if first is None or last is None:
        return None
    return hierarchy(
        cl.params, first, max(last, first), lambda parts: cl.get_query_string(dict(parts), ["day__", "last"])
    )
