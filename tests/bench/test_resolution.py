"""What the resolution's figures are made of: percentiles, curves, and which logged requests belong to which call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from bench.resolution import report, site, wishes
from bench.resolution.figures import Log, Marks, Seen, covered, growth_of_last_quarter, own_share, percentile
from bench.resolution.load import dealt, in_rounds
from flaks import gunicorn_conf
from tests.standin import catalogue
from tests.standin.jiosaavn import ids
from tests.standin.jiosaavn.addresses import at_origin
from tests.standin.jiosaavn.media import media_field, signed_link

ORIGIN = "http://127.0.0.1:9100"


def entry(started: float, ms: float | None, path: str = "/api.php", **query: str) -> dict[str, Any]:
    """A line of the stand-in's log."""
    return {"source": "jiosaavn", "path": path, "query": query, "started": started, "elapsed_ms": ms}


def seen(*spans: tuple[float, float | None]) -> list[Seen]:
    return [Seen("jiosaavn", "/api.php", {}, start, end) for start, end in spans]


def test_the_bench_knows_the_settings_of_the_site_that_it_starts() -> None:
    assert (gunicorn_conf.workers, settings.FLAKS_SERVER_THREADS) == (site.WORKERS, site.SERVER_THREADS)
    assert (site.DEADLINE_MS, site.HEAD_START_MS) == (settings.FLAKS_DEADLINE_MS, settings.FLAKS_HEDGE_MS)


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    hundred = [float(number) for number in range(100, 0, -1)]
    assert [percentile(hundred, share) for share in (0.01, 0.5, 0.95, 1.0)] == [1, 50, 95, 100]
    assert [percentile([3.0, 1.0, 2.0], share) for share in (0.5, 0.95)] == [2, 3]
    assert percentile([7.0], 0.5) == 7


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_requests_one_after_the_other_cover_the_sum_of_their_times() -> None:
    assert covered(seen((10.0, 10.1), (10.2, 10.4)), until=11) == pytest.approx(0.3)


def test_requests_side_by_side_cover_their_time_once() -> None:
    assert covered(seen((10.0, 10.3), (10.1, 10.2), (10.2, 10.5)), until=11) == pytest.approx(0.5)


def test_what_comes_after_the_answer_covers_nothing() -> None:
    assert covered(seen((10.0, 10.4), (10.6, 10.9)), until=10.2) == pytest.approx(0.2)


def test_a_request_that_hangs_covers_all_the_time_since_it_began() -> None:
    assert covered(seen((10.0, None)), until=10.7) == pytest.approx(0.7)


def test_the_own_share_is_what_the_services_leave() -> None:
    assert own_share(10.0, 0.4, seen((10.01, 10.13), (10.15, 10.27), (10.28, 10.39))) == pytest.approx(0.05)
    assert own_share(10.0, 0.4, []) == pytest.approx(0.4)


def test_the_requests_of_a_stream_are_known_by_query_media_field_and_file() -> None:
    song, other = wishes.songs()[:2]
    addresses = at_origin(ORIGIN)
    file = signed_link(song, "320", addresses).removeprefix(ORIGIN).partition("?")[0]
    log = Log(
        [
            entry(3.0, 120, path=file),
            entry(1.0, 120, q="amber 7", __call="search.getResults"),
            entry(2.0, 120, url=media_field(song, ORIGIN), bitrate="320", __call="song.generateAuthToken"),
            entry(1.5, 120, q="amber 8", __call="search.getResults"),
            entry(2.5, 120, url=media_field(other, ORIGIN), __call="song.generateAuthToken"),
            entry(2.6, 120, path=f"/{ids.file_stem(other)}_320.mp4"),
        ]
    )
    marks = wishes.marks_of("amber 7", wishes.id_of(song), ORIGIN)
    assert [one.started for one in log.of(marks)] == [1.0, 2.0, 3.0]


def test_a_mark_that_is_not_given_matches_nothing() -> None:
    log = Log([entry(1.0, 120, path="", q="", url=""), entry(2.0, 120, q="amber")])
    assert [one.started for one in log.of(Marks("amber"))] == [2.0]
    assert log.of(Marks("ambe")) == []


def test_a_song_that_the_catalogue_does_not_hold_has_no_marks() -> None:
    with pytest.raises(KeyError):
        wishes.marks_of("amber", "youtube:dQw4w9WgXcQ", ORIGIN)


def test_requests_are_found_by_when_they_began() -> None:
    log = Log([entry(1.0, 5, __call="search.getResults"), entry(2.0, None, __call="song.generateAuthToken")])
    assert [one.started for one in log.between(1.5, 2.5)] == [2.0]


def test_the_last_quarter_grows_by_its_highest_point() -> None:
    assert growth_of_last_quarter([50, 90, 100, 110]) == pytest.approx(0.1)
    assert growth_of_last_quarter([50, 70, 80, 90, 95, 100, 104, 102]) == pytest.approx(0.04)
    with pytest.raises(ValueError, match="at least 4"):
        growth_of_last_quarter([1, 2, 3])


def test_every_query_is_asked_once_and_every_caller_has_a_share() -> None:
    queries = wishes.numbered(500, start=7)
    assert len(set(queries)) == 500
    shares = dealt(queries, 8)
    assert sorted(query for share in shares for query in share) == sorted(queries)
    assert [len(rounds) for rounds in in_rounds(shares, shares)] == [2] * 8


def test_the_songs_that_are_asked_for_are_no_others_in_disguise() -> None:
    titles = [song.title for song in catalogue.songs()]
    assert len(wishes.songs()) >= 200
    assert all(titles.count(song.title) == 1 for song in wishes.songs())
    assert not set(map(wishes.name_of, wishes.songs())) & set(wishes.for_warming_up())


def test_a_bar_is_met_below_it_only() -> None:
    assert report.under("search", [0.004] * 10, 0.95, 0.006).passed is True
    assert report.under("search", [0.006] * 10, 0.95, 0.006).passed is False


def test_the_table_goes_between_the_marks_of_the_page_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n")
    report.put_into(page, report.table([report.Row("search", "< 6 ms", r"4 ms \1", passed=True)]))
    text = page.read_text()
    assert text.startswith("before\n<!-- measured -->\n\n| what")
    assert text.endswith("| search | < 6 ms | 4 ms \\1 | pass |\n\n<!-- /measured -->\nafter\n")
    page.write_text("nothing here\n")
    with pytest.raises(ValueError, match="no place"):
        report.put_into(page, "new")
