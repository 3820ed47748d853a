"""`manage.py play`: what would be answered, from where, tried in what order."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.standin import catalogue
from tests.standin.process import StandIn
from tests.standin.spotify import ids as spotify_ids
from tests.standin.youtube import ids as youtube_ids
from tests.standin.youtube import shelf

pytestmark = pytest.mark.django_db


def played(*arguments: str) -> str:
    output = StringIO()
    call_command("play", *arguments, stdout=output)
    return output.getvalue()


def test_it_shows_the_song_its_link_and_each_step(standin: StandIn) -> None:
    shown = played(catalogue.PLAIN.title)
    assert f"{catalogue.PLAIN.title} - {catalogue.PLAIN.artists[0]}  (3:33)" in shown
    assert "aac 320 kbit/s from 127.0.0.1" in shown
    assert [line.split()[:2] for line in shown.splitlines() if line.startswith("  ")] == [["jiosaavn", "ok"]] * 2


def test_json_is_one_object_without_the_signed_link(standin: StandIn) -> None:
    text = played(catalogue.PLAIN.title, "--json", "--quality", "96")
    answer = json.loads(text)
    assert list(answer) == ["track", "link", "match", "attempts", "cached", "stale", "elapsed_ms"]
    assert (answer["track"]["title"], answer["link"]["bitrate"]) == (catalogue.PLAIN.title, 96)
    assert "Signature" not in text


def test_no_match_shows_what_was_near_and_exits_with_an_error(standin: StandIn) -> None:
    output = StringIO()
    with pytest.raises(CommandError, match="no_match"):
        call_command("play", "marmalade submarine kitchen window sonata", stdout=output)
    assert "near: 0." in output.getvalue()


def test_no_match_as_json_keeps_the_alternatives(standin: StandIn) -> None:
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("play", "marmalade submarine kitchen window sonata", "--json", stdout=output)
    answer = json.loads(output.getvalue())
    assert answer["code"] == "no_match"
    assert answer["alternatives"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("https://evil.example/x", "unsupported_link"),
        ("https://www.jiosaavn.com/album/some-album/Tok,en_", "not_a_track"),
        ("jiosaavn:nobody00", "not_found"),
    ],
)
def test_what_cannot_be_played_says_why(standin: StandIn, wanted: str, code: str) -> None:
    with pytest.raises(CommandError, match=code):
        played(wanted)


def test_a_source_that_is_down_is_said(standin: StandIn) -> None:
    standin.fault("jiosaavn", "html")
    with pytest.raises(CommandError, match="sources_blocked"):
        played(catalogue.PLAIN.title)


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (f"https://youtu.be/{youtube_ids.track_id(catalogue.PLAIN)}", ["youtube", "jiosaavn", "jiosaavn"]),
        (
            f"https://open.spotify.com/track/{spotify_ids.track_id(catalogue.PLAIN)}",
            ["spotify", "jiosaavn", "jiosaavn"],
        ),
        (f"https://youtu.be/{youtube_ids.track_id(shelf.ONLY_HERE)}", ["youtube", "jiosaavn", "jiosaavn", "youtube"]),
    ],
)
def test_a_link_of_each_service_shows_who_was_asked_in_what_order(
    everywhere: StandIn, wanted: str, asked: list[str]
) -> None:
    answer = json.loads(played(wanted, "--json"))
    assert [attempt["source"] for attempt in answer["attempts"]] == asked
    assert answer["match"]["requested"]["source"] == asked[0]
    assert "asked for: " in played(wanted)
