"""`manage.py check_sources`: who answers, who refuses, who fails, who is slow."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from music import status
from music.models import SourceSwitch
from tests.standin.process import StandIn

pytestmark = pytest.mark.django_db


def checked(*arguments: str, fails: bool = False) -> str:
    """What the command prints; `fails` where it is to exit with 1."""
    out = io.StringIO()
    if not fails:
        call_command("check_sources", *arguments, stdout=out, no_color=True)
        return out.getvalue()
    with pytest.raises(SystemExit) as ended:
        call_command("check_sources", *arguments, stdout=out, no_color=True)
    assert ended.value.code == 1
    return out.getvalue()


def rows(text: str) -> dict[str, dict[str, Any]]:
    """The rows of `--json` by source."""
    return {row["source"]: row for row in json.loads(text)["results"]}


def test_sources_that_answer_are_up(everywhere: StandIn) -> None:
    lines = checked().splitlines()
    assert lines[0].split() == ["source", "state", "p50", "ms", "p95", "ms", "success", "reason"]
    assert [line.split()[:2] for line in lines[1:]] == [["jiosaavn", "up"], ["spotify", "up"], ["youtube", "up"]]


def test_the_audio_is_asked_for_too(everywhere: StandIn) -> None:
    checked("--times", "1")
    assert len(everywhere.log("jiosaavn", "media")) == 1
    assert [entry["path"] for entry in everywhere.log("youtube")].count("/youtubei/v1/player") == 1


def test_no_audio_asks_for_none(everywhere: StandIn) -> None:
    checked("--no-audio")
    assert everywhere.log("jiosaavn", "media") == []
    assert not [entry for entry in everywhere.log("youtube") if entry["path"].endswith("/player")]


def test_blocked_is_told_apart_from_failing_and_from_slow(everywhere: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "SLOW_MS", 150)
    everywhere.fault("jiosaavn", "zero")
    everywhere.fault("spotify", "http:500", "all")
    everywhere.fault("youtube", "slow:200")
    found = rows(checked("--json", fails=True))
    assert {name: row["state"] for name, row in found.items()} == {
        "jiosaavn": "blocked",
        "spotify": "down",
        "youtube": "degraded",
    }
    assert "zero results" in found["jiosaavn"]["reason"]
    assert "HTTP 500" in found["spotify"]["reason"]
    assert found["youtube"]["reason"].startswith("slow: ")
    assert found["youtube"]["p95_ms"] > 150
    assert found["jiosaavn"]["last_canary"]


def test_audio_that_is_refused_is_blocked(everywhere: StandIn) -> None:
    everywhere.fault("jiosaavn", "http:403", "media")
    found = rows(checked("--json", fails=True))
    assert found["jiosaavn"]["state"] == "blocked"
    assert found["jiosaavn"]["reason"].startswith("audio: ")


def test_a_source_that_is_off_is_not_asked(everywhere: StandIn) -> None:
    SourceSwitch.objects.create(source="youtube", is_on=False)
    found = rows(checked("--json"))
    assert found["youtube"]["state"] == "off"
    assert everywhere.log("youtube") == []
