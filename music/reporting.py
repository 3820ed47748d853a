"""From a caller's words about a wrong song to a report that staff can decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flaks.problems import invalid_request
from music import describing
from music.inputs import MAX_QUERY
from music.links import Link, ShortLink, Text, TrackId, UnsupportedLink, read
from music.models import MatchReport, Tally
from music.problems import not_a_track, too_many_reports, unsupported_link
from music.text import without_marks
from music.wishes import digest, wish_of

MOST_A_DAY = 20  # of a key and those before and after it, the same report again included
VIDEO_ID = 11  # characters: a longer id of YouTube's is a list's


@dataclass(frozen=True)
class Reporter:
    """Whose key told it, as it is called now."""

    name: str
    hint: str
    lineage: UUID


@dataclass(frozen=True)
class Report:
    """What a caller says, read: `right` is None where it is not told."""

    requested: str
    wanted: TrackId | Link | ShortLink | Text
    given: TrackId | Link | ShortLink
    right: TrackId | Link | ShortLink | None
    note: str


def report_of(requested: str, given: str, right: str, note: str) -> Report:
    """The report that texts make. Raises 400 `invalid_request`, `unsupported_link` or `not_a_track`, with the
    parameter at fault."""
    wanted = _read("requested", requested)
    if isinstance(wanted, Text) and len(wanted.query) > MAX_QUERY:
        raise invalid_request("requested", f"at most {MAX_QUERY} characters, where it is not a link")
    told = track_named("right", right) if right else None
    return Report(requested, wanted, track_named("given", given), told, without_marks(note))


def track_named(parameter: str, text: str) -> TrackId | Link | ShortLink:
    """The track that an id or a link names. Raises as `report_of`."""
    found = _read(parameter, text)
    if isinstance(found, Text):
        raise invalid_request(parameter, "expected the id of a track, as in jiosaavn:5WXAlMNt, or a link to one")
    if isinstance(found, TrackId) and found.source == "youtube" and len(found.native) != VIDEO_ID:
        raise not_a_track("playlist", parameter)
    return found


def take_place(lineage: UUID) -> None:
    """Take one of the day's places. Raises 429 `too_many_reports`; exact on any number of processes."""
    now = datetime.now(UTC)
    day = now.date()
    if not Tally.objects.take(f"reports:{lineage.hex}:{day:%Y%m%d}", MOST_A_DAY, day):
        resets_at = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
        raise too_many_reports(MOST_A_DAY, resets_at, -int((now - resets_at).total_seconds() // 1))


def keep(report: Report, reporter: Reporter) -> MatchReport:
    """Keep a report, or count the same one of the same caller up; answers it as it is kept."""
    wish, given, right = wish_of(report.wanted), wish_of(report.given).name, ""
    if report.right is not None:
        right = wish_of(report.right).name
    row = MatchReport(
        id=digest("report", reporter.lineage.hex, wish.kind, wish.name, given, right),
        requested=report.requested,
        kind=wish.kind,
        wish=wish.name,
        given=given,
        given_name=_name(report.given),
        right=right,
        right_name=_name(report.right) if report.right is not None else "",
        source=report.given.source,
        note=report.note,
        key_name=reporter.name,
        key_hint=reporter.hint,
        lineage=reporter.lineage,
    )
    return MatchReport.objects.tell(row)


def _name(wanted: TrackId | Link | ShortLink) -> str:
    """Title and artist where somebody has described the track of late, as is likely of one that was just given."""
    track = describing.lately_named(wanted)
    if track is None:
        return ""
    return (f"{track.title} - {track.artist}" if track.artist else track.title)[:300]


def _read(parameter: str, text: str) -> TrackId | Link | ShortLink | Text:
    try:
        found = read(text)
    except UnsupportedLink as error:
        raise unsupported_link(parameter, error) from error
    if isinstance(found, Link) and found.kind != "track":
        raise not_a_track(found.kind, parameter)
    if isinstance(found, Text) and not found.query:
        raise invalid_request(parameter, "nothing is left of this text")
    return found
