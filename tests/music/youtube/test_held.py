"""The player's answers that are held for a moment."""

from __future__ import annotations

import pytest

from music.sources.youtube.held import LIFE, PLACES, Held

PLAYS = {"playabilityStatus": {"status": "OK"}, "videoDetails": {"title": "A song"}, "captions": "long"}


def test_an_answer_is_taken_once_and_holds_what_is_read_of_it() -> None:
    held = Held()
    held.keep("video", PLAYS)
    assert held.take("other") is None
    assert held.take("video") == {name: PLAYS[name] for name in ("playabilityStatus", "videoDetails")}
    assert held.take("video") is None


@pytest.mark.parametrize("state", [{"status": "LOGIN_REQUIRED"}, {}, None, "OK"])
def test_an_answer_that_does_not_play_is_not_held(state: object) -> None:
    held = Held()
    held.keep("video", {"playabilityStatus": state})
    assert held.take("video") is None


def test_an_answer_is_held_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("music.sources.youtube.held.time.monotonic", lambda: now[0])
    held = Held()
    for video in ("early", "late"):
        held.keep(video, PLAYS)
    now[0] += LIFE - 1
    assert held.take("early")
    now[0] += 1
    assert held.take("late") is None


def test_the_oldest_answer_makes_room() -> None:
    held = Held()
    for place in range(PLACES + 1):
        held.keep(f"video {place}", PLAYS)
    assert held.take("video 0") is None
    assert held.take("video 1")
    assert held.take(f"video {PLACES}")
