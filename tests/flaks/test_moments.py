"""How long ago something was, as pages tell it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from flaks.templatetags.moments import ago

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (timedelta(seconds=-5), "just now"),  # another process's clock may be ahead
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(hours=3, minutes=50), "3 hours ago"),
        (timedelta(days=400), "1 year ago"),
    ],
)
def test_the_largest_unit_is_told(since: timedelta, told: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert ago(NOW - since).replace("\xa0", " ") == told
