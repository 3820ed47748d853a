"""How a report looks in the admin: in the list, where nobody is asked, and on its own page, where services are."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from music.deadline import Deadline
from music.models import MatchReport
from music.shown import Shown, shown
from music.text import without_marks

FETCH_MS = 2000  # for which the page of one report asks a service what a track is called


class ReportColumns:
    """The columns of the list, and the facts of one report."""

    @admin.display(description="asked for", ordering="requested")
    def asked_for(self, report: MatchReport) -> SafeString:
        return format_html('<bdi class="wish">{}</bdi>', _cut(report.shown_request))

    @admin.display(description="given", ordering="given")
    def given_for_it(self, report: MatchReport) -> SafeString:
        return _line(report.given, report.given_name)

    @admin.display(description="right, says the caller", ordering="right", empty_value="not told")
    def right_says(self, report: MatchReport) -> SafeString | None:
        return _line(report.right, report.right_name) if report.right else None

    @admin.display(description="reported", ordering="last_at")
    def told(self, report: MatchReport) -> SafeString:
        line = '{} by <bdi>{}</bdi><br><span class="quiet">{}</span>'
        return format_html(line, _times(report), without_marks(report.key_name), f"{report.last_at:%Y-%m-%d %H:%M}")

    @admin.display(description="state", ordering="state")
    def badge(self, report: MatchReport) -> SafeString:
        return format_html('<span class="report-state report-state-{}">{}</span>', report.state, report.state)

    @admin.display(description="asked for")
    def asked(self, report: MatchReport) -> SafeString:
        if report.kind == "words":
            return format_html('<bdi class="wish">{}</bdi>', report.shown_request)
        return format_html('{}<p class="quiet"><bdi>{}</bdi></p>', card(report.wish), report.shown_request)

    @admin.display(description="given")
    def given_track(self, report: MatchReport) -> SafeString:
        return card(report.given)

    @admin.display(description="right, says the caller")
    def right_track(self, report: MatchReport) -> SafeString | str:
        return card(report.right) if report.right else "The caller has not told."

    @admin.display(description="note")
    def said(self, report: MatchReport) -> SafeString | str:
        return format_html("<bdi>{}</bdi>", without_marks(report.note)) if report.note else "none"

    @admin.display(description="reported")
    def reported(self, report: MatchReport) -> SafeString:
        until = f", last on {report.last_at:%Y-%m-%d %H:%M} UTC" if report.times > 1 else ""
        told = "{} by <bdi>{}</bdi> ({}), first on {} UTC{}"
        return format_html(
            told,
            _times(report),
            without_marks(report.key_name),
            report.key_hint,
            f"{report.created_at:%Y-%m-%d %H:%M}",
            until,
        )

    @admin.display(description="decision")
    def decided(self, report: MatchReport) -> SafeString:
        if report.decided_at is None:
            return self.badge(report)
        told = "{} by {} on {} UTC{}"
        why = f": {report.decision}" if report.decision else ""
        return format_html(told, self.badge(report), report.decided_by, f"{report.decided_at:%Y-%m-%d %H:%M}", why)


def fetched(text: str) -> Shown:
    """A track on a page of its own: its service is asked where nobody has described it lately."""
    return shown(text, Deadline.after(FETCH_MS))


def _times(report: MatchReport) -> str:
    return "once" if report.times == 1 else f"{report.times} times"


def _cut(text: str) -> str:
    clear = without_marks(text)
    return clear if len(clear) <= 120 else f"{clear[:120]}…"


def _line(text: str, name: str) -> SafeString:
    """A track in a list: as it was called when it was reported, else as it is remembered."""
    called = name or shown(text).name
    if not called:
        return format_html('<span class="quiet">{}</span>', _cut(text))
    return format_html('<bdi>{}</bdi><br><span class="quiet">{}</span>', _cut(called), _cut(text))


def card(text: str) -> SafeString:
    """A track on its own page, with a link to listen to it; its service is asked what it is called."""
    track = fetched(text)
    facts = ", ".join(part for part in (track.album, track.length) if part)
    link = format_html(
        '<a href="{}" target="_blank" rel="noopener noreferrer">Listen on {}</a>', track.page, track.service
    )
    return format_html(
        '<bdi class="track-name">{}</bdi> {}<p class="quiet">{} {}</p>',
        track.name or "Its service does not tell now what this is.",
        facts,
        track.id,
        link if track.page else "",
    )
