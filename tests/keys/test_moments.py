"""When a key ends, as an operator writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.moments import parse_expiry, rfc3339

NOW = datetime(2026, 11, 23, 12, 30, 15, 250_000, UTC)


def test_a_number_is_so_many_days_from_now() -> None:
    assert parse_expiry("30", NOW) == datetime(2026, 12, 23, 12, 30, 15, tzinfo=UTC)


def test_a_date_is_the_end_of_that_utc_day() -> None:
    assert parse_expiry("2026-12-31", NOW) == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_today_still_lies_ahead() -> None:
    assert parse_expiry("2026-11-23", NOW) == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2027-01-01T05:30:00+05:30", "2027-01-01T00:00:00Z", "2027-01-01t00:00:00z", "2027-01-01 00:00:00.999Z"]
)
def test_a_full_time_is_turned_into_utc(text: str) -> None:
    assert parse_expiry(text, NOW) == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11-23T12:30:15Z", "2026-11-23T14:00:00+02:00", "0001-01-01"])
def test_what_is_over_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="in the past"):
        parse_expiry(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "-3",
        "1.5",
        "36501",
        "99999",
        "20261231",
        "1_0",
        "٣",
        "2026-02-30",
        "2026-13-01",
        "2026-W50-1",
        "31.12.2026",
        "2027-01-01T00:00:00",
        "2027-01-01T24:00:01Z",
        "2027-01-01T00:00Z",
        "9999-12-31T23:59:59-14:00",
        "tomorrow",
        "30 days",
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY-MM-DD"):
        parse_expiry(text, NOW)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_ahead_or_a_value_error(text: str) -> None:
    try:
        ends = parse_expiry(text, NOW)
    except ValueError:
        return
    assert ends > NOW
    assert ends.utcoffset() == timedelta(0)


@given(st.datetimes(min_value=datetime(2027, 1, 2), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)))
def test_a_written_moment_is_read_back_to_the_second(moment: datetime) -> None:
    assert parse_expiry(rfc3339(moment), NOW) == moment.replace(microsecond=0)


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    assert rfc3339(datetime(2027, 1, 1, 5, 30, tzinfo=india)) == "2027-01-01T00:00:00Z"
